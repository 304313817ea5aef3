//! What services may and may not do (3.11), and what they are told.

use crate::common::{world, world_with_phone};
use countersign_e2e::backend::{Backend, start_body};
use countersign_e2e::phone::jti;
use countersign_e2e::server::ALL_SCOPES;
use countersign_e2e::world::{EMAIL, World};
use reqwest::Method;
use serde_json::{Value, json};

/// Another service with all scopes.
fn other_service(world: &World) -> Backend {
    world.server.add_service("Payroll", "https://payroll.example.eu", ALL_SCOPES)
}

#[test]
fn an_account_is_made_once_and_described() {
    let world = world();
    let account = world.service.get(&format!("/accounts/{}", world.account)).ok();
    assert_eq!((&account["email"], &account["state"]), (&json!(EMAIL), &json!("active")));
    assert_eq!((&account["account"], &account["phones"]), (&json!(world.account), &json!([])));
    for email in [EMAIL, "ANNA@EXAMPLE.EU"] {
        world.service.post("/accounts", &json!({"email": email})).refused(409, "account_exists");
    }
    let body = json!({"email": "b@example.eu", "given_name": "Boris", "family_name": "K", "language": "fr"});
    assert_eq!(world.service.post("/accounts", &body).is(201)["email"], "b@example.eu");
    for bad in [
        json!({}),
        json!({"email": "nobody"}),
        json!({"email": "a b@example.eu"}),
        json!({"email": "c@example.eu", "unknown": 1}),
        json!({"email": "c@example.eu", "given_name": null}),
        json!({"email": "c@example.eu", "given_name": "a\u{202e}b"}),
    ] {
        world.service.post("/accounts", &bad).refused(400, "malformed");
    }
}

#[test]
fn n158_another_services_sign_in_or_enrolment_does_not_exist() {
    let (world, phone) = world_with_phone();
    let other = other_service(&world);
    let (push, offline, qr) = (world.push(), world.offline(), world.qr(None));
    let newcomer = world.service.add_account("boris@example.eu");
    let (eid, _) = world.service.enrolment(&newcomer);
    let watch = world.watch(&phone, &push.tid);
    for tid in [push.tid.as_str(), &offline.tid, &qr.tid, &jti(), "short"] {
        let path = format!("/sign-ins/{tid}");
        other.get(&path).refused(404, "not_found");
        other.get(&format!("{path}/frame")).refused(404, "not_found");
        other.delete(&path).refused(404, "not_found");
        other.code(tid, "12345678").refused(404, "not_found");
        other.complete(tid).refused(404, "not_found");
    }
    for eid in [eid.as_str(), &jti(), "short"] {
        let path = format!("/enrolments/{eid}");
        other.get(&path).refused(404, "not_found");
        other.delete(&path).refused(404, "not_found");
        other.confirm(eid, "123456").refused(404, "not_found");
    }
    watch.unchanged();
    assert_eq!(world.service.state_name(&qr.tid), "created");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "open");
}

#[test]
fn n159_a_wrong_missing_or_truncated_secret_is_refused() {
    let world = world();
    let right = world.service.authorization().to_owned();
    let lower = right.replace("Bearer ", "bearer");
    for authorization in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        &right[..right.len() - 1],
        &right.replace("Bearer ", "Basic "),
        &lower,
    ] {
        let stranger = world.service.with_authorization(authorization);
        for (method, path) in [
            (Method::GET, format!("/accounts/{}", world.account)),
            (Method::POST, "/accounts".to_owned()),
            (Method::POST, "/enrolments".to_owned()),
            (Method::POST, "/sign-ins".to_owned()),
            (Method::GET, "/events".to_owned()),
            (Method::GET, format!("/sign-ins/{}", jti())),
        ] {
            stranger.call(method, &path, &Value::Null).refused(401, "service_unauthorised");
        }
    }
    let without = world.http().get("/backend/v1/events", &[]);
    without.refused(401, "service_unauthorised");
}

#[test]
fn n160_a_call_outside_the_scopes_names_the_missing_one() {
    let world = world();
    let calls = [
        ("accounts", Method::POST, "/accounts".to_owned(), json!({"email": "c@example.eu"})),
        ("accounts", Method::GET, format!("/accounts/{}", world.account), Value::Null),
        ("enrol", Method::GET, format!("/accounts/{}/phones", world.account), Value::Null),
        ("enrol", Method::POST, "/enrolments".to_owned(), json!({"account": world.account})),
        ("enrol", Method::GET, format!("/enrolments/{}", jti()), Value::Null),
        ("sign-in", Method::POST, "/sign-ins".to_owned(), start_body("qr", None)),
        ("sign-in", Method::GET, format!("/sign-ins/{}", jti()), Value::Null),
    ];
    for held in ["accounts", "enrol", "sign-in"] {
        let service = world.server.add_service(held, "https://narrow.example.eu", held);
        for (scope, method, path, body) in &calls {
            let answer = service.call(method.clone(), path, body);
            if *scope == held {
                assert_ne!(answer.code().as_deref(), Some("scope_missing"), "{path}");
            } else {
                assert_eq!(answer.refused(403, "scope_missing")["scope"], *scope, "{path}");
            }
        }
    }
}

/// A `POST` with an `Idempotency-Key`.
fn once(service: &Backend, path: &str, key: &str, body: &Value) -> countersign_e2e::http::Answer {
    service.call_with(Method::POST, path, body, &[("idempotency-key", key)])
}

#[test]
fn n161_an_idempotency_key_stands_for_one_call_of_one_service() {
    let (world, _) = world_with_phone();
    let newcomer = world.service.add_account("boris@example.eu");
    let enrolment = json!({"account": newcomer, "same_device": false, "typed": false});
    let start = start_body("push", Some(&world.account));
    let mut other_start = start.clone();
    other_start["recognised"] = json!(true);
    for (path, body, other) in [
        ("/accounts", json!({"email": "c@example.eu"}), json!({"email": "d@example.eu"})),
        ("/enrolments", enrolment.clone(), json!({"account": world.account})),
        ("/sign-ins", start, other_start),
    ] {
        let first = once(&world.service, path, "key 1", &body);
        first.is(201);
        assert_eq!(once(&world.service, path, "key 1", &body).text(), first.text());
        once(&world.service, path, "key 1", &other).refused(422, "idempotency_conflict");
    }
    let qr = start_body("qr", None);
    let first = once(&world.service, "/sign-ins", "key 2", &qr).is(201);
    let theirs = once(&other_service(&world), "/sign-ins", "key 2", &qr).is(201);
    assert_ne!(first["tid"], theirs["tid"]);
    for bad in ["", &"k".repeat(65), "kéy"] {
        once(&world.service, "/sign-ins", bad, &qr).refused(400, "malformed");
    }
}

#[test]
fn one_key_used_by_many_at_once_makes_one_sign_in() {
    let (world, _) = world_with_phone();
    let body = start_body("qr", None);
    let mut tids: Vec<String> = countersign_e2e::parallel::all(20, |_| {
        once(&world.service, "/sign-ins", "the same", &body).is(201)["tid"].as_str().unwrap().to_owned()
    });
    tids.dedup();
    assert_eq!(tids.len(), 1);
}

#[test]
fn n182_an_account_out_of_reach_does_not_exist() {
    let (world, phone) = world_with_phone();
    let other = other_service(&world);
    for account in [world.account.as_str(), "nobody", "../accounts"] {
        let account = account.replace('/', "%2F");
        other.get(&format!("/accounts/{account}")).refused(404, "not_found");
        other.get(&format!("/accounts/{account}/phones")).refused(404, "not_found");
        other.post("/enrolments", &json!({"account": account})).refused(404, "not_found");
        other.post(&format!("/accounts/{account}/recovery-code"), &json!({})).refused(404, "not_found");
        other.delete(&format!("/accounts/{account}/phones/AAAAAAAAAAA")).refused(404, "not_found");
    }
    phone.binding();
}

#[test]
fn an_account_with_a_phone_gets_no_further_enrolment_without_proof() {
    let (world, _) = world_with_phone();
    let body = json!({"account": world.account, "same_device": false, "typed": false});
    world.service.post("/enrolments", &body).refused(403, "proof_required");
    let mut guessed = body;
    guessed["proof"] = json!(jti());
    world.service.post("/enrolments", &guessed).refused(403, "proof_required");
}

#[test]
fn events_come_in_order_once_and_to_the_service_concerned() {
    let (world, phone) = world_with_phone();
    let other = other_service(&world);
    assert!(world.service.events().is_empty());
    for _ in 0..2 {
        let (sign_in, request) = world.ask(&phone);
        phone.approve(&request, sign_in.number()).ok();
        world.service.complete(&sign_in.tid).ok();
        phone.done("report", &json!({"tid": sign_in.tid}));
    }
    let events = world.service.events();
    assert_eq!(events.len(), 2);
    let first = events[0]["id"].as_str().unwrap();
    let later = world.service.get(&format!("/events?after={first}")).ok();
    assert_eq!(later, json!([events[1]]));
    let last = events[1]["id"].as_str().unwrap();
    assert_eq!(world.service.get(&format!("/events?after={last}")).ok(), json!([]));
    assert!(other.events().is_empty());
    for bad in ["/events?after=x", "/events?wait=26", "/events?wait=-1"] {
        world.service.get(bad).refused(400, "malformed");
    }
    world.lab().advance(48 * 3600 + 1);
    assert!(world.service.events().is_empty());
}
