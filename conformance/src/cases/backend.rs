//! The backend interface (3.11) from a service that wants more than it may.

use super::Case;
use crate::backend::start_body;
use crate::phone::jti;
use crate::scene::Scene;
use serde_json::{Value, json};

pub(super) const CASES: &[Case] = &[
    Case::new("N109", "a push without first factor in an unknown browser", no_first_factor),
    Case::new("N148", "a push address in a forbidden form", push_addresses),
    Case::new("N158", "objects that this service did not make", foreign_objects),
    Case::new("N159", "a service secret that is wrong, cut or missing", wrong_secret),
    Case::new("N161", "an idempotency key again", idempotency),
    Case::new("N182", "an account out of reach", foreign_account),
    Case::new("N183", "a further phone without proof", no_proof),
    Case::new("N207", "a return address of a foreign origin", foreign_return),
];

fn no_first_factor(scene: &Scene) {
    let _ = scene.phone();
    for method in ["push", "offline"] {
        let mut body = start_body(method, Some(&scene.account));
        body["first_factor"] = json!(false);
        let refused = scene.service.post("/sign-ins", &body);
        assert!((400..500).contains(&refused.status), "{}", refused.text());
    }
}

fn push_addresses(scene: &Scene) {
    let phone = scene.phone();
    for url in ["http://push.example/x", "https://user@push.example/", "https://192.0.2.1/", "ftp://x"] {
        phone.op("set_push", &json!({"url": url})).refused(400, "malformed");
    }
}

fn foreign_objects(scene: &Scene) {
    for path in [format!("/sign-ins/{}", jti()), format!("/enrolments/{}", jti())] {
        scene.service.get(&path).refused(404, "not_found");
    }
}

fn wrong_secret(scene: &Scene) {
    let right = scene.service.authorization().to_owned();
    for authorization in ["", "Bearer", "Bearer wrong", &right[..right.len() - 1], "Basic YTpi"] {
        let service = scene.service.with_authorization(authorization);
        let refused = service.get(&format!("/accounts/{}", scene.account));
        assert_eq!(refused.status, 401, "{authorization:?}: {}", refused.text());
    }
}

fn idempotency(scene: &Scene) {
    let _ = scene.phone();
    let (key, body) = (jti(), start_body("qr", None));
    let call = |body: &Value| {
        scene.service.call_with(reqwest::Method::POST, "/sign-ins", body, &[("idempotency-key", &key)])
    };
    let first = call(&body).is(201);
    assert_eq!(call(&body).is(201)["tid"], first["tid"]);
    let other = start_body("qr", Some(&scene.account));
    call(&other).refused(422, "idempotency_conflict");
}

fn foreign_account(scene: &Scene) {
    let body = start_body("push", Some("u-nobody"));
    scene.service.post("/sign-ins", &body).refused(404, "not_found");
    scene.service.get("/accounts/u-nobody/phones").refused(404, "not_found");
}

fn no_proof(scene: &Scene) {
    let _ = scene.phone();
    let body = json!({"account": scene.account, "same_device": false, "typed": false});
    scene.service.post("/enrolments", &body).refused(403, "proof_required");
    let path = format!("/accounts/{}/recovery-code", scene.account);
    scene.service.post(&path, &json!({})).refused(403, "proof_required");
}

fn foreign_return(scene: &Scene) {
    let _ = scene.phone();
    let mut body = start_body("link", Some(&scene.account));
    body["return_url"] = json!("https://elsewhere.example/back");
    scene.service.post("/sign-ins", &body).refused(400, "malformed");
}
