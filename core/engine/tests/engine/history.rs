//! The history (A9) and "It wasn't me" afterwards.

use crate::lab::Lab;
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::history::{Deed, Outcome};
use countersign_protocol::code::sign_in_code;

#[test]
fn a9_decisions_are_kept_newest_first_with_the_code_that_support_asks_for() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let first = lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    listed(&phone).approve(Some(&number()), pin(PIN)).unwrap();
    phone.pass(60);
    let second =
        lab.at(ISS, |server| server.start_push(ANNA, |request| request.client.name = "Taxes".into()));
    listed(&phone).deny(countersign_protocol::message::response::DenyWhy::Cancel).unwrap();
    let phone = phone.restarted();
    let history = phone.auth.history().unwrap();
    let kept: Vec<_> = history.iter().map(|row| (row.tid, row.client.as_str(), row.deed)).collect();
    assert_eq!(kept, [(second, "Taxes", Deed::Cancelled), (first, "Grants Portal", Deed::Approved)]);
    assert_eq!(history[1].sign_in_code, sign_in_code(&first));
    assert_eq!(history[0].account, account);
}

#[test]
fn d1_what_was_approved_can_be_reported_afterwards() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let tid = lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    listed(&phone).approve(Some(&number()), pin(PIN)).unwrap();
    phone.auth.report(account, tid).unwrap();
    assert_eq!(lab.at(ISS, |server| server.sign_ins[&tid].state), "reported");
    let history = phone.auth.history().unwrap();
    assert_eq!((history.len(), history[0].deed, history[0].outcome), (1, Deed::Reported, Outcome::Confirmed));
    assert_eq!(history[0].client, "Grants Portal");
}
