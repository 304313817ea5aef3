//! What a phone does about itself: its name, its push address, its siblings, its end, a session's end, and `settle`.

use crate::common::{world, world_with_phone};
use countersign_e2e::http::Answer;
use countersign_e2e::lab::Point;
use countersign_e2e::parallel::held;
use countersign_e2e::phone::keys::Factor;
use countersign_e2e::phone::{Phone, jti};
use countersign_e2e::world::World;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::message::notice::{NoticeState, NoticeWhy};
use serde_json::{Value, json};

fn devices(phone: &Phone) -> Vec<Value> {
    phone.done("list_devices", &json!({}))["devices"].as_array().unwrap().clone()
}

/// A completed sign-in of this phone.
fn completed(world: &World, phone: &Phone) -> String {
    let sign_in = world.push();
    let request = phone.request(&sign_in.tid);
    phone.approve(&request, sign_in.number()).ok();
    world.service.complete(&sign_in.tid).ok();
    sign_in.tid
}

fn events(world: &World) -> Vec<(String, Value)> {
    let list = world.service.events();
    list.iter().map(|event| (event["type"].as_str().unwrap().to_owned(), event["tid"].clone())).collect()
}

#[test]
fn the_phones_of_an_account_see_each_other_and_their_new_names() {
    let world = world();
    let [one, two] = world.two_phones();
    one.done("rename", &json!({"name": "Anna’s phone"}));
    let seen = devices(&two);
    assert_eq!(seen.len(), 2);
    let other = seen.iter().find(|device| device["this"] == false).unwrap();
    assert_eq!((&other["name"], &other["state"]), (&json!("Anna’s phone"), &json!("active")));
    let text = seen.iter().map(Value::to_string).collect::<String>();
    assert!(!text.contains(&one.aid) && !text.contains(&two.aid), "refs are not aids");
}

#[test]
fn n150_a_name_outside_the_rules_is_malformed() {
    let (_world, phone) = world_with_phone();
    let before = devices(&phone);
    for name in ["a\u{200b}b", "a\u{202e}b", &"x".repeat(41), "e\u{301}", ""] {
        phone.op("rename", &json!({"name": name})).refused(400, "malformed");
    }
    assert_eq!(devices(&phone), before);
}

#[test]
fn n148_a_new_push_address_follows_the_same_rules() {
    let (world, phone) = world_with_phone();
    let gateway = "https://push.example.eu";
    world.lab().policy(&json!({"push_origins": [gateway]}));
    for url in ["http://push.example.eu/w", "https://push.example.org/w", "https://push.example.eu:8443/w"] {
        phone.op("set_push", &json!({"url": url})).refused(400, "malformed");
    }
    phone.done("set_push", &json!({"url": format!("{gateway}/w/1")}));
    phone.done("set_push", &json!({"url": null}));
}

#[test]
fn a_phone_that_unregisters_is_gone_at_once_and_services_hear_of_it() {
    let (world, phone) = world_with_phone();
    let done = completed(&world, &phone);
    let (approved, request) = world.ask(&phone);
    phone.approve(&request, approved.number()).ok();
    let open = world.push();
    phone.done("revoke_self", &json!({}));
    let refusal = phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    let notice = phone.notice(&refusal);
    assert_eq!((notice.state, notice.why), (NoticeState::Revoked, NoticeWhy::User));
    assert_eq!(world.service.state_name(&open.tid), "cancelled");
    assert_eq!(world.service.state_name(&approved.tid), "cancelled");
    assert_eq!(world.service.state_name(&done), "completed");
    assert_eq!(events(&world), [("phone_revoked".to_owned(), Value::Null)]);
    let letters = world.lab().mails(&world.account);
    assert_eq!(letters.iter().filter(|mail| mail.subject.contains("removed")).count(), 1);
}

#[test]
fn the_other_phone_goes_on_when_one_unregisters() {
    let world = world();
    let [one, two] = world.two_phones();
    let sign_in = world.push();
    one.done("revoke_self", &json!({}));
    let request = two.request(&sign_in.tid);
    two.approve(&request, sign_in.number()).ok();
    assert_eq!(devices(&two).len(), 1);
}

#[test]
fn a_session_is_ended_once_and_its_service_is_told_once() {
    let (world, phone) = world_with_phone();
    let tid = completed(&world, &phone);
    for _ in 0..2 {
        phone.done("end_session", &json!({"tid": tid}));
    }
    assert_eq!(events(&world), [("sign_in_ended".to_owned(), json!(tid))]);
    world.service.complete(&tid).refused(409, "transaction_decided");
    let (approved, request) = world.ask(&phone);
    phone.approve(&request, approved.number()).ok();
    for _ in 0..2 {
        phone.done("end_session", &json!({"tid": approved.tid}));
    }
    assert_eq!(world.service.state_name(&approved.tid), "cancelled");
}

#[test]
fn n200_a_session_is_ended_only_by_the_phone_that_approved_it() {
    let world = world();
    let [one, two] = world.two_phones();
    let tid = completed(&world, &one);
    two.op("end_session", &json!({"tid": tid})).refused(404, "transaction_unknown");
    let (denied, request) = world.ask(&one);
    one.deny(&request, "cancel").ok();
    let refusal = one.op("end_session", &json!({"tid": denied.tid})).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "denied");
    assert_eq!(events(&world), []);
}

#[test]
fn n147_a_stranger_ends_no_session() {
    let (world, phone) = world_with_phone();
    let (_, stranger) = world.other_phone();
    let tid = completed(&world, &phone);
    stranger.op("end_session", &json!({"tid": tid})).refused(404, "transaction_unknown");
}

#[test]
fn what_was_settled_before_it_arrived_has_no_effect() {
    let (_world, phone) = world_with_phone();
    let before = devices(&phone);
    let script = phone.op_script("rename", &json!({"name": "Too late"}));
    let late: Value = serde_json::from_slice(&script.payload).unwrap();
    let answer = phone.done("settle", &json!({"ref": late["jti"]}));
    assert!(answer["binding"].is_string());
    script.send(phone.http()).refused(409, "settled");
    script
        .with(|payload| payload["args"]["name"] = json!("Other"))
        .send(phone.http())
        .refused(409, "settled");
    assert_eq!(devices(&phone), before);
}

#[test]
fn what_was_done_before_it_is_settled_stays_done() {
    let (_world, phone) = world_with_phone();
    phone.done("list_devices", &json!({}));
    let payload = phone.op_payload("rename", &json!({"name": "In time"}));
    let body = phone.seal(DeviceTyp::Op, &payload, &[]);
    let first = phone.post("/v1/ops", body.clone());
    first.ok();
    phone.done("settle", &json!({"ref": payload["jti"]}));
    assert_eq!(phone.post("/v1/ops", body).text(), first.text());
    assert_eq!(devices(&phone)[0]["name"], "In time");
}

#[test]
fn n188_what_is_being_judged_cannot_be_settled_yet() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let payload = phone.approval(&request, sign_in.number());
    let id = payload["jti"].clone();
    let body = phone.answer_body(&payload, &[phone.keys.pin()]);
    let answer = held(
        &world.lab(),
        Point::AfterReserve,
        || phone.post(&request.path(), body.clone()),
        || world.lab().phone(&phone.aid).pin_fail == 1,
        || {
            phone.op("settle", &json!({"ref": id})).refused(503, "unavailable");
            assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1);
        },
    );
    phone.receipt(&request, &answer);
    phone.done("settle", &json!({"ref": id}));
    assert_eq!(world.service.state_name(&sign_in.tid), "approved");
}

#[test]
fn a_crashed_try_stays_counted_when_it_is_settled() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let payload = phone.approval(&request, sign_in.number());
    let id = payload["jti"].clone();
    let body = phone.answer_body(&payload, &[phone.keys.pin()]);
    let send = || phone.post(&request.path(), body.clone());
    let late = held(
        &world.lab(),
        Point::AfterReserve,
        send,
        || world.lab().phone(&phone.aid).pin_fail == 1,
        || {
            world.lab().advance(31);
            phone.done("settle", &json!({"ref": id}));
        },
    );
    late.refused(503, "unavailable");
    send().refused(409, "settled");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1);
    assert_eq!(world.service.state_name(&sign_in.tid), "pending");
}

#[test]
fn an_unknown_id_is_settled_too() {
    let (_world, phone) = world_with_phone();
    phone.done("settle", &json!({"ref": jti()}));
}

/// An operation that the PIN signs.
fn with_pin(phone: &Phone, op: &str, args: &Value, factors: &[Factor]) -> Answer {
    phone.op("self", &json!({})).ok();
    phone.post("/v1/ops", phone.seal(DeviceTyp::Op, &phone.op_payload(op, args), factors))
}

fn sibling(phone: &Phone) -> Value {
    devices(phone).iter().find(|device| device["this"] == false).unwrap()["ref"].clone()
}

#[test]
fn a_phone_removes_its_sibling_with_the_pin() {
    let world = world();
    let [one, two] = world.two_phones();
    let args = json!({"ref": sibling(&one)});
    with_pin(&one, "revoke_device", &args, &[one.keys.wrong_pin()]).refused(403, "pin_incorrect");
    two.binding();
    with_pin(&one, "revoke_device", &args, &[one.keys.pin()]).ok();
    let refusal = two.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(two.notice(&refusal).why, NoticeWhy::User);
    assert_eq!(world.lab().phone(&one.aid).pin_fail, 0);
    with_pin(&one, "revoke_device", &args, &[one.keys.pin()]).refused(404, "not_found");
}

#[test]
fn a_phone_removes_neither_itself_nor_a_strangers_that_way() {
    let world = world();
    let [one, two] = world.two_phones();
    let (_, stranger) = world.other_phone();
    let (own, foreign) = (sibling(&two), devices(&stranger)[0]["ref"].clone());
    for target in [own, foreign] {
        with_pin(&one, "revoke_device", &json!({"ref": target}), &[one.keys.pin()]).refused(404, "not_found");
    }
    assert_eq!(world.lab().phone(&one.aid).pin_fail, 0);
    stranger.binding();
}

#[test]
fn without_the_pin_no_sibling_is_removed() {
    let world = world();
    let [one, two] = world.two_phones();
    let args = json!({"ref": sibling(&one)});
    with_pin(&one, "revoke_device", &args, &[]).refused(403, "factor_not_allowed");
    assert_eq!(world.lab().phone(&one.aid).pin_fail, 0);
    two.binding();
}
