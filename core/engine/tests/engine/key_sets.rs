//! Key sets on the phone: protocol 3.2 and 3.8, cases N37, N130, N212.

use crate::lab::{Fault, Lab, Server};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::Problem;
use countersign_protocol::keyset::{Content, KeySetFault};
use countersign_protocol::time::Time;

/// Makes the sets that a server publishes.
type Publish = fn(&mut Server) -> Vec<String>;

/// Publishes a set and lets a day pass, so that the phone fetches it with its next list.
fn publish(lab: &Lab, phone: &Phone, make: impl FnOnce(&mut Server)) -> Option<Problem> {
    lab.at(ISS, make);
    phone.pass(86_400);
    phone.auth.requests().unwrap().silent.pop().map(|silent| silent.problem)
}

fn set(server: &mut Server, ver: u64, roots: &[usize], edit: impl FnOnce(&mut Content)) -> Vec<String> {
    let mut content = server.keys.content(ISS, ver, 1, server.now);
    edit(&mut content);
    server.keys.signed(&content, roots)
}

fn refused(fault: KeySetFault) -> Option<Problem> {
    Some(Problem::KeySetRefused { fault })
}

#[test]
fn n37_n130_sets_of_another_server_older_changed_expired_or_foreign_are_refused() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let other = "https://id.example.com";
    let cases: [(&str, Publish, Option<Problem>); 6] = [
        (
            "another server",
            |s| {
                let iss = countersign_protocol::issuer::Issuer::parse(
                    "https://id.example.com",
                    countersign_protocol::issuer::Profile::Production,
                );
                set(s, 8, &[0], |content| content.iss = iss.unwrap())
            },
            refused(KeySetFault::OtherIssuer),
        ),
        ("lower version", |s| set(s, 6, &[0], |_| ()), refused(KeySetFault::Rollback)),
        (
            "same version, other bytes",
            |s| set(s, 7, &[0], |content| content.name = "Other ID".to_owned()),
            refused(KeySetFault::Rollback),
        ),
        (
            "expired by Date",
            |s| set(s, 8, &[0], |content| content.exp = content.iat),
            refused(KeySetFault::Expired),
        ),
        ("a root that is not pinned", |s| set(s, 8, &[3], |_| ()), Some(Problem::RootMismatch)),
        ("the next root alone", |s| set(s, 8, &[1], |_| ()), Some(Problem::RootMismatch)),
    ];
    for (name, make, expected) in cases {
        let problem = publish(&lab, &phone, |server| server.keysets = make(server));
        assert_eq!(problem, expected, "{name}");
    }
    let label = phone.auth.accounts().unwrap().remove(0).label.unwrap();
    assert_eq!((label.server.as_str(), label.iss.as_str() == other), ("Example ID", false));
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    assert!(listed(&phone).approve(Some(&number()), pin(PIN)).is_ok(), "the old set still works");
}

#[test]
fn n212_a_phone_follows_two_changes_of_root_at_once() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let problem = publish(&lab, &phone, |server| {
        let eight = server.keys.content(ISS, 8, 2, server.now);
        let twenty = server.keys.content(ISS, 20, 3, server.now);
        server.keysets = [server.keys.signed(&eight, &[0, 1]), server.keys.signed(&twenty, &[1, 2])].concat();
    });
    assert_eq!(problem, None);
    assert_eq!(lab.at(ISS, |server| server.phones[0].acked), 20);
    // From now on the third root alone is enough, and the first is nobody.
    let third = publish(&lab, &phone, |server| {
        let content = server.keys.content(ISS, 21, 3, server.now);
        server.keysets = server.keys.signed(&content, &[2]);
    });
    assert_eq!(third, None);
    let first = publish(&lab, &phone, |server| server.keysets = set(server, 22, &[0], |_| ()));
    assert_eq!(first, Some(Problem::RootMismatch));
}

#[test]
fn a_change_of_root_that_lost_a_signature_on_the_way_is_made_with_the_next_answer() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let change = |server: &mut Server, roots: &[usize]| {
        let content = server.keys.content(ISS, 8, 2, Time::from_secs(1_790_000_000));
        server.keysets = server.keys.signed(&content, roots);
    };
    let cut = publish(&lab, &phone, |server| change(server, &[0]));
    assert_eq!(cut, None, "a set by the pinned root is taken");
    assert_eq!(publish(&lab, &phone, |server| change(server, &[0, 1])), None);
    let second = publish(&lab, &phone, |server| {
        let content = server.keys.content(ISS, 9, 2, server.now);
        server.keysets = server.keys.signed(&content, &[1]);
    });
    assert_eq!(second, None, "the phone is at the second root");
}

#[test]
fn a_message_under_a_new_key_leads_to_a_fresh_set_and_is_then_read() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| {
        server.keys.sign = crate::lab::key(0x42);
        server.keys.sign_kid = "s2".to_owned();
        server.keysets = set(server, 8, &[0], |_| ());
        server.start_push(ANNA, |_| ());
    });
    listed(&phone).approve(Some(&number()), pin(PIN)).unwrap();
    assert_eq!(lab.at(ISS, |server| server.phones[0].acked), 8);
}

#[test]
fn after_a_pin_failure_only_the_root_signed_set_is_fetched_without_pins() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut flow = listed(&phone);
    lab.at(ISS, |server| {
        server.keysets =
            set(server, 8, &[0], |content| content.tls_pins = vec!["C".repeat(43), "D".repeat(43)]);
    });
    lab.seen();
    lab.next([Fault::Untrusted]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    let seen = lab.seen();
    let unpinned: Vec<_> = seen.iter().filter(|seen| !seen.pinned).collect();
    assert_eq!(unpinned.len(), 1);
    assert!(unpinned[0].path.ends_with("map-keyset") && unpinned[0].body.is_empty());
}

#[test]
fn n137_a_pin_failure_that_no_new_set_explains_sends_nothing() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut flow = listed(&phone);
    lab.seen();
    lab.next([Fault::Untrusted]);
    assert_eq!(flow.approve(Some(&number()), pin(PIN)).err(), Some(Problem::UntrustedServer));
    assert!(lab.seen().iter().all(|seen| seen.body.is_empty()));
}
