//! Biometrics beside the PIN (A2): protocol 2.6 and what 3.7.1 asks of `add_factor`.

use crate::lab::{Fault, Lab};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin, software_keys};
use crate::sign_in::listed;
use countersign_engine::account::Account;
use countersign_engine::biometrics::{BiometricsFlow, BiometricsState, SignatureRequest};
use countersign_engine::port::KeyStore;
use countersign_engine::settle::Settled;
use countersign_engine::sign_in::{SignInFlow, SignInState};
use countersign_engine::{AccountId, Problem};
use countersign_protocol::message::Factor;
use countersign_protocol::problem::Code;

fn paired() -> (Lab, Phone, AccountId) {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    (lab, phone, account)
}

/// What the shell does once the person has put a finger on the sensor.
fn finger(phone: &Phone, asked: &SignatureRequest) -> Vec<u8> {
    software_keys(&phone.folder).sign(&asked.key, &asked.payload).unwrap()
}

/// The flow up to the finger, and what has to be signed.
fn asked(phone: &Phone, account: AccountId) -> (BiometricsFlow, SignatureRequest) {
    let mut flow = phone.auth.turn_on_biometrics(account).unwrap();
    let BiometricsState::NeedsSignature(asked) = flow.submit(pin(PIN)).unwrap() else { panic!() };
    (flow, asked)
}

fn turn_on(phone: &Phone, account: AccountId) {
    let (mut flow, asked) = asked(phone, account);
    assert_eq!(flow.submit_signature(&finger(phone, &asked)).unwrap(), BiometricsState::On);
}

/// A pending request that takes either factor.
fn request(phone: &Phone) -> SignInFlow {
    let both = vec![Factor::Pin, Factor::Bio];
    phone.lab.at(ISS, |server| server.start_push(ANNA, |request| request.factors = both));
    listed(phone)
}

fn label(phone: &Phone) -> Account {
    phone.auth.accounts().unwrap().remove(0)
}

#[test]
fn a2_a_finger_approves_until_biometrics_are_turned_off() {
    let (lab, phone, account) = paired();
    assert!(!request(&phone).takes_biometrics().unwrap());
    turn_on(&phone, account);
    assert!(label(&phone).label.unwrap().biometrics);
    let phone = phone.restarted();
    let mut flow = request(&phone);
    assert!(flow.takes_biometrics().unwrap());
    let asked = flow.approve_by_biometrics(Some(&number())).unwrap();
    let state = flow.submit_signature(&finger(&phone, &asked)).unwrap();
    assert!(matches!(state, SignInState::Approved { .. }), "{state:?}");
    phone.auth.turn_off_biometrics(account).unwrap();
    assert!(lab.at(ISS, |server| server.phones[0].bio.is_none()));
    assert!(software_keys(&phone.folder).sign(&asked.key, b"x").is_err(), "its key is gone");
    assert_eq!(request(&phone).approve_by_biometrics(Some(&number())), Err(Problem::NoBiometrics));
}

#[test]
fn a2_a_wrong_pin_brings_no_finger_in() {
    let (lab, phone, account) = paired();
    let mut flow = phone.auth.turn_on_biometrics(account).unwrap();
    let BiometricsState::NeedsSignature(asked) = flow.submit(pin("5050505")).unwrap() else { panic!() };
    let state = flow.submit_signature(&finger(&phone, &asked)).unwrap();
    assert!(matches!(state, BiometricsState::WrongPin { left: Some(4), .. }), "{state:?}");
    assert!(lab.at(ISS, |server| server.phones[0].bio.is_none()));
    assert!(!label(&phone).label.unwrap().biometrics);
    assert!(software_keys(&phone.folder).sign(&asked.key, b"x").is_err(), "no key stays behind");
}

#[test]
fn a2_a_request_that_asks_for_the_pin_takes_no_finger() {
    let (lab, phone, account) = paired();
    turn_on(&phone, account);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut flow = listed(&phone);
    assert!(!flow.takes_biometrics().unwrap());
    let refused = flow.approve_by_biometrics(Some(&number()));
    assert_eq!(refused, Err(Problem::Refused { code: Code::FactorNotAllowed }));
}

#[test]
fn a2_when_the_server_wants_the_pin_again_the_same_request_takes_it() {
    let (lab, phone, account) = paired();
    turn_on(&phone, account);
    lab.at(ISS, |server| server.takes_bio = false);
    let mut flow = request(&phone);
    let asked = flow.approve_by_biometrics(Some(&number())).unwrap();
    let refused = flow.submit_signature(&finger(&phone, &asked));
    assert_eq!(refused.unwrap_err(), Problem::Refused { code: Code::FactorNotAllowed });
    let state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert!(matches!(state, SignInState::Approved { .. }), "{state:?}");
    assert_eq!(phone.auth.history().unwrap().len(), 1, "the refused try left no trace");
}

#[test]
fn a2_biometrics_that_the_server_turned_off_are_not_offered_after_the_next_look() {
    let (lab, phone, account) = paired();
    turn_on(&phone, account);
    phone.auth.check(account).unwrap();
    assert!(request(&phone).takes_biometrics().unwrap(), "both sides have them");
    lab.at(ISS, |server| server.phones[0].bio = None);
    phone.auth.check(account).unwrap();
    assert!(!label(&phone).label.unwrap().biometrics);
    turn_on(&phone, account);
}

#[test]
fn a2_a_signature_that_does_not_verify_is_never_sent() {
    let (lab, phone, account) = paired();
    let (mut flow, asked) = asked(&phone, account);
    lab.seen();
    let late = finger(&phone, &asked);
    let foreign = software_keys(&phone.folder).sign(&asked.key, b"something else").unwrap();
    assert_eq!(flow.submit_signature(&foreign), Err(Problem::KeyFault));
    assert_eq!(flow.submit_signature(&late), Err(Problem::OutOfTurn), "nor twice");
    turn_on(&phone, account);
    let mut flow = request(&phone);
    lab.seen();
    flow.approve_by_biometrics(Some(&number())).unwrap();
    assert_eq!(flow.submit_signature(&[0x30; 70]), Err(Problem::KeyFault));
    assert!(lab.seen().is_empty());
}

#[test]
fn a2_a_finger_that_comes_too_late_approves_nothing() {
    let (lab, phone, account) = paired();
    turn_on(&phone, account);
    let mut flow = request(&phone);
    let asked = flow.approve_by_biometrics(Some(&number())).unwrap();
    phone.pass(180);
    lab.seen();
    assert_eq!(flow.submit_signature(&finger(&phone, &asked)).unwrap(), SignInState::Expired);
    assert!(lab.seen().is_empty());
}

/// More answers than a phone waits for.
fn answers_lost() -> Vec<Fault> {
    (0..100).map(|_| Fault::AnswerLost).collect()
}

#[test]
fn n122_n189_biometrics_whose_answer_is_lost_are_settled_both_ways() {
    for arrived in [true, false] {
        let (lab, phone, account) = paired();
        let (mut flow, asked) = asked(&phone, account);
        // What may have arrived is sent again for a minute, what did not leave is not.
        lab.next(if arrived { answers_lost() } else { vec![Fault::NotConnected] });
        assert!(flow.submit_signature(&finger(&phone, &asked)).is_err());
        lab.calm();
        drop(flow);
        let phone = phone.restarted();
        let older = |payload: &mut serde_json::Value| payload["ref"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
        // The first request of a process only fetches a nonce.
        lab.next([Fault::Through, Fault::Resigned("binding", Box::new(older))]);
        assert!(matches!(phone.auth.settle(account), Err(Problem::MessageRefused { .. })));
        let settled = if arrived { Settled::Changed } else { Settled::Unchanged };
        assert_eq!(phone.auth.settle(account).unwrap(), Some(settled));
        assert_eq!(label(&phone).label.unwrap().biometrics, arrived);
        let usable = software_keys(&phone.folder).sign(&asked.key, b"x").is_ok();
        assert_eq!(usable, arrived, "the key stays exactly as long as it counts");
    }
}

#[test]
fn biometrics_that_wait_for_a_finger_do_not_overwrite_a_change_of_pin() {
    let (lab, phone, account) = paired();
    let (mut flow, asked) = asked(&phone, account);
    let mut change = phone.auth.change_pin(account).unwrap();
    lab.next([Fault::AnswerLost]);
    change.submit(pin(PIN), pin("8315"), pin("8315")).unwrap();
    drop(change);
    assert_eq!(flow.submit_signature(&finger(&phone, &asked)), Err(Problem::OutOfTurn));
    assert_eq!(phone.auth.settle(account).unwrap(), Some(Settled::Changed));
    let state = request(&phone).approve(Some(&number()), pin("8315")).unwrap();
    assert!(matches!(state, SignInState::Approved { .. }), "{state:?}");
}

#[test]
fn n136_no_file_holds_a_signature_of_pin_or_finger() {
    let (lab, phone, account) = paired();
    let (mut flow, asked) = asked(&phone, account);
    lab.seen();
    lab.next(answers_lost());
    assert!(flow.submit_signature(&finger(&phone, &asked)).is_err());
    lab.calm();
    let mut sent = lab.seen();
    let pin_sig = lab.at(ISS, |server| server.phones[0].pin_sig);
    phone.auth.settle(account).unwrap();
    let mut flow = request(&phone);
    let asked = flow.approve_by_biometrics(Some(&number())).unwrap();
    lab.seen();
    flow.submit_signature(&finger(&phone, &asked)).unwrap();
    sent.extend(lab.seen());
    let mut secrets = vec![pin_sig.as_sec1()[1..33].to_vec(), pin_sig.thumbprint().as_bytes().to_vec()];
    secrets.extend(sent.iter().flat_map(|seen| crate::secrecy::signatures(&seen.body)));
    crate::secrecy::assert_absent(phone.folder.path(), &secrets);
}
