//! Approving and refusing (3.4).

use super::Case;
use crate::key::Key;
use crate::phone::answer::response_path;
use crate::phone::jti;
use crate::phone::keys::{Factor, new_fid};
use crate::scene::Scene;
use countersign_protocol::encoding::b64u;
use serde_json::json;

pub(super) const CASES: &[Case] = &[
    Case::new("N57", "the right PIN, a wrong number", wrong_number),
    Case::new("N58", "a wrong PIN and a wrong number", both_wrong),
    Case::new("N59", "a third wrong number", third_number),
    Case::new("N60", "a number in another shape", shapes),
    Case::new("N61", "an approval by the device signature alone", device_alone),
    Case::new("N62", "a biometric signature where only the PIN may approve", unknown_bio),
    Case::new("N63", "digest or nonce of another request", other_request),
    Case::new("N64", "another phone's request, another path", other_phone),
    Case::new("N65", "a second decision", second_decision),
    Case::new("N67", "two phones approve at once", two_phones),
    Case::new("N72", "a push request answered as if scanned", as_scanned),
    Case::new("N147", "an operation on somebody else's sign-in", strangers_sign_in),
    Case::new("N162", "a wrong number of factor signatures", too_many),
    Case::new("N200", "a session ended by another phone", strangers_session),
];

fn wrong_number(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let refusal = phone.approve(&request, &sign_in.wrong_number()).refused(403, "number_mismatch");
    assert_eq!(refusal["number_attempts_left"], 2);
    phone.approve(&request, sign_in.number()).ok();
}

fn both_wrong(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let refusal = phone.approve_wrongly(&request, &sign_in.wrong_number()).refused(403, "pin_incorrect");
    assert_eq!(refusal.get("number_attempts_left"), None, "the number was judged behind a wrong PIN");
}

fn third_number(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    for left in [2, 1] {
        let refusal = phone.approve(&request, &sign_in.wrong_number()).refused(403, "number_mismatch");
        assert_eq!(refusal["number_attempts_left"], left);
    }
    phone.approve(&request, &sign_in.wrong_number()).refused(410, "transaction_failed");
    phone.approve(&request, sign_in.number()).refused(410, "transaction_failed");
    assert_eq!(scene.service.state_name(&sign_in.tid), "failed");
}

fn shapes(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let number = sign_in.number();
    let spaced = format!("{} {}", &number[..3], &number[3..]);
    for bad in [json!(spaced), json!(number[..5]), json!("４８３９２０"), json!(483_920), json!("")] {
        let mut approval = phone.approval(&request, number);
        approval["num"] = bad;
        phone.send(&approval, &[phone.keys.pin()]).refused(400, "malformed");
    }
}

fn device_alone(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    phone.send(&phone.approval(&request, sign_in.number()), &[]).refused(403, "factor_not_allowed");
    assert_eq!(scene.service.state_name(&sign_in.tid), "pending");
}

fn unknown_bio(scene: &Scene) {
    let phone = scene.phone();
    let bio = Factor { kid: new_fid(), key: Key::new() };
    phone.op("self", &json!({})).ok();
    let args = json!({"fid": bio.kid, "jwk": bio.key.jwk(), "att": {"fmt": "none"}});
    let mut script = phone.op_script("add_factor", &args);
    let pin = phone.keys.pin();
    script.factors = vec![(pin.kid, pin.key), (bio.kid.clone(), bio.key.clone())];
    script.send(scene.http()).ok();
    let (sign_in, request) = scene.ask(&phone);
    phone.send(&phone.approval(&request, sign_in.number()), &[bio]).refused(403, "factor_not_allowed");
}

fn other_request(scene: &Scene) {
    let phone = scene.phone();
    let ((sign_in, request), (_, other)) = (scene.ask(&phone), scene.ask(&phone));
    let other = phone.approval(&other, sign_in.number());
    for member in ["nonce", "req"] {
        let mut approval = phone.approval(&request, sign_in.number());
        approval[member] = other[member].clone();
        phone.send(&approval, &[phone.keys.pin()]).refused(409, "request_mismatch");
    }
    assert_eq!(scene.service.state_name(&sign_in.tid), "pending");
}

fn other_phone(scene: &Scene) {
    let (phone, stranger) = (scene.phone(), scene.stranger());
    let (sign_in, request) = scene.ask(&phone);
    let approval = stranger.approval(&request, sign_in.number());
    stranger.send(&approval, &[stranger.keys.pin()]).refused(404, "transaction_unknown");
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
    phone.post(&response_path(&jti()), body).refused(400, "malformed");
    assert_eq!(scene.service.state_name(&sign_in.tid), "pending");
}

fn second_decision(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    phone.deny(&request, "cancel").ok();
    let refusal = phone.approve(&request, sign_in.number()).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "denied");
    let (sign_in, request) = scene.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    assert_eq!(phone.deny(&request, "cancel").refused(409, "transaction_decided")["state"], "approved");
}

fn two_phones(scene: &Scene) {
    let first = scene.phone();
    let second = scene.further_phone(&first);
    let sign_in = scene.push();
    let phones = [&first, &second];
    let statuses: Vec<u16> = std::thread::scope(|threads| {
        let answers = phones.map(|phone| {
            let (request, number) = (phone.request(&sign_in.tid), sign_in.number());
            threads.spawn(move || phone.approve(&request, number).status)
        });
        answers.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

fn as_scanned(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    for flow in ["scan", "link"] {
        let mut approval = phone.transfer(&request, &b64u(&[7; 32]));
        approval["flow"] = json!(flow);
        phone.send(&approval, &[phone.keys.pin()]).refused(403, "entry_not_allowed");
    }
    assert_eq!(scene.service.state_name(&sign_in.tid), "pending");
}

fn strangers_sign_in(scene: &Scene) {
    let (phone, stranger) = (scene.phone(), scene.stranger());
    let (sign_in, _) = scene.ask(&phone);
    for op in ["get", "report"] {
        stranger.op(op, &json!({"tid": sign_in.tid})).refused(404, "transaction_unknown");
    }
    assert_eq!(scene.service.state_name(&sign_in.tid), "pending");
}

fn too_many(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let pin = || phone.keys.pin();
    let approval = phone.approval(&request, sign_in.number());
    phone.send(&approval, &[pin(), pin()]).refused(403, "factor_not_allowed");
    phone.send(&phone.denial(&request, "cancel"), &[pin()]).refused(403, "factor_not_allowed");
    phone.approve(&request, sign_in.number()).ok();
}

fn strangers_session(scene: &Scene) {
    let phone = scene.phone();
    let other = scene.stranger();
    let (sign_in, request) = scene.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    scene.service.complete(&sign_in.tid).ok();
    other.op("end_session", &json!({"tid": sign_in.tid})).refused(404, "transaction_unknown");
    phone.op("end_session", &json!({"tid": sign_in.tid})).ok();
}
