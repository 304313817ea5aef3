//! Push sign-ins: the good path, refusals, and what an answer may not say (3.4).

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::edit::set;
use countersign_e2e::phone::answer::response_path;
use countersign_e2e::phone::jti;
use countersign_e2e::phone::keys::new_fid;
use countersign_e2e::world::ORIGIN;
use countersign_protocol::encoding::b64u;
use countersign_protocol::message::Flow;
use countersign_protocol::message::request::Kind;
use countersign_protocol::message::response::DecisionWord;
use serde_json::{Value, json};

#[test]
fn a_sign_in_is_approved_with_pin_and_number_and_completed_once() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    assert_eq!(sign_in.state, "pending");
    assert!(sign_in.number().len() == 6 && sign_in.number().bytes().all(|b| b.is_ascii_digit()));
    let content = &request.content;
    assert_eq!((content.kind, content.flow, content.ret.as_deref()), (Kind::Login, Flow::Push, None));
    assert_eq!((content.client.id.as_str(), content.client.origin.as_str()), (world.service.id(), ORIGIN));
    assert_eq!((content.client.name.as_str(), content.ctx.ip.as_str()), ("Grants Portal", "203.0.113.7"));
    assert_eq!(content.ctx.geo.as_deref(), Some("Brussels, BE"));
    assert_eq!(content.exp.secs(), sign_in.expires_at());
    assert!(!request.jws.contains(sign_in.number()), "the number is never sent to the phone");

    let answer = phone.approve(&request, sign_in.number());
    assert_eq!(phone.receipt(&request, &answer).dec, DecisionWord::Approve);
    assert_eq!(world.service.state_name(&sign_in.tid), "approved");
    let got = phone.get(&sign_in.tid).ok();
    assert_eq!((&got["state"], &got["receipt"]), (&json!("approved"), &answer.ok()["receipt"]));
    assert_eq!(got["request"], request.jws);
    assert!(phone.list().is_empty(), "only pending requests are listed");
    assert_eq!(world.service.complete(&sign_in.tid).ok()["account"], world.account);
    assert_eq!(world.service.state_name(&sign_in.tid), "completed");
}

#[test]
fn a_request_is_made_once_and_listed_with_the_same_bytes_newest_first() {
    let (world, phone) = world_with_phone();
    let tids: Vec<String> = (0..4).map(|_| world.push().tid).collect();
    let first: Vec<(String, String)> = phone.list().into_iter().map(|r| (r.tid(), r.jws)).collect();
    let again: Vec<(String, String)> = phone.list().into_iter().map(|r| (r.tid(), r.jws)).collect();
    assert_eq!(first, again);
    let listed: Vec<&String> = first.iter().map(|(tid, _)| tid).collect();
    assert_eq!(listed.len(), 3, "at most three");
    assert_eq!(listed[0], &tids[3]);
    assert!(!listed.contains(&&tids[0]));
}

#[test]
fn a_transaction_shows_and_signs_its_rows() {
    let (world, phone) = world_with_phone();
    let mut body = start_body("push", Some(&world.account));
    body["kind"] = json!("sign");
    body["text"] = json!([{"l": "Amount", "t": "EUR 120.00"}, {"l": "To", "t": "Café Müller"}]);
    let sign_in = world.service.start(&body);
    let request = phone.request(&sign_in.tid);
    assert_eq!(request.content.kind, Kind::Sign);
    let rows: Vec<(&str, &str)> =
        request.content.txt.iter().map(|row| (row.l.as_str(), row.t.as_str())).collect();
    assert_eq!(rows, [("Amount", "EUR 120.00"), ("To", "Café Müller")]);
    phone.approve(&request, sign_in.number()).ok();
    assert_eq!(world.service.complete(&sign_in.tid).ok()["evidence"]["request"], request.jws);
}

#[test]
fn a_cancelled_request_is_denied_without_a_pin_and_tells_nobody() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let answer = phone.deny(&request, "cancel");
    assert_eq!(phone.receipt(&request, &answer).dec, DecisionWord::Deny);
    watch.changed(|scene| {
        scene.sign_in["state"] = json!("denied");
        scene.sign_in["reason"] = json!("cancel");
    });
}

#[test]
fn n60_a_number_is_six_ascii_digits() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let number = sign_in.number();
    let spaced = format!("{} {}", &number[..3], &number[3..]);
    for bad in
        [json!(spaced), json!(number[..5]), json!("４８３９２０"), json!(483_920), json!(""), json!("48392a")]
    {
        let mut approval = phone.approval(&request, number);
        approval["num"] = bad;
        phone.send(&approval, &[phone.keys.pin()]).refused(400, "malformed");
    }
    watch.unchanged();
}

#[test]
fn n61_n162_an_answer_has_exactly_the_factors_of_its_decision() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let approval = || phone.approval(&request, sign_in.number());
    let alone = phone.send(&approval(), &[]).refused(403, "factor_not_allowed");
    assert_eq!(alone["factors"], json!(["pin"]));
    phone.send(&approval(), &[phone.keys.pin(), phone.keys.pin()]).refused(403, "factor_not_allowed");
    phone.send(&approval(), &[phone.keys.wrong_pin(), phone.keys.pin()]).refused(403, "factor_not_allowed");
    for why in ["cancel", "not_me"] {
        let denial = phone.denial(&request, why);
        phone.send(&denial, &[phone.keys.pin()]).refused(403, "factor_not_allowed");
    }
    watch.unchanged();
    phone.approve(&request, sign_in.number()).ok();
}

#[test]
fn n63_an_answer_belongs_to_its_request() {
    let (world, phone) = world_with_phone();
    let ((sign_in, request), (_, other)) = (world.ask(&phone), world.ask(&phone));
    let watch = world.watch(&phone, &sign_in.tid);
    let other = phone.approval(&other, sign_in.number());
    for member in ["nonce", "req"] {
        for value in [other[member].clone(), json!(b64u(&[7; 32]))] {
            let mut approval = phone.approval(&request, sign_in.number());
            approval[member] = value;
            phone.send(&approval, &[phone.keys.wrong_pin()]).refused(409, "request_mismatch");
        }
    }
    watch.unchanged();
}

#[test]
fn n64_an_answer_is_for_a_request_of_this_phone_and_comes_to_its_path() {
    let (world, phone) = world_with_phone();
    let (_, stranger) = world.other_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let mut approval = stranger.approval(&request, sign_in.number());
    stranger.send(&approval, &[stranger.keys.pin()]).refused(404, "transaction_unknown");
    approval["tid"] = json!(jti());
    stranger.send(&approval, &[stranger.keys.pin()]).refused(404, "transaction_unknown");

    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
    let other = world.push();
    phone.post(&response_path(&other.tid), body.clone()).refused(400, "malformed");
    phone.post("/v1/transactions/short/response", body).refused(400, "malformed");
    watch.unchanged();
}

#[test]
fn n65_the_first_decision_stands() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    phone.deny(&request, "cancel").ok();
    let refusal = phone.approve(&request, sign_in.number()).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "denied");

    let (sign_in, request) = world.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    let watch = world.watch(&phone, &sign_in.tid);
    for why in ["cancel", "not_me"] {
        assert_eq!(phone.deny(&request, why).refused(409, "transaction_decided")["state"], "approved");
    }
    phone.approve_wrongly(&request, sign_in.number()).refused(409, "transaction_decided");
    watch.unchanged();
    world.service.complete(&sign_in.tid).ok();
    assert_eq!(phone.deny(&request, "cancel").refused(409, "transaction_decided")["state"], "completed");
}

#[test]
fn n66_the_end_is_decided_by_the_servers_clock_alone() {
    let (world, phone) = world_with_phone();
    let lab = world.lab();
    for (before_end, accepted) in [(1, true), (0, false)] {
        let (sign_in, request) = world.ask(&phone);
        let mut approval = phone.approval(&request, sign_in.number());
        approval["iat"] = json!(request.content.iat.secs() - 3600);
        let body = phone.answer_body(&approval, &[phone.keys.pin()]);
        lab.advance_to(sign_in.expires_at() - before_end);
        let answer = phone.post(&request.path(), body);
        if accepted {
            answer.ok();
        } else {
            answer.refused(410, "transaction_expired");
            assert_eq!(world.service.state_name(&sign_in.tid), "expired");
        }
    }
}

#[test]
fn n72_a_push_request_is_not_answered_as_a_scan() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    for flow in ["scan", "link"] {
        let mut approval = phone.transfer(&request, &b64u(&[7; 32]));
        approval["flow"] = json!(flow);
        phone.send(&approval, &[phone.keys.pin()]).refused(403, "entry_not_allowed");
    }
    let mut mixed = phone.approval(&request, sign_in.number());
    mixed["xh"] = json!(b64u(&[7; 32]));
    phone.send(&mixed, &[phone.keys.pin()]).refused(400, "malformed");
    watch.unchanged();
}

#[test]
fn n154_an_unknown_factor_id_is_a_wrong_pin() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    for kid in [new_fid(), "no fid at all".to_owned()] {
        let mut script = phone.answer_script(&phone.approval(&request, sign_in.number()));
        script.factors[0].0 = kid;
        let refusal = script.send(&world.http()).refused(403, "pin_incorrect");
        assert!(refusal["attempts_left"].is_u64());
    }
    watch.changed(|scene| (scene.counters.pin_fail, scene.counters.fail30) = (2, 2));
}

#[test]
fn an_answer_with_unknown_words_is_malformed() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let watch = world.watch(&phone, &sign_in.tid);
    let script = phone.answer_script(&phone.approval(&request, sign_in.number()));
    for (name, value) in [
        ("dec", json!("maybe")),
        ("why", json!("cancel")),
        ("flow", json!("pull")),
        ("v", json!(2)),
        ("tid", json!("short")),
        ("jti", json!(b64u(&[1; 15]))),
        ("nonce", json!(b64u(&[1; 16]))),
    ] {
        script.with(set(name, value)).send(&world.http()).refused(400, "malformed");
    }
    watch.unchanged();
}

#[test]
fn n147_a_phone_reads_and_reports_only_its_own_sign_ins() {
    let (world, phone) = world_with_phone();
    let (_, stranger) = world.other_phone();
    let sign_in = world.push();
    let watch = world.watch(&phone, &sign_in.tid);
    for tid in [sign_in.tid.as_str(), &jti()] {
        stranger.get(tid).refused(404, "transaction_unknown");
        stranger.op("report", &json!({"tid": tid})).refused(404, "transaction_unknown");
    }
    watch.unchanged();
    assert_eq!(world.lab().phone(&stranger.aid).pin_fail, 0);
}

#[test]
fn n166_a_report_after_completion_has_one_event_and_one_mail() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    world.service.complete(&sign_in.tid).ok();
    let (mails, events) = (world.lab().mails(&world.account).len(), world.service.events().len());
    for _ in 0..2 {
        phone.done("report", &json!({"tid": sign_in.tid}));
        let state = world.service.state(&sign_in.tid);
        assert_eq!((&state["state"], &state["reason"]), (&json!("reported"), &json!("not_me")));
        assert_eq!(world.lab().mails(&world.account).len(), mails + 1);
        let all = world.service.events();
        assert_eq!(all.len(), events + 1);
        let event = all.last().unwrap();
        assert_eq!((&event["type"], &event["tid"]), (&json!("sign_in_reported"), &json!(sign_in.tid)));
        assert_eq!(event["account"], world.account);
    }
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n198_n199_a_reported_sign_in_is_not_completed_again() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    world.service.complete(&sign_in.tid).ok();
    world.lab().advance(5);
    phone.done("report", &json!({"tid": sign_in.tid}));
    let refusal = world.service.complete(&sign_in.tid).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "reported");
    let reported = |event: &&Value| event["tid"] == sign_in.tid && event["type"] == "sign_in_reported";
    assert_eq!(world.service.events().iter().filter(reported).count(), 1);
}

#[test]
fn a_report_of_a_pending_sign_in_ends_it() {
    let (world, phone) = world_with_phone();
    let ((sign_in, request), (other, _)) = (world.ask(&phone), world.ask(&phone));
    phone.done("report", &json!({"tid": sign_in.tid}));
    let refusal = phone.approve(&request, sign_in.number()).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "reported");
    assert_eq!(world.service.state_name(&other.tid), "cancelled");
}
