//! Approving and refusing from the list: protocol 3.4, cases of section 4.3.

use crate::lab::{Fault, Lab};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use countersign_engine::history::{Deed, Outcome};
use countersign_engine::port::Reply;
use countersign_engine::sign_in::{SignInFlow, SignInState};
use countersign_engine::{Platform, Problem};
use countersign_protocol::answer::SignInState as ServerState;
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::problem::{Code, Problem as Refusal};
use countersign_protocol::secret::Number;
use std::time::Duration;

pub fn listed(phone: &Phone) -> SignInFlow {
    phone.auth.requests().unwrap().take(None).unwrap()
}

fn started() -> (Lab, Phone, Tid) {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let tid = lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    (lab, phone, tid)
}

fn state_of(lab: &Lab, tid: Tid) -> &'static str {
    lab.at(ISS, |server| server.sign_ins[&tid].state)
}

#[test]
fn s1_s6_a_listed_request_is_shown_whole_and_approved_with_number_and_pin() {
    let (lab, phone, tid) = started();
    let mut flow = listed(&phone);
    let request = flow.request();
    assert_eq!(request.client.name, "Grants Portal");
    assert_eq!(request.txt[0].t, "EUR 120.00");
    assert!(flow.needs_number());
    assert_eq!(flow.left(), Duration::from_secs(180));
    phone.pass(20);
    assert_eq!(flow.left(), Duration::from_secs(160));
    let state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert_eq!(
        state,
        SignInState::Approved { sign_in_code: sign_in_code(&tid), at: lab.now(), return_to: None }
    );
    assert_eq!(state_of(&lab, tid), "approved");
    let history = phone.auth.history().unwrap();
    assert_eq!((history[0].deed, history[0].outcome), (Deed::Approved, Outcome::Confirmed));
    assert_eq!(history[0].client, "Grants Portal");
}

#[test]
fn the_countdown_and_the_answer_do_not_depend_on_the_phones_clock() {
    let (lab, phone, tid) = started();
    phone.set_wall(0);
    let mut flow = listed(&phone);
    assert_eq!(flow.left(), Duration::from_secs(180));
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert_eq!(state_of(&lab, tid), "approved");
}

#[test]
fn wrong_pin_and_wrong_number_say_what_is_left_and_the_request_stays() {
    let (lab, phone, tid) = started();
    let mut flow = listed(&phone);
    let wrong = flow.approve(Some(&number()), pin("8315")).unwrap();
    assert_eq!(wrong, SignInState::WrongPin { left: Some(4), retry_after: 0 });
    let wrong = flow.approve(Some(&Number::from_value(1)), pin(PIN)).unwrap();
    assert_eq!(wrong, SignInState::WrongNumber { left: Some(2) });
    assert!(phone.auth.history().unwrap().is_empty(), "nothing was decided so far");
    assert_eq!(state_of(&lab, tid), "pending");
    assert!(matches!(flow.approve(Some(&number()), pin(PIN)).unwrap(), SignInState::Approved { .. }));
}

#[test]
fn without_the_number_or_a_whole_pin_nothing_is_sent() {
    let (lab, phone, _) = started();
    let mut flow = listed(&phone);
    lab.seen();
    assert_eq!(flow.approve(None, pin(PIN)).err(), Some(Problem::NumberMissing));
    assert_eq!(flow.approve(Some(&number()), pin("492")).err(), Some(Problem::PinIncomplete));
    assert!(lab.seen().is_empty());
}

#[test]
fn d1_cancel_and_not_me_need_no_pin() {
    for (why, state, deed) in
        [(DenyWhy::Cancel, "denied", Deed::Cancelled), (DenyWhy::NotMe, "reported", Deed::Reported)]
    {
        let (lab, phone, tid) = started();
        assert_eq!(listed(&phone).deny(why).unwrap(), SignInState::Denied { why });
        assert_eq!(state_of(&lab, tid), state);
        assert_eq!(phone.auth.history().unwrap()[0].deed, deed);
    }
}

#[test]
fn an_answer_after_another_says_how_it_was_decided() {
    let (_, phone, _) = started();
    let (mut first, mut second) = (listed(&phone), listed(&phone));
    first.deny(DenyWhy::Cancel).unwrap();
    let late = second.approve(Some(&number()), pin(PIN)).unwrap();
    assert_eq!(late, SignInState::AlreadyDecided { state: Some(ServerState::Denied) });
    let history = phone.auth.history().unwrap();
    assert_eq!((history[0].deed, history[0].outcome), (Deed::Cancelled, Outcome::Confirmed));
}

#[test]
fn a_wait_keeps_the_bytes_so_that_the_pin_is_not_asked_again() {
    let (lab, phone, tid) = started();
    let mut flow = listed(&phone);
    let body = Refusal::with(Code::PinWait, |members| members.retry_after = Some(60)).to_body();
    lab.next([Fault::Instead(Reply { status: 429, body, ..Reply::default() })]);
    let state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert_eq!(state, SignInState::Wait { retry_in: Duration::from_secs(60), may_resend: true });
    phone.pass(60);
    assert!(matches!(flow.resend().unwrap(), SignInState::Approved { .. }));
    assert_eq!(state_of(&lab, tid), "approved");
}

#[test]
fn a_request_that_is_over_by_the_countdown_sends_no_pin() {
    let (lab, phone, _) = started();
    let mut flow = listed(&phone);
    lab.seen();
    phone.pass(180);
    assert_eq!(flow.approve(Some(&number()), pin(PIN)).unwrap(), SignInState::Expired);
    assert!(lab.seen().is_empty());
}

#[test]
fn n140_a_phone_below_the_signed_minimum_approves_nothing_and_keeps_its_accounts() {
    let (lab, mut phone, _) = started();
    phone.platform = Platform::Android;
    let phone = phone.restarted();
    assert!(listed(&phone).approve(None, pin(PIN)).is_err());
    lab.at(ISS, |server| {
        let mut content = server.keys.content(ISS, 8, 1, server.now);
        content.policy.min_app.android = "1.0.1".to_owned();
        server.keysets = server.keys.signed(&content, &[0]);
    });
    phone.pass(0);
    phone.set_wall(lab.now().secs() + 86_400);
    let mut flow = listed(&phone);
    lab.seen();
    let refused = flow.approve(Some(&number()), pin(PIN)).err();
    assert_eq!(refused, Some(Problem::AppTooOld { min: Some("1.0.1".to_owned()) }));
    assert!(lab.seen().is_empty());
    assert_eq!(phone.auth.accounts().unwrap().len(), 1);
}

#[test]
fn n140_the_servers_426_is_shown_with_its_version() {
    let (lab, phone, _) = started();
    let mut flow = listed(&phone);
    let body = Refusal::with(Code::AppTooOld, |members| members.min = Some("2.0.0".to_owned())).to_body();
    lab.next([Fault::Instead(Reply { status: 426, body, ..Reply::default() })]);
    let refused = flow.approve(Some(&number()), pin(PIN)).err();
    assert_eq!(refused, Some(Problem::AppTooOld { min: Some("2.0.0".to_owned()) }));
    assert_eq!(phone.auth.accounts().unwrap().len(), 1);
}

#[test]
fn n205_after_five_entries_without_success_the_phone_waits_and_sends_nothing() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let people = [ANNA, "bert@example.eu", "cleo@example.eu"];
    for person in people {
        phone.pair(ISS, person);
    }
    let attempt = |person: &str, digits: &str| {
        let tid = lab.at(ISS, |server| server.start_push(person, |_| ()));
        let mut flow = phone.auth.requests().unwrap().take(Some(&tid)).unwrap();
        lab.seen();
        let state = flow.approve(Some(&number()), pin(digits)).unwrap();
        (state, lab.seen().len())
    };
    for person in people.into_iter().cycle().take(5) {
        assert!(matches!(attempt(person, "8315").0, SignInState::WrongPin { .. }));
    }
    let (state, sent) = attempt(ANNA, PIN);
    let wait = SignInState::Wait { retry_in: Duration::from_secs(300), may_resend: false };
    assert_eq!((state, sent), (wait, 0));
    assert_eq!(phone.auth.pin_pause().unwrap(), Some(Duration::from_secs(300)));
    phone.pass(299);
    assert_eq!(attempt(ANNA, PIN).1, 0);
    phone.pass(1);
    assert!(matches!(attempt(ANNA, "8315").0, SignInState::WrongPin { .. }));
    assert_eq!(attempt(ANNA, PIN).1, 0, "each further entry waits");
    let phone = phone.restarted();
    phone.pass(299);
    let tid = lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut flow = phone.auth.requests().unwrap().take(Some(&tid)).unwrap();
    let state = flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert!(matches!(state, SignInState::Wait { .. }), "the wait begins anew after a restart");
    phone.pass(1);
    assert!(matches!(flow.approve(Some(&number()), pin(PIN)).unwrap(), SignInState::Approved { .. }));
    let tid = lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut flow = phone.auth.requests().unwrap().take(Some(&tid)).unwrap();
    let state = flow.approve(Some(&number()), pin("8315")).unwrap();
    assert!(matches!(state, SignInState::WrongPin { .. }), "free again after a signed success");
}
