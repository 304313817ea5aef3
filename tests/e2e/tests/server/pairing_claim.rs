//! The pairing message (E1 to E11 of 3.0.7): no failure counts, and whoever saw the `eid` cannot kill the enrolment.

use crate::common::{world, world_with_phone};
use countersign_e2e::database;
use countersign_e2e::key::Key;
use countersign_e2e::phone::jti;
use countersign_e2e::phone::keys::{Keys, new_fid};
use countersign_e2e::phone::pairing::{Invitation, claim_of};
use countersign_e2e::script::Script;
use countersign_e2e::world::World;
use countersign_protocol::encoding::{b64u, from_b64u};
use serde_json::{Value, json};

/// An open enrolment of the world's account.
fn invited(world: &World) -> (String, Invitation) {
    let (eid, link) = world.service.enrolment(&world.account);
    (eid, Invitation::read(&link))
}

fn still_open(world: &World, eid: &str) {
    let state = world.service.enrolment_state(eid);
    assert_eq!(
        (&state["state"], &state["contested"], &state["phone"]),
        (&json!("open"), &json!(false), &Value::Null)
    );
}

#[test]
fn n30_an_expired_or_unknown_enrolment_is_refused() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let script = invitation.ready_script(&world.http(), &Keys::new());
    let unknown = Script { path: format!("/v1/enrolments/{}", jti()), ..script.clone() };
    unknown.send(&world.http()).refused(404, "enrolment_unknown");
    world.http().get(&unknown.path, &[("map-enrol", &b64u(&[0; 32]))]).refused(404, "enrolment_unknown");
    world.lab().advance(300);
    invitation.fetch(&world.http()).refused(410, "enrolment_expired");
    script.send(&world.http()).refused(410, "enrolment_expired");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "expired");
}

#[test]
fn n31_a_wrong_mac_is_refused_as_often_as_it_comes_and_does_no_harm() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let script = invitation.ready_script(&world.http(), &Keys::new());
    let wrong = script.with(|payload| payload["es_mac"] = json!(b64u(&[7; 32])));
    for _ in 0..20 {
        invitation.fetch_with(&world.http(), &b64u(&[7; 32])).refused(404, "enrolment_unknown");
        wrong.send(&world.http()).refused(404, "enrolment_unknown");
    }
    let other_nonce = script.with(|payload| payload["nonce"] = json!(b64u(&[7; 32])));
    other_nonce.send(&world.http()).refused(404, "enrolment_unknown");
    world.http().get(&invitation.path(), &[]).refused(404, "enrolment_unknown");
    still_open(&world, &eid);
    claim_of(&script.send(&world.http()));
}

#[test]
fn the_mac_ties_the_secret_to_the_device_key() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let script = invitation.ready_script(&world.http(), &Keys::new());
    // Somebody who saw the message but not the secret puts a key of their own in.
    let stolen = Script { device: Key::new(), ..script.clone() };
    stolen.send(&world.http()).refused(404, "enrolment_unknown");
    still_open(&world, &eid);
    claim_of(&script.send(&world.http()));
}

#[test]
fn n32_the_second_phone_is_refused_and_the_enrolment_contested() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let first = invitation.ready_script(&world.http(), &Keys::new());
    let second = invitation.ready_script(&world.http(), &Keys::new());
    let claim = claim_of(&first.send(&world.http()));
    second.send(&world.http()).refused(409, "enrolment_claimed");
    let state = world.service.enrolment_state(&eid);
    assert_eq!((&state["state"], &state["contested"]), (&json!("claimed"), &json!(true)));
    world.service.confirm(&eid, &claim.cc).ok();
}

#[test]
fn n33_the_same_phone_gets_the_same_answer_again() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let keys = Keys::new();
    let script = invitation.ready_script(&world.http(), &keys);
    let body = script.seal().body();
    let claim = claim_of(&script.post(&world.http(), body.clone()));
    assert_eq!(claim_of(&script.post(&world.http(), body)), claim, "same bytes");
    let again = script.with(|payload| payload["jti"] = json!(jti()));
    assert_eq!(claim_of(&again.send(&world.http())), claim, "a new message");

    let fid = new_fid();
    let mut other = script.with(|payload| {
        payload["jti"] = json!(jti());
        payload["pin"]["fid"] = json!(fid);
    });
    other.factors[0].0 = fid;
    other.send(&world.http()).refused(409, "enrolment_claimed");
    let state = world.service.enrolment_state(&eid);
    assert_eq!((&state["state"], &state["contested"]), (&json!("claimed"), &json!(false)));
    world.service.confirm(&eid, &claim.cc).ok();
}

#[test]
fn an_active_enrolment_cannot_be_claimed_or_read_again() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let script = invitation.ready_script(&world.http(), &Keys::new());
    let claim = claim_of(&script.send(&world.http()));
    world.service.confirm(&eid, &claim.cc).ok();
    invitation.fetch(&world.http()).refused(409, "enrolment_claimed");
    script.send(&world.http()).refused(409, "enrolment_claimed");
}

#[test]
fn n34_the_pin_key_must_prove_itself() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let script = invitation.ready_script(&world.http(), &Keys::new());
    let alone = Script { factors: Vec::new(), ..script.clone() };
    alone.send(&world.http()).refused(400, "unsupported_jose");

    let fid = script.factors[0].0.clone();
    let right_key = script.factors[0].1.clone();
    let pop = |factors: Vec<(String, Key)>| {
        let refusal = Script { factors, ..script.clone() }.send(&world.http());
        assert_eq!(refusal.refused(422, "key_rejected")["reason"], "pop");
    };
    pop(vec![(fid.clone(), Key::new())]);
    pop(vec![(fid.clone(), script.device.clone())]);
    pop(vec![(new_fid(), right_key.clone())]);
    pop(vec![(fid.clone(), right_key.clone()), (fid, right_key)]);
    still_open(&world, &eid);
    claim_of(&script.send(&world.http()));
}

#[test]
fn n35_keys_are_different_and_a_device_key_is_registered_once() {
    let (world, phone) = world_with_phone();
    let other = world.service.add_account("boris@example.eu");
    let (eid, link) = world.service.enrolment(&other);
    let invitation = Invitation::read(&link);
    let rejected = |keys: &Keys| {
        let answer = invitation.ready_script(&world.http(), keys).send(&world.http());
        answer.refused(422, "key_rejected")["reason"].clone()
    };
    let one = Key::new();
    assert_eq!(rejected(&Keys { dev: one.clone(), sig: one.clone(), ..Keys::new() }), "equal");
    assert_eq!(rejected(&Keys { dev: one.clone(), ka: one.clone(), ..Keys::new() }), "equal");
    assert_eq!(rejected(&Keys { sig: one.clone(), ka: one, ..Keys::new() }), "equal");
    assert_eq!(rejected(&Keys { dev: phone.keys.dev.clone(), ..Keys::new() }), "known");
    still_open(&world, &eid);
    phone.binding();
}

#[test]
fn pin_keys_of_another_phone_are_never_known() {
    let (world, phone) = world_with_phone();
    let other = world.service.add_account("boris@example.eu");
    let (_, link) = world.service.enrolment(&other);
    let keys = Keys { dev: Key::new(), ..phone.keys.clone() };
    // A refusal here would test a guess of somebody else's PIN key.
    claim_of(&Invitation::read(&link).ready_script(&world.http(), &keys).send(&world.http()));
}

#[test]
fn n41_keys_below_the_least_level_are_rejected() {
    let world = world();
    let (eid, invitation) = invited(&world);
    world.lab().policy(&json!({"min_level": "tee", "level_unproven": true}));
    let script = invitation.ready_script(&world.http(), &Keys::new());
    assert_eq!(script.send(&world.http()).refused(403, "attestation_rejected")["reason"], "level");
    still_open(&world, &eid);
    let better = script.with(|payload| {
        payload["jti"] = json!(jti());
        payload["dev"]["level"] = json!("secure_enclave");
    });
    claim_of(&better.send(&world.http()));
}

#[test]
fn n148_a_push_address_outside_the_rules_is_malformed() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let gateway = "https://push.example.eu";
    world.lab().policy(&json!({"push_origins": [gateway, "http://push.example.eu"]}));
    let script = invitation.ready_script(&world.http(), &Keys::new());
    for url in [
        "http://push.example.eu/w/1".to_owned(),
        format!("{gateway}:8443/w/1"),
        "https://anna@push.example.eu/w/1".to_owned(),
        format!("{gateway}/w/1#top"),
        format!("{gateway}/{}", "a".repeat(513 - gateway.len() - 1)),
        "https://push.example.org/w/1".to_owned(),
        "https://push.example.eu.example.org/w/1".to_owned(),
        String::new(),
    ] {
        let changed = script.with(|payload| payload["push"] = json!({"url": url}));
        changed.send(&world.http()).refused(400, "malformed");
    }
    still_open(&world, &eid);
    let longest = format!("{gateway}/{}", "a".repeat(512 - gateway.len() - 1));
    claim_of(&script.with(|payload| payload["push"] = json!({"url": longest})).send(&world.http()));
}

#[test]
fn what_a_phone_calls_itself_is_clean_text() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let script = invitation.ready_script(&world.http(), &Keys::new());
    for name in ["", "a\u{200b}b", "a\u{202e}b", "e\u{301}", "line\nbreak", &"a".repeat(41)] {
        for member in ["name", "os", "app"] {
            let changed = script.with(|payload| payload["info"][member] = json!(name));
            changed.send(&world.http()).refused(400, "malformed");
        }
    }
    still_open(&world, &eid);
    claim_of(&script.with(|payload| payload["info"]["name"] = json!("é".repeat(40))).send(&world.http()));
}

#[test]
fn n186_neither_pin_keys_nor_signatures_over_the_pairing_message_are_stored() {
    let world = world();
    let (eid, invitation) = invited(&world);
    let keys = Keys::new();
    let script = invitation.ready_script(&world.http(), &keys);
    let envelope = script.seal();
    let claim = claim_of(&script.post(&world.http(), envelope.body()));
    world.service.confirm(&eid, &claim.cc).ok();
    let mut needles: Vec<Vec<u8>> = Vec::new();
    for key in [&keys.sig, &keys.ka] {
        let point = key.public().as_sec1();
        needles.extend([point[1..33].to_vec(), point[33..].to_vec(), key.thumbprint().as_bytes().to_vec()]);
    }
    for entry in &envelope.signatures {
        needles.push(from_b64u(&entry.signature).unwrap()[..32].to_vec());
    }
    let texts: Vec<Vec<u8>> = needles.iter().map(|needle| b64u(needle).into_bytes()).collect();
    needles.extend(texts);
    needles.push(envelope.payload.into_bytes());
    assert_not_stored(&world, &needles);
}

#[test]
fn n197_codes_and_secrets_are_not_stored_in_clear() {
    let world = world();
    let (eid, link) = world.service.enrolment(&world.account);
    let secret = &from_b64u(link.rsplit('#').next().unwrap()).unwrap()[17..33];
    let needles = [secret.to_vec(), b64u(secret).into_bytes()];
    assert_not_stored(&world, &needles);
    let (phone, claim) = Invitation::read(&link).claim(&world.http(), &Keys::new(), |_| ());
    world.service.confirm(&eid, &claim.cc).ok();
    phone.settle_in();
    let sign_in = world.offline();
    let code = phone.code(sign_in.qr());
    world.service.code(&sign_in.tid, &code).ok();
    let authorization = world.service.authorization().strip_prefix("Bearer ").unwrap();
    let more = [code.into_bytes(), authorization.as_bytes().to_vec()];
    assert_not_stored(&world, &needles);
    assert_not_stored(&world, &more);
}

fn assert_not_stored(world: &World, needles: &[Vec<u8>]) {
    let files = database::files(&world.server);
    assert!(files.iter().any(|(path, _)| path.ends_with("countersign.db")));
    for (path, bytes) in files {
        for needle in needles {
            let found = bytes.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{} holds {}", path.display(), String::from_utf8_lossy(needle));
        }
    }
}
