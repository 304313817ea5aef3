//! From pairing to history, with every way to sign in.

use crate::desk::{Desk, PIN, anywhere};
use serde_json::{Value, json};

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn a_phone_pairs_by_a_picture_and_approves_with_the_number() {
    let desk = Desk::new();
    desk.pair();
    let accounts = desk.phone(&["accounts", "--json"], "").last();
    assert_eq!(accounts["accounts"][0]["account"], "anna.keller@example.eu");
    assert_eq!(accounts["accounts"][0]["state"], "active");

    let sign_in = desk.sign_in(&json!({}));
    let listed = desk.phone(&["requests"], "");
    assert!(listed.out.contains("Sign in to Grants Portal?"), "{}", listed.out);
    assert!(listed.out.contains("Brussels, BE (approximate)"), "{}", listed.out);
    let number = text(&sign_in["number"]);
    let approve = desk.phone(&["approve", text(&sign_in["tid"]), "--number", number, "--json"], PIN);
    assert_eq!((approve.status, desk.state(&sign_in).as_str()), (0, "approved"));
    let complete = desk.post(&format!("/backend/v1/sign-ins/{}/complete", text(&sign_in["tid"])), &json!({}));
    assert_eq!(approve.last()["sign_in_code"], complete["code"]);

    let history = desk.phone(&["history", "--json"], "").last();
    assert_eq!(history["history"][0]["sign_in_code"], complete["code"]);
    assert_eq!(history["history"][0]["outcome"], "confirmed");
    let after = desk.phone(&["not-me", text(&sign_in["tid"]), "--json"], "");
    assert_eq!((after.last()["reported"].clone(), desk.state(&sign_in).as_str()), (json!(true), "reported"));
    assert!(!anywhere(&desk.path("phone"), b"anna.keller"), "rows of the vault are sealed");
}

#[test]
fn a_slip_ends_a_script_with_code_sentence_and_what_is_left() {
    let desk = Desk::new();
    desk.pair();
    let sign_in = desk.sign_in(&json!({}));
    let number = text(&sign_in["number"]).to_owned();
    let wrong_pin = desk.phone(&["approve", "--number", &number], "8315\n");
    assert_eq!(wrong_pin.status, 1);
    assert_eq!(wrong_pin.err, "pin_incorrect: That PIN is not right. 4 tries left.\n");
    let other = if number == "000000" { "111111" } else { "000000" };
    let wrong_number = desk.phone(&["approve", "--number", other, "--json"], PIN);
    let said: Value = serde_json::from_str(&wrong_number.err).unwrap();
    assert_eq!((wrong_number.status, &said["problem"]), (1, &json!("number_mismatch")));
    assert_eq!(said["number_attempts_left"], 2);
    assert_eq!(desk.state(&sign_in), "pending");
    let denied = desk.phone(&["deny", "--json"], "");
    assert_eq!((denied.last()["why"].clone(), desk.state(&sign_in).as_str()), (json!("cancel"), "denied"));
    let nothing = desk.phone(&["approve", "--number", &number], PIN);
    assert_eq!((nothing.status, nothing.err.as_str()), (1, "no_requests: Nothing waits for you.\n"));
}

#[test]
fn a_transaction_is_read_from_a_picture_with_its_rows() {
    let desk = Desk::new();
    desk.pair();
    let rows = json!([{"l": "Payee", "t": "Ghent Water"}, {"l": "Amount", "t": "EUR 120.00"}]);
    let sign_in = desk.sign_in(&json!({"method": "qr", "kind": "sign", "text": rows}));
    let frame = desk.get(&format!("/backend/v1/sign-ins/{}/frame", text(&sign_in["tid"])));
    let picture = desk.picture(text(&frame["qr"]));
    let scanned = desk.phone(&["scan", &picture], PIN);
    assert_eq!(scanned.status, 0, "{}", scanned.err);
    assert!(scanned.out.contains("Ghent Water") && scanned.out.contains("EUR 120.00"), "{}", scanned.out);
    assert_eq!(desk.state(&sign_in), "approved");
}

#[test]
fn without_network_the_phone_shows_a_code_that_the_server_takes() {
    let desk = Desk::new();
    desk.pair();
    let sign_in = desk.sign_in(&json!({"method": "offline"}));
    let picture = desk.picture(text(&sign_in["qr"]));
    let shown = desk.phone(&["code", &picture, "--no-network", "--json"], PIN);
    let code = text(&shown.last()["code"]).to_owned();
    assert_eq!((code.len(), shown.last()["connected"].clone()), (8, json!(false)));
    let path = format!("/backend/v1/sign-ins/{}/code", text(&sign_in["tid"]));
    assert_eq!(desk.post(&path, &json!({"code": code}))["state"], "approved");
    assert!(!anywhere(&desk.path("phone"), code.as_bytes()));
}

#[test]
fn a_pairing_that_did_not_wait_is_finished_by_the_next_look_at_the_accounts() {
    let desk = Desk::new();
    let enrolment = desk.enrolment();
    let link = text(&enrolment["link"]);
    let pins = format!("{PIN}\n{PIN}\n");
    let paired = desk.phone(&["pair", link, "--no-wait", "--json"], &pins);
    assert_eq!(paired.status, 0, "{}", paired.err);
    let code = paired.last()["code"].clone();
    let account = |done: &Value| done["accounts"][0].clone();
    let waiting = account(&desk.phone(&["accounts", "--json"], "").last());
    assert_eq!((&waiting["state"], &waiting["code"]), (&json!("pairing"), &code));
    let confirm = format!("/backend/v1/enrolments/{}/confirm", text(&enrolment["eid"]));
    desk.post(&confirm, &json!({"code": code}));
    assert_eq!(account(&desk.phone(&["accounts", "--json"], "").last())["state"], "active");
    let standing = desk.phone(&["self", "--json"], "").last();
    assert_eq!(standing["standing"], "active");
}

#[test]
fn the_wire_shows_messages_decoded_and_signatures_cut() {
    let desk = Desk::new();
    desk.pair();
    let sign_in = desk.sign_in(&json!({}));
    let number = text(&sign_in["number"]);
    let shown = desk.phone(&["approve", "--number", number, "--wire", "--json"], PIN);
    assert_eq!(shown.status, 0);
    assert!(shown.err.contains("\"typ\": \"map-factor+jws\""), "{}", shown.err);
    assert!(shown.err.contains("\"dec\": \"approve\""), "{}", shown.err);
    assert!(shown.err.contains("← 200"), "{}", shown.err);
    let long = |line: &&str| line.contains("\"signature\": ") && line.len() > 60;
    assert_eq!(shown.err.lines().find(long), None);
}
