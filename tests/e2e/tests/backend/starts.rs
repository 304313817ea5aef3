//! Which sign-ins can be started.

use crate::scene;
use countersign_e2e::backend::start_body;
use countersign_e2e::parallel;
use serde_json::{Value, json};

fn changed(method: &str, account: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut body = start_body(method, Some(account));
    change(&mut body);
    body
}

#[test]
fn n109_push_and_offline_need_a_first_factor_or_a_known_browser() {
    let (world, _) = scene();
    for method in ["push", "offline"] {
        let bare = changed(method, &world.account, |body| body["first_factor"] = json!(false));
        world.service.post("/sign-ins", &bare).refused(403, "first_factor_required");
        let known = changed(method, &world.account, |body| {
            body["first_factor"] = json!(false);
            body["recognised"] = json!(true);
        });
        world.service.post("/sign-ins", &known).is(201);
    }
}

#[test]
fn n185_an_offline_code_signs_no_text() {
    let (world, _) = scene();
    let sign = changed("offline", &world.account, |body| body["kind"] = json!("sign"));
    let row = changed("offline", &world.account, |body| body["text"] = json!([{"l": "Amount", "t": "1"}]));
    for body in [sign, row] {
        let refusal = world.service.post("/sign-ins", &body).refused(403, "method_unavailable");
        assert_eq!(refusal["reason"], "policy");
    }
}

#[test]
fn n203_qr_starts_use_up_nothing_of_the_account() {
    let (world, _) = scene();
    world.lab().policy(&json!({"signins_account_10min": 3}));
    for _ in 0..20 {
        let body = changed("qr", &world.account, |body| body["first_factor"] = json!(false));
        world.service.post("/sign-ins", &body).is(201);
    }
    for _ in 0..3 {
        world.service.post("/sign-ins", &start_body("push", Some(&world.account))).is(201);
    }
    world.service.post("/sign-ins", &start_body("push", Some(&world.account))).refused(429, "rate_limited");
    world.lab().advance(600);
    world.service.post("/sign-ins", &start_body("push", Some(&world.account))).is(201);
}

#[test]
fn starts_at_the_same_moment_do_not_pass_the_limit_together() {
    let (world, _) = scene();
    world.lab().policy(&json!({"signins_account_10min": 3}));
    let body = start_body("push", Some(&world.account));
    let statuses = parallel::all(16, |_| world.service.post("/sign-ins", &body).status);
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 3, "{statuses:?}");
}

#[test]
fn texts_that_hide_something_never_reach_a_phone() {
    let (world, _) = scene();
    for bad in ["a\u{202e}b", "a\u{200b}b", "a\nb", "e\u{301}", ""] {
        let row = changed("push", &world.account, |body| {
            body["kind"] = json!("sign");
            body["text"] = json!([{"l": "Payee", "t": bad}]);
        });
        let agent = changed("push", &world.account, |body| body["browser"]["agent"] = json!(bad));
        for body in [row, agent] {
            world.service.post("/sign-ins", &body).refused(400, "malformed");
        }
    }
    let nine: Vec<Value> = (0..9).map(|n| json!({"l": "Row", "t": n.to_string()})).collect();
    let many = changed("push", &world.account, |body| body["text"] = json!(nine));
    world.service.post("/sign-ins", &many).refused(400, "malformed");
    world.service.post("/sign-ins", &start_body("push", Some("u-nobody"))).refused(404, "not_found");
}
