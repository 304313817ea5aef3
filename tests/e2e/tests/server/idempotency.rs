//! Freshness and repeats (3.0.4 to 3.0.6): the same bytes have one effect and one answer.

use crate::common::{BINARY, Table, world_with_phone};
use countersign_e2e::edit::set;
use countersign_e2e::http::{Answer, Http};
use countersign_e2e::key::Key;
use countersign_e2e::parallel;
use countersign_e2e::phone::{Phone, jti};
use countersign_e2e::script::Script;
use countersign_e2e::server::Server;
use countersign_e2e::world::World;
use serde_json::{Value, json};

const STALE: (u16, &str) = (401, "use_nonce");

/// A read, and an operation that would change something.
fn ops(table: &Table) -> [Script; 2] {
    table.op();
    [table.op(), table.phone.op_script("report", &json!({"tid": table.sign_in.tid}))]
}

/// A nonce that another server gave.
fn foreign_nonce() -> (Server, String) {
    let server = Server::start(BINARY);
    let answer = server.http().get("/.well-known/map-keyset", &[]);
    let nonce = answer.header("map-nonce").unwrap().to_owned();
    (server, nonce)
}

#[test]
fn n18_a_nonce_that_is_not_fresh_asks_for_another() {
    let table = Table::set();
    let (_other, foreign) = foreign_nonce();
    for nonce in ["", foreign.as_str(), "broken", "not a nonce", &"A".repeat(200)] {
        table.refused(&ops(&table), STALE, |script| script.with(set("nonce", nonce)).seal().body());
    }
    table.refused(&ops(&table), (400, "malformed"), |script| {
        script.with(countersign_e2e::edit::without("nonce")).seal().body()
    });
    table.all_right();
}

#[test]
fn n18_a_nonce_lives_300_seconds_and_the_refusal_brings_a_fresh_one() {
    let (world, phone) = world_with_phone();
    let (http, ver) = (world.http(), json!({"ver": phone.binding().ver}));
    let (young, old) = (phone.op_script("ack_keyset", &ver), phone.op_script("ack_keyset", &ver));
    let now = world.lab().now();
    world.lab().advance_to(now + 290);
    young.send(&http).ok();
    world.lab().advance(12);
    let refusal = old.send(&http);
    refusal.refused(STALE.0, STALE.1);
    let fresh = refusal.header("map-nonce").unwrap().to_owned();
    // The phone signs the same operation again, and keeps its id.
    old.with(set("nonce", fresh)).send(&http).ok();
}

#[test]
fn every_answer_of_the_device_interface_has_a_nonce_a_date_and_no_store() {
    let table = Table::set();
    let http = table.world.http();
    let mut answers: Vec<Answer> = table.all().iter().map(|script| script.send(&http)).collect();
    answers.push(http.get("/.well-known/map-keyset", &[]));
    answers.push(http.post_json("/v1/scan", &json!({})));
    answers.push(http.post_jose("/v1/ops", Vec::new()));
    for answer in answers {
        assert!(answer.header("map-nonce").is_some_and(|nonce| (1..=128).contains(&nonce.len())));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("date").is_some());
        assert!(answer.header("set-cookie").is_none());
    }
}

#[test]
fn n19_the_same_bytes_get_the_stored_answer_and_count_once() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let approval = |number: &str| phone.approval(&request, number);
    let wrong = phone.answer_body(&approval(sign_in.number()), &[phone.keys.wrong_pin()]);
    let first = phone.post(&request.path(), wrong.clone());
    let watch = world.watch(&phone, &sign_in.tid);
    let second = phone.post(&request.path(), wrong.clone());
    first.refused(403, "pin_incorrect");
    assert_eq!((second.status, second.text()), (first.status, first.text()));
    assert_eq!(second.header("retry-after"), first.header("retry-after"));
    watch.unchanged();

    let right = phone.answer_body(&approval(sign_in.number()), &[phone.keys.pin()]);
    let first = phone.post(&request.path(), right.clone());
    let watch = world.watch(&phone, &sign_in.tid);
    phone.receipt(&request, &first);
    assert_eq!(phone.post(&request.path(), right).text(), first.text());
    assert_eq!(phone.post(&request.path(), wrong).code().as_deref(), Some("pin_incorrect"));
    watch.unchanged();
}

#[test]
fn n20_another_message_under_the_same_id_is_a_conflict() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let approval = phone.approval(&request, sign_in.number());
    phone.send(&approval, &[phone.keys.pin()]).ok();
    let watch = world.watch(&phone, &sign_in.tid);
    let mut denial = phone.denial(&request, "not_me");
    denial["jti"] = approval["jti"].clone();
    phone.send(&denial, &[]).refused(422, "idempotency_conflict");
    phone.send(&approval, &[phone.keys.wrong_pin()]).refused(422, "idempotency_conflict");
    let report = phone.op_script("report", &json!({"tid": sign_in.tid}));
    report.with(set("jti", approval["jti"].clone())).send(&world.http()).refused(422, "idempotency_conflict");
    watch.unchanged();
}

/// Sends the same bytes until the answer is not `unavailable`.
fn persist(http: &Http, path: &str, body: &[u8]) -> Answer {
    (0..200)
        .map(|_| http.post_jose(path, body.to_vec()))
        .find(|answer| answer.code().as_deref() != Some("unavailable"))
        .expect("a final answer")
}

fn fifty_times(world: &World, path: &str, body: &[u8]) -> Answer {
    let http = world.http();
    let mut answers = parallel::all(50, |_| persist(&http, path, body));
    let first = answers.remove(0);
    for answer in answers {
        assert_eq!((answer.status, answer.text()), (first.status, first.text()));
    }
    first
}

#[test]
fn n21_fifty_identical_messages_have_one_effect_and_one_answer() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let payload = phone.approval(&request, sign_in.number());
    let wrong = phone.answer_body(&payload, &[phone.keys.wrong_pin()]);
    let watch = world.watch(&phone, &sign_in.tid);
    fifty_times(&world, &request.path(), &wrong).refused(403, "pin_incorrect");
    watch.changed(|scene| {
        scene.counters.pin_fail = 1;
        scene.counters.fail30 = 1;
    });
    let right = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
    let answer = fifty_times(&world, &request.path(), &right);
    phone.receipt(&request, &answer);
    assert_eq!(world.service.state_name(&sign_in.tid), "approved");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n21_fifty_identical_pairing_messages_make_one_phone() {
    let table = Table::set();
    let script = table.enrolment();
    fifty_times(&table.world, &script.path, &script.seal().body()).ok();
    let state = table.world.service.enrolment_state(&table.eid);
    assert_eq!((&state["state"], &state["contested"]), (&json!("claimed"), &json!(false)));
}

/// A read sent twice: the second is asked to be signed again under a new id.
fn read_twice(world: &World, phone: &Phone, op: &str, args: &Value) {
    let script = phone.op_script(op, args);
    let body = script.seal().body();
    script.post(&world.http(), body.clone()).ok();
    script.post(&world.http(), body).refused(STALE.0, STALE.1);
    script.send(&world.http()).refused(STALE.0, STALE.1);
    script.with(set("jti", jti())).send(&world.http()).ok();
}

#[test]
fn n25_a_repeated_read_is_signed_again_and_nobody_else_can_read() {
    let (world, phone) = world_with_phone();
    let (sign_in, _) = world.ask(&phone);
    for (op, args) in [("self", json!({})), ("list", json!({})), ("get", json!({"tid": sign_in.tid}))] {
        phone.op("self", &json!({})).ok();
        read_twice(&world, &phone, op, &args);
        let stale = phone.op_script(op, &args);
        let forged = Script { device: Key::new(), ..phone.op_script(op, &args) };
        forged.send(&world.http()).refused(401, "invalid_device_signature");
        world.lab().advance(301);
        stale.send(&world.http()).refused(STALE.0, STALE.1);
    }
}

#[test]
fn reads_take_no_factor_and_no_unknown_operation_or_argument_is_taken() {
    let (world, phone) = world_with_phone();
    let http = world.http();
    phone.op("self", &json!({})).ok();
    let mut with_factor = phone.op_script("self", &json!({}));
    with_factor.factors = vec![(phone.keys.fid.clone(), phone.keys.sig.clone())];
    with_factor.send(&http).refused(403, "factor_not_allowed");
    for (op, args) in [
        ("selfie", json!({})),
        ("self", json!({"tid": jti()})),
        ("get", json!({})),
        ("get", json!({"tid": 1})),
        ("get", json!({"tid": "short"})),
        ("list", json!([])),
        ("list", Value::Null),
    ] {
        phone.op(op, &args).refused(400, "malformed");
    }
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}
