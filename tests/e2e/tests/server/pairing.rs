//! Pairing from the first call of the service to an active phone (3.3, 3.13.2).

use crate::common::{world, world_with_phone};
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::phone::{Phone, jti};
use countersign_e2e::sign_in::other_digits;
use countersign_e2e::world::{EMAIL, World};
use countersign_protocol::message::Level;
use reqwest::Method;
use serde_json::{Value, json};

/// An enrolment, claimed by a phone that waits for its code.
fn claimed(world: &World) -> (String, Phone, String) {
    let (eid, link) = world.service.enrolment(&world.account);
    let (phone, claim) = Invitation::read(&link).claim(&world.http(), &Keys::new(), |_| ());
    (eid, phone, claim.cc)
}

#[test]
fn a_phone_is_paired_by_the_code_that_it_shows() {
    let world = world();
    let (eid, link) = world.service.enrolment(&world.account);
    let open = world.service.enrolment_state(&eid);
    assert_eq!(
        (&open["state"], &open["attempts_left"], &open["phone"]),
        (&json!("open"), &json!(3), &Value::Null)
    );

    let invitation = Invitation::read(&link);
    let (accepted, offer) = invitation.open(&world.http());
    assert_eq!(accepted.keyset.content().iss.to_string(), world.server.base());
    assert_eq!((offer.account.as_str(), offer.ret.as_deref()), ("a***@example.eu", None));
    let (phone, claim) = invitation.claim(&world.http(), &Keys::new(), |_| ());
    let state = world.service.enrolment_state(&eid);
    assert_eq!((&state["state"], &state["phone"]["name"]), (&json!("claimed"), &json!("Pixel 9")));
    assert!(
        world.service.get(&format!("/accounts/{}/phones", world.account)).ok().as_array().unwrap().is_empty()
    );

    let confirmed = world.service.confirm(&eid, &claim.cc).ok();
    assert_eq!((&confirmed["state"], &confirmed["phone"]["level"]), (&json!("active"), &json!("software")));
    let binding = phone.binding();
    assert_eq!((binding.account.as_str(), binding.level, binding.bio_fid), (EMAIL, Level::Software, None));
    let phones = world.service.get(&format!("/accounts/{}/phones", world.account)).ok();
    assert_eq!((&phones[0]["ref"], &phones[0]["state"]), (&confirmed["phone"]["ref"], &json!("active")));
    assert_eq!((&phones[0]["name"], &phones[0]["os"]), (&json!("Pixel 9"), &json!("Android 17")));
    assert_eq!(world.lab().mails(&world.account).len(), 1, "one notification, to {EMAIL}");
}

#[test]
fn n40_before_the_code_is_typed_a_phone_can_only_ask_for_its_state() {
    let world = world();
    let (eid, phone, cc) = claimed(&world);
    let state = phone.op("self", &json!({})).ok();
    assert_eq!((&state["state"], &state["binding"]), (&json!("enrolling"), &Value::Null));
    for (op, args) in [("list", json!({})), ("get", json!({"tid": jti()})), ("ack_keyset", json!({"ver": 1}))]
    {
        phone.op(op, &args).refused(403, "enrolment_pending");
    }
    assert_eq!(world.lab().phone(&phone.aid).state, "enrolling");
    world.service.confirm(&eid, &cc).ok();
    phone.settle_in();
}

#[test]
fn n38_the_third_wrong_confirm_code_ends_the_enrolment_and_purges_the_phone() {
    let world = world();
    let (eid, phone, cc) = claimed(&world);
    let wrong = other_digits(&cc);
    assert_eq!(world.service.confirm(&eid, &wrong).refused(403, "confirm_code_incorrect")["left"], 2);
    assert_eq!(world.service.confirm(&eid, &wrong).refused(403, "confirm_code_incorrect")["left"], 1);
    assert_eq!(world.service.enrolment_state(&eid)["attempts_left"], 1);
    world.service.confirm(&eid, &wrong).refused(410, "enrolment_cancelled");
    world.service.confirm(&eid, &cc).refused(410, "enrolment_cancelled");
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "cancelled");
    assert!(world.lab().mails(&world.account).is_empty());
}

#[test]
fn a_wrong_confirm_code_leaves_the_right_one_its_chance() {
    let world = world();
    let (eid, phone, cc) = claimed(&world);
    world.service.confirm(&eid, &other_digits(&cc)).refused(403, "confirm_code_incorrect");
    world.service.confirm(&eid, &cc).ok();
    phone.settle_in();
}

#[test]
fn a_confirm_code_is_six_digits() {
    let world = world();
    let (eid, phone, cc) = claimed(&world);
    for body in
        [json!({"code": cc[..5]}), json!({"code": 123_456}), json!({}), json!({"code": cc, "more": 1})]
    {
        let path = format!("/enrolments/{eid}/confirm");
        world.service.post(&path, &body).refused(400, "malformed");
    }
    assert_eq!(world.service.enrolment_state(&eid)["attempts_left"], 3);
    world.service.confirm(&eid, &cc).ok();
    phone.settle_in();
}

#[test]
fn n167_a_deleted_enrolment_is_over_for_service_and_phone() {
    let world = world();
    let (eid, phone, cc) = claimed(&world);
    assert_eq!(world.service.delete(&format!("/enrolments/{eid}")).status, 204);
    world.service.confirm(&eid, &cc).refused(410, "enrolment_cancelled");
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "cancelled");
    assert_eq!(world.service.delete(&format!("/enrolments/{eid}")).status, 204);
}

#[test]
fn n168_a_code_is_taken_only_while_the_enrolment_is_claimed() {
    let world = world();
    let (eid, link) = world.service.enrolment(&world.account);
    assert_eq!(world.service.confirm(&eid, "123456").refused(409, "enrolment_state")["state"], "open");
    let (phone, claim) = Invitation::read(&link).claim(&world.http(), &Keys::new(), |_| ());
    world.service.confirm(&eid, &claim.cc).ok();
    for code in [claim.cc.clone(), other_digits(&claim.cc)] {
        assert_eq!(world.service.confirm(&eid, &code).refused(409, "enrolment_state")["state"], "active");
    }
    phone.settle_in();
}

#[test]
fn an_active_phone_cannot_be_deleted_with_its_enrolment() {
    let world = world();
    let (eid, phone, cc) = claimed(&world);
    world.service.confirm(&eid, &cc).ok();
    let _ = world.service.delete(&format!("/enrolments/{eid}"));
    phone.settle_in();
    assert_eq!(world.service.enrolment_state(&eid)["state"], "active");
}

#[test]
fn a_claimed_enrolment_that_runs_out_takes_its_phone_along() {
    let world = world();
    let (eid, phone, cc) = claimed(&world);
    world.lab().advance(300);
    world.service.confirm(&eid, &cc).refused(410, "enrolment_expired");
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "expired");
}

#[test]
fn a_key_set_is_acknowledged_up_to_the_newest_version() {
    let (world, phone) = world_with_phone();
    let acknowledged = world.lab().phone(&phone.aid).acked_ver;
    assert_eq!(acknowledged, phone.binding().ver);
    phone.op("ack_keyset", &json!({"ver": acknowledged + 1})).refused(400, "malformed");
    phone.op("ack_keyset", &json!({"ver": -1})).refused(400, "malformed");
    assert_eq!(world.lab().phone(&phone.aid).acked_ver, acknowledged);
}

#[test]
fn an_unknown_path_or_method_is_not_found() {
    let world = world();
    let http = world.http();
    for (method, path) in [
        (Method::GET, "/v1/ops"),
        (Method::DELETE, "/v1/ops"),
        (Method::PUT, "/v1/scan"),
        (Method::POST, "/v1/nothing"),
        (Method::GET, "/v2/ops"),
        (Method::POST, "/.well-known/map-keyset"),
        (Method::POST, "/backend/v1/nothing"),
    ] {
        let answer =
            http.try_send(method.clone(), path, &[("content-type", "application/json")], b"{}".to_vec());
        let answer = answer.unwrap();
        assert_eq!(answer.code().as_deref(), Some("not_found"), "{method} {path}: {}", answer.text());
    }
}

#[test]
fn pairings_that_were_begun_together_bring_in_no_phone_too_many() {
    let world = world();
    let begun = [(); 2].map(|()| claimed(&world));
    world.lab().policy(&json!({"phones_max": 1}));
    let [(first, _, first_code), (second, phone, second_code)] = begun;
    world.service.confirm(&first, &first_code).ok();
    let refusal = world.service.confirm(&second, &second_code).refused(403, "method_unavailable");
    assert_eq!(refusal["reason"], "phones");
    phone.op("list_devices", &json!({})).refused(403, "enrolment_pending");
}
