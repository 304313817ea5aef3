//! Biometrics (2.6): brought in by the PIN, good for approvals only, and not for ever.

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::http::Answer;
use countersign_e2e::key::Key;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::answer::Request;
use countersign_e2e::phone::keys::{Factor, Keys, new_fid};
use countersign_e2e::script::Script;
use countersign_e2e::sign_in::SignIn;
use countersign_e2e::world::World;
use serde_json::{Value, json};

fn new_bio() -> Factor {
    Factor { kid: new_fid(), key: Key::new() }
}

fn op(phone: &Phone, name: &str, args: &Value, factors: &[&Factor]) -> Script {
    phone.op("self", &json!({})).ok();
    let mut script = phone.op_script(name, args);
    script.factors = factors.iter().map(|factor| (factor.kid.clone(), factor.key.clone())).collect();
    script
}

fn add_script(phone: &Phone, bio: &Factor) -> Script {
    let args = json!({"fid": bio.kid, "jwk": bio.key.jwk(), "att": {"fmt": "none"}});
    op(phone, "add_factor", &args, &[&phone.keys.pin(), bio])
}

fn add(phone: &Phone, bio: &Factor) -> Answer {
    add_script(phone, bio).send(phone.http())
}

fn with_bio() -> (World, Phone, Factor) {
    let (world, phone) = world_with_phone();
    let bio = new_bio();
    add(&phone, &bio).ok();
    (world, phone, bio)
}

/// A push sign-in that both factors may answer.
fn ask(world: &World, phone: &Phone) -> (SignIn, Request) {
    let mut body = start_body("push", Some(&world.account));
    body["factors"] = json!(["pin", "bio"]);
    let sign_in = world.service.start(&body);
    let request = phone.request(&sign_in.tid);
    (sign_in, request)
}

fn approve(world: &World, phone: &Phone, factor: &Factor) -> Answer {
    let (sign_in, request) = ask(world, phone);
    phone.send(&phone.approval(&request, sign_in.number()), std::slice::from_ref(factor))
}

fn forged(bio: &Factor) -> Factor {
    Factor { kid: bio.kid.clone(), key: Key::new() }
}

#[test]
fn the_biometric_key_approves_and_the_service_hears_no_pin() {
    let (world, phone, bio) = with_bio();
    assert_eq!(phone.binding().bio_fid.map(|fid| fid.to_string()), Some(bio.kid.clone()));
    let (sign_in, request) = ask(&world, &phone);
    let answer = phone.send(&phone.approval(&request, sign_in.number()), std::slice::from_ref(&bio));
    phone.receipt(&request, &answer);
    assert_eq!(world.service.complete(&sign_in.tid).ok()["amr"], json!(["swk", "mfa"]));
    let (by_pin, request) = ask(&world, &phone);
    phone.approve(&request, by_pin.number()).ok();
    assert_eq!(world.service.complete(&by_pin.tid).ok()["amr"], json!(["swk", "pin", "mfa"]));
}

#[test]
fn n62_where_the_request_asks_for_the_pin_biometrics_do_not_do() {
    let (world, phone, bio) = with_bio();
    let (sign_in, request) = world.ask(&phone);
    assert_eq!(serde_json::to_value(&request.content.factors).unwrap(), json!(["pin"]));
    let refusal = phone.send(&phone.approval(&request, sign_in.number()), std::slice::from_ref(&bio));
    assert_eq!(refusal.refused(403, "factor_not_allowed")["factors"], json!(["pin"]));
    assert_eq!(world.lab().phone(&phone.aid).bio_fail, 0);
    phone.approve(&request, sign_in.number()).ok();
}

#[test]
fn n125_only_the_pin_brings_biometrics_in() {
    let (world, phone) = world_with_phone();
    let bio = new_bio();
    let args = json!({"fid": bio.kid, "jwk": bio.key.jwk(), "att": {"fmt": "none"}});
    op(&phone, "add_factor", &args, &[&bio]).send(phone.http()).refused(403, "factor_not_allowed");
    op(&phone, "add_factor", &args, &[]).send(phone.http()).refused(403, "factor_not_allowed");
    add(&phone, &bio).ok();
    let other = new_bio();
    let args = json!({"fid": other.kid, "jwk": other.key.jwk(), "att": {"fmt": "none"}});
    let by_bio = op(&phone, "add_factor", &args, &[&bio, &other]);
    by_bio.send(phone.http()).refused(403, "factor_not_allowed");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.bio_fail), (0, 0));
    assert_eq!(phone.binding().bio_fid.map(|fid| fid.to_string()), Some(bio.kid));
}

#[test]
fn n126_biometrics_remove_no_phone_add_none_and_change_no_pin() {
    let (world, phone, bio) = with_bio();
    let args = json!({"kind": "add"});
    op(&phone, "new_enrolment", &args, &[&bio]).send(phone.http()).refused(403, "factor_not_allowed");
    let devices = phone.done("list_devices", &json!({}));
    let own = json!({"ref": devices["devices"][0]["ref"]});
    op(&phone, "revoke_device", &own, &[&bio]).send(phone.http()).refused(404, "not_found");
    let new = Keys::new();
    let args = json!({"pin": {"fid": new.fid, "sig": new.sig.jwk(), "ka": new.ka.jwk()}, "new_dev": null});
    op(&phone, "rekey", &args, &[&bio, &new.pin()]).send(phone.http()).refused(403, "factor_not_allowed");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n155_n177_a_key_that_is_not_held_is_refused_before_the_pin_is_looked_at() {
    let (world, phone) = world_with_phone();
    let bio = new_bio();
    let mut broken = add_script(&phone, &bio);
    broken.factors[1].1 = Key::new();
    let of_pin = Factor { kid: new_fid(), key: phone.keys.sig.clone() };
    let mut same = add_script(&phone, &of_pin);
    same.factors[1].1 = Key::new();
    let mut misnamed = add_script(&phone, &bio);
    misnamed.factors[1].0 = new_fid();
    let answers = [broken, same, misnamed].map(|script| script.send(phone.http()));
    for answer in &answers {
        assert_eq!(answer.refused(422, "key_rejected")["reason"], "pop");
    }
    assert_eq!(answers[0].text(), answers[1].text());
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
    let mut wrong_pin = add_script(&phone, &bio);
    wrong_pin.factors[0].1 = Key::new();
    wrong_pin.send(phone.http()).refused(403, "pin_incorrect");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1);
}

#[test]
fn n209_no_id_serves_twice_and_a_removed_one_serves_no_more() {
    let (world, phone, bio) = with_bio();
    let as_pin = Factor { kid: phone.keys.fid.clone(), key: Key::new() };
    assert_eq!(add(&phone, &as_pin).refused(422, "key_rejected")["reason"], "known");
    let mut new = Keys::new();
    new.fid.clone_from(&bio.kid);
    let args = json!({"pin": {"fid": new.fid, "sig": new.sig.jwk(), "ka": new.ka.jwk()}, "new_dev": null});
    let rekey = op(&phone, "rekey", &args, &[&phone.keys.pin(), &new.pin()]);
    assert_eq!(rekey.send(phone.http()).refused(422, "key_rejected")["reason"], "known");
    phone.done("remove_factor", &json!({"fid": bio.kid}));
    phone.done("remove_factor", &json!({"fid": bio.kid}));
    approve(&world, &phone, &bio).refused(403, "factor_not_allowed");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.bio_fail), (0, 0));
    assert_eq!(phone.binding().bio_fid, None);
    let again = Factor { kid: new_fid(), key: bio.key.clone() };
    add(&phone, &again).ok();
    approve(&world, &phone, &again).ok();
    phone.op("remove_factor", &json!({"fid": new_fid()})).refused(404, "not_found");
}

#[test]
fn one_key_serves_one_phone() {
    let (world, phone, bio) = with_bio();
    let (_, other) = world.other_phone();
    let taken = Factor { kid: new_fid(), key: bio.key.clone() };
    assert_eq!(add(&other, &taken).refused(422, "key_rejected")["reason"], "known");
    let own = Factor { kid: new_fid(), key: phone.keys.dev.clone() };
    assert_eq!(add(&phone, &own).refused(422, "key_rejected")["reason"], "equal");
}

#[test]
fn after_five_wrong_signatures_the_pin_is_asked_for_again() {
    let (world, phone, bio) = with_bio();
    for count in 1..=5 {
        approve(&world, &phone, &forged(&bio)).refused(403, "invalid_factor_signature");
        assert_eq!(world.lab().phone(&phone.aid).bio_fail, count);
    }
    let (sign_in, request) = ask(&world, &phone);
    assert_eq!(serde_json::to_value(&request.content.factors).unwrap(), json!(["pin"]));
    let refusal = phone.send(&phone.approval(&request, sign_in.number()), std::slice::from_ref(&bio));
    refusal.refused(403, "factor_not_allowed");
    phone.approve(&request, sign_in.number()).ok();
    assert_eq!(world.lab().phone(&phone.aid).bio_fail, 0);
    approve(&world, &phone, &bio).ok();
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0, "no wrong signature was a PIN");
}

/// A push sign-in that biometrics alone may answer.
fn ask_for_bio(world: &World, phone: &Phone) -> (SignIn, Request) {
    let mut body = start_body("push", Some(&world.account));
    body["factors"] = json!(["bio"]);
    let sign_in = world.service.start(&body);
    let request = phone.request(&sign_in.tid);
    (sign_in, request)
}

/// Wrong signatures until the PIN is asked for again.
fn suspend(world: &World, phone: &Phone, bio: &Factor) {
    for _ in 0..5 {
        approve(world, phone, &forged(bio)).refused(403, "invalid_factor_signature");
    }
}

fn named_factors(request: &Request) -> Value {
    serde_json::to_value(&request.content.factors).unwrap()
}

#[test]
fn n62_a_request_for_the_pin_stays_one_when_biometrics_are_back() {
    let (world, phone, bio) = with_bio();
    suspend(&world, &phone, &bio);
    let (sign_in, request) = ask(&world, &phone);
    let (only_bio, asked_for_pin) = ask_for_bio(&world, &phone);
    for asked in [&request, &asked_for_pin] {
        assert_eq!(named_factors(asked), json!(["pin"]));
    }
    approve(&world, &phone, &phone.keys.pin()).ok();
    let by_bio = phone.send(&phone.approval(&request, sign_in.number()), std::slice::from_ref(&bio));
    assert_eq!(by_bio.refused(403, "factor_not_allowed")["factors"], json!(["pin"]));
    phone.approve(&request, sign_in.number()).ok();
    phone.approve(&asked_for_pin, only_bio.number()).ok();
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.bio_fail), (0, 0));
}

#[test]
fn a_request_for_biometrics_takes_the_pin_once_they_are_suspended() {
    let (world, phone, bio) = with_bio();
    let (sign_in, request) = ask_for_bio(&world, &phone);
    assert_eq!(named_factors(&request), json!(["bio"]));
    phone.approve(&request, sign_in.number()).refused(403, "factor_not_allowed");
    suspend(&world, &phone, &bio);
    let by_bio = phone.send(&phone.approval(&request, sign_in.number()), std::slice::from_ref(&bio));
    assert_eq!(by_bio.refused(403, "factor_not_allowed")["factors"], json!(["pin"]));
    phone.approve(&request, sign_in.number()).ok();
}

#[test]
fn after_fourteen_days_or_fifty_approvals_the_pin_is_asked_for_again() {
    let (world, phone, bio) = with_bio();
    for _ in 0..50 {
        approve(&world, &phone, &bio).ok();
    }
    approve(&world, &phone, &bio).refused(403, "factor_not_allowed");
    approve(&world, &phone, &phone.keys.pin()).ok();
    approve(&world, &phone, &bio).ok();
    world.lab().advance(14 * 86_400 - 60);
    approve(&world, &phone, &bio).ok();
    world.lab().advance(60);
    approve(&world, &phone, &bio).refused(403, "factor_not_allowed");
    approve(&world, &phone, &phone.keys.pin()).ok();
    approve(&world, &phone, &bio).ok();
}

#[test]
fn a_wrong_number_under_biometrics_counts_as_a_number_only() {
    let (world, phone, bio) = with_bio();
    approve(&world, &phone, &forged(&bio)).refused(403, "invalid_factor_signature");
    let (sign_in, request) = ask(&world, &phone);
    let payload = phone.approval(&request, &sign_in.wrong_number());
    phone.send(&payload, std::slice::from_ref(&bio)).refused(403, "number_mismatch");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.num_fail, counters.bio_fail, counters.pin_fail), (1, 1, 0));
    let payload = phone.approval(&request, sign_in.number());
    phone.send(&payload, std::slice::from_ref(&bio)).ok();
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.num_fail, counters.bio_fail), (0, 0));
}

#[test]
fn a_locked_phone_does_nothing_by_biometrics() {
    let (world, phone, bio) = with_bio();
    let (sign_in, request) = ask(&world, &phone);
    world.fail_pins(&phone, 4);
    world.pass_waits(&phone);
    world.try_wrong_pin(&phone).refused(403, "authenticator_locked");
    let payload = phone.approval(&request, sign_in.number());
    phone.send(&payload, std::slice::from_ref(&bio)).refused(403, "authenticator_locked");
}

#[test]
fn n191_biometrics_are_told_in_one_letter() {
    let (world, _, _) = with_bio();
    let letters = world.lab().mails(&world.account);
    assert_eq!(letters.iter().filter(|letter| letter.subject == "Biometrics were turned on").count(), 1);
}

#[test]
fn another_key_takes_the_place_of_the_first() {
    let (world, phone, bio) = with_bio();
    let second = new_bio();
    add(&phone, &second).ok();
    approve(&world, &phone, &second).ok();
    approve(&world, &phone, &bio).refused(403, "factor_not_allowed");
}

#[test]
fn n180_a_biometric_key_that_was_put_into_the_database_approves_nothing() {
    let (world, phone, _) = with_bio();
    let thief = Key::new();
    let changed = countersign_e2e::database::open(&world.server)
        .execute("UPDATE phone SET pk_bio=?1 WHERE pk_bio IS NOT NULL", [&thief.public().as_sec1()[..]])
        .unwrap();
    assert_eq!(changed, 1);
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert!(world.server.log().contains("alarm"));
}

#[test]
fn n01_a_long_attestation_fits_and_nothing_else_is_that_long() {
    let (_world, phone) = world_with_phone();
    let bio = new_bio();
    let chain: Vec<String> = (0..6).map(|_| "A".repeat(4000)).collect();
    let args = json!({
        "fid": bio.kid, "jwk": bio.key.jwk(), "att": {"fmt": "android-key", "x5c": chain},
    });
    op(&phone, "add_factor", &args, &[&phone.keys.pin(), &bio]).send(phone.http()).ok();
    let mut long = op(&phone, "list_devices", &json!({}), &[]).seal().body();
    long.resize(17 * 1024, b' ');
    phone.http().post_jose("/v1/ops", long).refused(400, "malformed");
}
