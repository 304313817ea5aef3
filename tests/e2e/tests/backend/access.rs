//! Whose objects are whose.

use crate::{approved, scene};
use countersign_e2e::backend::start_body;
use reqwest::Method;
use serde_json::{Value, json};

#[test]
fn n158_anothers_sign_in_or_enrolment_is_not_there() {
    let (world, phone) = scene();
    let other = world.server.add_service("Other", "https://other.example.eu", "accounts,enrol,sign-in");
    let sign_in = approved(&world, &phone);
    let newcomer = world.service.add_account("neu@example.eu");
    let (eid, _) = world.service.enrolment(&newcomer);
    let tid = &sign_in.tid;
    for path in [format!("/sign-ins/{tid}"), format!("/sign-ins/{tid}/frame"), format!("/enrolments/{eid}")] {
        other.get(&path).refused(404, "not_found");
    }
    for path in [format!("/sign-ins/{tid}/complete"), format!("/sign-ins/{tid}/code")] {
        other.post(&path, &json!({})).refused(404, "not_found");
    }
    other.confirm(&eid, "000000").refused(404, "not_found");
    other.delete(&format!("/sign-ins/{tid}")).refused(404, "not_found");
    other.delete(&format!("/enrolments/{eid}")).refused(404, "not_found");
    assert_eq!(world.service.state_name(tid), "approved");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "open");
}

#[test]
fn n159_a_wrong_cut_or_missing_secret_is_refused_everywhere() {
    let (world, _) = scene();
    let right = world.service.authorization().to_owned();
    let cut = right[..right.len() - 1].to_owned();
    let swapped = right.replace("Bearer ", "Basic ");
    for wrong in ["", "Bearer", "Bearer AAAA", cut.as_str(), swapped.as_str()] {
        let stranger = world.service.with_authorization(wrong);
        for (method, path) in [
            (Method::POST, "/accounts"),
            (Method::POST, "/enrolments"),
            (Method::POST, "/sign-ins"),
            (Method::GET, "/events"),
            (Method::GET, "/sign-ins/AAAAAAAAAAAAAAAAAAAAAA"),
        ] {
            stranger.call(method, path, &Value::Null).refused(401, "service_unauthorised");
        }
    }
}

#[test]
fn n160_a_call_outside_the_scopes_names_the_scope() {
    let (world, _) = scene();
    let narrow = world.server.add_service("Narrow", "https://narrow.example.eu", "sign-in");
    let refused =
        |path: &str, body: &Value| narrow.post(path, body).refused(403, "scope_missing")["scope"].clone();
    assert_eq!(refused("/accounts", &json!({"email": "x@example.eu"})), "accounts");
    assert_eq!(refused("/enrolments", &json!({"account": world.account})), "enrol");
    narrow.post("/sign-ins", &start_body("push", Some(&world.account))).is(201);
    let writer = world.server.add_service("Writer", "https://writer.example.eu", "accounts");
    let answer = writer.post("/sign-ins", &start_body("qr", None)).refused(403, "scope_missing");
    assert_eq!(answer["scope"], "sign-in");
}

#[test]
fn n182_a_pairing_for_an_account_out_of_reach_finds_none() {
    let (world, _) = scene();
    let other = world.server.add_service("Other", "https://other.example.eu", "accounts,enrol,sign-in");
    let account = &world.account;
    other.post("/enrolments", &json!({"account": account})).refused(404, "not_found");
    other.get(&format!("/accounts/{account}")).refused(404, "not_found");
    other.get(&format!("/accounts/{account}/phones")).refused(404, "not_found");
    other.post("/enrolments", &json!({"account": "u-nobody"})).refused(404, "not_found");
}

#[test]
fn an_account_with_a_phone_gets_no_second_one_without_proof() {
    let (world, _) = scene();
    let start = |proof: Option<&str>| {
        let mut body = json!({"account": world.account});
        if let Some(proof) = proof {
            body["proof"] = json!(proof);
        }
        world.service.post("/enrolments", &body)
    };
    start(None).refused(403, "proof_required");
    start(Some("AAAAAAAAAAAAAAAAAAAAAA")).refused(403, "proof_required");
}

#[test]
fn unknown_paths_methods_and_members_are_refused_in_the_form_of_problems() {
    let (world, _) = scene();
    world.service.get("/nothing").refused(404, "not_found");
    world.service.call(Method::PUT, "/accounts", &json!({})).refused(404, "not_found");
    world.service.post("/accounts", &json!({"email": "a@example.eu", "x": 1})).refused(400, "malformed");
    for email in ["", "nobody", "a b@example.eu", "a@example.eu\u{202e}", "@", "a@"] {
        world.service.post("/accounts", &json!({"email": email})).refused(400, "malformed");
    }
    world.service.post("/accounts", &json!({"email": "ANNA@example.eu"})).refused(409, "account_exists");
    let long = json!({"email": format!("{}@example.eu", "a".repeat(20_000))});
    world.service.post("/accounts", &long).refused(400, "malformed");
}
