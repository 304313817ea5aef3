//! Sign-in without network: protocol 3.6, case N106.

use crate::lab::{Fault, Lab, jws, key};
use crate::phone::{ANNA, ISS, PIN, Phone, pin};
use countersign_engine::history::Deed;
use countersign_engine::offline::{OfflineFlow, OfflineState};
use countersign_engine::{Entry, Platform, Problem, Scanned};
use countersign_protocol::answer::SignInState;
use countersign_protocol::message::offline::OfflineRequest;
use countersign_protocol::qr::offline_text;
use std::time::Duration;

fn open(phone: &Phone, text: &str) -> Result<OfflineFlow, Problem> {
    match phone.auth.open_code(text.as_bytes(), Entry::Scanner)? {
        Scanned::Offline(flow) => Ok(*flow),
        _ => panic!("not an offline code"),
    }
}

fn offline_text_of(lab: &Lab, edit: impl FnOnce(&mut OfflineRequest)) -> String {
    lab.at(ISS, |server| server.start_offline(ANNA, edit)).1
}

#[test]
fn s5_without_network_the_phone_shows_the_eight_digits_that_the_server_expects() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let text = offline_text_of(&lab, |_| ());
    lab.next([Fault::NotConnected]);
    let mut flow = open(&phone, &text).unwrap();
    assert_eq!((flow.request().rp.as_str(), flow.request().usr.as_str()), ("Grants Portal", "a***a"));
    assert_eq!(flow.probe().unwrap(), OfflineState::Ready);
    let mut code = flow.code(pin(PIN)).unwrap();
    let expected = lab.at(ISS, |server| server.expected_code(ANNA, &text));
    assert_eq!(code.digits(), Some(expected.as_str()));
    assert_eq!(phone.auth.history().unwrap()[0].deed, Deed::OfflineCode);
    assert!(lab.seen().is_empty(), "nothing was sent");
    phone.pass(59);
    assert_eq!(code.left(), Duration::from_secs(1));
    assert!(code.digits().is_some());
    phone.pass(1);
    assert_eq!(code.digits(), None, "shown for 60 seconds at the most");
}

#[test]
fn a_wrong_pin_gives_another_code_and_no_error() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let text = offline_text_of(&lab, |_| ());
    let mut code = open(&phone, &text).unwrap().code(pin("8315")).unwrap();
    let expected = lab.at(ISS, |server| server.expected_code(ANNA, &text));
    assert_ne!(code.digits(), Some(expected.as_str()));
    code.hide();
    assert_eq!(code.digits(), None);
}

#[test]
fn with_a_network_the_phone_asks_first_and_warns() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (tid, text) = lab.at(ISS, |server| server.start_offline(ANNA, |_| ()));
    let mut flow = open(&phone, &text).unwrap();
    assert_eq!(flow.probe().unwrap(), OfflineState::Connected);
    flow.report().unwrap();
    assert_eq!(lab.at(ISS, |server| server.sign_ins[&tid].state), "reported");
    let over = OfflineState::Over { state: Some(SignInState::Reported) };
    assert_eq!(flow.probe().unwrap(), over);
    assert_eq!(flow.code(pin(PIN)).err(), Some(Problem::OutOfTurn), "nobody waits for a code");
    assert_eq!(phone.auth.history().unwrap()[0].deed, Deed::Reported);
}

#[test]
fn n140_a_phone_below_the_signed_minimum_makes_no_code_either() {
    let lab = Lab::with_server(ISS);
    let (mut phone, _) = Phone::paired(&lab);
    phone.platform = Platform::Android;
    let phone = phone.restarted();
    lab.at(ISS, |server| {
        let mut content = server.keys.content(ISS, 8, 1, server.now);
        content.policy.min_app.android = "1.0.1".to_owned();
        server.keysets = server.keys.signed(&content, &[0]);
    });
    phone.pass(86_400);
    phone.auth.requests().unwrap();
    let text = offline_text_of(&lab, |_| ());
    let refused = open(&phone, &text).unwrap().code(pin(PIN)).err();
    assert_eq!(refused, Some(Problem::AppTooOld { min: Some("1.0.1".to_owned()) }));
}

#[test]
fn n106_codes_that_do_not_verify_give_no_digits() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let good = offline_text_of(&lab, |_| ());
    let altered = {
        let (head, data) = good.split_once('#').unwrap();
        let parts: Vec<&str> = data.split('.').collect();
        let payload = countersign_protocol::encoding::from_b64u(parts[1]).unwrap();
        let payload = String::from_utf8(payload).unwrap().replace("Grants", "Grunts");
        let payload = countersign_protocol::encoding::b64u(payload.as_bytes());
        format!("{head}#{}.{payload}.{}", parts[0], parts[2])
    };
    assert!(matches!(open(&phone, &altered).err(), Some(Problem::MessageRefused { .. })));
    let (unknown, foreign) = lab.at(ISS, |server| {
        let payload = serde_json::json!({"v": 1, "iss": "https://id.example.com"});
        let foreign = server.jws("map-oqr+jws", &payload);
        let unknown = jws("map-oqr+jws", "s9", &payload, &key(0x41));
        (offline_text(&server.iss, &unknown), offline_text(&server.iss, &foreign))
    });
    assert_eq!(open(&phone, &unknown).err(), Some(Problem::ConnectFirst));
    assert!(matches!(open(&phone, &foreign).err(), Some(Problem::MessageRefused { .. })));
    let no_key = offline_text_of(&lab, |request| request.ok = "off9".to_owned());
    assert_eq!(open(&phone, &no_key).err(), Some(Problem::ConnectFirst));
    let other_phone = offline_text_of(&lab, |request| request.dv = "0000".to_owned());
    assert_eq!(open(&phone, &other_phone).err(), Some(Problem::UnknownService));
}

#[test]
fn the_key_sets_end_and_the_phones_clock_do_not_stop_an_offline_sign_in() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let text = offline_text_of(&lab, |_| ());
    assert!(!open(&phone, &text).unwrap().clock_differs());
    phone.set_wall(lab.now().secs() + 100_000_000);
    let mut flow = open(&phone, &text).unwrap();
    assert!(flow.clock_differs());
    assert!(flow.code(pin(PIN)).is_ok());
}
