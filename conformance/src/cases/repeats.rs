//! Messages that come again (3.0.5, 3.0.6).

use super::Case;
use crate::edit::set;
use crate::scene::Scene;
use serde_json::json;

pub(super) const CASES: &[Case] = &[
    Case::new("N19", "the same bytes twice", same_bytes),
    Case::new("N20", "an id again with another message", same_id),
    Case::new("N21", "fifty equal messages at once", fifty),
    Case::new("N25", "a read again, and a read by somebody else", reads),
];

fn same_bytes(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let approval = |number: &str| phone.approval(&request, number);
    let wrong = phone.answer_body(&approval(sign_in.number()), &[phone.keys.wrong_pin()]);
    let first = phone.post(&request.path(), wrong.clone());
    let left = first.refused(403, "pin_incorrect")["attempts_left"].clone();
    let second = phone.post(&request.path(), wrong);
    assert_eq!((second.status, second.text()), (first.status, first.text()));
    let next = phone.approve_wrongly(&request, sign_in.number()).refused(403, "pin_incorrect");
    assert_eq!(next["attempts_left"].as_u64(), left.as_u64().map(|left| left - 1), "a repeat was counted");
    let right = phone.answer_body(&approval(sign_in.number()), &[phone.keys.pin()]);
    let first = phone.post(&request.path(), right.clone());
    phone.receipt(&request, &first);
    assert_eq!(phone.post(&request.path(), right).text(), first.text());
}

fn same_id(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let approval = phone.approval(&request, sign_in.number());
    phone.send(&approval, &[phone.keys.pin()]).ok();
    let mut denial = phone.denial(&request, "not_me");
    denial["jti"] = approval["jti"].clone();
    phone.send(&denial, &[]).refused(422, "idempotency_conflict");
    phone.send(&approval, &[phone.keys.wrong_pin()]).refused(422, "idempotency_conflict");
    assert_eq!(scene.service.state_name(&sign_in.tid), "approved");
}

fn fifty(scene: &Scene) {
    let phone = scene.phone();
    let (sign_in, request) = scene.ask(&phone);
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.wrong_pin()]);
    let persist = || {
        (0..200)
            .map(|_| phone.post(&request.path(), body.clone()))
            .find(|answer| answer.code().as_deref() != Some("unavailable"))
            .expect("a final answer")
    };
    let answers: Vec<_> = std::thread::scope(|threads| {
        let all: Vec<_> = (0..50).map(|_| threads.spawn(persist)).collect();
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    for answer in &answers {
        assert_eq!(answer.refused(403, "pin_incorrect")["attempts_left"], 4, "counted more than once");
    }
}

fn reads(scene: &Scene) {
    let (phone, stranger) = (scene.phone(), scene.stranger());
    phone.op("self", &json!({})).ok();
    let script = phone.op_script("list", &json!({}));
    script.send(scene.http()).ok();
    script.send(scene.http()).refused(401, "use_nonce");
    let (sign_in, _) = scene.ask(&phone);
    stranger.op("get", &json!({"tid": sign_in.tid})).refused(404, "transaction_unknown");
    phone.op_script("self", &json!({})).with(set("op", "erase")).send(scene.http()).refused(400, "malformed");
}
