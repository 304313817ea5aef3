//! A session on the server's own pages is worth what its sign-in is worth (3.11): it ends with it, and with its phone.

use crate::scene::{EMAIL, Scene, scan, sign_in_and_remember, start_qr};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::camera::text_of_svg;
use countersign_e2e::phone::Phone;
use serde_json::json;

const HOUR: u64 = 3600;

/// A browser that is signed in, its page, and the sign-in.
fn signed_in(scene: &Scene, phone: &Phone) -> (Browser, Page, String) {
    let mut browser = scene.browser();
    start_qr(&mut browser);
    let (request, scan) = scan(&mut browser, phone);
    phone.approve_scanned(&request, &scan).ok();
    let asked = browser.open("/sign-in/wait");
    let me = browser.submit(&asked, "/sign-in/confirm", &[]);
    assert!(me.html().contains(EMAIL), "{}", me.html());
    (browser, me, request.tid())
}

/// Nobody is signed in, and no phone can be added with the token of a page from before.
fn is_over(browser: &mut Browser, me: &Page) {
    let token = me.token();
    assert_eq!(browser.post("/me/phones/add", &[("csrf", &token)]).header("location"), Some("/"));
    assert_eq!(browser.open("/me").title(), "Sign in");
}

#[test]
fn a_report_and_an_end_of_session_sign_the_browser_out() {
    let scene = Scene::set();
    let phone = scene.pair();
    for operation in ["report", "end_session"] {
        let (mut browser, me, tid) = signed_in(&scene, &phone);
        phone.done(operation, &json!({"tid": tid}));
        is_over(&mut browser, &me);
    }
}

#[test]
fn a_pairing_that_was_begun_before_a_report_cannot_be_confirmed_after_it() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut thief, me, tid) = signed_in(&scene, &phone);
    thief.submit(&me, "/me/phones/add", &[]);
    let (other, code) = scene.claim(&mut thief);
    phone.done("report", &json!({"tid": tid}));
    let token = me.token();
    assert_eq!(thief.post("/me/phones/confirm", &[("csrf", &token), ("code", &code)]).status, 404);
    other.op("list_devices", &json!({})).refused(403, "enrolment_pending");
}

#[test]
fn the_end_of_the_phone_that_approved_is_the_end_of_the_session() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, me, _) = signed_in(&scene, &phone);
    phone.done("revoke_self", &json!({}));
    is_over(&mut browser, &me);
}

#[test]
fn a_session_lasts_a_day_however_busy_it_is() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, mut me, _) = signed_in(&scene, &phone);
    for _ in 0..5 {
        scene.server.lab().advance(4 * HOUR);
        let adding = browser.submit(&me, "/me/phones/add", &[]);
        browser.submit(&adding, "/me/phones/cancel", &[]);
        me = browser.open("/me");
        assert!(me.html().contains(EMAIL), "{}", me.html());
    }
    scene.server.lab().advance(4 * HOUR);
    is_over(&mut browser, &me);
}

#[test]
fn a_sign_in_by_offline_code_cannot_manage_phones() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let me = sign_in_and_remember(&mut browser, &phone);
    assert!(me.html().contains("/me/phones/add"), "{}", me.html());
    browser.submit(&me, "/sign-out", &[]);
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let page = browser.submit(&keys, "/sign-in/offline", &[]);
    let code = phone.code(&text_of_svg(&browser.get("/sign-in/qr.svg").text()));
    let me = browser.submit(&page, "/sign-in/code", &[("code", &code)]);
    assert!(me.html().contains(EMAIL) && !me.html().contains("/me/phones/add"), "{}", me.html());
    let token = me.token();
    for path in ["/me/phones/add", "/me/phones/here"] {
        assert_eq!(browser.post(path, &[("csrf", &token)]).header("location"), Some("/"));
    }
    assert!(browser.open("/me").html().contains(EMAIL), "the session itself goes on");
}

#[test]
fn after_a_late_report_no_browser_is_remembered() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut thief = scene.browser();
    let first = thief.open("/");
    thief.submit(&first, "/sign-in", &[("identifier", EMAIL), ("remember", "1")]);
    start_qr(&mut thief);
    let (request, scan) = scan(&mut thief, &phone);
    phone.approve_scanned(&request, &scan).ok();
    let asked = thief.open("/sign-in/wait");
    thief.submit(&asked, "/sign-in/confirm", &[]);
    let by_number = |browser: &mut Browser| {
        let first = browser.open("/");
        browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]).html().contains("/sign-in/number")
    };
    let token = thief.open("/me").token();
    thief.post("/sign-out", &[("csrf", &token)]);
    assert!(by_number(&mut thief));
    phone.done("report", &json!({"tid": request.tid()}));
    assert!(!by_number(&mut thief));
}
