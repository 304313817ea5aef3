//! Pairing by a code that is typed (3.3.2): the server keeps a box that only the code opens.

use crate::common::world;
use countersign_e2e::http::Answer;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::typed;
use countersign_e2e::world::World;
use countersign_protocol::issuer::{Issuer, Profile};
use serde_json::json;

fn start(world: &World) -> (String, String) {
    let body = json!({"account": world.account, "typed": true});
    let made = world.service.post("/enrolments", &body).is(201);
    let text = |name: &str| made[name].as_str().expect("a member").to_owned();
    (text("eid"), text("typed_code"))
}

fn issuer(world: &World) -> Issuer {
    let link = world.service.enrolment(&world.account).1;
    let (iss, _) = link.split_once("/a/").unwrap();
    Issuer::parse(iss, Profile::Development).unwrap()
}

fn fetch(world: &World, lookup: &[u8; 16]) -> Answer {
    typed::fetch(&world.http(), lookup)
}

#[test]
fn the_typed_code_opens_the_box_and_the_pairing_goes_on_as_ever() {
    let world = world();
    let iss = issuer(&world);
    let (eid, code) = start(&world);
    assert_eq!((code.len(), code.split('-').count()), (19, 4));
    let invitation = typed::invitation(&world.http(), iss, &code.to_lowercase().replace('-', " "));
    assert_eq!(invitation.eid.to_string(), eid);
    let (phone, claim) = invitation.claim(&world.http(), &Keys::new(), |_| ());
    world.service.confirm(&eid, &claim.cc).ok();
    phone.settle_in();
}

#[test]
fn n144_no_other_name_leads_to_a_box() {
    let world = world();
    let (iss, (_, code)) = (issuer(&world), start(&world));
    let mut lookup = *typed::keys(&iss, &code).lookup();
    lookup[0] ^= 1;
    fetch(&world, &lookup).refused(404, "enrolment_unknown");
    for odd in ["x", "..", "AAAA", &"A".repeat(44)] {
        world
            .http()
            .get(&format!("/v1/typed/{odd}"), &[])
            .refused(404, if odd == ".." { "not_found" } else { "enrolment_unknown" });
    }
}

#[test]
fn n145_the_box_goes_with_the_claim_and_with_the_time() {
    let world = world();
    let iss = issuer(&world);
    let (eid, code) = start(&world);
    let keys = typed::keys(&iss, &code);
    typed::invitation(&world.http(), iss.clone(), &code).claim(&world.http(), &Keys::new(), |_| ());
    fetch(&world, keys.lookup()).refused(404, "enrolment_unknown");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "claimed");

    let (_, code) = start(&world);
    let keys = typed::keys(&iss, &code);
    world.lab().advance(290);
    fetch(&world, keys.lookup()).ok();
    world.lab().advance(10);
    fetch(&world, keys.lookup()).refused(404, "enrolment_unknown");
}

#[test]
fn lookups_of_one_address_are_limited() {
    let world = world();
    world.lab().policy(&json!({"typed_ip_min": 5}));
    for _ in 0..5 {
        fetch(&world, &[7; 16]).refused(404, "enrolment_unknown");
    }
    fetch(&world, &[7; 16]).refused(429, "rate_limited");
}
