//! Lost answers and dead processes: protocol 3.0.5, case N70.

use crate::lab::{Fault, Lab, answers};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::Problem;
use countersign_engine::history::{Deed, Outcome};
use countersign_engine::port::Reply;
use countersign_engine::sign_in::SignInState;
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::problem::Code;
use std::time::Duration;

fn started() -> (Lab, Phone) {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    (lab, phone)
}

#[test]
fn an_approval_without_an_answer_is_sent_again_byte_for_byte() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.seen();
    lab.next([
        Fault::AnswerLost,
        Fault::Instead(Reply { status: 502, ..Reply::default() }),
        Fault::NotConnected,
    ]);
    let mut state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    let mut waits = Vec::new();
    while let SignInState::Unanswered { retry_in, .. } = state {
        waits.push(retry_in);
        state = flow.resend().unwrap();
    }
    assert!(matches!(state, SignInState::Approved { .. }));
    assert_eq!(waits.len(), 3);
    assert!(waits[0] < waits[1] && waits[1] < waits[2], "{waits:?}");
    let bodies: Vec<_> = lab.seen().into_iter().map(|seen| seen.body).collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(phone.auth.history().unwrap().len(), 1);
}

#[test]
fn what_did_not_leave_the_phone_is_told_apart_from_what_may_have_arrived() {
    for (fault, expected) in [(Fault::NotConnected, false), (Fault::AnswerLost, true)] {
        let (lab, phone) = started();
        let mut flow = listed(&phone);
        lab.next([fault]);
        let state = flow.approve(Some(&number()), pin(PIN)).unwrap();
        let SignInState::Unanswered { sent, .. } = state else { panic!("{state:?}") };
        assert_eq!(sent, expected);
    }
}

#[test]
fn what_may_have_arrived_once_is_never_again_told_as_not_sent() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::NotConnected, Fault::AnswerLost, Fault::NotConnected, Fault::NotConnected]);
    let mut told = Vec::new();
    let mut state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    while let SignInState::Unanswered { sent, .. } = state {
        told.push(sent);
        state = flow.resend().unwrap();
    }
    assert_eq!(told, [false, true, true, true]);
    assert!(matches!(state, SignInState::Approved { .. }), "{state:?}");
}

#[test]
fn the_server_may_ask_for_a_longer_wait() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::Instead(answers::problem_with(Code::Unavailable, |m| m.retry_after = Some(20)))]);
    let state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert_eq!(state, SignInState::Unanswered { retry_in: Duration::from_secs(20), sent: true });
}

#[test]
fn the_bytes_are_dropped_a_minute_after_the_end_of_the_request() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::AnswerLost, Fault::AnswerLost]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    phone.pass(240);
    assert!(matches!(flow.resend().unwrap(), SignInState::Unanswered { .. }));
    phone.pass(1);
    lab.seen();
    assert_eq!(flow.resend().unwrap(), SignInState::Expired);
    assert_eq!(flow.resend().err(), Some(Problem::OutOfTurn));
    assert!(lab.seen().is_empty());
}

#[test]
fn n70_after_a_crash_the_receipt_is_fetched_and_no_pin_is_asked() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::AnswerLost]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    drop(flow);
    let phone = phone.restarted();
    assert_eq!(phone.auth.history().unwrap()[0].outcome, Outcome::Unknown);
    assert!(phone.auth.requests().unwrap().requests.is_empty(), "nothing is asked again");
    let history = phone.auth.history().unwrap();
    assert_eq!((history[0].deed, history[0].outcome), (Deed::Approved, Outcome::Confirmed));
}

#[test]
fn n70_after_a_crash_before_the_server_heard_of_it_the_request_is_asked_again() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::NotConnected]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    drop(flow);
    let phone = phone.restarted();
    let mut flow = listed(&phone);
    assert!(matches!(flow.approve(Some(&number()), pin(PIN)).unwrap(), SignInState::Approved { .. }));
    assert_eq!(phone.auth.history().unwrap().len(), 1);
}

#[test]
fn after_a_crash_an_answer_that_came_to_nothing_leaves_the_history() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::NotConnected]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    drop(flow);
    phone.pass(200);
    let phone = phone.restarted();
    phone.auth.requests().unwrap();
    assert!(phone.auth.history().unwrap().is_empty());
}

#[test]
fn after_a_crash_an_answer_that_the_server_has_forgotten_leaves_the_history() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::AnswerLost]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    drop(flow);
    lab.at(ISS, |server| server.sign_ins.clear());
    let phone = phone.restarted();
    assert!(phone.auth.requests().unwrap().silent.is_empty());
    assert!(phone.auth.history().unwrap().is_empty());
}

/// Every member of a receipt that ties it to one answer, with another value.
const OTHERS: [(&str, &str); 5] = [
    ("aud", "CQkJCQkJCQkJCQkJCQkJCQ"),
    ("ref", "CQkJCQkJCQkJCQkJCQkJCQ"),
    ("tid", "CQkJCQkJCQkJCQkJCQkJCQ"),
    ("dec", "deny"),
    ("req", "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk"),
];

fn other(member: &'static str, value: &'static str) -> Fault {
    Fault::Resigned("receipt", Box::new(move |receipt| receipt[member] = value.into()))
}

#[test]
fn a_signed_receipt_for_another_answer_is_not_believed() {
    for (member, value) in OTHERS {
        let (lab, phone) = started();
        let mut flow = listed(&phone);
        lab.next([other(member, value)]);
        let state = flow.approve(Some(&number()), pin(PIN));
        assert!(matches!(state, Err(Problem::MessageRefused { .. })), "{member}");
        assert_eq!(phone.auth.history().unwrap()[0].outcome, Outcome::Unknown, "{member}");
    }
}

#[test]
fn after_a_crash_a_receipt_for_another_answer_is_not_believed_either() {
    for (member, value) in OTHERS {
        let (lab, phone) = started();
        let mut flow = listed(&phone);
        lab.next([Fault::AnswerLost]);
        flow.approve(Some(&number()), pin(PIN)).unwrap();
        drop(flow);
        let phone = phone.restarted();
        let account = phone.auth.accounts().unwrap()[0].id;
        phone.auth.check(account).unwrap();
        lab.next([other(member, value)]);
        assert!(matches!(phone.auth.resolve(account), Err(Problem::MessageRefused { .. })), "{member}");
        assert_eq!(phone.auth.history().unwrap()[0].outcome, Outcome::Unknown, "{member}");
    }
}

#[test]
fn an_old_nonce_is_answered_once_with_the_fresh_one() {
    let (lab, phone) = started();
    let phone = phone.restarted();
    lab.seen();
    assert_eq!(phone.auth.requests().unwrap().requests.len(), 1);
    assert_eq!(lab.paths(), ["/v1/ops", "/v1/ops"]);
    lab.next([
        Fault::Instead(answers::problem(Code::UseNonce)),
        Fault::Instead(answers::problem(Code::UseNonce)),
    ]);
    let inbox = phone.auth.requests().unwrap();
    assert_eq!(inbox.silent[0].problem, Problem::Unavailable { retry_after: 0 });
}

#[test]
fn what_a_dead_process_sent_is_still_asked_for_when_a_second_answer_comes_too_late() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let (mut first, mut second) = (listed(&phone), listed(&phone));
    lab.next([Fault::AnswerLost]);
    first.approve(Some(&number()), pin(PIN)).unwrap();
    drop(first);
    lab.next([Fault::Instead(answers::problem(Code::TransactionDecided))]);
    let state = second.approve(Some(&number()), pin(PIN)).unwrap();
    assert!(matches!(state, SignInState::AlreadyDecided { .. }), "{state:?}");
    phone.auth.resolve(account).unwrap();
    let history = phone.auth.history().unwrap();
    assert_eq!(history.iter().map(|row| row.outcome).collect::<Vec<_>>(), [Outcome::Confirmed]);
}

/// After a crash nothing is silent, and the history has this one confirmed decision.
fn told_after_a_crash(phone: Phone, deed: Deed) {
    let phone = phone.restarted();
    let silent = phone.auth.requests().unwrap().silent;
    assert!(silent.is_empty(), "{:?}", silent.first().map(|silent| &silent.problem));
    let history = phone.auth.history().unwrap();
    let told: Vec<_> = history.iter().map(|row| (row.deed, row.outcome)).collect();
    assert_eq!(told, [(deed, Outcome::Confirmed)]);
}

#[test]
fn a_second_answer_that_is_lost_as_well_does_not_hide_that_the_first_one_counted() {
    for second in [None, Some(DenyWhy::NotMe), Some(DenyWhy::Cancel)] {
        let (lab, phone) = started();
        let mut flow = listed(&phone);
        lab.next([Fault::AnswerLost, Fault::AnswerLost]);
        flow.approve(Some(&number()), pin(PIN)).unwrap();
        match second {
            Some(why) => flow.deny(why).unwrap(),
            None => flow.approve(Some(&number()), pin(PIN)).unwrap(),
        };
        drop(flow);
        told_after_a_crash(phone, Deed::Approved);
    }
}

#[test]
fn a_second_answer_that_counted_is_the_one_that_is_told() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    lab.next([Fault::NotConnected, Fault::AnswerLost]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    flow.deny(DenyWhy::NotMe).unwrap();
    drop(flow);
    told_after_a_crash(phone, Deed::Reported);
}

#[test]
fn what_is_sent_again_after_a_wait_is_told_after_a_crash() {
    let (lab, phone) = started();
    let mut flow = listed(&phone);
    let wait = answers::problem_with(Code::PinWait, |members| members.retry_after = Some(60));
    lab.next([Fault::Instead(wait), Fault::AnswerLost]);
    let state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert!(matches!(state, SignInState::Wait { .. }), "{state:?}");
    assert!(phone.auth.history().unwrap().is_empty(), "nothing was decided yet");
    phone.pass(60);
    assert!(matches!(flow.resend().unwrap(), SignInState::Unanswered { .. }));
    drop(flow);
    told_after_a_crash(phone, Deed::Approved);
}

#[test]
fn a_receipt_that_fits_nothing_leaves_key_sets_and_other_answers_their_turn() {
    let (lab, phone) = started();
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    for mut flow in phone.auth.requests().unwrap().requests {
        lab.next([Fault::AnswerLost]);
        flow.approve(Some(&number()), pin(PIN)).unwrap();
    }
    lab.at(ISS, |server| {
        let content = server.keys.content(ISS, 8, 1, server.now);
        server.keysets = server.keys.signed(&content, &[0]);
    });
    phone.pass(86_400);
    let (name, value) = OTHERS[1];
    lab.next([Fault::Through, other(name, value)]);
    let silent = phone.auth.requests().unwrap().silent;
    assert_eq!(silent.len(), 1);
    assert!(matches!(silent[0].problem, Problem::MessageRefused { .. }));
    let outcomes: Vec<_> = phone.auth.history().unwrap().iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::Confirmed).count(), 1);
    assert_eq!(lab.at(ISS, |server| server.phones[0].acked), 8);
}
