//! The move to another phone (A6) and one more phone beside this one: protocol 3.7.3.

use crate::lab::{Fault, Lab, Server, answers};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::moving::{MoveFlow, MoveState};
use countersign_engine::pairing::{PairingEnd, PairingState};
use countersign_engine::pin_op::PinOutcome;
use countersign_engine::sign_in::SignInState;
use countersign_engine::{AccountId, Problem};
use countersign_protocol::message::op::EnrolmentKind;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::ConfirmCode;
use std::time::Duration;

const OTHER: &str = "https://login.example.org";
const OTHER_PIN: &str = "8315";

fn begin(phone: &Phone, accounts: &[AccountId]) -> MoveFlow {
    phone.auth.bring_in(accounts, EnrolmentKind::Migrate).unwrap()
}

/// The text that the old phone shows, and how many come after it.
fn shown(state: MoveState) -> (String, usize) {
    match state {
        MoveState::ShowCode { text, behind, .. } => (text.to_string(), behind),
        MoveState::EnterPin { .. } => panic!("asks for a PIN"),
        _ => panic!("shows nothing"),
    }
}

/// The new phone scans; the six digits that it shows.
fn scanned_by(
    phone: &Phone,
    text: &str,
    digits: &str,
) -> (countersign_engine::pairing::PairingFlow, ConfirmCode) {
    let mut flow = phone.scan_pairing(text).unwrap();
    while !matches!(flow.state(), PairingState::ChoosePin { .. }) {
        flow.accept().unwrap();
    }
    let PairingState::TypeCode { code, .. } = flow.choose_pin(pin(digits), pin(digits)).unwrap() else {
        panic!()
    };
    (flow, code)
}

#[test]
fn a6_one_pin_moves_two_accounts_one_code_after_the_other() {
    let lab = Lab::with_server(ISS);
    lab.add_server(OTHER);
    let old = Phone::new(&lab);
    let accounts = [old.pair(ISS, ANNA), old.pair(OTHER, ANNA)];
    let new = Phone::new(&lab);
    let mut flow = begin(&old, &accounts);
    assert!(
        matches!(flow.state().unwrap(), MoveState::EnterPin { accounts, wrong: None } if accounts.len() == 2)
    );
    let mut state = flow.submit(pin(PIN)).unwrap();
    for behind in [1, 0] {
        let MoveState::ShowCode { left, .. } = &state else { panic!() };
        assert_eq!(*left, Duration::from_secs(300));
        let (text, waiting) = shown(state);
        assert_eq!(waiting, behind);
        let (mut pairing, code) = scanned_by(&new, &text, "6402");
        let PinOutcome::Done(next) = flow.confirm(&code, pin(PIN)).unwrap() else { panic!() };
        assert!(matches!(pairing.poll().unwrap(), PairingState::Over(PairingEnd::Active { .. })));
        state = next;
    }
    assert!(matches!(state, MoveState::Done));
    assert_eq!(new.auth.accounts().unwrap().len(), 2);
    lab.at(OTHER, |server| {
        server.phones.remove(0);
        server.start_push(ANNA, |_| ())
    });
    let inbox = new.auth.requests().unwrap();
    let state = inbox.take(None).unwrap().approve(Some(&number()), pin("6402")).unwrap();
    assert!(matches!(state, SignInState::Approved { .. }), "{state:?}");
}

#[test]
fn a6_the_first_wrong_pin_stops_and_the_rest_is_asked_for_again() {
    let lab = Lab::with_server(ISS);
    lab.add_server(OTHER);
    let phone = Phone::new(&lab);
    let (first, second) = (phone.pair(ISS, ANNA), phone.pair(OTHER, ANNA));
    phone.auth.change_pin(second).unwrap().submit(pin(PIN), pin(OTHER_PIN), pin(OTHER_PIN)).unwrap();
    let mut flow = begin(&phone, &[second, first]);
    let state = flow.submit(pin(PIN)).unwrap();
    let MoveState::EnterPin { accounts, wrong: Some(Some(4)) } = state else { panic!("not told") };
    assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [second, first]);
    assert!(lab.at(ISS, |server| server.enrolments.len()) == 1, "only that of the pairing itself");
    let MoveState::EnterPin { accounts, wrong: Some(_) } = flow.submit(pin(OTHER_PIN)).unwrap() else {
        panic!()
    };
    assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [first]);
    let (text, behind) = shown(flow.submit(pin(PIN)).unwrap());
    assert_eq!((text.starts_with(OTHER), behind), (true, 1));
}

#[test]
fn a6_an_account_may_be_left_out() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let mut flow = begin(&phone, &[account]);
    assert!(matches!(flow.skip().unwrap(), MoveState::Done));
    assert_eq!(flow.skip().err(), Some(Problem::OutOfTurn));
}

#[test]
fn a6_a_pairing_that_names_another_root_is_not_shown() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    lab.at(ISS, |server| server.shown_root = 1);
    assert_eq!(begin(&phone, &[account]).submit(pin(PIN)).err(), Some(Problem::RootMismatch));
}

#[test]
fn a6_a_mistyped_code_or_pin_confirms_nobody_and_may_be_typed_again() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let mut flow = phone.auth.bring_in(&[account], EnrolmentKind::Add).unwrap();
    let (text, _) = shown(flow.submit(pin(PIN)).unwrap());
    let early = flow.confirm(&ConfirmCode::from_value(483_920), pin(PIN)).err();
    assert_eq!(early, Some(Problem::Refused { code: Code::EnrolmentState }), "nobody has come yet");
    let new = Phone::new(&lab);
    let (mut pairing, code) = scanned_by(&new, &text, "6402");
    let slip = flow.confirm(&ConfirmCode::from_value(483_921), pin(PIN)).err();
    assert_eq!(slip, Some(Problem::Refused { code: Code::ConfirmCodeIncorrect }));
    let wrong = flow.confirm(&code, pin("5050505")).unwrap();
    assert!(matches!(wrong, PinOutcome::WrongPin { left: Some(4), .. }));
    assert!(matches!(pairing.poll().unwrap(), PairingState::TypeCode { .. }));
    assert!(matches!(flow.confirm(&code, pin(PIN)).unwrap(), PinOutcome::Done(MoveState::Done)));
    assert!(matches!(pairing.poll().unwrap(), PairingState::Over(PairingEnd::Active { .. })));
}

#[test]
fn a6_a_lost_answer_to_the_confirmation_is_asked_for_with_the_same_bytes() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let mut flow = begin(&phone, &[account]);
    let (text, _) = shown(flow.submit(pin(PIN)).unwrap());
    let (_, code) = scanned_by(&Phone::new(&lab), &text, "6402");
    lab.seen();
    lab.next([Fault::AnswerLost]);
    assert!(matches!(flow.confirm(&code, pin(PIN)).unwrap(), PinOutcome::Done(MoveState::Done)));
    let seen = lab.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
}

#[test]
fn n68_a_server_that_died_after_it_counted_the_pin_gets_the_same_bytes_until_it_answers() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let mut flow = begin(&phone, &[account]);
    let (text, _) = shown(flow.submit(pin(PIN)).unwrap());
    let (_, code) = scanned_by(&Phone::new(&lab), &text, "6402");
    lab.seen();
    // It is gone, then back and not sure yet, for as long as it takes the first evaluation for being under way.
    lab.next([Fault::AnswerLost, Fault::NotConnected]);
    lab.next((0..4).map(|_| Fault::Instead(answers::problem(Code::Unavailable))));
    assert!(matches!(flow.confirm(&code, pin(PIN)).unwrap(), PinOutcome::Done(MoveState::Done)));
    let seen = lab.seen();
    // What never left is not seen.
    assert_eq!(seen.len(), 6);
    assert!(seen.iter().all(|one| one.body == seen[0].body));
}

#[test]
fn a4_another_phone_is_removed_with_the_pin_alone() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let sibling = Phone::new(&lab);
    let its = sibling.pair(ISS, ANNA);
    let phones = phone.auth.phones(account).unwrap();
    let other = phones.iter().find(|phone| !phone.this).unwrap().r#ref;
    let wrong = phone.auth.remove_phone(account, other, pin("5050505")).unwrap();
    assert_eq!(wrong, PinOutcome::WrongPin { left: Some(4), retry_after: 0 });
    assert_eq!(lab.at(ISS, |server| server.phones.len()), 2);
    assert_eq!(phone.auth.remove_phone(account, other, pin(PIN)).unwrap(), PinOutcome::Done(()));
    assert_eq!(sibling.auth.check(its), Err(Problem::NotRecognised));
    let again = phone.auth.remove_phone(account, other, pin(PIN));
    assert_eq!(again, Err(Problem::Refused { code: Code::NotFound }));
}

#[test]
fn d1_a_session_that_this_phone_approved_is_ended() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let tid = lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let early = phone.auth.end_session(account, tid);
    assert_eq!(early, Err(Problem::Refused { code: Code::TransactionDecided }));
    listed(&phone).approve(Some(&number()), pin(PIN)).unwrap();
    phone.auth.end_session(account, tid).unwrap();
    assert!(lab.at(ISS, |server| server.sign_ins[&tid].ended));
}

#[test]
fn n136_no_file_of_the_old_phone_holds_pairing_data_or_a_signature() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let mut flow = begin(&phone, &[account]);
    let (text, _) = shown(flow.submit(pin(PIN)).unwrap());
    let (_, code) = scanned_by(&Phone::new(&lab), &text, "6402");
    flow.confirm(&code, pin(PIN)).unwrap();
    let mut secrets = vec![text.split_once('#').unwrap().1.as_bytes().to_vec()];
    secrets.extend(lab.at(ISS, |server: &mut Server| {
        server.enrolments.values().map(|enrolment| enrolment.secret.expose().to_vec()).collect::<Vec<_>>()
    }));
    let sent = lab.seen();
    let ops = sent.iter().filter(|seen| seen.path == "/v1/ops");
    secrets.extend(ops.flat_map(|seen| crate::secrecy::signatures(&seen.body)));
    crate::secrecy::assert_absent(phone.folder.path(), &secrets);
}
