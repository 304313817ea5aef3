//! What a phone goes through after it was paired: another PIN, biometrics, siblings, links, another phone, its end.

use crate::desk::{Desk, PIN};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

const NEW_PIN: &str = "8315";

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn three(old: &str, new: &str) -> String {
    format!("{old}\n{new}\n{new}\n")
}

/// Approves a push sign-in with a PIN and gives the exit status.
fn approve(desk: &Desk, state: &str, pin: &str) -> i32 {
    let sign_in = desk.sign_in(&json!({}));
    let number = text(&sign_in["number"]);
    desk.phone_in(state, &["approve", text(&sign_in["tid"]), "--number", number], pin).status
}

#[test]
fn a_changed_pin_is_the_one_that_counts() {
    let desk = Desk::new();
    desk.pair();
    let wrong = desk.phone(&["change-pin"], &three("5050505", NEW_PIN));
    assert_eq!(
        (wrong.status, wrong.err.as_str()),
        (1, "pin_incorrect: That PIN is not right. 4 tries left.\n")
    );
    let blocked = desk.phone(&["change-pin"], &three(PIN, "1234"));
    assert!(blocked.err.starts_with("pin_rejected"), "{}", blocked.err);
    let differ = desk.phone(&["change-pin"], &format!("{PIN}\n{NEW_PIN}\n8316\n"));
    assert!(differ.err.starts_with("pin_mismatch"), "{}", differ.err);
    let changed = desk.phone(&["change-pin", "--json"], &three(PIN, NEW_PIN));
    assert_eq!((changed.status, changed.last()["changed"].clone()), (0, json!(true)), "{}", changed.err);
    assert_eq!(approve(&desk, "phone", NEW_PIN), 0);
    assert_eq!(approve(&desk, "phone", PIN), 1);
    let renewed = desk.phone(&["change-pin", "--renew-keys", "--json"], NEW_PIN);
    assert_eq!(renewed.last()["keys_renewed"], true, "{}", renewed.err);
    assert_eq!(approve(&desk, "phone", NEW_PIN), 0);
}

#[test]
fn one_pin_everywhere_is_told_account_by_account() {
    let desk = Desk::new();
    desk.pair();
    let other = desk.add_account("boris@example.eu");
    desk.pair_account(&other, "phone", PIN);
    let told = desk.phone(&["change-pin", "--everywhere", "--json"], &three(PIN, NEW_PIN));
    let outcomes = told.last()["accounts"].as_array().unwrap().clone();
    assert_eq!(outcomes.len(), 2, "{}", told.err);
    assert!(outcomes.iter().all(|one| one["outcome"] == "changed"), "{outcomes:?}");
    assert_eq!(approve(&desk, "phone", NEW_PIN), 0);
    let wrong = desk.phone(&["change-pin", "--everywhere", "--json"], &three(PIN, "6402"));
    let outcomes = wrong.last()["accounts"].as_array().unwrap().clone();
    let words: Vec<_> = outcomes.iter().map(|one| text(&one["outcome"]).to_owned()).collect();
    assert_eq!((wrong.status, words), (1, vec!["wrong PIN".to_owned(), "not tried".to_owned()]));
    assert_eq!(approve(&desk, "phone", NEW_PIN), 0);
}

#[test]
fn biometrics_approve_until_they_are_turned_off() {
    let desk = Desk::new();
    desk.pair();
    let early = desk.sign_in(&json!({"factors": ["pin", "bio"]}));
    let number = text(&early["number"]);
    let without = desk.phone(&["approve", text(&early["tid"]), "--number", number, "--biometrics"], "");
    assert!(without.err.starts_with("no_biometrics"), "{}", without.err);
    let wrong = desk.phone(&["biometrics", "on"], "5050505");
    assert!(wrong.err.starts_with("pin_incorrect"), "{}", wrong.err);
    assert_eq!(desk.phone(&["biometrics", "on", "--json"], PIN).last()["biometrics"], true);
    let done =
        desk.phone(&["approve", text(&early["tid"]), "--number", number, "--biometrics", "--json"], "");
    assert_eq!((done.last()["approved"].clone(), desk.state(&early).as_str()), (json!(true), "approved"));
    let pin_only = desk.sign_in(&json!({}));
    let number = text(&pin_only["number"]);
    let refused = desk.phone(&["approve", text(&pin_only["tid"]), "--number", number, "--biometrics"], "");
    assert!(refused.err.starts_with("factor_not_allowed"), "{}", refused.err);
    assert_eq!(desk.phone(&["biometrics", "off", "--json"], "").last()["biometrics"], false);
    let again = desk.phone(&["approve", text(&pin_only["tid"]), "--number", number, "--biometrics"], "");
    assert!(again.err.starts_with("no_biometrics"), "{}", again.err);
}

#[test]
fn a_phone_is_renamed_listed_moved_and_replaced() {
    let desk = Desk::new();
    desk.pair();
    assert_eq!(desk.phone(&["rename", "Anna’s phone"], "").status, 0);
    let mut old = desk.start(&["phone", "--state", &desk.state_of("phone"), "move", "--pin-stdin", "--json"]);
    old.write(&format!("{PIN}\n"));
    let shown = old.line();
    let mut new = desk.start(&[
        "phone",
        "--state",
        &desk.state_of("new"),
        "pair",
        "--scanned",
        text(&shown["text"]),
        "--pin-stdin",
        "--json",
    ]);
    new.write(&format!("{NEW_PIN}\n{NEW_PIN}\n"));
    let code = new.line();
    old.write(&format!("{}\n{PIN}\n", text(&code["code"])));
    assert_eq!(old.line()["moved"], true);
    assert_eq!(new.line()["paired"], true);
    let phones = desk.phone_in("new", &["phones", "--json"], "").last()["phones"].clone();
    let mut names: Vec<_> =
        phones.as_array().unwrap().iter().map(|phone| text(&phone["name"]).to_owned()).collect();
    names.sort();
    assert_eq!(names, ["Anna’s phone", "Virtual phone"]);
    assert_eq!(approve(&desk, "new", NEW_PIN), 0);
    let gone = desk.phone(&["self"], "");
    assert!(gone.err.contains("authenticator_revoked"), "{}", gone.err);
}

#[test]
fn a_sibling_is_brought_in_and_removed_with_the_pin() {
    let desk = Desk::new();
    desk.pair();
    let mut first =
        desk.start(&["phone", "--state", &desk.state_of("phone"), "move", "--add", "--pin-stdin", "--json"]);
    first.write(&format!("{PIN}\n"));
    let shown = first.line();
    let mut second = desk.start(&[
        "phone",
        "--state",
        &desk.state_of("second"),
        "pair",
        "--scanned",
        text(&shown["text"]),
        "--pin-stdin",
        "--json",
    ]);
    second.write(&format!("{NEW_PIN}\n{NEW_PIN}\n"));
    let code = second.line();
    first.write(&format!("{}\n{PIN}\n", text(&code["code"])));
    assert_eq!(first.line()["done"], true);
    let phones = desk.phone(&["phones", "--json"], "").last()["phones"].clone();
    let other = phones.as_array().unwrap().iter().find(|phone| phone["this"] == false).unwrap().clone();
    let name = text(&other["ref"]);
    assert!(desk.phone(&["revoke", name], "5050505").err.starts_with("pin_incorrect"));
    assert_eq!(desk.phone(&["revoke", name, "--json"], PIN).last()["revoked"], json!(name));
    assert!(desk.phone_in("second", &["self"], "").err.contains("authenticator_revoked"));
    assert_eq!(approve(&desk, "phone", PIN), 0);
    let unlinked = desk.phone(&["unlink", "--yes", "--json"], "");
    assert_eq!(unlinked.status, 0, "{}", unlinked.err);
    assert_eq!(desk.phone(&["accounts", "--json"], "").last()["accounts"], json!([]));
}

#[test]
fn a_tapped_link_signs_in_and_leads_back() {
    let desk = Desk::new();
    desk.pair();
    let started = desk.sign_in(&json!({"method": "link", "return_url": "https://grants.example.eu/back"}));
    let link = text(&started["link"]);
    let scanned = desk.phone(&["scan", "--scanned", link], PIN);
    assert!(scanned.err.starts_with("entry_not_allowed"), "{}", scanned.err);
    let opened = desk.phone(&["open", link, "--json"], PIN);
    let back = opened.last()["return_to"].clone();
    let rc = text(&back).strip_prefix("https://grants.example.eu/back?rc=").unwrap().to_owned();
    let path = format!("/backend/v1/sign-ins/{}/complete", text(&started["tid"]));
    assert_eq!(desk.post(&path, &json!({}))["type"], "urn:map:problem:return_refused");
    assert_eq!(desk.post(&path, &json!({"rc": rc}))["account"], json!(desk.account));
}

/// A service that answers one request, and says what it was asked.
fn service() -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = String::new();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        while !head.ends_with("\r\n\r\n") {
            lines.read_line(&mut head).unwrap();
        }
        let page = "<title>Signed in</title>";
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        )
        .unwrap();
        head
    });
    (origin, asked)
}

#[test]
fn a_tapped_link_leads_back_to_the_browser_that_holds_the_cookie() {
    let (origin, asked) = service();
    let desk = Desk::of_service(&origin);
    desk.pair();
    let started = desk.sign_in(&json!({"method": "link", "return_url": format!("{origin}/back")}));
    let jar = desk.state_of("cookies.txt");
    std::fs::write(&jar, "127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\ts1\n").unwrap();
    let opened = desk.phone(&["open", text(&started["link"]), "--cookies", &jar, "--json"], PIN);
    assert_eq!(
        opened.last()["browser"],
        json!({"status": 200, "title": "Signed in", "location": null}),
        "{}",
        opened.err
    );
    let head = asked.join().unwrap().to_ascii_lowercase();
    assert!(head.starts_with("get /back?rc=") && head.contains("cookie: session=s1"), "{head}");
}

#[test]
fn a_link_for_this_phone_and_a_typed_code_pair_it() {
    let desk = Desk::new();
    let body = json!({"account": desk.account, "same_device": true, "return_url": "https://grants.example.eu/paired"});
    let made = desk.post("/backend/v1/enrolments", &body);
    let mut phone = desk.start(&[
        "phone",
        "--state",
        &desk.state_of("phone"),
        "open",
        text(&made["link"]),
        "--pin-stdin",
        "--json",
    ]);
    phone.write(&format!("{PIN}\n{PIN}\n"));
    let back = phone.line()["return_to"].clone();
    let rc = text(&back).strip_prefix("https://grants.example.eu/paired?rc=").unwrap().to_owned();
    let confirm = format!("/backend/v1/enrolments/{}/confirm", text(&made["eid"]));
    assert_eq!(desk.post(&confirm, &json!({"rc": rc}))["state"], "active");
    assert_eq!(phone.line()["paired"], true);

    let other = desk.add_account("boris@example.eu");
    let made = desk.post("/backend/v1/enrolments", &json!({"account": other, "typed": true}));
    let code = text(&made["typed_code"]).to_lowercase();
    let slip = if code.ends_with('0') { "1" } else { "0" };
    let bad = format!("{}{slip}", &code[..code.len() - 1]);
    let server = desk.base().to_owned();
    let wrong = desk.phone(&["pair", "--server", &server, "--typed", &bad], "");
    assert!(wrong.err.contains("bad_code:"), "{}", wrong.err);
    let mut phone = desk.start(&[
        "phone",
        "--state",
        &desk.state_of("phone"),
        "pair",
        "--server",
        &server,
        "--typed",
        &code,
        "--pin-stdin",
        "--json",
    ]);
    phone.write(&format!("{PIN}\n{PIN}\n"));
    let shown = phone.line();
    let confirm = format!("/backend/v1/enrolments/{}/confirm", text(&made["eid"]));
    assert_eq!(desk.post(&confirm, &json!({"code": shown["code"]}))["state"], "active");
    assert_eq!(phone.line()["paired"], true);
}

#[test]
fn after_a_forgotten_pin_the_phone_is_paired_anew_and_the_old_pairing_goes() {
    let desk = Desk::new();
    desk.pair();
    let proof = desk.proof(PIN, &json!({"do": "recovery_code"}));
    let path = format!("/backend/v1/accounts/{}/recovery-code", desk.account);
    let code = desk.post(&path, &json!({"proof": proof}))["recovery_code"].clone();
    for _ in 0..2 {
        approve(&desk, "phone", "5050505");
    }
    let body = json!({"account": desk.account, "recovery_code": code, "first_factor": true});
    let made = desk.post("/backend/v1/recovery", &body);
    let mut phone = desk.start(&[
        "phone",
        "--state",
        &desk.state_of("phone"),
        "recover",
        "--scanned",
        text(&made["link"]),
        "--pin-stdin",
        "--json",
    ]);
    phone.write(&format!("{NEW_PIN}\n{NEW_PIN}\n"));
    let shown = phone.line();
    let confirm = format!("/backend/v1/enrolments/{}/confirm", text(&made["eid"]));
    assert_eq!(desk.post(&confirm, &json!({"code": shown["code"]}))["state"], "active");
    assert_eq!(phone.line()["paired"], true);
    assert!(phone.line()["unlinked"].is_string());
    assert_eq!(desk.phone(&["accounts", "--json"], "").last()["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(approve(&desk, "phone", NEW_PIN), 0);
}

#[test]
fn the_self_test_has_a_verdict_for_each_thing() {
    let desk = Desk::new();
    desk.pair();
    let test = desk.phone(&["self-test", "--json"], "");
    let findings = test.last()["findings"].clone();
    let verdict = |subject: &str| {
        let found = findings.as_array().unwrap().iter().find(|one| one["subject"] == subject).unwrap();
        text(&found["verdict"]).to_owned()
    };
    assert_eq!(test.status, 0, "{}", test.err);
    assert_eq!((verdict("key_store"), verdict("server")), ("software_keys".to_owned(), "good".to_owned()));
    assert_eq!((verdict("clock"), verdict("registration")), ("good".to_owned(), "good".to_owned()));
    let dark = desk.phone(&["self-test", "--no-network"], "");
    assert_eq!(dark.status, 1);
    assert!(dark.out.contains("Server"), "{}", dark.out);
}

#[test]
fn a_session_is_ended_from_the_history() {
    let desk = Desk::new();
    desk.pair();
    let sign_in = desk.sign_in(&json!({}));
    let tid = text(&sign_in["tid"]);
    assert_eq!(desk.phone(&["approve", tid, "--number", text(&sign_in["number"])], PIN).status, 0);
    desk.post(&format!("/backend/v1/sign-ins/{tid}/complete"), &json!({}));
    assert_eq!(desk.phone(&["end-session", tid, "--json"], "").last()["session_ended"], json!(tid));
    assert!(desk.get(&format!("/backend/v1/sign-ins/{tid}"))["ended"].is_string());
}

#[test]
fn an_account_is_removed_on_both_sides_also_by_the_way_out_for_a_server_that_lost_its_keys() {
    let desk = Desk::new();
    desk.pair();
    let asked = desk.phone(&["unlink", "--only-here", "--yes", "--no-network"], "");
    assert!(asked.err.starts_with("unreachable"), "silence is no reason: {}", asked.err);
    let done = desk.phone(&["unlink", "--only-here", "--yes", "--json"], "");
    assert_eq!((done.status, done.last()["only_here"].clone()), (0, json!(false)), "{}", done.err);
    let phones = desk.get(&format!("/backend/v1/accounts/{}/phones", desk.account));
    assert!(phones.as_array().unwrap().is_empty(), "{phones}");
    assert!(desk.phone(&["unlink"], "").err.starts_with("no_accounts"));
}
