//! Attestation of keys that come later (2.3, 2.6, 3.7.1): another device key, a biometric key.

use crate::attestation::{Newcomer, changed, shown};
use crate::common::BINARY;
use countersign_attestation_lab::Description;
use countersign_e2e::http::Answer;
use countersign_e2e::key::Key;
use countersign_e2e::maker::{Bound, Trusted};
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::{Factor, Keys, new_fid};
use countersign_e2e::world::World;
use serde_json::{Value, json};

/// A phone whose device key is proven to be in a chip of its own or a TEE.
fn paired(trusted: &Trusted, world: &World, level: u8) -> Phone {
    let newcomer = Newcomer::invite(world);
    let name = if level == 2 { "strongbox" } else { "tee" };
    newcomer
        .pair(name, changed(trusted, &newcomer.keys, |key| (key.attested_by, key.kept_by) = (level, level)))
}

/// A re-key with another device key, attested as the phone's platform would.
fn rekey(phone: &Phone, new: &Keys, level: &str, att: impl FnOnce(&Bound) -> Value) -> Answer {
    phone.op("self", &json!({})).ok();
    let device = json!({"jwk": new.dev.jwk(), "level": level, "att": {"fmt": "none"}});
    let args = json!({
        "pin": {"fid": new.fid, "sig": new.sig.jwk(), "ka": new.ka.jwk()}, "new_dev": device,
    });
    let script = phone.op_script("rekey", &args);
    let att = att(&Bound::operation(&script.value()));
    let mut script = script.with(|payload| payload["args"]["new_dev"]["att"] = att);
    let old = phone.keys.pin();
    script.factors = vec![
        (old.kid, old.key),
        (new.fid.clone(), new.sig.clone()),
        (new.dev.thumbprint().to_string(), new.dev.clone()),
    ];
    script.send(phone.http())
}

fn add_bio(phone: &Phone, bio: &Factor, att: impl FnOnce(&Bound) -> Value) -> Answer {
    phone.op("self", &json!({})).ok();
    let args = json!({"fid": bio.kid, "jwk": bio.key.jwk(), "att": {"fmt": "none"}});
    let script = phone.op_script("add_factor", &args);
    let att = att(&Bound::operation(&script.value()));
    let mut script = script.with(|payload| payload["args"]["att"] = att);
    let pin = phone.keys.pin();
    script.factors = vec![(pin.kid, pin.key), (bio.kid.clone(), bio.key.clone())];
    script.send(phone.http())
}

fn reason(answer: &Answer) -> Value {
    answer.refused(403, "attestation_rejected")["reason"].clone()
}

#[test]
fn n190_a_new_device_key_proves_itself_for_this_phone_and_this_message() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    let phone = paired(&trusted, &world, 1);
    let new = Keys::new();
    let none = rekey(&phone, &new, "tee", |_| json!({"fmt": "none"}));
    assert_eq!(reason(&none), "chain");
    let stale = rekey(&phone, &new, "tee", changed(&trusted, &new, |key| key.challenge = vec![7; 32]));
    assert_eq!(reason(&stale), "chain");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
    rekey(&phone, &new, "tee", changed(&trusted, &new, |_| ())).ok();
    let phones = shown(&world);
    assert_eq!((&phones[0]["level"], &phones[0]["attested"]), (&json!("tee"), &json!(true)));
}

#[test]
fn n190_a_new_device_key_that_proves_less_than_the_present_one_is_refused() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    let phone = paired(&trusted, &world, 2);
    let new = Keys::new();
    let answer = rekey(&phone, &new, "strongbox", changed(&trusted, &new, |_| ()));
    assert_eq!(reason(&answer), "level", "it says strongbox and proves tee");
}

#[test]
fn logged_a_new_device_key_without_proof_is_no_longer_attested() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "log", "software");
    let phone = paired(&trusted, &world, 1);
    rekey(&phone, &Keys::new(), "tee", |_| json!({"fmt": "none"})).ok();
    let phones = shown(&world);
    assert_eq!((&phones[0]["level"], &phones[0]["attested"]), (&json!("tee"), &json!(false)));
    assert_eq!(phones[0]["attestation"]["flaw"], "missing");
}

#[test]
fn n41_a_biometric_key_proves_that_it_needs_the_person_each_time() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    let phone = paired(&trusted, &world, 1);
    let bio = Factor { kid: new_fid(), key: Key::new() };
    let att = |change: fn(&mut Description)| {
        let (trusted, key) = (&trusted, &bio.key);
        move |bound: &Bound| {
            let mut description = Description::biometric(&bound.challenge());
            change(&mut description);
            trusted.att(key, &description)
        }
    };
    assert_eq!(reason(&add_bio(&phone, &bio, |_| json!({"fmt": "none"}))), "chain");
    assert_eq!(reason(&add_bio(&phone, &bio, att(|key| key.no_auth = true))), "chain");
    assert_eq!(reason(&add_bio(&phone, &bio, att(|key| key.auth_timeout = Some(30)))), "chain");
    assert_eq!(reason(&add_bio(&phone, &bio, att(|key| key.challenge = vec![7; 32]))), "chain");
    add_bio(&phone, &bio, att(|_| ())).ok();
    assert_eq!(shown(&world)[0]["biometrics"], true);
}

#[test]
fn enforced_a_phone_in_software_may_have_biometrics_in_software() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "software");
    let newcomer = Newcomer::invite(&world);
    let phone = newcomer.pair("software", |_| json!({"fmt": "none"}));
    let bio = Factor { kid: new_fid(), key: Key::new() };
    add_bio(&phone, &bio, |_| json!({"fmt": "none"})).ok();
}
