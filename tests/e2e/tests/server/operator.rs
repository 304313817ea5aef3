//! What an operator does to accounts and phones beside a running server.

use crate::common::world_with_phone;
use countersign_e2e::backend::{Backend, start_body};
use serde_json::json;

#[test]
fn a_locked_account_stands_still_until_it_is_unlocked() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let account = world.account.clone();
    assert!(world.operate(&["account", "lock", &account]).0);
    phone.approve(&request, sign_in.number()).refused(403, "authenticator_locked");
    let refusal = world.service.post("/sign-ins", &start_body("push", Some(&account)));
    assert_eq!(refusal.refused(403, "method_unavailable")["reason"], "account");
    let refusal = phone.op("list_devices", &json!({})).refused(403, "authenticator_locked");
    assert_eq!(serde_json::to_value(phone.notice(&refusal).why).unwrap(), "operator");
    assert!(!world.operate(&["account", "lock", &account]).0, "it is locked already");
    assert!(world.operate(&["account", "unlock", "anna@example.eu"]).0);
    world.try_right_pin(&phone).ok();
}

#[test]
fn a_closed_account_loses_its_phones_for_good() {
    let (world, phone) = world_with_phone();
    let account = world.account.clone();
    assert!(world.operate(&["account", "close", &account]).0);
    phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert!(!world.operate(&["account", "unlock", &account]).0);
    let shown = world.operate(&["account", "show", &account]).1;
    assert_eq!((&shown["state"], &shown["phones"][0]["state"]), (&json!("closed"), &json!("revoked")));
    let refusal = world.service.post("/enrolments", &json!({"account": account}));
    assert_eq!(refusal.refused(403, "method_unavailable")["reason"], "account");
}

#[test]
fn an_operator_removes_one_phone_by_its_name_in_the_list() {
    let (world, phone) = world_with_phone();
    let account = world.account.clone();
    let shown = world.operate(&["account", "show", &account]).1;
    let name = shown["phones"][0]["ref"].as_str().unwrap().to_owned();
    assert!(!world.operate(&["account", "revoke-phone", &account, "AAAAAAAAAAA"]).0);
    assert!(world.operate(&["account", "revoke-phone", &account, &name]).0);
    let refusal = phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(serde_json::to_value(phone.notice(&refusal).why).unwrap(), "operator");
    assert!(!world.operate(&["account", "show", "u-nobody"]).0);
}

#[test]
fn a_service_gets_another_secret_and_the_old_one_is_cut_at_once() {
    let (world, _phone) = world_with_phone();
    let start = start_body("push", Some(&world.account));
    let (done, said) = world.operate(&["service", "rotate", world.service.id()]);
    let secret = said["secret"].as_str().unwrap_or_default();
    assert!(done && secret.len() == 43, "{said}");
    world.service.post("/sign-ins", &start).refused(401, "service_unauthorised");
    let renewed = Backend::new(world.http(), world.service.id().to_owned(), secret);
    renewed.post("/sign-ins", &start).is(201);
    assert!(!world.operate(&["service", "rotate", "nobody"]).0);
    assert!(!world.operate(&["service", "rotate", "portal"]).0, "our own pages have none");
}

#[test]
fn what_an_operator_chooses_reaches_apps_and_key_sets_of_a_running_server() {
    let (world, mut phone) = world_with_phone();
    let before = phone.refresh();
    let agent = [("user-agent", "countersign/1.3.9 (android)")];
    world.http().get("/.well-known/map-keyset", &agent).ok();
    let (done, said) = world.operate(&["policy", "set", "min_app_android", "1.4.0"]);
    assert!(done && said["chosen"] == json!({"min_app_android": "1.4.0"}), "{said}");
    world.lab().advance(0);
    let answer = world.http().get("/v1/enrolments/AAAAAAAAAAAAAAAAAAAAAA", &agent);
    assert_eq!(answer.refused(426, "app_too_old")["min"], "1.4.0");
    assert_eq!(phone.refresh(), before + 1);
    let (done, _) = world.operate(&["policy", "unset", "min_app_android"]);
    assert!(done);
    world.lab().advance(0);
    assert_eq!(phone.refresh(), before + 2);
    for refused in [["pin_min", "3"], ["limits", "{}"], ["pin_max", "50"], ["min_app_ios", "newest"]] {
        let (done, said) = world.operate(&[&["policy", "set"], &refused[..]].concat());
        assert!(!done && said["sentence"].is_string(), "{said}");
    }
    assert_eq!(world.operate(&["policy", "show"]).1["chosen"], json!({}));
}

/// Revoked keys would be taken for genuine, and the next start would refuse to be one.
#[test]
fn attestation_is_not_enforced_by_a_server_that_could_prove_nothing() {
    let (world, mut phone) = world_with_phone();
    let (done, said) = world.operate(&["policy", "set", "attest", "enforce"]);
    assert!(!done && said["sentence"].as_str().is_some_and(|why| why.contains("revoked serials")), "{said}");
    assert_eq!(world.operate(&["policy", "show"]).1["chosen"], json!({}));
    // The world's service came after the start: its return address is published first.
    world.lab().advance(0);
    let before = phone.refresh();
    std::fs::write(world.server.data().join("policy.json"), r#"{"attest": "enforce", "pin_min": 6}"#)
        .unwrap();
    world.lab().advance(0);
    assert_eq!(phone.refresh(), before, "a choice that cannot be followed is not half followed");
    world.lab().advance(60 * 86_400);
    assert_eq!(phone.refresh(), before + 1, "nor does the key set run out over it");
}
