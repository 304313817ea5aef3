//! Sign-in by scanning: protocol 3.5, cases of section 4.4; several accounts at several servers (A3).

use crate::lab::{Fault, Lab};
use crate::phone::{ANNA, ISS, PIN, Phone, pin};
use countersign_engine::account::Account;
use countersign_engine::sign_in::{ClaimFlow, ClaimState, SignInFlow, SignInState};
use countersign_engine::{Entry, Problem, Scanned};
use countersign_protocol::problem::Code;
use std::time::Duration;

const BERT: &str = "bert@example.eu";

fn scan(phone: &Phone, text: &str) -> Result<ClaimFlow, Problem> {
    match phone.auth.open_code(text.as_bytes(), Entry::Scanner)? {
        Scanned::SignIn(flow) => Ok(*flow),
        _ => panic!("not a sign-in"),
    }
}

fn claimed(state: ClaimState) -> SignInFlow {
    match state {
        ClaimState::Claimed(flow) => *flow,
        _ => panic!("not claimed"),
    }
}

fn labels(accounts: &[Account]) -> Vec<&str> {
    accounts.iter().map(|account| account.label.as_ref().unwrap().account.as_str()).collect()
}

#[test]
fn s3_a_frame_is_scanned_claimed_and_approved_with_the_pin_alone() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (tid, text) = lab.at(ISS, |server| server.start_qr(None));
    let mut flow = claimed(scan(&phone, &text).unwrap().begin().unwrap());
    assert!(!flow.needs_number());
    assert_eq!(flow.left(), Duration::from_secs(180));
    assert!(matches!(flow.approve(None, pin(PIN)).unwrap(), SignInState::Approved { .. }));
    assert_eq!(lab.at(ISS, |server| server.sign_ins[&tid].state), "approved");
}

#[test]
fn the_ticket_stays_when_the_sign_in_is_for_the_other_account() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let (anna, bert) = (phone.pair(ISS, ANNA), phone.pair(ISS, BERT));
    let (tid, text) = lab.at(ISS, |server| server.start_qr(Some(BERT)));
    let mut claim = scan(&phone, &text).unwrap();
    let ClaimState::ChooseAccount { accounts } = claim.begin().unwrap() else { panic!("not asked") };
    assert_eq!(accounts.len(), 2);
    lab.seen();
    let ClaimState::OtherAccount { accounts } = claim.choose(anna).unwrap() else { panic!("not told") };
    assert_eq!(labels(&accounts), [BERT]);
    let mut flow = claimed(claim.choose(bert).unwrap());
    assert!(lab.paths().iter().all(|path| path != "/v1/scan"), "no second scan");
    flow.approve(None, pin(PIN)).unwrap();
    assert_eq!(lab.at(ISS, |server| server.sign_ins[&tid].state), "approved");
}

#[test]
fn a_sign_in_for_an_account_of_another_phone_is_unknown_here() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, text) = lab.at(ISS, |server| server.start_qr(Some(BERT)));
    let refused = scan(&phone, &text).unwrap().begin().err();
    assert_eq!(refused, Some(Problem::Refused { code: Code::TransactionUnknown }));
}

#[test]
fn a_scan_finds_the_servers_new_certificates_and_goes_on() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, text) = lab.at(ISS, |server| server.start_qr(None));
    lab.next([Fault::Untrusted]);
    assert_eq!(scan(&phone, &text).err(), Some(Problem::UntrustedServer), "nothing new");
    assert!(lab.seen().iter().all(|seen| seen.body.is_empty()), "nothing was sent to a stranger");
    lab.at(ISS, |server| {
        let mut content = server.keys.content(ISS, 8, 1, server.now);
        content.tls_pins = vec!["C".repeat(43), "D".repeat(43)];
        server.keysets = server.keys.signed(&content, &[0]);
    });
    lab.next([Fault::Untrusted]);
    claimed(scan(&phone, &text).unwrap().begin().unwrap());
}

#[test]
fn a_stale_frame_says_so() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, text) = lab.at(ISS, |server| server.start_qr(None));
    let last = if text.ends_with('A') { "B" } else { "A" };
    let turned = format!("{}{last}{}", &text[..text.len() - 2], &text[text.len() - 1..]);
    assert_eq!(scan(&phone, &turned).err(), Some(Problem::Refused { code: Code::QrStale }));
}

#[test]
fn a3_a_code_goes_to_the_account_of_its_server_without_asking() {
    let lab = Lab::with_server(ISS);
    lab.add_server("https://login.example.org");
    let phone = Phone::new(&lab);
    phone.pair(ISS, ANNA);
    let there = phone.pair("https://login.example.org", BERT);
    let (_, text) = lab.at("https://login.example.org", |server| server.start_qr(None));
    let flow = claimed(scan(&phone, &text).unwrap().begin().unwrap());
    assert_eq!(flow.account().unwrap().id, there);
}

#[test]
fn a_lost_answer_to_the_claim_is_fetched_with_the_same_bytes() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let (_, text) = lab.at(ISS, |server| server.start_qr(None));
    let mut claim = scan(&phone, &text).unwrap();
    lab.seen();
    lab.next([Fault::AnswerLost]);
    assert!(matches!(claim.begin().unwrap(), ClaimState::Unanswered { .. }));
    claimed(claim.choose(account).unwrap());
    let seen = lab.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
}

#[test]
fn a_lost_answer_to_the_scan_is_asked_for_with_the_same_random_value() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, text) = lab.at(ISS, |server| server.start_qr(None));
    lab.seen();
    lab.next([Fault::AnswerLost]);
    let mut claim = scan(&phone, &text).unwrap();
    let seen = lab.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
    claimed(claim.begin().unwrap());
    let (_, text) = lab.at(ISS, |server| server.start_qr(None));
    scan(&phone, &text).unwrap();
    let again = lab.seen();
    let r = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap()["r"].clone();
    assert_ne!(r(&seen[0].body), r(&again.last().unwrap().body), "every scan draws anew");
}
