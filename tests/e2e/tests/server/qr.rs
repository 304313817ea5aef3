//! Rotating QR sign-ins (3.5.1): frames, tickets, claims, and the answer that proves the scan.

use crate::common::{world, world_with_phone};
use countersign_e2e::backend::start_body;
use countersign_e2e::phone::scan::{Scan, new_r};
use countersign_e2e::world::World;
use countersign_protocol::encoding::{b64u, from_b64u};
use countersign_protocol::message::Flow;
use serde_json::{Value, json};

#[test]
fn a_scanned_sign_in_is_claimed_approved_and_completed() {
    let (world, phone) = world_with_phone();
    let sign_in = world.qr(None);
    assert_eq!(sign_in.state, "created");
    let frame = world.service.get(&format!("/sign-ins/{}/frame", sign_in.tid)).ok();
    assert!(frame["next_in_ms"].as_u64().is_some_and(|left| left <= 3000), "{frame}");
    assert!(frame["step"].is_u64());
    let scan = Scan::of(frame["qr"].as_str().unwrap());
    let request = phone.take(&scan);
    assert_eq!((request.content.flow, request.content.ret.as_deref()), (Flow::Scan, None));
    assert_eq!(request.tid(), sign_in.tid);
    assert_eq!(world.service.state_name(&sign_in.tid), "claimed");
    assert!(phone.list().is_empty(), "scanned requests are not listed");

    let answer = phone.approve_scanned(&request, &scan);
    phone.receipt(&request, &answer);
    let completed = world.service.complete(&sign_in.tid).ok();
    assert_eq!((&completed["account"], &completed["account_given"]), (&json!(world.account), &json!(false)));
    assert_eq!(completed["evidence"]["request"], request.jws);
}

#[test]
fn a_sign_in_started_for_an_account_says_so() {
    let (world, phone) = world_with_phone();
    let sign_in = world.qr(Some(&world.account));
    let scan = Scan::of(&world.service.frame(&sign_in.tid));
    let request = phone.take(&scan);
    phone.approve_scanned(&request, &scan).ok();
    assert_eq!(world.service.complete(&sign_in.tid).ok()["account_given"], true);
}

#[test]
fn a_scanned_sign_in_is_denied_like_any_other() {
    let (world, phone) = world_with_phone();
    for (why, state) in [("cancel", "denied"), ("not_me", "reported")] {
        let (sign_in, scan) = world.scan();
        let request = phone.take(&scan);
        phone.deny(&request, why).ok();
        let seen = world.service.state(&sign_in.tid);
        assert_eq!((&seen["state"], &seen["reason"]), (&json!(state), &json!(why)));
    }
}

#[test]
fn n80_an_old_frame_or_a_changed_one_is_stale() {
    let (world, phone) = world_with_phone();
    let (sign_in, scan) = world.scan();
    let (scanned_sign_in, scanned) = world.scan();
    scanned.ticket(&world.http());
    let stale = |scan: &Scan| drop(scan.post(&world.http()).refused(410, "qr_stale"));
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut scan = scan.again();
        change(&mut scan.body);
        stale(&scan);
    };
    changed(&|body| body["t"] = json!(body["t"].as_u64().unwrap() + 1));
    changed(&|body| body["m"] = json!(with_a_flipped_bit(body["m"].as_str().unwrap())));
    changed(&|body| body["h"] = json!(new_r()));
    changed(&|body| (body["t"], body["m"]) = (json!(4_294_967_295_u64), json!(b64u(&[0; 8]))));
    world.lab().advance(13);
    stale(&scan);
    stale(&scanned.again());
    assert_eq!(world.service.state_name(&scanned_sign_in.tid), "created");
    let fresh = Scan::of(&world.service.frame(&sign_in.tid));
    phone.take(&fresh);
}

fn with_a_flipped_bit(text: &str) -> String {
    let mut bytes = from_b64u(text).unwrap();
    bytes[0] ^= 1;
    b64u(&bytes)
}

#[test]
fn a_frame_of_the_future_is_stale() {
    let world = world();
    let (sign_in, _) = world.scan();
    world.lab().advance(30);
    let later = Scan::of(&world.service.frame(&sign_in.tid));
    // The same frame of a younger sign-in would lie ahead of it: the server's steps count from its own creation.
    let (_, young) = world.scan();
    let mut ahead = young.clone();
    ahead.body["t"] = later.body["t"].clone();
    ahead.body["m"] = later.body["m"].clone();
    ahead.post(&world.http()).refused(410, "qr_stale");
}

#[test]
fn n156_a_repeat_gets_its_ticket_after_the_window_and_nothing_after_the_claim() {
    let (world, phone) = world_with_phone();
    let (_, scan) = world.scan();
    let ticket = scan.ticket(&world.http());
    world.lab().advance(13);
    assert_eq!(scan.ticket(&world.http()), ticket);
    phone.claim(&ticket).ok();
    scan.post(&world.http()).refused(410, "qr_stale");
}

#[test]
fn n195_another_scan_of_the_same_frame_gets_the_same_ticket() {
    let world = world();
    let (_, scan) = world.scan();
    let ticket = scan.ticket(&world.http());
    world.lab().advance(5);
    assert_eq!(scan.again().ticket(&world.http()), ticket);
}

#[test]
fn five_tickets_live_at_once_and_a_dead_one_gives_its_place_back() {
    let world = world();
    let sign_in = world.qr(None);
    let mut tickets = Vec::new();
    for _ in 0..5 {
        tickets.push(Scan::of(&world.service.frame(&sign_in.tid)).ticket(&world.http()));
        world.lab().advance(3);
    }
    tickets.sort();
    tickets.dedup();
    assert_eq!(tickets.len(), 5, "each frame has its own");
    Scan::of(&world.service.frame(&sign_in.tid)).post(&world.http()).refused(410, "qr_stale");
    world.lab().advance(46);
    Scan::of(&world.service.frame(&sign_in.tid)).ticket(&world.http());
}

#[test]
fn n81_a_ticket_is_used_once_and_within_a_minute() {
    let (world, phone) = world_with_phone();
    let (sign_in, scan) = world.scan();
    let ticket = scan.ticket(&world.http());
    phone.claim(&ticket).ok();
    let watch = world.watch(&phone, &sign_in.tid);
    phone.claim(&ticket).refused(410, "ticket_invalid");
    phone.claim(&new_r()).refused(410, "ticket_invalid");
    watch.unchanged();

    let (sign_in, scan) = world.scan();
    let ticket = scan.ticket(&world.http());
    world.lab().advance(60);
    phone.claim(&ticket).refused(410, "ticket_invalid");
    assert_eq!(world.service.state_name(&sign_in.tid), "created");
}

#[test]
fn n82_the_first_phone_that_claims_has_it() {
    let (world, phone) = world_with_phone();
    let (_, second) = world.other_phone();
    let (sign_in, scan) = world.scan();
    world.lab().advance(3);
    let later = Scan::of(&world.service.frame(&sign_in.tid));
    let (own, other) = (scan.ticket(&world.http()), later.ticket(&world.http()));
    assert_ne!(own, other);
    let claimed = phone.claim(&own).ok();
    second.claim(&other).refused(409, "transaction_claimed");
    let request = phone.read_request(&claimed["request"]);
    let foreign = second.transfer(&request, &scan.xh(&request));
    second.send(&foreign, &[second.keys.pin()]).refused(404, "transaction_unknown");
    phone.approve_scanned(&request, &scan).ok();
}

#[test]
fn n83_n157_another_account_is_refused_and_the_ticket_stays() {
    let (world, phone) = world_with_phone();
    let (_, stranger) = world.other_phone();
    let sign_in = world.qr(Some(&world.account));
    let scan = Scan::of(&world.service.frame(&sign_in.tid));
    let ticket = scan.ticket(&world.http());
    stranger.claim(&ticket).refused(404, "transaction_unknown");
    assert_eq!(world.service.state_name(&sign_in.tid), "created");
    phone.claim(&ticket).ok();
    assert_eq!(world.lab().phone(&stranger.aid).pin_fail, 0);
}

#[test]
fn n163_the_transfer_hash_belongs_to_the_handle_that_was_scanned() {
    let (world, phone) = world_with_phone();
    let ((sign_in, scan), (_, other)) = (world.scan(), world.scan());
    let request = phone.take(&scan);
    let watch = world.watch(&phone, &sign_in.tid);
    for xh in [other.xh(&request), b64u(&[7; 32])] {
        phone.send(&phone.transfer(&request, &xh), &[phone.keys.pin()]).refused(403, "transfer_mismatch");
    }
    watch.unchanged();
    let wrong_pin = phone.transfer(&request, &other.xh(&request));
    phone.send(&wrong_pin, &[phone.keys.wrong_pin()]).refused(403, "pin_incorrect");
    watch.changed(|scene| (scene.counters.pin_fail, scene.counters.fail30) = (1, 1));
    phone.approve_scanned(&request, &scan).ok();
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn n164_the_handle_of_a_frame_alone_is_stale() {
    let world = world();
    let (_, scan) = world.scan();
    let bare = json!({"h": scan.body["h"], "r": new_r()});
    world.http().post_json("/v1/scan", &bare).refused(410, "qr_stale");
}

#[test]
fn a_scan_outside_its_form_is_malformed() {
    let world = world();
    let (_, scan) = world.scan();
    for (name, value) in [
        ("h", json!("short")),
        ("t", json!("7")),
        ("t", json!(-1)),
        ("t", json!(4_294_967_296_u64)),
        ("m", json!(b64u(&[0; 7]))),
        ("r", json!(null)),
        ("more", json!(1)),
    ] {
        let mut changed = scan.again();
        changed.body[name] = value;
        changed.post(&world.http()).refused(400, "malformed");
    }
    for missing in ["h", "t", "m", "r"] {
        let mut changed = scan.again();
        changed.body.as_object_mut().unwrap().remove(missing);
        changed.post(&world.http()).refused(400, "malformed");
    }
    scan.ticket(&world.http());
}

#[test]
fn a_scanned_request_does_not_take_a_number() {
    let (world, phone) = world_with_phone();
    let (sign_in, scan) = world.scan();
    let request = phone.take(&scan);
    let watch = world.watch(&phone, &sign_in.tid);
    let mut approval = phone.approval(&request, "123456");
    phone.send(&approval, &[phone.keys.pin()]).refused(400, "malformed");
    approval["flow"] = json!("push");
    phone.send(&approval, &[phone.keys.pin()]).refused(403, "entry_not_allowed");
    watch.unchanged();
}

/// A sign-in claimed after so many seconds, and how many seconds the phone has then.
fn life_after_claim(world: &World, phone: &countersign_e2e::phone::Phone, after: u64) -> u64 {
    let sign_in = world.qr(None);
    let now = world.lab().now();
    world.lab().advance_to(now + after);
    let request = phone.take(&Scan::of(&world.service.frame(&sign_in.tid)));
    request.content.exp.secs() - world.lab().now()
}

#[test]
fn a_claim_gives_two_minutes_more() {
    let (world, phone) = world_with_phone();
    for after in [1, 100, 175] {
        let life = life_after_claim(&world, &phone, after);
        assert!((117..=120).contains(&life), "{life}");
    }
    let sign_in = world.qr(None);
    world.lab().advance(180);
    let answer = world.service.get(&format!("/sign-ins/{}/frame", sign_in.tid));
    answer.refused(410, "transaction_expired");
}

#[test]
fn a_frame_is_shown_only_until_the_claim() {
    let (world, phone) = world_with_phone();
    let (sign_in, scan) = world.scan();
    let frame = || world.service.get(&format!("/sign-ins/{}/frame", sign_in.tid));
    let request = phone.take(&scan);
    frame().refused(409, "transaction_claimed");
    phone.approve_scanned(&request, &scan).ok();
    assert_eq!(frame().refused(409, "transaction_decided")["state"], "approved");
    let push = world.push();
    world.service.get(&format!("/sign-ins/{}/frame", push.tid)).refused(404, "not_found");
}

#[test]
fn refused_scans_are_limited_per_address() {
    let world = world();
    let (_, scan) = world.scan();
    world.lab().policy(&json!({"scan_ip_min": 3}));
    let mut wrong = scan.again();
    wrong.body["m"] = json!(b64u(&[0; 8]));
    scan.ticket(&world.http());
    for _ in 0..3 {
        wrong.post(&world.http()).refused(410, "qr_stale");
    }
    wrong.post(&world.http()).refused(429, "rate_limited");
    scan.ticket(&world.http().from_address("127.0.0.2".parse().unwrap()));
}

#[test]
fn n203_qr_starts_do_not_use_up_the_accounts_starts() {
    let (world, _) = world_with_phone();
    world.lab().policy(&json!({"signins_account_10min": 10}));
    let mut stranger = start_body("qr", Some(&world.account));
    stranger["first_factor"] = json!(false);
    for _ in 0..20 {
        world.service.start(&stranger);
    }
    for _ in 0..10 {
        world.push();
    }
    let body = start_body("push", Some(&world.account));
    world.service.post("/sign-ins", &body).refused(429, "rate_limited");
    world.lab().advance(601);
    world.push();
}
