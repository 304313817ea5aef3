//! Another PIN (A1), and what happens when the answer to its change is lost: protocol 3.7.1, cases N122 and N189.

use crate::lab::{Fault, Lab};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::pin_change::{ChangeOutcome, PinChangeState};
use countersign_engine::settle::Settled;
use countersign_engine::sign_in::SignInState;
use countersign_engine::{AccountId, Entry, Problem, Scanned};
use countersign_protocol::message::response::DenyWhy;

const NEW: &str = "8315";

fn change(phone: &Phone, account: AccountId) -> Result<PinChangeState, Problem> {
    phone.auth.change_pin(account)?.submit(pin(PIN), pin(NEW), pin(NEW))
}

/// Whether a PIN approves.
fn approves(phone: &Phone, digits: &str) -> bool {
    phone.lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let state = listed(phone).approve(Some(&number()), pin(digits)).unwrap();
    match state {
        SignInState::Approved { .. } => true,
        SignInState::WrongPin { .. } => false,
        state => panic!("{state:?}"),
    }
}

fn paired() -> (Lab, Phone, AccountId) {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    (lab, phone, account)
}

#[test]
fn a1_the_new_pin_approves_and_the_old_one_does_not() {
    let (_, phone, account) = paired();
    assert_eq!(change(&phone, account).unwrap(), PinChangeState::Changed);
    assert!(!approves(&phone, PIN));
    assert!(approves(&phone, NEW));
    let phone = phone.restarted();
    assert!(approves(&phone, NEW));
}

#[test]
fn a1_a_wrong_old_pin_changes_nothing() {
    let (_, phone, account) = paired();
    let mut flow = phone.auth.change_pin(account).unwrap();
    let state = flow.submit(pin("5050505"), pin(NEW), pin(NEW)).unwrap();
    assert!(matches!(state, PinChangeState::WrongPin { left: Some(4), .. }), "{state:?}");
    assert!(approves(&phone, PIN));
}

#[test]
fn n42_n43_a_bad_or_mistyped_new_pin_is_refused_before_anything_is_sent() {
    let (lab, phone, account) = paired();
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.seen();
    assert!(matches!(flow.submit(pin(PIN), pin("1234"), pin("1234")), Err(Problem::PinRejected { .. })));
    assert!(matches!(flow.submit(pin(PIN), pin(NEW), pin("8316")), Err(Problem::PinMismatch)));
    assert!(lab.seen().is_empty());
}

#[test]
fn n122_a_change_whose_answer_is_lost_is_settled_as_done() {
    let (lab, phone, account) = paired();
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.next([Fault::AnswerLost]);
    let state = flow.submit(pin(PIN), pin(NEW), pin(NEW)).unwrap();
    assert!(matches!(state, PinChangeState::Unanswered { .. }), "{state:?}");
    // The app is killed here.
    drop(flow);
    let phone = phone.restarted();
    assert_eq!(phone.auth.settle(account).unwrap(), Some(Settled::Changed));
    assert_eq!(phone.auth.settle(account).unwrap(), None);
    assert!(approves(&phone, NEW));
}

#[test]
fn n122_a_change_that_never_arrived_is_settled_as_not_done() {
    let (lab, phone, account) = paired();
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.next([Fault::NotConnected]);
    assert!(matches!(flow.submit(pin(PIN), pin(NEW), pin(NEW)).unwrap(), PinChangeState::Unanswered { .. }));
    drop(flow);
    let phone = phone.restarted();
    assert_eq!(phone.auth.settle(account).unwrap(), Some(Settled::Unchanged));
    assert!(approves(&phone, PIN));
}

#[test]
fn the_same_bytes_sent_again_have_one_effect() {
    let (lab, phone, account) = paired();
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.next([Fault::AnswerLost, Fault::NotConnected]);
    let mut state = flow.submit(pin(PIN), pin(NEW), pin(NEW)).unwrap();
    while matches!(state, PinChangeState::Unanswered { .. }) {
        state = flow.resend().unwrap();
    }
    assert_eq!(state, PinChangeState::Changed);
    assert!(approves(&phone, NEW));
}

#[test]
fn while_it_is_open_no_pin_is_taken_and_without_a_network_nothing_is_sent() {
    let (lab, phone, account) = paired();
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut waiting = listed(&phone);
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.next([Fault::AnswerLost]);
    flow.submit(pin(PIN), pin(NEW), pin(NEW)).unwrap();
    drop(flow);
    lab.next([Fault::NotConnected]);
    let refused = waiting.approve(Some(&number()), pin(NEW));
    assert!(matches!(refused, Err(Problem::Unreachable { sent: false })), "{refused:?}");
    // With a network the approval settles first, by itself.
    assert!(matches!(waiting.approve(Some(&number()), pin(NEW)).unwrap(), SignInState::Approved { .. }));
}

#[test]
fn n189_an_older_binding_decides_nothing_and_both_epochs_stay() {
    for arrived in [true, false] {
        let (lab, phone, account) = paired();
        let mut flow = phone.auth.change_pin(account).unwrap();
        lab.next([if arrived { Fault::AnswerLost } else { Fault::NotConnected }]);
        flow.submit(pin(PIN), pin(NEW), pin(NEW)).unwrap();
        drop(flow);
        let older = |payload: &mut serde_json::Value| payload["ref"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
        lab.next([Fault::Resigned("binding", Box::new(older))]);
        assert!(matches!(phone.auth.settle(account), Err(Problem::MessageRefused { .. })));
        let phone = phone.restarted();
        let other_phone = |payload: &mut serde_json::Value| payload["fid"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
        // The first request of a process only fetches a nonce.
        lab.next([Fault::Through, Fault::Resigned("binding", Box::new(other_phone))]);
        assert!(matches!(phone.auth.settle(account), Err(Problem::MessageRefused { .. })));
        let settled = if arrived { Settled::Changed } else { Settled::Unchanged };
        assert_eq!(phone.auth.settle(account).unwrap(), Some(settled), "the truth is still told");
        assert!(approves(&phone, if arrived { NEW } else { PIN }));
    }
}

#[test]
fn n122_another_device_key_is_settled_both_ways() {
    for arrived in [true, false] {
        let (lab, phone, account) = paired();
        let mut flow = phone.auth.change_pin(account).unwrap();
        lab.next([if arrived { Fault::AnswerLost } else { Fault::NotConnected }]);
        flow.renew_keys(pin(PIN)).unwrap();
        drop(flow);
        let phone = phone.restarted();
        let settled = if arrived { Settled::Changed } else { Settled::Unchanged };
        assert_eq!(phone.auth.settle(account).unwrap(), Some(settled));
        assert!(approves(&phone, PIN));
        let keys = std::fs::read_dir(phone.folder.path().join("keys")).unwrap().count();
        let phone = phone.restarted();
        assert!(approves(&phone, PIN), "no key that is in use was deleted");
        assert_eq!(std::fs::read_dir(phone.folder.path().join("keys")).unwrap().count(), keys);
    }
}

/// Another device key was asked for, and nothing was heard of it.
fn unheard_renewal(arrived: bool) -> (Lab, Phone, AccountId) {
    let (lab, phone, account) = paired();
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.next([if arrived { Fault::AnswerLost } else { Fault::NotConnected }]);
    flow.renew_keys(pin(PIN)).unwrap();
    drop(flow);
    (lab, phone.restarted(), account)
}

#[test]
fn n122_another_device_key_is_settled_while_the_pins_of_the_server_change() {
    for arrived in [true, false] {
        let (lab, phone, account) = unheard_renewal(arrived);
        lab.at(ISS, |server| {
            let mut content = server.keys.content(ISS, 8, 1, server.now);
            content.tls_pins = vec!["C".repeat(43), "D".repeat(43)];
            server.keysets = server.keys.signed(&content, &[0]);
        });
        lab.next([Fault::Untrusted]);
        let settled = if arrived { Settled::Changed } else { Settled::Unchanged };
        assert_eq!(phone.auth.settle(account).unwrap(), Some(settled));
        assert!(approves(&phone.restarted(), PIN));
    }
}

#[test]
fn a_proxy_that_the_phone_does_not_know_leaves_the_device_key_open() {
    let (lab, phone, account) = unheard_renewal(false);
    lab.next([Fault::Untrusted]);
    assert_eq!(phone.auth.settle(account), Err(Problem::UntrustedServer));
    let phone = phone.restarted();
    assert_eq!(phone.auth.settle(account).unwrap(), Some(Settled::Unchanged));
    assert!(approves(&phone, PIN));
}

#[test]
fn everywhere_stops_at_the_first_server_with_another_pin() {
    const OTHER: &str = "https://id.other.example";
    let (lab, phone, first) = paired();
    lab.add_server(OTHER);
    let second = phone.pair(OTHER, ANNA);
    assert_eq!(change(&phone, second).unwrap(), PinChangeState::Changed);
    let entries = || (pin(PIN), pin("6402"), pin("6402"));
    let told = phone.auth.change_pin_everywhere(&[second, first], entries()).unwrap();
    let outcomes: Vec<_> = told.into_iter().map(|one| one.outcome).collect();
    assert!(matches!(outcomes[0], ChangeOutcome::WrongPin { left: Some(4) }), "{outcomes:?}");
    assert_eq!(outcomes[1], ChangeOutcome::NotTried);
    assert!(approves(&phone, PIN), "what was not tried is as it was");
    let told = phone.auth.change_pin_everywhere(&[first], entries()).unwrap();
    assert_eq!(told[0].outcome, ChangeOutcome::Changed);
    assert!(approves(&phone, "6402"));
}

#[test]
fn n136_no_file_holds_anything_of_either_pin_while_a_change_is_open() {
    let (lab, phone, account) = paired();
    let before = lab.at(ISS, |server| server.phones[0].clone());
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.seen();
    lab.next([Fault::AnswerLost]);
    flow.submit(pin(PIN), pin(NEW), pin(NEW)).unwrap();
    let sent = lab.seen();
    let after = lab.at(ISS, |server| server.phones[0].clone());
    let mut secrets = Vec::new();
    for key in [before.pin_sig, before.pin_ka, after.pin_sig, after.pin_ka] {
        secrets.push(key.as_sec1()[1..33].to_vec());
        secrets.push(key.thumbprint().as_bytes().to_vec());
    }
    for seen in sent.iter().filter(|seen| seen.path == "/v1/ops") {
        secrets.extend(crate::secrecy::signatures(&seen.body));
    }
    crate::secrecy::assert_absent(phone.folder.path(), &secrets);
}

#[test]
fn everywhere_takes_an_account_that_is_named_twice_once() {
    let (_, phone, account) = paired();
    let told = phone.auth.change_pin_everywhere(&[account, account], (pin(PIN), pin(NEW), pin(NEW))).unwrap();
    assert_eq!(told.iter().map(|one| &one.outcome).collect::<Vec<_>>(), [&ChangeOutcome::Changed]);
    assert!(approves(&phone, NEW));
}

#[test]
fn while_it_is_open_an_offline_code_takes_no_pin_either() {
    let (lab, phone, account) = paired();
    let (_, text) = lab.at(ISS, |server| server.start_offline(ANNA, |_| ()));
    // Scanned before the change: what counts is the moment at which the PIN is typed.
    let Scanned::Offline(mut offline) = phone.auth.open_code(text.as_bytes(), Entry::Scanner).unwrap() else {
        panic!()
    };
    let mut flow = phone.auth.change_pin(account).unwrap();
    lab.next([Fault::AnswerLost]);
    flow.submit(pin(PIN), pin(NEW), pin(NEW)).unwrap();
    drop(flow);
    lab.next([Fault::NotConnected]);
    assert_eq!(offline.code(pin(NEW)).err(), Some(Problem::ChangePending), "nobody knows which PIN counts");
    phone.auth.settle(account).unwrap();
    let expected = lab.at(ISS, |server| server.expected_code(ANNA, &text));
    assert_eq!(offline.code(pin(NEW)).unwrap().digits(), Some(expected.as_str()));
}

#[test]
fn n122_while_it_is_open_which_device_key_counts_requests_still_come_and_are_refused() {
    for arrived in [true, false] {
        let (lab, phone, account) = paired();
        lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
        let mut waiting = listed(&phone);
        let lose = || {
            let mut flow = phone.auth.change_pin(account).unwrap();
            lab.next([if arrived { Fault::AnswerLost } else { Fault::NotConnected }]);
            assert!(matches!(flow.renew_keys(pin(PIN)).unwrap(), PinChangeState::Unanswered { .. }));
        };
        lose();
        assert!(matches!(waiting.deny(DenyWhy::Cancel).unwrap(), SignInState::Denied { .. }));
        lose();
        lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
        let inbox = phone.auth.requests().unwrap();
        assert_eq!((inbox.requests.len(), inbox.silent.len()), (1, 0));
        lose();
        assert_eq!(phone.auth.phones(account).unwrap().len(), 1);
        lose();
        let tid = inbox.requests[0].request().tid;
        phone.auth.report(account, tid).unwrap();
    }
}
