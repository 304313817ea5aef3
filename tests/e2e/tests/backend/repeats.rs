//! `Idempotency-Key`.

use crate::scene;
use countersign_e2e::backend::{Backend, start_body};
use countersign_e2e::http::Answer;
use reqwest::Method;
use serde_json::{Value, json};

fn keyed(service: &Backend, path: &str, body: &Value, key: &str) -> Answer {
    service.call_with(Method::POST, path, body, &[("idempotency-key", key)])
}

#[test]
fn n161_a_key_belongs_to_one_body_one_path_and_one_service() {
    let (world, _) = scene();
    let body = start_body("push", Some(&world.account));
    let first = keyed(&world.service, "/sign-ins", &body, "k-1").is(201);
    assert_eq!(keyed(&world.service, "/sign-ins", &body, "k-1").is(201), first, "the same answer");
    let other_body = start_body("qr", None);
    keyed(&world.service, "/sign-ins", &other_body, "k-1").refused(422, "idempotency_conflict");
    assert_ne!(keyed(&world.service, "/sign-ins", &body, "k-2").is(201)["tid"], first["tid"]);
    let account = json!({"email": "boris@example.eu"});
    keyed(&world.service, "/accounts", &account, "k-1").is(201);
    let other = world.server.add_service("Other", "https://other.example.eu", "accounts,enrol,sign-in");
    assert_ne!(keyed(&other, "/sign-ins", &body, "k-1").is(201)["tid"], first["tid"]);
}

#[test]
fn an_account_is_made_once_under_its_key() {
    let (world, _) = scene();
    let account = json!({"email": "boris@example.eu"});
    let made = keyed(&world.service, "/accounts", &account, "once").is(201);
    assert_eq!(keyed(&world.service, "/accounts", &account, "once").is(201), made);
    keyed(&world.service, "/accounts", &account, "twice").refused(409, "account_exists");
    for bad in ["", &"x".repeat(65)] {
        keyed(&world.service, "/accounts", &json!({"email": "c@example.eu"}), bad).refused(400, "malformed");
    }
}

#[test]
fn n196_completion_takes_no_key() {
    let (world, phone) = scene();
    let sign_in = crate::approved(&world, &phone);
    let path = format!("/sign-ins/{}/complete", sign_in.tid);
    keyed(&world.service, &path, &json!({}), "k").ok();
    world.lab().advance(61);
    let refusal = keyed(&world.service, &path, &json!({}), "k").refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "completed");
}
