//! Rotating codes and offline codes (3.5, 3.6).

use super::Case;
use crate::backend::start_body;
use crate::key::Key;
use crate::phone::scan::new_r;
use crate::scene::Scene;
use crate::sign_in::other_digits;
use countersign_protocol::encoding::b64u;
use serde_json::json;

pub(super) const CASES: &[Case] = &[
    Case::new("N82", "a second phone claims", second_claim),
    Case::new("N83", "a phone of another account claims", strangers_claim),
    Case::new("N100", "a wrong offline code", wrong_code),
    Case::new("N103", "an offline code of another shape", shapes),
    Case::new("N104", "an offline code made with a wrong PIN", wrong_pin),
    Case::new("N157", "a claim by the wrong account, then by the right one", strangers_claim),
    Case::new("N163", "the transfer digest of another handle", other_handle),
    Case::new("N164", "the handle of a frame alone", bare_handle),
    Case::new("N185", "an offline sign-in with a row", rows),
];

fn second_claim(scene: &Scene) {
    let (phone, second) = (scene.phone(), scene.stranger());
    let (_, scan) = scene.scan(None);
    let ticket = scan.ticket(scene.http());
    let other = scan.again().ticket(scene.http());
    phone.claim(&ticket).ok();
    let refused = second.claim(&other);
    assert!((400..500).contains(&refused.status), "{}", refused.text());
}

fn strangers_claim(scene: &Scene) {
    let (phone, stranger) = (scene.phone(), scene.stranger());
    let (sign_in, scan) = scene.scan(Some(&scene.account));
    let ticket = scan.ticket(scene.http());
    stranger.claim(&ticket).refused(404, "transaction_unknown");
    assert_eq!(scene.service.state_name(&sign_in.tid), "created");
    phone.claim(&ticket).ok();
}

fn other_handle(scene: &Scene) {
    let phone = scene.phone();
    let ((sign_in, scan), (_, other)) = (scene.scan(None), scene.scan(None));
    let request = phone.take(&scan);
    for xh in [other.xh(&request), b64u(&[7; 32])] {
        phone.send(&phone.transfer(&request, &xh), &[phone.keys.pin()]).refused(403, "transfer_mismatch");
    }
    phone.approve_scanned(&request, &scan).ok();
    assert_eq!(scene.service.state_name(&sign_in.tid), "approved");
}

fn bare_handle(scene: &Scene) {
    let (_, scan) = scene.scan(None);
    let bare = json!({"h": scan.body["h"], "r": new_r()});
    scene.http().post_json("/v1/scan", &bare).refused(410, "qr_stale");
}

fn wrong_code(scene: &Scene) {
    let phone = scene.phone();
    let sign_in = scene.offline();
    let right = phone.code(sign_in.qr());
    let refusal = scene.service.code(&sign_in.tid, &other_digits(&right)).refused(403, "code_incorrect");
    assert_eq!(refusal["left"], 2);
    scene.service.code(&sign_in.tid, &right).ok();
}

fn shapes(scene: &Scene) {
    let phone = scene.phone();
    let sign_in = scene.offline();
    let right = phone.code(sign_in.qr());
    for bad in [&right[..7], "1234567a", "", "123456789"] {
        scene.service.code(&sign_in.tid, bad).refused(400, "malformed");
    }
    scene.service.code(&sign_in.tid, &format!("{} {}", &right[..4], &right[4..])).ok();
}

fn wrong_pin(scene: &Scene) {
    let phone = scene.phone();
    let sign_in = scene.offline();
    let code = phone.code_under(sign_in.qr(), &Key::new(), &phone.keys.fid);
    scene.service.code(&sign_in.tid, &code).refused(403, "code_incorrect");
}

fn rows(scene: &Scene) {
    let _ = scene.phone();
    let mut body = start_body("offline", Some(&scene.account));
    body["text"] = json!([{"l": "Amount", "t": "EUR 120.00"}]);
    let refused = scene.service.post("/sign-ins", &body).refused(403, "method_unavailable");
    assert_eq!(refused["reason"], "policy");
}
