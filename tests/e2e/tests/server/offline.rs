//! Offline sign-ins (3.6): a signed QR, eight digits, and a counter of their own.

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::key::Key;
use countersign_e2e::lab::Point;
use countersign_e2e::parallel::held;
use countersign_e2e::phone::keys::new_fid;
use countersign_e2e::sign_in::other_digits;
use countersign_e2e::world::World;
use reqwest::Method;
use serde_json::json;

#[test]
fn an_offline_code_approves_once_and_is_weaker_evidence() {
    let (world, phone) = world_with_phone();
    let sign_in = world.offline();
    assert_eq!(sign_in.state, "pending");
    assert!(sign_in.qr().len() <= 600);
    let (request, _) = phone.read_offline(sign_in.qr());
    assert_eq!((request.rp.as_str(), request.usr.as_str()), ("Grants Portal", "a***a"));
    assert_eq!((request.geo.as_deref(), request.exp.secs()), (Some("Brussels, BE"), sign_in.expires_at()));
    let answer = world.service.code(&sign_in.tid, &phone.code(sign_in.qr())).ok();
    assert_eq!((&answer["tid"], &answer["state"]), (&json!(sign_in.tid), &json!("approved")));
    let completed = world.service.complete(&sign_in.tid).ok();
    assert_eq!((&completed["evidence"], &completed["account"]), (&json!(null), &json!(world.account)));
    assert_eq!(completed["amr"], json!(["otp", "pin", "mfa"]));
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.off_fail, counters.off_fail30, counters.pin_fail), (0, 0, 0));
}

#[test]
fn n100_a_wrong_code_counts_and_the_third_makes_wait() {
    let (world, phone) = world_with_phone();
    let sign_in = world.offline();
    let right = phone.code(sign_in.qr());
    let watch = world.watch(&phone, &sign_in.tid);
    let refusal = world.service.code(&sign_in.tid, &other_digits(&right)).refused(403, "code_incorrect");
    assert_eq!((&refusal["left"], &refusal["retry_after"]), (&json!(2), &json!(0)));
    watch.changed(|scene| (scene.counters.off_fail, scene.counters.off_fail30) = (1, 1));
    world.fail_codes(&phone, 2);
    let other = world.offline();
    let watch = world.watch(&phone, &other.tid);
    for code in [phone.code(other.qr()), other_digits(&phone.code(other.qr()))] {
        let refusal = world.service.code(&other.tid, &code).refused(429, "pin_wait");
        assert!(refusal["retry_after"].as_u64().is_some_and(|wait| (1..=60).contains(&wait)), "{refusal}");
    }
    watch.unchanged();
}

#[test]
fn n101_three_wrong_codes_end_a_sign_in_and_five_close_the_path() {
    let (world, phone) = world_with_phone();
    let sign_in = world.offline();
    let wrong = other_digits(&phone.code(sign_in.qr()));
    for left in [2, 1] {
        assert_eq!(world.service.code(&sign_in.tid, &wrong).refused(403, "code_incorrect")["left"], left);
    }
    world.service.code(&sign_in.tid, &wrong).refused(410, "transaction_failed");
    let state = world.service.state(&sign_in.tid);
    assert_eq!((&state["state"], &state["reason"]), (&json!("failed"), &json!("codes")));
    world.fail_codes(&phone, 1);
    world.pass_waits(&phone);
    let last = world.offline();
    let refusal = world.service.code(&last.tid, &wrong).refused(403, "method_unavailable");
    assert_eq!(refusal["reason"], "codes");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.off_fail, counters.off_fail30, counters.state.as_str()), (5, 5, "active"));
    world.try_right_pin(&phone).ok();
}

/// Closes the offline path of a phone.
fn close(world: &World, phone: &countersign_e2e::phone::Phone) {
    world.fail_codes(phone, 4);
    world.pass_waits(phone);
    let sign_in = world.offline();
    let wrong = other_digits(&phone.code(sign_in.qr()));
    world.service.code(&sign_in.tid, &wrong).refused(403, "method_unavailable");
}

#[test]
fn n108_n152_a_stranger_closes_the_offline_path_and_nothing_else() {
    let (world, phone) = world_with_phone();
    let before = world.lab().phone(&phone.aid);
    close(&world, &phone);
    let after = world.lab().phone(&phone.aid);
    assert_eq!(after.off_fail, 5);
    assert_eq!((after.pin_fail, after.fail30), (before.pin_fail, before.fail30));
    assert_eq!((after.wait_until, after.state), (before.wait_until, before.state));
    world.try_right_pin(&phone).ok();
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.off_fail, counters.off_wait_until), (0, None));
    let sign_in = world.offline();
    world.service.code(&sign_in.tid, &phone.code(sign_in.qr())).ok();
}

#[test]
fn n173_a_closed_path_starts_no_sign_in() {
    let (world, phone) = world_with_phone();
    close(&world, &phone);
    let answer = world.service.post("/sign-ins", &start_body("offline", Some(&world.account)));
    assert_eq!(answer.refused(403, "method_unavailable")["reason"], "codes");
}

#[test]
fn a_pending_code_is_not_judged_once_the_path_is_closed() {
    let (world, phone) = world_with_phone();
    world.fail_codes(&phone, 3);
    world.pass_waits(&phone);
    let (one, other) = (world.offline(), world.offline());
    let wrong = other_digits(&phone.code(one.qr()));
    world.service.code(&one.tid, &wrong).refused(403, "code_incorrect");
    world.lab().advance(290);
    // The wait after the fourth is as long as the other sign-in's life: it ends unjudged.
    world.service.code(&other.tid, &phone.code(other.qr())).refused(429, "pin_wait");
    assert_eq!(world.lab().phone(&phone.aid).off_fail, 4);
}

#[test]
fn n107_both_paths_together_give_ten_guesses() {
    let (world, phone) = world_with_phone();
    close(&world, &phone);
    world.fail_pins(&phone, 4);
    world.pass_waits(&phone);
    world.try_wrong_pin(&phone).refused(403, "authenticator_locked");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.off_fail, counters.pin_fail, counters.state.as_str()), (5, 5, "locked"));
    world.lab().advance(86_400);
    let answer = world.service.post("/sign-ins", &start_body("offline", Some(&world.account)));
    answer.refused(403, "method_unavailable");
    assert_eq!(world.lab().phone(&phone.aid).off_fail, 5);
}

#[test]
fn twenty_five_wrong_codes_in_thirty_days_close_the_path_for_good_pins_too() {
    let (world, phone) = world_with_phone();
    for _ in 0..6 {
        world.fail_codes(&phone, 4);
        world.pass_waits(&phone);
        world.try_right_pin(&phone).ok();
    }
    let sign_in = world.offline();
    let wrong = other_digits(&phone.code(sign_in.qr()));
    world.service.code(&sign_in.tid, &wrong).refused(403, "method_unavailable");
    world.try_right_pin(&phone).ok();
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.off_fail, counters.off_fail30), (0, 25));
    let answer = world.service.post("/sign-ins", &start_body("offline", Some(&world.account)));
    assert_eq!(answer.refused(403, "method_unavailable")["reason"], "codes");
    world.lab().advance(2_592_000);
    world.offline();
}

#[test]
fn n102_a_code_is_for_one_sign_in_one_time_and_five_minutes() {
    let (world, phone) = world_with_phone();
    let (one, other) = (world.offline(), world.offline());
    let (code, of_other) = (phone.code(one.qr()), phone.code(other.qr()));
    world.service.code(&one.tid, &of_other).refused(403, "code_incorrect");
    assert_eq!(world.lab().phone(&phone.aid).off_fail, 1);
    world.service.code(&one.tid, &code).ok();
    let watch = world.watch(&phone, &one.tid);
    let refusal = world.service.code(&one.tid, &code).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "approved");
    watch.unchanged();
    world.lab().advance_to(other.expires_at());
    world.service.code(&other.tid, &of_other).refused(410, "transaction_expired");
    assert_eq!(world.lab().phone(&phone.aid).off_fail, 0);
}

#[test]
fn n103_a_code_is_eight_digits_however_they_are_grouped() {
    let (world, phone) = world_with_phone();
    let sign_in = world.offline();
    let code = phone.code(sign_in.qr());
    let watch = world.watch(&phone, &sign_in.tid);
    for bad in [&code[..7], &format!("{code}0"), "8985094a", "８９８５０９４０", ""] {
        world.service.code(&sign_in.tid, bad).refused(400, "malformed");
    }
    let path = format!("/sign-ins/{}/code", sign_in.tid);
    world.service.post(&path, &json!({"code": 12_345_678})).refused(400, "malformed");
    watch.unchanged();
    let grouped = format!(" {}-{} {}", &code[..2], &code[2..5], &code[5..]);
    world.service.code(&sign_in.tid, &grouped).ok();
}

#[test]
fn n104_n105_a_code_of_another_pin_or_another_epoch_is_wrong() {
    let (world, phone) = world_with_phone();
    let sign_in = world.offline();
    let watch = world.watch(&phone, &sign_in.tid);
    let wrong_pin = phone.code_under(sign_in.qr(), &Key::new(), &phone.keys.fid);
    world.service.code(&sign_in.tid, &wrong_pin).refused(403, "code_incorrect");
    let other_epoch = phone.code_under(sign_in.qr(), &phone.keys.ka, &new_fid());
    world.service.code(&sign_in.tid, &other_epoch).refused(403, "code_incorrect");
    watch.changed(|scene| (scene.counters.off_fail, scene.counters.off_fail30) = (2, 2));
    world.service.code(&sign_in.tid, &phone.code(sign_in.qr())).ok();
}

#[test]
fn n109_without_first_factor_or_recognised_browser_nothing_is_pushed_or_shown() {
    let (world, _) = world_with_phone();
    for method in ["push", "offline"] {
        let mut body = start_body(method, Some(&world.account));
        body["first_factor"] = json!(false);
        world.service.post("/sign-ins", &body).refused(403, "first_factor_required");
        body["recognised"] = json!(true);
        world.service.start(&body);
    }
}

#[test]
fn n185_only_a_bare_sign_in_goes_offline() {
    let (world, _) = world_with_phone();
    let mut signed = start_body("offline", Some(&world.account));
    signed["kind"] = json!("sign");
    let mut with_row = start_body("offline", Some(&world.account));
    with_row["text"] = json!([{"l": "Amount", "t": "EUR 120.00"}]);
    for body in [signed, with_row] {
        let refusal = world.service.post("/sign-ins", &body).refused(403, "method_unavailable");
        assert_eq!(refusal["reason"], "policy");
    }
    world.lab().policy(&json!({"offline": false}));
    let answer = world.service.post("/sign-ins", &start_body("offline", Some(&world.account)));
    assert_eq!(answer.refused(403, "method_unavailable")["reason"], "policy");
}

#[test]
fn n206_the_phone_sees_its_pending_offline_sign_in_and_can_report_it() {
    let (world, phone) = world_with_phone();
    let sign_in = world.offline();
    let got = phone.get(&sign_in.tid).ok();
    assert_eq!((&got["state"], &got["request"]), (&json!("pending"), &json!(null)));
    assert!(phone.list().is_empty());
    let code = phone.code(sign_in.qr());
    phone.done("report", &json!({"tid": sign_in.tid}));
    let refusal = world.service.code(&sign_in.tid, &code).refused(409, "transaction_decided");
    assert_eq!(refusal["state"], "reported");
    assert_eq!(world.lab().phone(&phone.aid).off_fail, 0);
}

#[test]
fn n218_a_right_code_for_a_sign_in_that_ran_out_meanwhile_costs_nothing() {
    let (world, phone) = world_with_phone();
    let sign_in = world.offline();
    let code = phone.code(sign_in.qr());
    let send = || world.service.code(&sign_in.tid, &code);
    let reserved = || world.lab().phone(&phone.aid).off_fail == 1;
    let late = held(&world.lab(), Point::BeforeCommit, send, reserved, || {
        world.lab().advance(300);
    });
    late.refused(410, "transaction_expired");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.off_fail, counters.off_fail30), (0, 0));
}

#[test]
fn a_crash_leaves_an_offline_try_counted() {
    let (mut world, phone) = world_with_phone();
    let sign_in = world.offline();
    let code = phone.code(sign_in.qr());
    world.lab().kill(Point::AfterReserve);
    let path = format!("/sign-ins/{}/code", sign_in.tid);
    assert!(world.service.try_call(Method::POST, &path, &json!({"code": code}), &[]).is_none());
    world.server.wait_for_end();
    world.server.restart();
    assert_eq!(world.lab().phone(&phone.aid).off_fail, 1);
    world.service.code(&sign_in.tid, &code).ok();
    assert_eq!(world.lab().phone(&phone.aid).off_fail, 0);
}

#[test]
fn an_offline_sign_in_is_for_the_chosen_phone_else_for_the_one_used_last() {
    let (world, _) = world_with_phone();
    let account = world.service.add_account("clara@example.eu");
    let scene = World { account, ..world };
    let [first, second] = scene.two_phones();
    let (sign_in, request) = scene.ask(&first);
    scene.lab().advance(1);
    first.approve(&request, sign_in.number()).ok();
    first.read_offline(scene.offline().qr());
    let phones = scene.service.get(&format!("/accounts/{}/phones", scene.account)).ok();
    for phone in phones.as_array().unwrap() {
        let mut body = start_body("offline", Some(&scene.account));
        body["phone"] = phone["ref"].clone();
        let chosen = scene.service.start(&body);
        let owner = if phone["last_used"].is_null() { &second } else { &first };
        scene.service.code(&chosen.tid, &owner.code(chosen.qr())).ok();
    }
}

#[test]
fn long_names_and_places_are_shortened_until_the_text_fits() {
    let (world, phone) = world_with_phone();
    let mut body = start_body("offline", Some(&world.account));
    body["browser"]["place"] = json!("é".repeat(40));
    let sign_in = world.service.start(&body);
    assert!(sign_in.qr().len() <= 600, "{}", sign_in.qr().len());
    let (request, _) = phone.read_offline(sign_in.qr());
    assert!(request.geo.as_deref().is_some_and(|place| place.ends_with('\u{2026}') && place.len() <= 40));
}

/// How often the rate of wrong codes at the whole server was an alarm.
fn alarms(world: &World) -> usize {
    world.server.log().matches("offline codes").count()
}

#[test]
fn wrong_codes_of_many_people_together_are_one_alarm_an_hour() {
    let (world, phone) = world_with_phone();
    world.lab().policy(&json!({"codes_alarm_hour": 3}));
    // A full hour lies ahead: the count is one of the clock.
    world.lab().advance(3600 - world.lab().now() % 3600);
    world.fail_codes(&phone, 2);
    let (account, other) = world.other_phone();
    let scene = World { account, ..world };
    scene.fail_codes(&other, 1);
    assert_eq!(alarms(&scene), 0);
    scene.fail_codes(&other, 2);
    assert_eq!(alarms(&scene), 1);
}
