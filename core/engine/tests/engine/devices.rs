//! This phone's name, its push address, its siblings and its end (A4, A5).

use crate::lab::{Fault, Lab, answers};
use crate::phone::{ANNA, ISS, Phone};
use countersign_engine::Problem;
use countersign_engine::devices::Unlinked;
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
fn a_phone_is_woken_at_its_newest_address_and_no_more_when_it_says_so() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let known = || lab.at(ISS, |server| server.phones[0].push.clone());
    for url in [Some("https://push.example/a?b=c"), Some("https://push.example/d"), None] {
        phone.auth.set_push(account, url).unwrap();
        assert_eq!(known().as_deref(), url);
    }
}

#[test]
fn n148_a_push_address_of_another_form_is_not_sent() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    lab.paths();
    let long = format!("https://push.example/{}", "x".repeat(492));
    for url in ["", "http://push.example/a", "https://push.example:8443/a", "https://a@push.example/", &long]
    {
        let problem = phone.auth.set_push(account, Some(url)).unwrap_err();
        assert_eq!(problem, Problem::Refused { code: Code::Malformed }, "{url}");
    }
    assert_eq!(lab.paths(), Vec::<String>::new());
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

#[test]
fn an_account_whose_servers_root_is_lost_is_removed_here_and_paired_again() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    // The server has begun anew: another root, other keys, and it knows nobody.
    lab.at(ISS, |server| {
        server.phones.clear();
        server.keys.roots.swap(0, 3);
        let content = server.keys.content(ISS, 1, 1, server.now);
        server.keysets = server.keys.signed(&content, &[0]);
    });
    let text = lab.at(ISS, |server| server.start_pairing(ANNA));
    assert_eq!(phone.scan_pairing(&text).err(), Some(Problem::RootMismatch));
    assert!(phone.auth.unlink(account).is_err());
    assert_eq!(phone.auth.unlink_only_here(account).unwrap(), Unlinked::OnlyHere);
    assert!(phone.auth.accounts().unwrap().is_empty());
    assert!(phone.scan_pairing(&text).is_ok());
}

#[test]
fn a_server_that_can_be_trusted_is_told_and_one_that_is_silent_keeps_the_account() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    for fault in [Fault::NotConnected, Fault::Instead(answers::problem(Code::RateLimited))] {
        lab.next([fault]);
        assert!(phone.auth.unlink_only_here(account).is_err());
    }
    lab.next([Fault::Instead(answers::problem(Code::InvalidDeviceSignature))]);
    assert_eq!(phone.auth.unlink_only_here(account), Err(Problem::NotRecognised), "its key set still holds");
    assert_eq!(phone.auth.accounts().unwrap().len(), 1);
    assert_eq!(phone.auth.unlink_only_here(account).unwrap(), Unlinked::Everywhere);
    assert!(lab.at(ISS, |server| server.phones.is_empty()));
}
