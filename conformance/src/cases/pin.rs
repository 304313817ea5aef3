//! The PIN's counter and its change (3.9.1, 3.7.1), as far as they show without a moved clock.

use super::Case;
use crate::http::Answer;
use crate::key::Key;
use crate::phone::Phone;
use crate::phone::keys::{Factor, Keys, new_fid};
use crate::scene::Scene;
use crate::script::Script;
use serde_json::{Value, json};

pub(super) const CASES: &[Case] = &[
    Case::new("N50", "a wrong PIN", wrong_pin),
    Case::new("N52", "fifty wrong PINs at once", fifty),
    Case::new("N53", "the right PIN during a wait", waiting),
    Case::new("N105", "an offline code made with the PIN before the change", code_of_before),
    Case::new("N120", "a PIN change with a wrong old PIN", wrong_old),
    Case::new("N121", "a PIN change whose new key is not proven", unproven),
    Case::new("N123", "a PIN change to an id of before", same_id),
    Case::new("N124", "the old PIN after the change", old_pin),
    Case::new("N125", "biometrics added without the PIN", bio_alone),
    Case::new("N126", "an operation that needs the PIN, signed by nothing", no_factor),
    Case::new("N127", "a message of a removed phone", removed),
    Case::new("N154", "a factor id that nobody has", unknown_factor),
    Case::new("N155", "the right PIN, the new key not proven", unproven),
    Case::new("N175", "a change to the present key, unproven", no_oracle),
    Case::new("N176", "a change to the present key, with a wrong PIN", proven_wrong),
    Case::new("N187", "a change that arrives after it was settled", settled),
];

fn change(phone: &Phone, old: &Factor, new: &Keys) -> Script {
    let args = json!({
        "pin": {"fid": new.fid, "sig": new.sig.jwk(), "ka": new.ka.jwk()},
        "new_dev": Value::Null,
    });
    phone.op("self", &json!({})).ok();
    let mut script = phone.op_script("rekey", &args);
    script.factors = vec![(old.kid.clone(), old.key.clone()), (new.fid.clone(), new.sig.clone())];
    script
}

fn approve(scene: &Scene, phone: &Phone, factor: Factor) -> Answer {
    let (sign_in, request) = scene.ask(phone);
    phone.send(&phone.approval(&request, sign_in.number()), &[factor])
}

fn wrong_pin(scene: &Scene) {
    let phone = scene.phone();
    let refusal = approve(scene, &phone, phone.keys.wrong_pin()).refused(403, "pin_incorrect");
    assert_eq!(refusal["attempts_left"], 4);
    approve(scene, &phone, phone.keys.pin()).ok();
    let refusal = approve(scene, &phone, phone.keys.wrong_pin()).refused(403, "pin_incorrect");
    assert_eq!(refusal["attempts_left"], 4, "a right PIN clears the counter");
}

fn fifty(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let guess = || phone.approve_wrongly(&request, sign_in.number());
    let answers: Vec<Answer> = std::thread::scope(|threads| {
        let all: Vec<_> = (0..50).map(|_| threads.spawn(guess)).collect();
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    let count = |code: &str| answers.iter().filter(|answer| answer.code().as_deref() == Some(code)).count();
    let (judged, others) = (count("pin_incorrect"), count("pin_wait") + count("authenticator_locked"));
    assert!(judged <= 5, "{judged} of fifty guesses were judged");
    assert_eq!(judged + others, 50);
}

fn waiting(scene: &Scene) {
    let phone = scene.phone();
    for _ in 0..3 {
        approve(scene, &phone, phone.keys.wrong_pin()).refused(403, "pin_incorrect");
    }
    let refusal = approve(scene, &phone, phone.keys.pin()).refused(429, "pin_wait");
    assert!(refusal["retry_after"].as_u64().is_some_and(|wait| (1..=60).contains(&wait)), "{refusal}");
}

fn wrong_old(scene: &Scene) {
    let phone = scene.phone();
    change(&phone, &phone.keys.wrong_pin(), &Keys::new()).send(scene.http()).refused(403, "pin_incorrect");
    approve(scene, &phone, phone.keys.pin()).ok();
}

fn unproven(scene: &Scene) {
    let phone = scene.phone();
    let mut wrong_key = change(&phone, &phone.keys.pin(), &Keys::new());
    wrong_key.factors[1].1 = Key::new();
    let mut wrong_name = change(&phone, &phone.keys.pin(), &Keys::new());
    wrong_name.factors[1].0 = new_fid();
    for script in [wrong_key, wrong_name] {
        assert_eq!(script.send(scene.http()).refused(422, "key_rejected")["reason"], "pop");
    }
    approve(scene, &phone, phone.keys.pin()).ok();
}

fn same_id(scene: &Scene) {
    let phone = scene.phone();
    let mut again = Keys::new();
    again.fid.clone_from(&phone.keys.fid);
    let refusal = change(&phone, &phone.keys.pin(), &again).send(scene.http()).refused(422, "key_rejected");
    assert_eq!(refusal["reason"], "known");
}

fn old_pin(scene: &Scene) {
    let phone = scene.phone();
    change(&phone, &phone.keys.pin(), &Keys::new()).send(scene.http()).ok();
    approve(scene, &phone, phone.keys.pin()).refused(403, "pin_incorrect");
}

fn bio_alone(scene: &Scene) {
    let phone = scene.phone();
    let bio = Factor { kid: new_fid(), key: Key::new() };
    phone.op("self", &json!({})).ok();
    let args = json!({"fid": bio.kid, "jwk": bio.key.jwk(), "att": {"fmt": "none"}});
    let mut script = phone.op_script("add_factor", &args);
    script.factors = vec![(bio.kid, bio.key)];
    script.send(scene.http()).refused(403, "factor_not_allowed");
}

fn no_factor(scene: &Scene) {
    let phone = scene.phone();
    phone.op("new_enrolment", &json!({"kind": "add"})).refused(403, "factor_not_allowed");
}

fn unknown_factor(scene: &Scene) {
    let phone = scene.phone();
    let stranger = Factor { kid: new_fid(), key: Key::new() };
    approve(scene, &phone, stranger).refused(403, "pin_incorrect");
}

fn no_oracle(scene: &Scene) {
    let phone = scene.phone();
    let mut same = Keys::new();
    same.sig = phone.keys.sig.clone();
    let answers = [same, Keys::new()].map(|new| {
        let mut broken = change(&phone, &phone.keys.pin(), &new);
        broken.factors[1].1 = Key::new();
        broken.send(scene.http()).text()
    });
    assert_eq!(answers[0], answers[1], "the answer tells the present PIN key from another");
}

fn proven_wrong(scene: &Scene) {
    let phone = scene.phone();
    let mut same = Keys::new();
    same.sig = phone.keys.sig.clone();
    change(&phone, &phone.keys.wrong_pin(), &same).send(scene.http()).refused(403, "pin_incorrect");
}

fn settled(scene: &Scene) {
    let phone = scene.phone();
    let late = change(&phone, &phone.keys.pin(), &Keys::new());
    phone.done("settle", &json!({"ref": late.value()["jti"]}));
    late.send(scene.http()).refused(409, "settled");
    approve(scene, &phone, phone.keys.pin()).ok();
}

fn removed(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    phone.done("revoke_self", &json!({}));
    let refusal = phone.approve(&request, sign_in.number()).refused(403, "authenticator_revoked");
    assert!(refusal["notice"].is_string(), "a phone deletes nothing without a signed notice: {refusal}");
}

fn code_of_before(scene: &Scene) {
    let phone = scene.phone();
    change(&phone, &phone.keys.pin(), &Keys::new()).send(scene.http()).ok();
    let sign_in = scene.offline();
    scene.service.code(&sign_in.tid, &phone.code(sign_in.qr())).refused(403, "code_incorrect");
}
