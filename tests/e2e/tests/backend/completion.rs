//! Completion, waiting, cancelling, events.

use crate::{approved, scene};
use countersign_e2e::phone::Phone;
use countersign_e2e::world::World;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[test]
fn n170_completion_comes_after_approval_and_its_answer_lasts_a_minute() {
    let (world, phone) = scene();
    let (sign_in, request) = world.ask(&phone);
    let refusal = world.service.complete(&sign_in.tid).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "pending");
    phone.approve(&request, sign_in.number()).ok();
    let first = world.service.complete(&sign_in.tid).ok();
    assert_eq!(first["account"], json!(world.account));
    assert_eq!((&first["account_given"], &first["amr"]), (&json!(true), &json!(["swk", "pin", "mfa"])));
    // The clock also goes on by itself: a second's distance to the limit on each side.
    world.lab().advance(57);
    assert_eq!(world.service.complete(&sign_in.tid).ok(), first);
    world.lab().advance(4);
    let refusal = world.service.complete(&sign_in.tid).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "completed");
}

#[test]
fn an_approval_that_is_not_completed_in_time_expires() {
    let (world, phone) = scene();
    let sign_in = approved(&world, &phone);
    world.lab().advance(300);
    assert_eq!(world.service.state_name(&sign_in.tid), "expired");
    let refusal = world.service.complete(&sign_in.tid).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "expired");
}

#[test]
fn n198_n199_a_report_after_completion_takes_the_answer_away_and_is_told_once() {
    let (world, phone) = scene();
    let sign_in = approved(&world, &phone);
    world.service.complete(&sign_in.tid).ok();
    world.lab().advance(5);
    for _ in 0..2 {
        phone.done("report", &json!({"tid": sign_in.tid}));
    }
    let refusal = world.service.complete(&sign_in.tid).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "reported");
    assert!(world.service.state(&sign_in.tid)["ended"].is_string());
    let told: Vec<Value> =
        world.service.events().into_iter().filter(|event| event["tid"] == json!(sign_in.tid)).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["type"], "sign_in_reported");
    let after = told[0]["id"].as_str().unwrap();
    assert!(world.service.get(&format!("/events?after={after}")).ok().as_array().unwrap().is_empty());
}

/// Whether a waiting call was answered long before its time, because a phone approved.
fn is_woken(world: &World, phone: &Phone) -> bool {
    let (sign_in, request) = world.ask(phone);
    let (service, tid) = (world.service.clone(), sign_in.tid.clone());
    let waiting = std::thread::spawn(move || {
        let begin = Instant::now();
        (service.get(&format!("/sign-ins/{tid}?wait=10")).ok(), begin.elapsed())
    });
    phone.approve(&request, sign_in.number()).ok();
    let (state, took) = waiting.join().unwrap();
    assert_eq!(state["state"], "approved");
    took < Duration::from_secs(8)
}

#[test]
fn a_waiting_service_is_woken_by_the_change() {
    let (world, phone) = scene();
    // On a busy machine the call may begin after the approval, and then rightly waits for what comes next.
    assert!((0..4).any(|_| is_woken(&world, &phone)), "it waited for the end of its time, four times");
    let sign_in = world.push();
    world.service.get(&format!("/sign-ins/{}?wait=26", sign_in.tid)).refused(400, "malformed");
}

#[test]
fn cancelling_ends_what_is_open_and_changes_nothing_afterwards() {
    let (world, phone) = scene();
    let (sign_in, request) = world.ask(&phone);
    let path = format!("/sign-ins/{}", sign_in.tid);
    for _ in 0..2 {
        world.service.delete(&path).is(204);
        assert_eq!(world.service.state_name(&sign_in.tid), "cancelled");
    }
    phone.approve(&request, sign_in.number()).refused(410, "transaction_cancelled");
    assert!(phone.list().is_empty());
    let done = approved(&world, &phone);
    world.service.complete(&done.tid).ok();
    world.service.delete(&format!("/sign-ins/{}", done.tid)).is(204);
    assert_eq!(world.service.state_name(&done.tid), "completed");
}

#[test]
fn n208_a_level_that_nothing_proves_is_told_as_such() {
    let (world, _) = scene();
    let account = world.service.add_account("clara@example.eu");
    let change = |payload: &mut Value| payload["dev"]["level"] = json!("strongbox");
    let phone = countersign_e2e::phone::pairing::pair(&world.http(), &world.service, &account, change);
    let sign_in = world.service.start(&countersign_e2e::backend::start_body("push", Some(&account)));
    let request = phone.request(&sign_in.tid);
    phone.approve(&request, sign_in.number()).ok();
    let done = world.service.complete(&sign_in.tid).ok();
    assert_eq!(done["phone"]["level"], "strongbox");
    assert_eq!(done["phone"]["attested"], false);
    assert!(done["amr"].as_array().unwrap().contains(&json!("swk")), "{done}");
}
