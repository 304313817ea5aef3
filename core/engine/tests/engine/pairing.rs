//! Pairing: protocol 3.3, cases of section 4.2.

use crate::lab::{Fault, Lab, Server};
use crate::phone::{ANNA, ISS, PIN, Phone, pin};
use countersign_engine::account::AccountState;
use countersign_engine::pairing::{PairingEnd, PairingFlow, PairingState};
use countersign_engine::{Entry, Problem};
use countersign_protocol::keyset::KeySetFault;
use countersign_protocol::message::Level;
use countersign_protocol::problem::Code;
use countersign_vault::pin_rules::PinRejected;
use std::time::Duration;

/// Puts another value into a signed message.
type Edit = fn(&mut serde_json::Value, &str);

fn at_pin(phone: &Phone) -> PairingFlow {
    let text = phone.lab.at(ISS, |server| server.start_pairing(ANNA));
    let mut flow = phone.scan_pairing(&text).unwrap();
    while !matches!(flow.state(), PairingState::ChoosePin { .. }) {
        flow.accept().unwrap();
    }
    phone.lab.seen();
    flow
}

fn keys_on_disk(phone: &Phone) -> usize {
    let names = std::fs::read_dir(phone.folder.path().join("keys")).unwrap();
    names.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".key")).count()
}

#[test]
fn a_scanned_code_leads_to_an_active_account_in_the_order_of_the_protocol() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let text = lab.at(ISS, |server| server.start_pairing(ANNA));
    let mut flow = phone.scan_pairing(&text).unwrap();
    let PairingState::Confirm { server, iss, account, left } = flow.state() else { panic!() };
    assert_eq!((server.as_str(), iss.as_str(), account.as_str()), ("Example ID", ISS, "a***@example.eu"));
    assert_eq!(left, Duration::from_secs(300));
    assert!(matches!(flow.accept().unwrap(), PairingState::ChoosePin { min_digits: 4 }));
    let PairingState::TypeCode { code, .. } = flow.choose_pin(pin(PIN), pin(PIN)).unwrap() else { panic!() };
    assert_eq!(code.expose(), "483920");
    assert!(matches!(flow.poll().unwrap(), PairingState::TypeCode { .. }));
    lab.at(ISS, Server::confirm_all);
    let state = flow.poll().unwrap();
    assert!(matches!(state, PairingState::Over(PairingEnd::Active { .. })));
    let accounts = phone.auth.accounts().unwrap();
    assert_eq!(accounts[0].label.as_ref().unwrap().account, ANNA);
    assert!(matches!(accounts[0].state, AccountState::Active));
    assert_eq!(lab.at(ISS, |server| server.phones[0].acked), 7, "the key set is acknowledged");
}

#[test]
fn p3_a_pasted_link_pairs_and_a_tapped_one_does_not() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let text = lab.at(ISS, |server| server.start_pairing(ANNA));
    assert!(phone.auth.open_code(text.as_bytes(), Entry::Pasted).is_ok());
    lab.seen();
    let tapped = phone.auth.open_code(text.as_bytes(), Entry::System).err();
    assert_eq!((tapped, lab.paths().len()), (Some(Problem::ScanRequired), 0));
}

#[test]
fn n36_a_key_set_by_another_root_is_refused_and_nothing_is_sent() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let text = lab.at(ISS, |server| {
        let content = server.keys.content(ISS, 7, 1, server.now);
        server.keysets = server.keys.signed(&content, &[3]);
        server.start_pairing(ANNA)
    });
    assert_eq!(phone.scan_pairing(&text).err(), Some(Problem::RootMismatch));
    assert!(lab.seen().iter().all(|seen| seen.body.is_empty()), "only the offer was asked for");
    assert_eq!(keys_on_disk(&phone), 0);
    assert!(phone.auth.accounts().unwrap().is_empty());
}

#[test]
fn n42_n43_bad_pins_are_refused_before_anything_is_derived() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let mut flow = at_pin(&phone);
    let cases = [
        ("1234", PinRejected::Row),
        ("0000", PinRejected::Repetition),
        ("2580", PinRejected::KeyLine),
        ("1987", PinRejected::Date),
        ("3112", PinRejected::Date),
        ("492", PinRejected::TooShort { min: 4 }),
    ];
    for (digits, reason) in cases {
        let refused = flow.choose_pin(pin(digits), pin(digits)).err();
        assert_eq!(refused, Some(Problem::PinRejected { reason }), "{digits}");
    }
    assert_eq!(flow.choose_pin(pin(PIN), pin("4928")).err(), Some(Problem::PinMismatch));
    assert_eq!((keys_on_disk(&phone), lab.paths().len()), (0, 0), "no key was made and nothing was sent");
    assert!(flow.choose_pin(pin(PIN), pin(PIN)).is_ok(), "the pairing can go on");
}

#[test]
fn n44_the_same_account_again_is_asked_for_and_another_is_not() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let again = lab.at(ISS, |server| server.start_pairing(ANNA));
    let mut flow = phone.scan_pairing(&again).unwrap();
    let PairingState::AddAgain { existing } = flow.state() else { panic!("not asked") };
    assert_eq!(existing, [ANNA]);
    assert!(matches!(flow.accept().unwrap(), PairingState::Confirm { .. }));
    let other = lab.at(ISS, |server| server.start_pairing("bert@example.eu"));
    assert!(matches!(phone.scan_pairing(&other).unwrap().state(), PairingState::Confirm { .. }));
}

#[test]
fn n210_a_known_server_with_another_root_is_refused_without_traffic() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let text = lab.at(ISS, |server| {
        server.keys.roots.swap(0, 3);
        server.start_pairing(ANNA)
    });
    assert_eq!(phone.scan_pairing(&text).err(), Some(Problem::RootMismatch));
    assert!(lab.seen().is_empty());
    // The root that the server committed to is not another root.
    let text = lab.at(ISS, |server| {
        server.keys.roots.swap(0, 3);
        let content = server.keys.content(ISS, 8, 2, server.now);
        server.keysets = server.keys.signed(&content, &[1]);
        server.keys.roots.swap(0, 1);
        server.start_pairing(ANNA)
    });
    assert!(phone.scan_pairing(&text).is_ok());
}

#[test]
fn n37_a_second_pairing_at_a_known_server_takes_no_older_keys_than_the_first_account_has() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let publish = |ver| {
        lab.at(ISS, |server| {
            let content = server.keys.content(ISS, ver, 1, server.now);
            server.keysets = server.keys.signed(&content, &[0]);
        });
    };
    publish(9);
    phone.pass(86_400);
    assert!(phone.auth.requests().unwrap().silent.is_empty());
    let text = lab.at(ISS, |server| server.start_pairing("bert@example.eu"));
    publish(8);
    let rollback = Problem::KeySetRefused { fault: KeySetFault::Rollback };
    assert_eq!(phone.scan_pairing(&text).err(), Some(rollback));
    publish(10);
    assert!(phone.scan_pairing(&text).is_ok());
}

#[test]
fn a_lost_answer_is_fetched_by_sending_the_same_bytes_again() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let mut flow = at_pin(&phone);
    lab.next([Fault::AnswerLost]);
    let PairingState::Unanswered { retry_in } = flow.choose_pin(pin(PIN), pin(PIN)).unwrap() else {
        panic!()
    };
    assert!(retry_in <= Duration::from_millis(600));
    assert!(matches!(flow.resend().unwrap(), PairingState::TypeCode { .. }));
    let seen = lab.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].body, seen[1].body);
}

#[test]
fn keys_and_seed_are_on_the_disk_before_anything_is_sent() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let mut flow = at_pin(&phone);
    lab.next([Fault::NotConnected]);
    assert!(matches!(flow.choose_pin(pin(PIN), pin(PIN)).unwrap(), PairingState::Unanswered { .. }));
    assert_eq!(keys_on_disk(&phone), 2);
    assert!(matches!(phone.auth.accounts().unwrap()[0].state, AccountState::Pairing { code: None }));
}

#[test]
fn after_a_crash_the_code_is_still_known_and_self_finishes_the_pairing() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let mut flow = at_pin(&phone);
    flow.choose_pin(pin(PIN), pin(PIN)).unwrap();
    drop(flow);
    let phone = phone.restarted();
    let account = &phone.auth.accounts().unwrap()[0];
    let AccountState::Pairing { code: Some(code) } = &account.state else { panic!("no code") };
    assert_eq!(code.expose(), "483920");
    lab.at(ISS, Server::confirm_all);
    phone.auth.check(account.id).unwrap();
    assert!(matches!(phone.auth.accounts().unwrap()[0].state, AccountState::Active));
}

#[test]
fn n38_an_ended_pairing_is_forgotten_only_after_600_seconds_and_a_401() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let mut flow = at_pin(&phone);
    flow.choose_pin(pin(PIN), pin(PIN)).unwrap();
    lab.at(ISS, Server::cancel_pairings);
    assert!(matches!(flow.poll().unwrap(), PairingState::Over(PairingEnd::Gone)));
    let id = phone.auth.accounts().unwrap()[0].id;
    assert_eq!(phone.auth.check(id).err(), Some(Problem::NotRecognised));
    assert_eq!(keys_on_disk(&phone), 2, "an unsigned answer alone deletes nothing");
    phone.pass(600);
    phone.auth.check(id).unwrap();
    assert_eq!(keys_on_disk(&phone), 0);
    assert!(phone.auth.accounts().unwrap().is_empty());
}

#[test]
fn a_code_that_another_phone_used_first_is_a_warning() {
    let lab = Lab::with_server(ISS);
    let (mine, thief) = (Phone::new(&lab), Phone::new(&lab));
    let text = lab.at(ISS, |server| server.start_pairing(ANNA));
    let mut flows = [&mine, &thief].map(|phone| {
        let mut flow = phone.scan_pairing(&text).unwrap();
        flow.accept().unwrap();
        flow
    });
    assert!(matches!(flows[1].choose_pin(pin(PIN), pin(PIN)).unwrap(), PairingState::TypeCode { .. }));
    let state = flows[0].choose_pin(pin(PIN), pin(PIN)).unwrap();
    assert!(matches!(state, PairingState::Over(PairingEnd::ClaimedByAnother)));
}

#[test]
fn a_level_below_the_servers_minimum_is_not_even_sent() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    lab.at(ISS, |server| server.min_level = Level::Tee);
    let mut flow = at_pin(&phone);
    let refused = flow.choose_pin(pin(PIN), pin(PIN)).err();
    assert_eq!(refused, Some(Problem::Refused { code: Code::AttestationRejected }));
    assert!(lab.seen().is_empty());
}

#[test]
fn a_signed_binding_of_another_phone_pin_or_question_does_not_activate() {
    let other = "CQkJCQkJCQkJCQkJCQkJCQ";
    let edits: [(&str, Edit); 4] = [
        ("aid", |binding, other| binding["aid"] = other.into()),
        ("fid", |binding, other| binding["fid"] = other.into()),
        ("ref", |binding, other| binding["ref"] = other.into()),
        ("jkt", |binding, _| binding["cnf"]["jkt"] = "gWjt7nmB1udyFpLYVp0SxJnI8lJEvl7q8AFYZRqnGV8".into()),
    ];
    for (member, edit) in edits {
        let lab = Lab::with_server(ISS);
        let phone = Phone::new(&lab);
        let mut flow = at_pin(&phone);
        flow.choose_pin(pin(PIN), pin(PIN)).unwrap();
        flow.poll().unwrap();
        lab.at(ISS, Server::confirm_all);
        lab.next([Fault::Resigned("binding", Box::new(move |binding| edit(binding, other)))]);
        assert!(matches!(flow.poll().err(), Some(Problem::MessageRefused { .. })), "{member}");
        let state = &phone.auth.accounts().unwrap()[0].state;
        assert!(matches!(state, AccountState::Pairing { .. }), "{member}");
    }
}

#[test]
fn keys_that_no_account_uses_are_deleted_at_the_next_start() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let orphan = phone.folder.path().join("keys/map.sign.00112233445566778899aabbccddeeff.key");
    std::fs::write(&orphan, b"left over").unwrap();
    let phone = phone.restarted();
    assert!(orphan.exists(), "somebody may be making it");
    let an_hour_ago = std::time::SystemTime::now() - Duration::from_secs(3600);
    std::fs::File::options().write(true).open(&orphan).unwrap().set_modified(an_hour_ago).unwrap();
    let phone = phone.restarted();
    assert!(!orphan.exists());
    assert_eq!(keys_on_disk(&phone), 2);
}
