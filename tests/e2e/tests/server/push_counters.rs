//! PIN and number accounting of 3.9.1 as a phone meets it.

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::parallel;
use countersign_e2e::phone::Phone;
use countersign_e2e::world::World;
use countersign_protocol::message::notice::{NoticeState, NoticeWhy};
use serde_json::{Value, json};

#[test]
fn n50_a_wrong_pin_counts_one() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let refusal = phone.approve_wrongly(&request, sign_in.number()).refused(403, "pin_incorrect");
    assert_eq!((&refusal["attempts_left"], &refusal["retry_after"]), (&json!(4), &json!(0)));
    watch.changed(|scene| (scene.counters.pin_fail, scene.counters.fail30) = (1, 1));
    phone.approve(&request, sign_in.number()).ok();
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30, counters.wait_until), (0, 1, None));
}

#[test]
fn n51_five_wrong_pins_in_a_row_lock_the_phone() {
    let (world, phone) = world_with_phone();
    for (left, wait) in [(4, 0), (3, 0), (2, 60), (1, 300)] {
        world.pass_waits(&phone);
        let refusal = world.try_wrong_pin(&phone).refused(403, "pin_incorrect");
        assert_eq!((&refusal["attempts_left"], &refusal["retry_after"]), (&json!(left), &json!(wait)));
    }
    let mails = world.lab().mails(&world.account).len();
    world.pass_waits(&phone);
    let refusal = world.try_wrong_pin(&phone).refused(403, "authenticator_locked");
    let notice = phone.notice(&refusal);
    assert_eq!((notice.state, notice.why), (NoticeState::Locked, NoticeWhy::Attempts));
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.state.as_str(), counters.pin_fail, counters.fail30), ("locked", 5, 5));
    assert_eq!(world.lab().mails(&world.account).len(), mails + 1);
    let phones = world.service.get(&format!("/accounts/{}/phones", world.account)).ok();
    assert_eq!(phones[0]["state"], "locked");
}

/// Locks a phone by five wrong PINs.
fn lock(world: &World, phone: &Phone) {
    world.fail_pins(phone, 4);
    world.pass_waits(phone);
    world.try_wrong_pin(phone).refused(403, "authenticator_locked");
}

#[test]
fn n54_a_locked_phone_approves_nothing_and_may_still_refuse() {
    let (world, phone) = world_with_phone();
    let account = &world.account;
    world.fail_pins(&phone, 4);
    world.pass_waits(&phone);
    let (sign_in, request) = world.ask(&phone);
    world.try_wrong_pin(&phone).refused(403, "authenticator_locked");
    let watch = world.watch(&phone, &sign_in.tid);
    for _ in 0..2 {
        let refusal = phone.approve(&request, sign_in.number()).refused(403, "authenticator_locked");
        phone.notice(&refusal);
    }
    watch.unchanged();
    assert_eq!(phone.op("self", &json!({})).ok()["state"], "locked");
    phone.op("ack_keyset", &json!({"ver": 1})).refused(403, "authenticator_locked");
    phone.op("claim", &json!({"ticket": "AAAAAAAAAAAAAAAAAAAAAA"})).refused(403, "authenticator_locked");
    phone.deny(&request, "cancel").ok();
    let answer = world.service.post("/sign-ins", &start_body("push", Some(account)));
    assert_eq!(answer.refused(403, "method_unavailable")["reason"], "no_phone");
}

#[test]
fn n52_fifty_wrong_pins_at_once_are_evaluated_five_times_at_most() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let bodies: Vec<Vec<u8>> = (0..50)
        .map(|_| phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.wrong_pin()]))
        .collect();
    let answers = parallel::all(50, |index| world.http().post_jose(&request.path(), bodies[index].clone()));
    let count = |code: &str| answers.iter().filter(|answer| answer.code().as_deref() == Some(code)).count();
    let evaluated = count("pin_incorrect");
    assert_eq!(evaluated + count("pin_wait") + count("authenticator_locked"), 50);
    let counters = world.lab().phone(&phone.aid);
    assert!((1..=5).contains(&counters.pin_fail), "{counters:?}");
    assert_eq!(counters.pin_fail, counters.fail30);
    assert!(u64::try_from(evaluated).unwrap() <= counters.pin_fail);
    assert_eq!(counters.state == "locked", counters.pin_fail == 5);
}

#[test]
fn n53_the_right_pin_is_not_looked_at_while_waiting() {
    let (world, phone) = world_with_phone();
    world.fail_pins(&phone, 3);
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
    for _ in 0..2 {
        let refusal = phone.post(&request.path(), body.clone()).refused(429, "pin_wait");
        assert!(refusal["retry_after"].as_u64().is_some_and(|wait| (1..=60).contains(&wait)), "{refusal}");
    }
    watch.unchanged();
    world.pass_waits(&phone);
    phone.post(&request.path(), body).ok();
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30, counters.wait_until), (0, 3, None));
}

#[test]
fn n55_the_twenty_fifth_failure_in_thirty_days_locks() {
    let (world, phone) = world_with_phone();
    for _ in 0..6 {
        world.fail_pins(&phone, 4);
        world.pass_waits(&phone);
        world.try_right_pin(&phone).ok();
    }
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.state.as_str(), counters.pin_fail, counters.fail30), ("active", 0, 24));
    world.try_wrong_pin(&phone).refused(403, "authenticator_locked");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.state.as_str(), counters.pin_fail, counters.fail30), ("locked", 1, 25));
}

#[test]
fn failures_older_than_thirty_days_no_longer_count() {
    let (world, phone) = world_with_phone();
    for round in 0..7 {
        world.fail_pins(&phone, 4);
        world.pass_waits(&phone);
        world.try_right_pin(&phone).ok();
        if round == 0 {
            world.lab().advance(20 * 86_400);
        }
        if round == 1 {
            world.lab().advance(10 * 86_400 + 60);
        }
    }
    assert_eq!(world.lab().phone(&phone.aid).fail30, 24);
    assert_eq!(world.lab().phone(&phone.aid).state, "active");
}

#[test]
fn n56_a_wrong_pin_on_an_expired_request_costs_nothing() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    world.lab().advance(180);
    let watch = world.watch(&phone, &sign_in.tid);
    phone.approve_wrongly(&request, sign_in.number()).refused(410, "transaction_expired");
    watch.unchanged();
}

#[test]
fn n57_right_pin_wrong_number() {
    let (world, phone) = world_with_phone();
    world.fail_pins(&phone, 1);
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let refusal = phone.approve(&request, &sign_in.wrong_number()).refused(403, "number_mismatch");
    assert_eq!(refusal["number_attempts_left"], 2);
    watch.changed(|scene| scene.counters.num_fail = 1);
    phone.approve(&request, sign_in.number()).ok();
    assert_eq!(world.lab().phone(&phone.aid).num_fail, 0);
}

#[test]
fn n58_with_both_wrong_the_number_is_not_judged() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let refusal = phone.approve_wrongly(&request, &sign_in.wrong_number()).refused(403, "pin_incorrect");
    assert_eq!(refusal.get("number_attempts_left"), None);
    watch.changed(|scene| (scene.counters.pin_fail, scene.counters.fail30) = (1, 1));
}

/// Ends a sign-in by three wrong numbers.
fn fail_numbers(world: &World, phone: &Phone) -> String {
    let (sign_in, request) = world.ask(phone);
    for left in [2, 1] {
        let refusal = phone.approve(&request, &sign_in.wrong_number()).refused(403, "number_mismatch");
        assert_eq!(refusal["number_attempts_left"], left);
    }
    phone.approve(&request, &sign_in.wrong_number()).refused(410, "transaction_failed");
    phone.approve(&request, sign_in.number()).refused(410, "transaction_failed");
    sign_in.tid
}

#[test]
fn n59_the_third_wrong_number_ends_the_sign_in_and_is_remembered() {
    let (world, phone) = world_with_phone();
    let tid = fail_numbers(&world, &phone);
    let state = world.service.state(&tid);
    assert_eq!((&state["state"], &state["reason"]), (&json!("failed"), &json!("numbers")));
    assert_eq!(world.lab().phone(&phone.aid).num_fail, 3);
    let (_, request) = world.ask(&phone);
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.num_fail, counters.pin_fail, counters.fail30), (3, 0, 0));
    phone.deny(&request, "cancel").ok();
    assert_eq!(world.lab().phone(&phone.aid).num_fail, 3, "a refusal proves nothing");
}

#[test]
fn ten_wrong_numbers_in_a_row_close_push_until_a_success_elsewhere() {
    let (world, phone) = world_with_phone();
    for _ in 0..3 {
        fail_numbers(&world, &phone);
    }
    let (sign_in, request) = world.ask(&phone);
    phone.approve(&request, &sign_in.wrong_number()).refused(403, "number_mismatch");
    let start = || world.service.post("/sign-ins", &start_body("push", Some(&world.account)));
    assert_eq!(start().refused(403, "method_unavailable")["reason"], "numbers");
    let (_, scan) = world.scan();
    let scanned = phone.take(&scan);
    phone.approve_scanned(&scanned, &scan).ok();
    assert_eq!(world.lab().phone(&phone.aid).num_fail, 0);
    start().is(201);
}

#[test]
fn n174_a_failure_outlives_its_attempt_row() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let first = phone.approval(&request, sign_in.number());
    assert_eq!(
        phone.send(&first, &[phone.keys.wrong_pin()]).refused(403, "pin_incorrect")["attempts_left"],
        4
    );
    world.lab().advance(180 + 601);
    let (sign_in, request) = world.ask(&phone);
    let mut second = phone.approval(&request, sign_in.number());
    second["jti"] = first["jti"].clone();
    let refusal = phone.send(&second, &[phone.keys.wrong_pin()]).refused(403, "pin_incorrect");
    assert_eq!(refusal["attempts_left"], 3);
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30), (2, 2));
}

#[test]
fn n204_bad_signatures_in_a_phones_name_do_not_stop_the_phone() {
    let (world, phone) = world_with_phone();
    world.lab().policy(&json!({"anon_ip_min": 60, "msg_aid_min": 60}));
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let script = phone.answer_script(&phone.approval(&request, sign_in.number()));
    let mut envelope = script.seal();
    envelope.last().signature = countersign_protocol::encoding::b64u(&[1; 64]);
    let codes: Vec<String> =
        (0..100).map(|_| script.post(&world.http(), envelope.body()).code().unwrap()).collect();
    assert_eq!(codes.iter().filter(|code| *code == "invalid_device_signature").count(), 60);
    assert_eq!(codes.iter().filter(|code| *code == "rate_limited").count(), 40);
    watch.unchanged();
    let elsewhere = world.http().from_address("127.0.0.2".parse().unwrap());
    script.send(&elsewhere).ok();
}

#[test]
fn a_phone_may_send_so_many_messages_a_minute() {
    let (world, phone) = world_with_phone();
    world.lab().policy(&json!({"msg_aid_min": 5}));
    let answers: Vec<Value> = (0..7).map(|_| json!(phone.op("self", &json!({})).code())).collect();
    assert_eq!(answers.iter().filter(|code| **code == json!("rate_limited")).count(), 2);
    world.lab().advance(61);
    phone.op("self", &json!({})).ok();
}

#[test]
fn a_locked_phone_is_named_in_its_notice_only() {
    let (world, phone) = world_with_phone();
    lock(&world, &phone);
    let (_, stranger) = world.other_phone();
    assert_eq!(stranger.op("self", &json!({})).ok()["state"], "active");
}
