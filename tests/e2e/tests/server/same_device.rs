//! Pairing from the phone's own browser (3.3.1): what the app brings back counts in time, uncontested, and by a click.

use crate::common::world;
use countersign_e2e::http::Answer;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::{Claim, Invitation};
use countersign_e2e::world::{ORIGIN, World};
use serde_json::json;

fn start(world: &World) -> (String, Invitation) {
    let body = json!({
        "account": world.account, "same_device": true, "return_url": format!("{ORIGIN}/paired"), "typed": false,
    });
    let made = world.service.post("/enrolments", &body).is(201);
    let invitation = Invitation::read(made["link"].as_str().unwrap());
    assert!(invitation.same_device);
    (made["eid"].as_str().unwrap().to_owned(), invitation)
}

fn claim(world: &World, invitation: &Invitation) -> (countersign_e2e::phone::Phone, Claim) {
    invitation.claim(&world.http(), &Keys::new(), |_| ())
}

fn returned(world: &World, eid: &str, rc: &str) -> Answer {
    world.service.post(&format!("/enrolments/{eid}/confirm"), &json!({"rc": rc}))
}

#[test]
fn what_the_app_brings_back_confirms() {
    let world = world();
    let (eid, invitation) = start(&world);
    let (_, offer) = invitation.open(&world.http());
    assert_eq!(offer.ret.as_deref(), Some("https://grants.example.eu/paired"));
    let (phone, claim) = claim(&world, &invitation);
    let state = returned(&world, &eid, &claim.rc.unwrap()).ok();
    assert_eq!(state["state"], "active");
    phone.settle_in();
}

#[test]
fn the_code_on_the_screen_works_as_well() {
    let world = world();
    let (eid, invitation) = start(&world);
    let (phone, claim) = claim(&world, &invitation);
    world.service.confirm(&eid, &claim.cc).ok();
    phone.settle_in();
}

#[test]
fn n165_a_wrong_return_is_refused_and_not_counted() {
    let world = world();
    let (eid, invitation) = start(&world);
    let (_, claim) = claim(&world, &invitation);
    for _ in 0..5 {
        returned(&world, &eid, &"A".repeat(22)).refused(403, "return_refused");
    }
    assert_eq!(world.service.enrolment_state(&eid)["attempts_left"], 3);
    returned(&world, &eid, &claim.rc.unwrap()).ok();
}

#[test]
fn n193_a_contested_or_late_return_is_refused_and_the_code_still_works() {
    let world = world();
    let (eid, invitation) = start(&world);
    let (_, first) = claim(&world, &invitation);
    invitation
        .ready_script(&world.http(), &Keys::new())
        .send(&world.http())
        .refused(409, "enrolment_claimed");
    returned(&world, &eid, &first.rc.unwrap()).refused(403, "return_refused");
    assert_eq!(world.service.enrolment_state(&eid)["attempts_left"], 3);
    world.service.confirm(&eid, &first.cc).ok();

    let other = world.service.add_account("carla@example.eu");
    let world = World { account: other, ..world };
    let (eid, invitation) = start(&world);
    world.lab().advance(121);
    let (_, late) = claim(&world, &invitation);
    returned(&world, &eid, &late.rc.unwrap()).refused(403, "return_refused");
    world.service.confirm(&eid, &late.cc).ok();
}

#[test]
fn a_repeated_claim_gets_the_same_return_code() {
    let world = world();
    let (_, invitation) = start(&world);
    let script = invitation.ready_script(&world.http(), &Keys::new());
    let bytes = script.seal().body();
    let first = script.post(&world.http(), bytes.clone()).ok();
    assert!(first["rc"].is_string());
    assert_eq!(script.post(&world.http(), bytes).ok(), first);
}

#[test]
fn a_pairing_on_two_devices_has_no_return() {
    let world = world();
    let (eid, link) = world.service.enrolment(&world.account);
    let (_, claim) = claim(&world, &Invitation::read(&link));
    assert_eq!(claim.rc, None);
    returned(&world, &eid, &"A".repeat(22)).refused(403, "return_refused");
    for body in [json!({}), json!({"code": claim.cc, "rc": "A".repeat(22)}), json!({"rc": "short"})] {
        world.service.post(&format!("/enrolments/{eid}/confirm"), &body).refused(400, "malformed");
    }
    let both = json!({"account": world.account, "same_device": true, "typed": true, "return_url": ORIGIN});
    world.service.post("/enrolments", &both).refused(400, "malformed");
    let without = json!({"account": world.account, "same_device": true});
    world.service.post("/enrolments", &without).refused(400, "malformed");
}
