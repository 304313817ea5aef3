//! Sign-ins as their service drives them: start, wait, cancel, complete (3.11, 3.13.1).

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::database::{change_one, id_bytes};
use countersign_e2e::http::Answer;
use countersign_e2e::phone::Phone;
use countersign_e2e::world::World;
use countersign_protocol::code::sign_in_code;
use countersign_protocol::encoding::from_b64u;
use countersign_protocol::id::Tid;
use countersign_protocol::jose::envelope::evidence_verifies;
use countersign_protocol::key::{Jwk, PublicKey};
use countersign_protocol::message::request::request_hash;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// An approved sign-in.
fn approved(world: &World, phone: &Phone) -> String {
    let (sign_in, request) = world.ask(phone);
    phone.approve(&request, sign_in.number()).ok();
    sign_in.tid
}

#[test]
fn n170_completion_follows_the_approval_and_is_repeated_for_a_minute() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let complete = || world.service.complete(&sign_in.tid);
    assert_eq!(complete().refused(409, "transaction_decided")["state"], "pending");
    phone.approve(&request, sign_in.number()).ok();
    let first = complete();
    first.ok();
    assert_eq!(complete().text(), first.text());
    world.lab().advance(58);
    assert_eq!(complete().text(), first.text());
    world.lab().advance(2);
    assert_eq!(complete().refused(409, "transaction_decided")["state"], "completed");
}

#[test]
fn n196_completion_knows_no_idempotency_key() {
    let (world, phone) = world_with_phone();
    let tid = approved(&world, &phone);
    let path = format!("/sign-ins/{tid}/complete");
    let complete = || world.service.call_with(Method::POST, &path, &json!({}), &[("idempotency-key", "k")]);
    complete().ok();
    world.lab().advance(61);
    assert_eq!(complete().refused(409, "transaction_decided")["state"], "completed");
}

#[test]
fn what_was_approved_is_completed_within_five_minutes() {
    let (world, phone) = world_with_phone();
    let tid = approved(&world, &phone);
    world.lab().advance(300);
    assert_eq!(world.service.complete(&tid).refused(409, "transaction_decided")["state"], "expired");
}

#[test]
fn only_an_approved_sign_in_is_completed() {
    let (world, phone) = world_with_phone();
    let refused = |tid: &str, state: &str| {
        assert_eq!(world.service.complete(tid).refused(409, "transaction_decided")["state"], state);
    };
    let (denied, request) = world.ask(&phone);
    phone.deny(&request, "cancel").ok();
    refused(&denied.tid, "denied");
    refused(&world.qr(None).tid, "created");
    let cancelled = world.push();
    world.service.delete(&format!("/sign-ins/{}", cancelled.tid)).is(204);
    refused(&cancelled.tid, "cancelled");
    let expired = world.push();
    world.lab().advance(180);
    refused(&expired.tid, "expired");
}

#[test]
fn the_evidence_of_a_completion_verifies_by_itself() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    let completed = world.service.complete(&sign_in.tid).ok();
    let evidence = |name: &str| completed["evidence"][name].as_str().unwrap().to_owned();
    let jwk: Jwk = serde_json::from_value(completed["evidence"]["jwk"].clone()).unwrap();
    let key = PublicKey::from_jwk(&jwk).unwrap();
    assert_eq!(key.thumbprint(), phone.keys.dev.thumbprint());
    assert!(evidence_verifies(&key, &evidence("protected"), &evidence("payload"), &evidence("signature")));
    let payload: Value = serde_json::from_slice(&from_b64u(&evidence("payload")).unwrap()).unwrap();
    assert_eq!((&payload["dec"], &payload["tid"]), (&json!("approve"), &json!(sign_in.tid)));
    assert_eq!(payload["req"], json!(request_hash(&evidence("request"))));
    assert_eq!(evidence("request"), request.jws);
    assert_eq!(completed["code"], sign_in_code(&Tid::parse(&sign_in.tid).unwrap()));
    assert_eq!((&completed["account"], &completed["account_given"]), (&json!(world.account), &json!(true)));
    assert!(completed["auth_time"].as_str().is_some_and(|time| time.ends_with('Z')));
    assert!(completed["acr"].is_string());
}

#[test]
fn n208_a_level_that_nothing_proves_is_software_in_amr() {
    let (world, _) = world_with_phone();
    let account = world.service.add_account("clara@example.eu");
    let scene = World { account, ..world };
    let phone = scene.phone_with(|payload| payload["dev"]["level"] = json!("strongbox"));
    let tid = approved(&scene, &phone);
    let completed = scene.service.complete(&tid).ok();
    assert_eq!(completed["amr"], json!(["swk", "pin", "mfa"]));
    assert_eq!(completed["phone"]["attested"], false);
    assert_eq!(completed["phone"]["level"], "strongbox");
}

#[test]
fn a_cancelled_sign_in_is_over_and_stays_over() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let path = format!("/sign-ins/{}", sign_in.tid);
    for _ in 0..2 {
        assert_eq!(world.service.delete(&path).status, 204);
        assert_eq!(world.service.state_name(&sign_in.tid), "cancelled");
    }
    let watch = world.watch(&phone, &sign_in.tid);
    phone.approve_wrongly(&request, sign_in.number()).refused(410, "transaction_cancelled");
    watch.unchanged();
    let tid = approved(&world, &phone);
    world.service.complete(&tid).ok();
    assert_eq!(world.service.delete(&format!("/sign-ins/{tid}")).status, 204);
    assert_eq!(world.service.state_name(&tid), "completed");
    let tid = approved(&world, &phone);
    assert_eq!(world.service.delete(&format!("/sign-ins/{tid}")).status, 204);
    assert_eq!(world.service.complete(&tid).refused(409, "transaction_decided")["state"], "cancelled");
}

/// A call that waits up to 20 seconds, and what happens meanwhile; gives the answer and how long it took.
fn waited(world: &World, path: &str, meanwhile: impl FnOnce()) -> (Answer, Duration) {
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let start = Instant::now();
            (world.service.get(path), start.elapsed())
        });
        // Long enough for the call to be waiting; were it not, it would only be answered from the state.
        std::thread::sleep(Duration::from_millis(150));
        meanwhile();
        waiting.join().unwrap()
    })
}

#[test]
fn a_waiting_service_is_answered_when_the_state_changes() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let path = format!("/sign-ins/{}?wait=20", sign_in.tid);
    let (answer, took) = waited(&world, &path, || drop(phone.approve(&request, sign_in.number())));
    assert_eq!(answer.ok()["state"], "approved");
    assert!(took < Duration::from_secs(3), "{took:?}");

    let sign_in = world.push();
    let path = format!("/sign-ins/{}?wait=20", sign_in.tid);
    let (answer, took) = waited(&world, &path, || drop(world.service.delete(&path.replace("?wait=20", ""))));
    assert_eq!(answer.ok()["state"], "cancelled");
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn a_waiting_service_hears_of_claim_and_end() {
    let (world, phone) = world_with_phone();
    let (sign_in, scan) = world.scan();
    let path = format!("/sign-ins/{}?wait=20", sign_in.tid);
    let (answer, took) = waited(&world, &path, || drop(phone.take(&scan)));
    assert_eq!(answer.ok()["state"], "claimed");
    assert!(took < Duration::from_secs(3), "{took:?}");
    let (answer, took) = waited(&world, &path, || {
        world.lab().advance(300);
    });
    assert_eq!(answer.ok()["state"], "expired");
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn a_waiting_service_hears_of_an_event() {
    let (world, phone) = world_with_phone();
    let tid = approved(&world, &phone);
    world.service.complete(&tid).ok();
    let (answer, took) =
        waited(&world, "/events?wait=20", || drop(phone.done("report", &json!({"tid": tid}))));
    assert_eq!(answer.ok()[0]["type"], "sign_in_reported");
    assert!(took < Duration::from_secs(3), "{took:?}");
}

/// What a service that waits at `path` hears, and that it hears it when it happens.
#[track_caller]
fn heard_at_once(world: &World, path: &str, meanwhile: impl FnOnce()) -> Value {
    let (answer, took) = waited(world, path, meanwhile);
    assert!(took < Duration::from_secs(3), "{took:?}");
    answer.ok()
}

/// An operation that the PIN signs.
fn with_pin(phone: &Phone, op: &str, args: &Value) -> Answer {
    phone.op("self", &json!({})).ok();
    let mut script = phone.op_script(op, args);
    let pin = phone.keys.pin();
    script.factors = vec![(pin.kid, pin.key)];
    script.send(phone.http())
}

#[test]
fn a_waiting_service_hears_of_a_refusal_that_reports() {
    let (world, phone) = world_with_phone();
    let ((_, first), (_, second)) = (world.ask(&phone), world.ask(&phone));
    let other = world.push();
    let path = format!("/sign-ins/{}?wait=20", other.tid);
    let heard = heard_at_once(&world, &path, || drop(phone.deny(&first, "not_me").ok()));
    assert_eq!(heard["state"], "cancelled");
    phone.deny(&second, "not_me").refused(410, "transaction_cancelled");
    let (_, third) = world.ask(&phone);
    let path = format!("/events?after={}&wait=20", world.service.events()[0]["id"].as_str().unwrap());
    let heard = heard_at_once(&world, &path, || drop(phone.deny(&third, "not_me").ok()));
    assert_eq!(heard[0]["type"], "sign_in_reported");
}

#[test]
fn a_waiting_service_hears_of_a_phone_that_unregisters() {
    let (world, phone) = world_with_phone();
    let sign_in = world.push();
    let path = format!("/sign-ins/{}?wait=20", sign_in.tid);
    let heard = heard_at_once(&world, &path, || drop(phone.done("revoke_self", &json!({}))));
    assert_eq!(heard["state"], "cancelled");
}

#[test]
fn a_waiting_service_hears_of_a_phone_that_another_removes() {
    let (world, _) = world_with_phone();
    let account = world.service.add_account("clara@example.eu");
    let scene = World { account, ..world };
    let [one, two] = scene.two_phones();
    let tid = approved(&scene, &two);
    scene.service.complete(&tid).ok();
    let devices = one.done("list_devices", &json!({}));
    let listed = devices["devices"].as_array().unwrap();
    let target = listed.iter().find(|device| device["this"] == false).unwrap();
    let heard = heard_at_once(&scene, "/events?wait=20", || {
        with_pin(&one, "revoke_device", &json!({"ref": target["ref"]})).ok();
    });
    assert_eq!(heard[0]["type"], "phone_revoked");
}

#[test]
fn a_waiting_service_hears_of_a_phone_whose_successor_proved_itself() {
    let (world, _) = world_with_phone();
    let account = world.service.add_account("clara@example.eu");
    let scene = World { account, ..world };
    let [old, new] = scene.two_phones();
    let tid = approved(&scene, &old);
    scene.service.complete(&tid).ok();
    // As the confirmation of a move leaves it.
    let sql = "UPDATE phone SET replaces=?2, replace_at=4102444800 WHERE aid=?1";
    change_one(&scene.server, sql, (id_bytes(&new.aid), id_bytes(&old.aid)));
    let (sign_in, request) = scene.ask(&new);
    let heard = heard_at_once(&scene, "/events?wait=20", || {
        new.approve(&request, sign_in.number()).ok();
    });
    assert_eq!(heard[0]["type"], "phone_revoked");
}

#[test]
fn a_wait_without_a_change_ends_in_its_time() {
    let (world, _) = world_with_phone();
    let sign_in = world.push();
    let start = Instant::now();
    assert_eq!(world.service.get(&format!("/sign-ins/{}?wait=1", sign_in.tid)).ok()["state"], "pending");
    assert!((Duration::from_millis(900)..Duration::from_secs(4)).contains(&start.elapsed()));
    for bad in ["26", "-1", "x"] {
        let path = format!("/sign-ins/{}?wait={bad}", sign_in.tid);
        world.service.get(&path).refused(400, "malformed");
    }
}

#[test]
fn a_start_outside_its_form_is_malformed() {
    let (world, _) = world_with_phone();
    let good = start_body("push", Some(&world.account));
    let changes: [(&str, Value); 17] = [
        ("method", json!("carrier pigeon")),
        ("kind", json!("other")),
        ("text", json!([{"l": "a".repeat(25), "t": "x"}])),
        ("text", json!([{"l": "a", "t": "x".repeat(121)}])),
        ("text", json!([{"l": "a", "t": "x\u{200b}"}])),
        ("text", json!([{"l": "a", "t": ""}])),
        ("text", json!([{"l": "a", "t": "x", "more": 1}])),
        ("text", json!(vec![json!({"l": "a", "t": "x"}); 9])),
        ("factors", json!([])),
        ("factors", json!(["pin", "pin"])),
        ("factors", json!(["face"])),
        ("first_factor", json!("yes")),
        ("browser", json!({})),
        ("browser", json!({"ip": "203.0.113.7", "agent": "a".repeat(41)})),
        ("phone", json!("AAAAAAAAAAA")),
        ("return_url", json!("https://grants.example.eu/back")),
        ("unknown", json!(1)),
    ];
    for (name, value) in changes {
        let mut body = good.clone();
        body[name] = value;
        world.service.post("/sign-ins", &body).refused(400, "malformed");
    }
    let mut nobody = good.clone();
    nobody["account"] = json!("nobody");
    world.service.post("/sign-ins", &nobody).refused(404, "not_found");
    for method in ["push", "offline"] {
        world.service.post("/sign-ins", &start_body(method, None)).refused(400, "malformed");
    }
    for bytes in [&b"{"[..], b"[]", b"{\"method\":\"qr\",\"method\":\"qr\"}"] {
        let headers =
            &[("authorization", world.service.authorization()), ("content-type", "application/json")];
        let answer = world.http().try_send(Method::POST, "/backend/v1/sign-ins", headers, bytes.to_vec());
        answer.unwrap().refused(400, "malformed");
    }
}

#[test]
fn a_person_without_a_phone_cannot_be_asked() {
    let (world, _) = world_with_phone();
    let nobody = world.service.add_account("nobody@example.eu");
    for method in ["push", "offline"] {
        let answer = world.service.post("/sign-ins", &start_body(method, Some(&nobody)));
        assert_eq!(answer.refused(403, "method_unavailable")["reason"], "no_phone");
    }
}

#[test]
fn starts_with_a_first_factor_are_limited_per_service_and_account() {
    let (world, _) = world_with_phone();
    world.lab().policy(&json!({"signins_account_10min": 2}));
    let start = || world.service.post("/sign-ins", &start_body("push", Some(&world.account)));
    for _ in 0..2 {
        start().is(201);
    }
    let refusal = start().refused(429, "rate_limited");
    assert!(refusal["retry_after"].as_u64().is_some_and(|wait| wait > 0));
    world.lab().advance(601);
    start().is(201);
}
