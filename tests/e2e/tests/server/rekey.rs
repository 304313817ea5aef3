//! Another PIN or device key (3.7.1): the old PIN decides, the new keys prove themselves, and nothing testable is kept.

use crate::common::world_with_phone;
use countersign_e2e::database::files;
use countersign_e2e::http::Answer;
use countersign_e2e::key::Key;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::{Factor, Keys, new_fid};
use countersign_e2e::phone::pairing::pair;
use countersign_e2e::script::Script;
use countersign_e2e::world::World;
use countersign_protocol::encoding::{b64u, hex};
use serde_json::{Value, json};

/// A re-key to `new`, with its device key if `device`; the first signature is by `old`.
fn script(phone: &Phone, old: &Factor, new: &Keys, device: bool) -> Script {
    let new_dev = json!({"jwk": new.dev.jwk(), "level": "software", "att": {"fmt": "none"}});
    let args = json!({
        "pin": {"fid": new.fid, "sig": new.sig.jwk(), "ka": new.ka.jwk()},
        "new_dev": if device { new_dev } else { Value::Null },
    });
    phone.op("self", &json!({})).ok();
    let mut script = phone.op_script("rekey", &args);
    script.factors = vec![(old.kid.clone(), old.key.clone()), (new.fid.clone(), new.sig.clone())];
    if device {
        script.factors.push((new.dev.thumbprint().to_string(), new.dev.clone()));
    }
    script
}

fn rekey(phone: &Phone, old: &Factor, new: &Keys) -> Answer {
    script(phone, old, new, false).send(phone.http())
}

/// Approves a new sign-in with these PIN keys.
fn approve_with(world: &World, phone: &Phone, factor: &Factor) -> Answer {
    let (sign_in, request) = world.ask(phone);
    phone.send(&phone.approval(&request, sign_in.number()), std::slice::from_ref(factor))
}

#[test]
fn the_new_pin_approves_and_the_binding_names_its_id() {
    let (world, phone) = world_with_phone();
    let new = Keys::new();
    let answer = rekey(&phone, &phone.keys.pin(), &new).ok();
    assert!(answer["receipt"].is_string() && answer["binding"].is_string());
    assert_eq!(world.lab().phone(&phone.aid).fid, new.fid);
    approve_with(&world, &phone, &new.pin()).ok();
}

#[test]
fn n120_a_wrong_old_pin_is_counted_and_changes_nothing() {
    let (world, phone) = world_with_phone();
    let refusal = rekey(&phone, &phone.keys.wrong_pin(), &Keys::new()).refused(403, "pin_incorrect");
    assert_eq!(refusal["attempts_left"], 4);
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fid.as_str()), (1, phone.keys.fid.as_str()));
    approve_with(&world, &phone, &phone.keys.pin()).ok();
}

#[test]
fn n121_n155_a_proof_by_another_key_is_refused_and_not_counted() {
    let (world, phone) = world_with_phone();
    let new = Keys::new();
    let mut wrong_key = script(&phone, &phone.keys.pin(), &new, false);
    wrong_key.factors[1].1 = Key::new();
    let mut wrong_name = script(&phone, &phone.keys.pin(), &new, false);
    wrong_name.factors[1].0 = new_fid();
    let mut device = script(&phone, &phone.keys.pin(), &new, true);
    device.factors[2].1 = Key::new();
    for script in [wrong_key, wrong_name, device] {
        assert_eq!(script.send(phone.http()).refused(422, "key_rejected")["reason"], "pop");
    }
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n123_no_factor_id_comes_back() {
    let (world, phone) = world_with_phone();
    let mut again = Keys::new();
    again.fid.clone_from(&phone.keys.fid);
    assert_eq!(rekey(&phone, &phone.keys.pin(), &again).refused(422, "key_rejected")["reason"], "known");
    let second = Keys::new();
    rekey(&phone, &phone.keys.pin(), &second).ok();
    let refusal = rekey(&phone, &second.pin(), &again).refused(422, "key_rejected");
    assert_eq!(refusal["reason"], "known", "an id of two epochs ago");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n124_the_old_pin_is_a_wrong_one_afterwards() {
    let (world, phone) = world_with_phone();
    rekey(&phone, &phone.keys.pin(), &Keys::new()).ok();
    approve_with(&world, &phone, &phone.keys.pin()).refused(403, "pin_incorrect");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1);
}

#[test]
fn n162_a_rekey_without_its_proof_is_refused() {
    let (world, phone) = world_with_phone();
    let mut script = script(&phone, &phone.keys.pin(), &Keys::new(), false);
    script.factors.truncate(1);
    script.send(phone.http()).refused(403, "factor_not_allowed");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n175_the_present_pin_key_offered_as_new_is_no_test_of_it() {
    let (world, phone) = world_with_phone();
    let mut same = Keys::new();
    same.sig = phone.keys.sig.clone();
    let answers = [same, Keys::new()].map(|new| {
        let mut broken = script(&phone, &phone.keys.pin(), &new, false);
        broken.factors[1].1 = Key::new();
        broken.send(phone.http()).text()
    });
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].contains("\"pop\""));
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n176_a_right_proof_does_not_save_a_wrong_pin() {
    let (world, phone) = world_with_phone();
    let mut same = Keys::new();
    same.sig = phone.keys.sig.clone();
    rekey(&phone, &phone.keys.wrong_pin(), &same).refused(403, "pin_incorrect");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1);
}

#[test]
fn n187_a_rekey_that_arrives_after_it_was_settled_has_no_effect() {
    let (world, phone) = world_with_phone();
    let new = Keys::new();
    let late = script(&phone, &phone.keys.pin(), &new, false);
    let sent: Value = serde_json::from_slice(&late.payload).unwrap();
    phone.done("settle", &json!({"ref": sent["jti"]}));
    late.send(phone.http()).refused(409, "settled");
    assert_eq!(world.lab().phone(&phone.aid).fid, phone.keys.fid);
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
    approve_with(&world, &phone, &phone.keys.pin()).ok();
}

#[test]
fn n122_after_a_lost_answer_settle_tells_the_new_id() {
    let (world, phone) = world_with_phone();
    let new = Keys::new();
    let done = script(&phone, &phone.keys.pin(), &new, false);
    let sent: Value = serde_json::from_slice(&done.payload).unwrap();
    done.send(phone.http()).ok();
    let answer = phone.done("settle", &json!({"ref": sent["jti"]}));
    let binding = countersign_protocol::encoding::from_b64u(
        answer["binding"].as_str().unwrap().split('.').nth(1).unwrap(),
    );
    let binding: Value = serde_json::from_slice(&binding.unwrap()).unwrap();
    assert_eq!(binding["fid"], json!(new.fid));
    assert_eq!(world.lab().phone(&phone.aid).fid, new.fid);
}

#[test]
fn n190_a_device_key_of_a_lower_level_is_refused() {
    let (world, phone) = world_with_phone();
    world.lab().policy(&json!({"min_level": "tee", "level_unproven": true}));
    let refusal = script(&phone, &phone.keys.pin(), &Keys::new(), true).send(phone.http());
    assert_eq!(refusal.refused(403, "attestation_rejected")["reason"], "level");
    world.lab().policy(&json!({"min_level": "software"}));
    let other = world.service.add_account("boris@example.eu");
    let raise = |payload: &mut Value| payload["dev"]["level"] = json!("strongbox");
    let strong = pair(&world.http(), &world.service, &other, raise);
    let refusal = script(&strong, &strong.keys.pin(), &Keys::new(), true).send(strong.http());
    assert_eq!(refusal.refused(403, "attestation_rejected")["reason"], "level");
    assert_eq!(world.lab().phone(&strong.aid).pin_fail, 0);
}

#[test]
fn n191_a_rekey_is_told_in_one_letter() {
    let (world, phone) = world_with_phone();
    let count = |word: &str| {
        world.lab().mails(&world.account).iter().filter(|mail| mail.subject.contains(word)).count()
    };
    let second = Keys::new();
    rekey(&phone, &phone.keys.pin(), &second).ok();
    assert_eq!((count("PIN"), count("key")), (1, 0));
    script(&phone, &second.pin(), &Keys::new(), true).send(phone.http()).ok();
    assert_eq!((count("PIN"), count("key")), (1, 1));
}

#[test]
fn a_new_device_key_takes_over_and_the_old_one_is_nobody() {
    let (world, mut phone) = world_with_phone();
    let new = Keys::new();
    script(&phone, &phone.keys.pin(), &new, true).send(phone.http()).ok();
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    phone.keys = new;
    phone.binding();
    approve_with(&world, &phone, &phone.keys.pin()).ok();
}

#[test]
fn n186_nothing_that_tests_a_guess_is_kept_of_a_rekey() {
    let (world, phone) = world_with_phone();
    let new = Keys::new();
    let script = script(&phone, &phone.keys.pin(), &new, true);
    let payload = b64u(&script.payload);
    script.send(phone.http()).ok();
    let kept = files(&world.server);
    assert!(kept.iter().any(|(_, bytes)| bytes.len() > 4096));
    let mut needles: Vec<Vec<u8>> = vec![payload.as_bytes()[..60].to_vec(), script.payload[..60].to_vec()];
    for key in [&new.sig, &new.ka, &phone.keys.sig, &phone.keys.ka] {
        let point = key.public().as_sec1();
        for bytes in [&point[1..33], key.thumbprint().as_bytes()] {
            needles.extend([bytes.to_vec(), hex(bytes).into_bytes(), b64u(bytes).into_bytes()]);
        }
    }
    for (path, bytes) in &kept {
        for needle in &needles {
            assert!(!bytes.windows(needle.len()).any(|part| part == &needle[..]), "{}", path.display());
        }
    }
}
