//! "Add a phone" (P1), seen from the browser.

use crate::scene::Scene;
use countersign_e2e::browser::Page;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::typed;
use countersign_protocol::issuer::{Issuer, Profile};

#[test]
fn the_first_phone_is_paired_by_the_set_up_link_which_works_once() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let page = scene.begin_pairing(&mut browser);
    assert_eq!((page.path.as_str(), page.title().as_str()), ("/me/phones/add", "Add a phone"));
    let mut late = scene.browser();
    assert_eq!(late.open(&scene.setup_path).answer.status, 404, "the link is used up");

    let (phone, code) = scene.claim(&mut browser);
    let claimed = browser.open("/me/phones/add");
    assert!(claimed.html().contains("Pixel 9, Android 17"), "the page names the phone");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let again = browser.submit(&claimed, "/me/phones/confirm", &[("code", wrong)]);
    assert!(again.html().contains("2 tries left"), "{}", again.html());
    let incomplete = browser.submit(&again, "/me/phones/confirm", &[("code", "12 34")]);
    assert!(incomplete.html().contains("2 tries left"), "nothing was counted");
    let grouped = format!("{} {}", &code[..3], &code[3..]);
    let done = browser.submit(&incomplete, "/me/phones/confirm", &[("code", &grouped)]);
    assert_eq!(done.title(), "Phone added");
    assert_eq!(phone.op("self", &serde_json::json!({})).ok()["state"], "active");
}

#[test]
fn opening_the_set_up_link_changes_nothing() {
    let scene = Scene::set();
    for _ in 0..3 {
        assert_eq!(scene.browser().open(&scene.setup_path).title(), "Pair your first phone?");
    }
    let page = scene.begin_pairing(&mut scene.browser());
    assert_eq!(page.title(), "Add a phone");
}

#[test]
fn n39_the_right_code_in_another_browser_finds_no_pairing() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    scene.begin_pairing(&mut browser);
    let (phone, code) = scene.claim(&mut browser);
    let mut stranger = scene.browser();
    let token = stranger.open("/").token();
    let answer = stranger.post("/me/phones/confirm", &[("csrf", &token), ("code", &code)]);
    assert_eq!((answer.status, answer.code().as_deref()), (404, Some("not_found")));
    assert_eq!(phone.op("self", &serde_json::json!({})).ok()["state"], "enrolling");
    assert_eq!(stranger.get("/me/phones/qr.svg").status, 404);
    assert_eq!(stranger.get("/me/phones/poll?state=open").status, 404);
}

#[test]
fn that_is_not_my_phone_ends_the_pairing_at_once() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    scene.begin_pairing(&mut browser);
    let (phone, _) = scene.claim(&mut browser);
    let page = browser.open("/me/phones/add");
    let stopped = browser.submit(&page, "/me/phones/cancel", &[]);
    assert_eq!(stopped.title(), "The pairing was stopped", "{}", stopped.html());
    phone.op("self", &serde_json::json!({})).refused(401, "invalid_device_signature");
}

#[test]
fn a_set_up_link_pairs_the_first_phone_and_no_second_one() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    scene.begin_pairing(&mut browser);
    let (_, code) = scene.claim(&mut browser);
    let page = browser.open("/me/phones/add");
    browser.submit(&page, "/me/phones/confirm", &[("code", &code)]);
    let token = browser.open("/").token();
    let answer = browser.post("/me/phones/add", &[("csrf", &token)]);
    assert_eq!(answer.header("location"), Some("/"), "no pairing is begun");
    assert_eq!(browser.open("/me/phones/add").title(), "Phone added", "the old one stays what it was");
}

/// Address and code that the page shows to be typed.
fn to_type(page: &Page) -> (Issuer, String) {
    let html = page.html();
    let (_, rest) = html.split_once("class=\"address\" dir=\"ltr\">").expect("an address");
    let (address, rest) = rest.split_once('<').expect("its end");
    let (_, rest) = rest.split_once("class=\"code-words\" dir=\"ltr\">").expect("a code");
    let (code, _) = rest.split_once("</dd>").expect("its end");
    let code = code.replace("<span>", "").replace("</span>", "");
    (Issuer::parse(address, Profile::Development).expect("an issuer"), code)
}

#[test]
fn a_phone_without_a_camera_is_paired_by_what_the_page_shows_to_be_typed() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let scan = scene.begin_pairing(&mut browser);
    let page = browser.submit(&scan, "/me/phones/typed", &[]);
    assert_eq!(
        (page.path.as_str(), page.title().as_str()),
        ("/me/phones/typed", "Type this code into the app")
    );
    let (iss, code) = to_type(&page);
    assert_eq!(code.split(' ').map(str::len).collect::<Vec<_>>(), [4; 4], "four groups of four");
    let again = browser.open("/me/phones/typed");
    assert_eq!(to_type(&again).1, code, "a reload shows the same");
    let scan = browser.open("/me/phones/add");
    assert_eq!(to_type(&browser.submit(&scan, "/me/phones/typed", &[])).1, code, "and so does asking twice");

    let invitation = typed::invitation(&scene.server.http(), iss, &code);
    let (phone, claim) = invitation.claim(&scene.server.http(), &Keys::new(), |_| ());
    let claimed = browser.open("/me/phones/typed");
    assert_eq!(claimed.path, "/me/phones/add", "a code that was used is shown no more");
    let done = browser.submit(&claimed, "/me/phones/confirm", &[("code", &claim.cc)]);
    assert_eq!(done.title(), "Phone added");
    assert_eq!(phone.op("self", &serde_json::json!({})).ok()["state"], "active");
}

#[test]
fn the_same_pairing_may_still_be_scanned_and_then_its_code_leads_nowhere() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let scan = scene.begin_pairing(&mut browser);
    let (iss, code) = to_type(&browser.submit(&scan, "/me/phones/typed", &[]));
    scene.claim(&mut browser);
    let keys = typed::keys(&iss, &code);
    typed::fetch(&scene.server.http(), keys.lookup()).refused(404, "enrolment_unknown");
    let late = browser.open("/me/phones/add");
    let answer = browser.post("/me/phones/typed", &[("csrf", &late.token())]);
    assert_eq!(answer.status, 303);
    assert_eq!(
        browser.open("/me/phones/typed").path,
        "/me/phones/add",
        "no code for a pairing that a phone has"
    );
}

#[test]
fn nothing_is_typed_for_the_phone_that_the_browser_runs_on_nor_in_another_browser() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let scan = scene.begin_pairing(&mut browser);
    let mut stranger = scene.browser();
    assert_eq!(stranger.get("/me/phones/typed").header("location"), Some("/me/phones/add"));
    let token = stranger.open("/").token();
    assert_eq!(stranger.post("/me/phones/typed", &[("csrf", &token)]).status, 404);
    let here = browser.submit(&scan, "/me/phones/here", &[]);
    browser.post("/me/phones/typed", &[("csrf", &here.token())]);
    assert_eq!(browser.get("/me/phones/typed").header("location"), Some("/me/phones/add"));
    let here = browser.open("/me/phones/add");
    let scan = browser.submit(&here, "/me/phones/add", &[]);
    assert_eq!(scan.title(), "Add a phone", "the QR code is a click away");
}
