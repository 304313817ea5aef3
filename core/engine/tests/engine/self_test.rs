//! "Why does nothing arrive?" (H1): one verdict for each thing, each with what to do.

use crate::lab::{Fault, Lab};
use crate::phone::{ANNA, ISS, Phone};
use countersign_engine::Problem;
use countersign_engine::self_test::{Permissions, Subject, Verdict};

const ASKED: Permissions = Permissions { notifications: Some(true), camera: Some(false), background: None };

fn verdicts(phone: &Phone) -> Vec<(Subject, Verdict)> {
    let findings = phone.auth.self_test(ASKED).unwrap();
    findings.into_iter().map(|finding| (finding.subject, finding.verdict)).collect()
}

fn of(phone: &Phone, subject: Subject) -> Option<Verdict> {
    verdicts(phone).into_iter().find(|found| found.0 == subject).map(|found| found.1)
}

#[test]
fn h1_a_phone_in_order_hears_so_and_what_the_platform_has_not_is_left_out() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let expected = [
        (Subject::KeyStore, Verdict::SoftwareKeys),
        (Subject::Notifications, Verdict::Good),
        (Subject::Camera, Verdict::Allow),
        (Subject::Server, Verdict::Good),
        (Subject::Clock, Verdict::Good),
        (Subject::Registration, Verdict::Good),
    ];
    assert_eq!(verdicts(&phone), expected);
}

#[test]
fn h1_a_clock_that_is_off_says_by_how_much_in_either_direction() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let true_time = lab.now().secs();
    for (wall, off_by) in [(true_time - 3600, 3600), (true_time + 61, 61)] {
        phone.set_wall(wall);
        assert_eq!(of(&phone, Subject::Clock), Some(Verdict::SetClock { off_by }));
    }
    phone.set_wall(true_time + 60);
    assert_eq!(of(&phone, Subject::Clock), Some(Verdict::Good));
}

#[test]
fn h1_a_server_out_of_reach_is_told_without_guessing_at_the_clock() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.next([Fault::NotConnected]);
    let found = verdicts(&phone);
    assert_eq!(found.last(), Some(&(Subject::Server, Verdict::See(Problem::Unreachable { sent: false }))));
    assert_eq!(of(&phone, Subject::Clock), Some(Verdict::Good), "and is found again");
}

#[test]
fn h1_a_phone_that_its_server_does_not_know_hears_so_and_loses_nothing() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| server.phones.clear());
    assert_eq!(of(&phone, Subject::Registration), Some(Verdict::See(Problem::NotRecognised)));
    assert_eq!(phone.auth.accounts().unwrap().len(), 1);
}

#[test]
fn h1_each_account_has_its_own_lines() {
    const OTHER: &str = "https://login.example.org";
    let lab = Lab::with_server(ISS);
    lab.add_server(OTHER);
    let (phone, first) = Phone::paired(&lab);
    let second = phone.pair(OTHER, ANNA);
    let findings = phone.auth.self_test(Permissions::default()).unwrap();
    let servers = findings.iter().filter(|finding| finding.subject == Subject::Server);
    let accounts: Vec<_> = servers.filter_map(|finding| Some(finding.account.as_ref()?.id)).collect();
    assert_eq!(accounts.len(), 2);
    assert!(accounts.contains(&first) && accounts.contains(&second));
}
