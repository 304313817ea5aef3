//! A session on the server's own pages is worth what its sign-in is worth (3.11): it ends with it, and with its phone.

use crate::scene::{EMAIL, Scene, scan, sign_in_and_remember, start_qr};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::camera::text_of_svg;
use countersign_e2e::database;
use countersign_e2e::phone::Phone;
use serde_json::json;

const MINUTE: u64 = 60;
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
    assert_eq!(thief.open("/me/phones/add").answer.status, 404, "nor looked at");
    scene.server.lab().advance(1);
    assert_eq!(thief.open("/me/phones/add").answer.status, 404, "nor when the session is swept away");
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
fn a_session_lasts_twelve_hours_however_busy_it_is() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, mut me, _) = signed_in(&scene, &phone);
    for _ in 0..14 {
        scene.server.lab().advance(50 * MINUTE);
        let adding = browser.submit(&me, "/me/phones/add", &[]);
        browser.submit(&adding, "/me/phones/cancel", &[]);
        me = browser.open("/me");
        assert!(me.html().contains(EMAIL), "{}", me.html());
    }
    scene.server.lab().advance(20 * MINUTE);
    is_over(&mut browser, &me);
}

#[test]
fn a_session_that_nobody_uses_for_an_hour_is_over() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, mut me, _) = signed_in(&scene, &phone);
    for _ in 0..3 {
        scene.server.lab().advance(50 * MINUTE);
        me = browser.open("/me");
        assert!(me.html().contains(EMAIL), "to look at a page is to use it");
    }
    scene.server.lab().advance(HOUR);
    is_over(&mut browser, &me);
}

/// How many sessions there are that go on, and how many that have ended.
fn sessions(scene: &Scene) -> (u32, u32) {
    let counted = "SELECT count(*) FILTER (WHERE ended IS NULL), count(*) FILTER (WHERE cookie_hash IS NULL)
                     FROM session WHERE acr<>''";
    database::open(&scene.server).query_row(counted, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[test]
fn whoever_signs_in_once_more_stays_signed_in_until_the_new_session_is_there() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, me, _) = signed_in(&scene, &phone);
    let mut thief = scene.browser();
    thief.plant("session", browser.cookie("session").unwrap());
    assert!(thief.open("/me").html().contains(EMAIL));
    let first = browser.cookie("session").unwrap().to_owned();
    browser.submit(&me, "/sign-in/qr", &[]);
    assert_ne!(browser.cookie("session").unwrap(), first);
    assert!(browser.open("/me").html().contains(EMAIL), "it goes on under the new cookie");
    assert_eq!(thief.open("/me").title(), "Sign in", "and no more under the old one");
    assert_eq!(thief.get("/sign-in/poll?state=").status, 404);
    let (request, scan) = scan(&mut browser, &phone);
    phone.approve_scanned(&request, &scan).ok();
    let asked = browser.open("/sign-in/wait");
    assert_eq!(sessions(&scene), (1, 0), "not before the answer");
    let second = browser.cookie("session").unwrap().to_owned();
    let me = browser.submit(&asked, "/sign-in/confirm", &[]);
    assert!(me.html().contains(EMAIL));
    assert_eq!(sessions(&scene), (1, 0), "it goes on, under another cookie");
    thief.plant("session", &second);
    assert_eq!(thief.open("/me").title(), "Sign in");
    browser.submit(&me, "/sign-out", &[]);
    assert_eq!(sessions(&scene), (0, 1));
}

#[test]
fn a_sign_in_that_is_stopped_leaves_the_session_as_it_was() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, me, _) = signed_in(&scene, &phone);
    let page = browser.submit(&me, "/sign-in/qr", &[]);
    browser.submit(&page, "/sign-in/cancel", &[]);
    assert!(browser.open("/me").html().contains(EMAIL));
    let me = browser.open("/me");
    browser.submit(&me, "/sign-in/qr", &[]);
    let (request, _) = scan(&mut browser, &phone);
    phone.deny(&request, "cancel").ok();
    assert_eq!(browser.open("/sign-in/wait").title(), "Cancelled on the phone");
    assert!(browser.open("/me").html().contains(EMAIL));
}

#[test]
fn after_a_session_is_over_the_next_sign_in_of_the_same_browser_goes_through() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, me, _) = signed_in(&scene, &phone);
    // Not swept away yet: the lab's clock sweeps, so the row is made old by hand.
    database::change_one(&scene.server, "UPDATE session SET seen=seen-3600 WHERE acr<>''", []);
    is_over(&mut browser, &me);
    start_qr(&mut browser);
    let (request, scan) = scan(&mut browser, &phone);
    phone.approve_scanned(&request, &scan).ok();
    let asked = browser.open("/sign-in/wait");
    assert!(browser.submit(&asked, "/sign-in/confirm", &[]).html().contains(EMAIL));
    assert_eq!(sessions(&scene), (1, 1));
}

#[test]
fn a_stopped_account_has_no_session_and_gets_none_back() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, me, _) = signed_in(&scene, &phone);
    assert!(scene.server.operate(&["account", "lock", EMAIL]).status.success());
    is_over(&mut browser, &me);
    assert!(scene.server.operate(&["account", "unlock", EMAIL]).status.success());
    is_over(&mut browser, &me);
    assert_eq!(sessions(&scene), (0, 1));
}

#[test]
fn a_session_of_a_backup_is_over() {
    let mut scene = Scene::set();
    let phone = scene.pair();
    let (mut browser, me, _) = signed_in(&scene, &phone);
    let file = scene.server.data().join("../backup.db").to_string_lossy().into_owned();
    assert!(scene.server.operate(&["backup", &file]).status.success());
    scene.server.stop();
    let restored = scene.server.operate(&["restore", &file]);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    scene.server.restart();
    assert_eq!(sessions(&scene), (0, 0));
    assert_eq!(browser.open("/me").title(), "Sign in");
    assert_eq!(browser.post("/me/phones/add", &[("csrf", &me.token())]).header("location"), Some("/"));
}

#[test]
fn a_sign_in_by_offline_code_cannot_manage_phones() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let me = sign_in_and_remember(&mut browser, &phone);
    assert!(me.html().contains("/me/phones/app"), "{}", me.html());
    browser.submit(&me, "/sign-out", &[]);
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let page = browser.submit(&keys, "/sign-in/offline", &[]);
    let code = phone.code(&text_of_svg(&browser.get("/sign-in/qr.svg").text()));
    let me = browser.submit(&page, "/sign-in/code", &[("code", &code)]);
    assert!(me.html().contains(EMAIL), "{}", me.html());
    let token = me.token();
    for path in ["/me/phones/add", "/me/phones/here", "/me/phones/remove-all"] {
        let answer = browser.post(path, &[("csrf", &token)]);
        assert!(answer.text().contains("Sign in once more first"), "{path}: {}", answer.text());
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
