//! This phone's name, its siblings and its end (A4, A5).

use crate::lab::Lab;
use crate::phone::{ISS, Phone};
use countersign_engine::Problem;
use countersign_protocol::problem::Code;

#[test]
fn a4_a_phone_is_renamed_and_listed() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    phone.auth.rename(account, "Anna’s phone").unwrap();
    let phones = phone.auth.phones(account).unwrap();
    assert_eq!((phones.len(), phones[0].name.as_str(), phones[0].this), (1, "Anna’s phone", true));
}

#[test]
fn n150_a_name_outside_the_rules_is_not_sent() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    for name in ["", "a\u{202e}b", &"x".repeat(41)] {
        let problem = phone.auth.rename(account, name).unwrap_err();
        assert!(matches!(problem, Problem::Refused { code: Code::Malformed }), "{name:?}");
    }
}

#[test]
fn a5_an_unlinked_account_is_gone_on_both_sides() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    phone.auth.unlink(account).unwrap();
    assert!(lab.at(ISS, |server| server.phones.is_empty()));
    let phone = phone.restarted();
    assert!(phone.auth.accounts().unwrap().is_empty());
    assert!(matches!(phone.auth.unlink(account), Err(Problem::NoSuchAccount)));
}

#[test]
fn a5_an_account_stays_while_the_server_has_not_signed_for_its_end() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    lab.at(ISS, |server| server.phones.clear());
    assert!(phone.auth.unlink(account).is_err(), "an unsigned refusal deletes nothing");
    assert_eq!(phone.auth.accounts().unwrap().len(), 1);
}
