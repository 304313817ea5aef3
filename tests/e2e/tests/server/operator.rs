//! What an operator does to accounts and phones beside a running server.

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::world::World;
use serde_json::{Value, json};

fn operate(world: &World, arguments: &[&str]) -> (bool, Value) {
    let output = world.server.operate(arguments);
    (output.status.success(), serde_json::from_slice(&output.stdout).unwrap_or_default())
}

#[test]
fn a_locked_account_stands_still_until_it_is_unlocked() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let account = world.account.clone();
    assert!(operate(&world, &["account", "lock", &account]).0);
    phone.approve(&request, sign_in.number()).refused(403, "authenticator_locked");
    let refusal = world.service.post("/sign-ins", &start_body("push", Some(&account)));
    assert_eq!(refusal.refused(403, "method_unavailable")["reason"], "account");
    let refusal = phone.op("list_devices", &json!({})).refused(403, "authenticator_locked");
    assert_eq!(serde_json::to_value(phone.notice(&refusal).why).unwrap(), "operator");
    assert!(!operate(&world, &["account", "lock", &account]).0, "it is locked already");
    assert!(operate(&world, &["account", "unlock", "anna@example.eu"]).0);
    world.try_right_pin(&phone).ok();
}

#[test]
fn a_closed_account_loses_its_phones_for_good() {
    let (world, phone) = world_with_phone();
    let account = world.account.clone();
    assert!(operate(&world, &["account", "close", &account]).0);
    phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert!(!operate(&world, &["account", "unlock", &account]).0);
    let shown = operate(&world, &["account", "show", &account]).1;
    assert_eq!((&shown["state"], &shown["phones"][0]["state"]), (&json!("closed"), &json!("revoked")));
    let refusal = world.service.post("/enrolments", &json!({"account": account}));
    assert_eq!(refusal.refused(403, "method_unavailable")["reason"], "account");
}

#[test]
fn an_operator_removes_one_phone_by_its_name_in_the_list() {
    let (world, phone) = world_with_phone();
    let account = world.account.clone();
    let shown = operate(&world, &["account", "show", &account]).1;
    let name = shown["phones"][0]["ref"].as_str().unwrap().to_owned();
    assert!(!operate(&world, &["account", "revoke-phone", &account, "AAAAAAAAAAA"]).0);
    assert!(operate(&world, &["account", "revoke-phone", &account, &name]).0);
    let refusal = phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(serde_json::to_value(phone.notice(&refusal).why).unwrap(), "operator");
    assert!(!operate(&world, &["account", "show", "u-nobody"]).0);
}
