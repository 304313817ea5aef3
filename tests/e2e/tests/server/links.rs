//! Sign-in on the phone that the browser runs on (3.5.2): only the browser that started can finish.

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::answer::Request;
use countersign_e2e::phone::scan::Scan;
use countersign_e2e::sign_in::SignIn;
use countersign_e2e::world::{ORIGIN, World};
use countersign_protocol::message::Flow;
use serde_json::{Value, json};

fn body(return_url: &str) -> Value {
    let mut body = start_body("link", None);
    body["return_url"] = json!(return_url);
    body
}

fn start(world: &World) -> (SignIn, Scan) {
    let sign_in = world.service.start(&body(&format!("{ORIGIN}/return")));
    let link = Scan::of_link(sign_in.link());
    (sign_in, link)
}

/// Approves and gives what the app brings back.
fn approve(phone: &Phone, request: &Request, link: &Scan) -> String {
    let answer = phone.approve_scanned(request, link);
    phone.receipt(request, &answer);
    answer.ok()["rc"].as_str().expect("rc").to_owned()
}

#[test]
fn the_app_returns_with_a_code_that_finishes_the_sign_in() {
    let (world, phone) = world_with_phone();
    let (sign_in, link) = start(&world);
    assert_eq!(sign_in.state, "created");
    let request = phone.take(&link);
    assert_eq!(request.content.flow, Flow::Link);
    assert_eq!(request.content.ret.as_deref(), Some("https://grants.example.eu/return"));
    assert!(phone.list().is_empty(), "a link is not listed");
    let rc = approve(&phone, &request, &link);
    let done = world.service.complete_returned(&sign_in.tid, &rc).ok();
    assert_eq!(done["account"], json!(world.account));
    assert_eq!(world.service.complete_returned(&sign_in.tid, &rc).ok(), done);
}

#[test]
fn n88_n90_without_the_right_code_or_late_nothing_is_completed() {
    let (world, phone) = world_with_phone();
    let (sign_in, link) = start(&world);
    let rc = approve(&phone, &phone.take(&link), &link);
    world.service.complete(&sign_in.tid).refused(403, "return_refused");
    world.service.complete_returned(&sign_in.tid, &"A".repeat(22)).refused(403, "return_refused");
    assert_eq!(world.service.state_name(&sign_in.tid), "approved");
    world.lab().advance(61);
    world.service.complete_returned(&sign_in.tid, &rc).refused(403, "return_refused");
    let (in_time, link) = start(&world);
    let rc = approve(&phone, &phone.take(&link), &link);
    world.lab().advance(60);
    world.service.complete_returned(&in_time.tid, &rc).ok();
}

#[test]
fn n164_a_handle_works_only_in_its_own_form() {
    let (world, phone) = world_with_phone();
    let (_, mut link) = start(&world);
    let (_, frame) = world.scan();
    let mut bare = frame.clone();
    bare.body.as_object_mut().unwrap().retain(|name, _| name != "t" && name != "m");
    bare.post(phone.http()).refused(410, "qr_stale");
    link.body["t"] = frame.body["t"].clone();
    link.body["m"] = frame.body["m"].clone();
    link.post(phone.http()).refused(410, "qr_stale");
}

#[test]
fn n207_a_return_address_is_of_this_service_and_without_query() {
    let (world, _) = world_with_phone();
    world.server.add_service("Other", "https://other.example.eu", "sign-in");
    let bad = [
        "https://other.example.eu/return",
        "https://nobody.example.eu/return",
        "https://grants.example.eu/return?x=1",
        "https://grants.example.eu/return#x",
        "http://grants.example.eu/return",
        "https://grants.example.eu:8443/return",
        "https://grants.example.eu@evil.example/return",
        "grants.example.eu/return",
        "",
    ];
    for url in bad {
        world.service.post("/sign-ins", &body(url)).refused(400, "malformed");
        let pairing = json!({"account": world.account, "same_device": true, "return_url": url});
        world.service.post("/enrolments", &pairing).refused(400, "malformed");
    }
    world.service.post("/sign-ins", &start_body("link", None)).refused(400, "malformed");
    let mut push = start_body("push", Some(&world.account));
    push["return_url"] = json!(format!("{ORIGIN}/return"));
    world.service.post("/sign-ins", &push).refused(400, "malformed");
}

#[test]
fn a_sign_in_of_another_kind_has_no_return_code() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    phone.receipt(&request, &phone.approve(&request, sign_in.number()));
    world.service.complete_returned(&sign_in.tid, &"A".repeat(22)).refused(400, "malformed");
    world.service.complete(&sign_in.tid).ok();
}

#[test]
fn n72_the_flow_of_a_link_is_not_that_of_a_scan() {
    let (world, phone) = world_with_phone();
    let (_, link) = start(&world);
    let request = phone.take(&link);
    let mut payload = phone.transfer(&request, &link.xh(&request));
    payload["flow"] = json!("scan");
    phone.send(&payload, &[phone.keys.pin()]).refused(403, "entry_not_allowed");
}

#[test]
fn a_link_that_is_denied_brings_no_code_back() {
    let (world, phone) = world_with_phone();
    let (sign_in, link) = start(&world);
    let request = phone.take(&link);
    assert!(phone.deny(&request, "cancel").ok()["rc"].is_null());
    let refusal = world.service.complete_returned(&sign_in.tid, &"A".repeat(22));
    assert_eq!(refusal.refused(409, "transaction_decided")["state"], "denied");
}
