//! The pairing message (E1 to E11 of 3.0.7) and the code that confirms it.

use super::Case;
use crate::key::Key;
use crate::phone::jti;
use crate::phone::keys::{Keys, new_fid};
use crate::phone::pairing::claim_of;
use crate::scene::Scene;
use crate::sign_in::other_digits;
use countersign_protocol::encoding::b64u;
use serde_json::{Value, json};

pub(super) const CASES: &[Case] = &[
    Case::new("N31", "a wrong pairing secret twenty times, then the right one", wrong_secret),
    Case::new("N32", "a second phone claims", second_phone),
    Case::new("N33", "the same phone claims again", again),
    Case::new("N34", "a PIN key that does not prove itself", unproven),
    Case::new("N35", "one key in two roles", two_roles),
    Case::new("N38", "a wrong confirm code three times", wrong_code),
    Case::new("N40", "an operation before the pairing is confirmed", unconfirmed),
    Case::new("N144", "a typed code that fits no pairing", no_typed),
    Case::new("N150", "a phone name outside the rules", names),
    Case::new("N167", "a deleted pairing is confirmed", deleted),
    Case::new("N168", "a confirmation before a phone came, and twice", wrong_state),
];

fn wrong_secret(scene: &Scene) {
    let (eid, invitation) = scene.invited();
    let script = invitation.ready_script(scene.http(), &Keys::new());
    let wrong = script.with(|payload| payload["es_mac"] = json!(b64u(&[7; 32])));
    for _ in 0..20 {
        invitation.fetch_with(scene.http(), &b64u(&[7; 32])).refused(404, "enrolment_unknown");
        wrong.send(scene.http()).refused(404, "enrolment_unknown");
    }
    let state = scene.service.enrolment_state(&eid);
    assert_eq!((&state["state"], &state["contested"]), (&json!("open"), &json!(false)));
    claim_of(&script.send(scene.http()));
}

fn second_phone(scene: &Scene) {
    let (eid, invitation) = scene.invited();
    let first = invitation.ready_script(scene.http(), &Keys::new());
    let second = invitation.ready_script(scene.http(), &Keys::new());
    let claim = claim_of(&first.send(scene.http()));
    second.send(scene.http()).refused(409, "enrolment_claimed");
    assert_eq!(scene.service.enrolment_state(&eid)["contested"], true);
    scene.service.confirm(&eid, &claim.cc).ok();
}

fn again(scene: &Scene) {
    let (eid, invitation) = scene.invited();
    let script = invitation.ready_script(scene.http(), &Keys::new());
    let body = script.seal().body();
    let claim = claim_of(&script.post(scene.http(), body.clone()));
    assert_eq!(claim_of(&script.post(scene.http(), body)), claim, "same bytes");
    let again = script.with(|payload| payload["jti"] = json!(jti()));
    assert_eq!(claim_of(&again.send(scene.http())), claim, "a new message");
    let fid = new_fid();
    let mut other = again.with(|payload| {
        payload["jti"] = json!(jti());
        payload["pin"]["fid"] = json!(fid);
    });
    other.factors[0].0 = fid;
    other.send(scene.http()).refused(409, "enrolment_claimed");
    scene.service.confirm(&eid, &claim.cc).ok();
}

fn unproven(scene: &Scene) {
    let (eid, invitation) = scene.invited();
    let mut script = invitation.ready_script(scene.http(), &Keys::new());
    script.factors[0].1 = Key::new();
    assert_eq!(script.send(scene.http()).refused(422, "key_rejected")["reason"], "pop");
    assert_eq!(scene.service.enrolment_state(&eid)["state"], "open");
}

fn two_roles(scene: &Scene) {
    let (_, invitation) = scene.invited();
    let script = invitation.ready_script(scene.http(), &Keys::new());
    let same = script.with(|payload| payload["pin"]["ka"] = payload["pin"]["sig"].clone());
    same.send(scene.http()).refused(422, "key_rejected");
}

fn wrong_code(scene: &Scene) {
    let (eid, invitation) = scene.invited();
    let (_, claim) = invitation.claim(scene.http(), &Keys::new(), |_| ());
    let wrong = other_digits(&claim.cc);
    for _ in 0..2 {
        assert_eq!(scene.service.confirm(&eid, &wrong).status, 403);
    }
    scene.service.confirm(&eid, &wrong).refused(410, "enrolment_cancelled");
    scene.service.confirm(&eid, &claim.cc).refused(410, "enrolment_cancelled");
}

fn unconfirmed(scene: &Scene) {
    let (_, invitation) = scene.invited();
    let (phone, _) = invitation.claim(scene.http(), &Keys::new(), |_| ());
    assert_eq!(phone.op("self", &json!({})).ok()["state"], "enrolling");
    phone.op("list", &json!({})).refused(403, "enrolment_pending");
}

fn names(scene: &Scene) {
    let phone = scene.phone();
    for name in ["", "a\u{202e}b", "e\u{301}", &"x".repeat(41)] {
        phone.op("rename", &json!({"name": name})).refused(400, "malformed");
    }
    phone.op("rename", &json!({"name": "Pixel 9"})).ok();
}

fn deleted(scene: &Scene) {
    let (eid, invitation) = scene.invited();
    let (_, claim) = invitation.claim(scene.http(), &Keys::new(), |_| ());
    assert_eq!(scene.service.delete(&format!("/enrolments/{eid}")).status, 204);
    scene.service.confirm(&eid, &claim.cc).refused(410, "enrolment_cancelled");
}

fn wrong_state(scene: &Scene) {
    let (eid, invitation) = scene.invited();
    let early = scene.service.confirm(&eid, "123456");
    assert!((400..500).contains(&early.status), "{}", early.text());
    let (phone, claim) = invitation.claim(scene.http(), &Keys::new(), |_| ());
    scene.service.confirm(&eid, &claim.cc).ok();
    let twice = scene.service.confirm(&eid, &claim.cc);
    assert!((400..500).contains(&twice.status), "{}", twice.text());
    assert_ne!(phone.op("self", &json!({})).ok()["state"], Value::Null);
}

fn no_typed(scene: &Scene) {
    scene.http().get(&format!("/v1/typed/{}", jti()), &[]).refused(404, "enrolment_unknown");
}
