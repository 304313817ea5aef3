//! The app on the phone that the browser runs on (S4, P2): the browser that started goes on, and no other.

use crate::scene::{EMAIL, Scene, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::phone::scan::Scan;

/// The link on a page that opens the app.
fn app_link(page: &Page) -> String {
    let html = page.html();
    let (_, rest) = html.split_once("class=\"btn primary\" href=\"").expect("a link");
    rest.split('"').next().unwrap().to_owned()
}

fn start(browser: &mut Browser) -> Page {
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    browser.submit(&keys, "/sign-in/here", &[])
}

/// The app opens the link, approves, and says where it goes back to.
fn approve(scene: &Scene, phone: &Phone, page: &Page) -> String {
    let link = Scan::of_link(&app_link(page));
    let request = phone.take(&link);
    let ret = request.content.ret.clone().expect("a return address");
    let rc = phone.approve_scanned(&request, &link).ok()["rc"].as_str().unwrap().to_owned();
    format!("{}?rc={rc}", ret.strip_prefix(scene.server.base()).unwrap())
}

#[test]
fn the_app_comes_back_and_the_browser_that_started_is_signed_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let page = start(&mut browser);
    assert_eq!(page.title(), "Open the app on this phone");
    let back = approve(&scene, &phone, &page);
    assert_eq!(browser.open("/me").title(), "Sign in", "not before the app is back");
    assert_eq!(browser.open("/sign-in/wait").title(), "Confirm in the app");
    let asked = browser.open(&back);
    assert_eq!(asked.title(), "Sign in as a***@example.eu?");
    let rc = back.split_once("?rc=").unwrap().1;
    let done = browser.submit(&asked, &format!("/sign-in/confirm?rc={rc}"), &[]);
    assert!(done.html().contains(EMAIL), "{}", done.html());
}

#[test]
fn a_known_browser_is_signed_in_at_once() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let me = sign_in_and_remember(&mut browser, &phone);
    browser.submit(&me, "/sign-out", &[]);
    let page = start(&mut browser);
    let back = approve(&scene, &phone, &page);
    assert!(browser.open(&back).html().contains(EMAIL));
}

#[test]
fn n89_in_another_browser_nobody_is_signed_in_and_the_sign_in_ends() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let page = start(&mut browser);
    let back = approve(&scene, &phone, &page);
    let mut other = scene.browser();
    let refused = other.open(&back);
    assert_eq!((refused.answer.status, refused.title().as_str()), (403, "This browser did not start it"));
    assert_eq!(other.open("/me").title(), "Sign in");
    assert_eq!(browser.open("/sign-in/wait").title(), "The sign-in was cancelled");
    assert_eq!(browser.open(&back).title(), "The sign-in was cancelled");
    assert!(scene.server.log().contains("another browser"), "an alarm");
    for odd in ["", "x", "AAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(browser.open(&format!("/sign-in/return?rc={odd}")).answer.status, 403);
    }
}

#[test]
fn n90_a_late_return_signs_nobody_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let page = start(&mut browser);
    let back = approve(&scene, &phone, &page);
    scene.server.lab().advance(61);
    let asked = browser.open(&back);
    let rc = back.split_once("?rc=").unwrap().1;
    browser.submit(&asked, &format!("/sign-in/confirm?rc={rc}"), &[]);
    assert_eq!(browser.open("/me").title(), "Sign in");
}

/// A pairing on this phone, up to the return: the phone and where it goes back to.
fn pair_here(scene: &Scene, browser: &mut Browser) -> (Phone, String) {
    let page = scene.begin_pairing(browser);
    let here = browser.submit(&page, "/me/phones/here", &[]);
    assert_eq!(here.title(), "Pair this phone");
    let invitation = Invitation::read(&app_link(&here));
    assert!(invitation.same_device);
    let (_, offer) = invitation.open(&scene.server.http());
    let ret = offer.ret.clone().expect("a return address");
    let (phone, claim) = invitation.claim(&scene.server.http(), &Keys::new(), |_| ());
    let path = ret.strip_prefix(scene.server.base()).unwrap().to_owned();
    (phone, format!("{path}?rc={}", claim.rc.unwrap()))
}

#[test]
fn n192_the_return_of_a_pairing_shows_the_phone_and_confirms_nothing_by_itself() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let (phone, back) = pair_here(&scene, &mut browser);
    for _ in 0..3 {
        let asked = browser.open(&back);
        assert_eq!(asked.title(), "Is this the phone in your hand?");
        assert!(asked.html().contains("Pixel 9, Android 17 (software)"), "{}", asked.html());
    }
    assert_eq!(phone.op("self", &serde_json::json!({})).ok()["state"], "enrolling");
    let asked = browser.open(&back);
    let action = back.replace("/me/phones/return", "/me/phones/returned");
    let done = browser.submit(&asked, &action, &[]);
    assert_eq!(done.title(), "Phone added", "{}", done.html());
    phone.settle_in();
}

#[test]
fn the_return_of_a_pairing_in_another_browser_ends_it() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let (phone, back) = pair_here(&scene, &mut browser);
    let mut other = scene.browser();
    assert_eq!(other.open(&back).answer.status, 403);
    phone.op("self", &serde_json::json!({})).refused(401, "invalid_device_signature");
    assert_eq!(browser.open("/me/phones/add").title(), "The pairing was stopped");
}

#[test]
fn a_forged_form_confirms_no_returned_phone() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let (phone, back) = pair_here(&scene, &mut browser);
    let action = back.replace("/me/phones/return", "/me/phones/returned");
    assert_eq!(browser.post(&action, &[]).code().as_deref(), None);
    assert_eq!(browser.post(&action, &[("csrf", "AAAAAAAAAAAAAAAAAAAAAA")]).status, 403);
    assert_eq!(phone.op("self", &serde_json::json!({})).ok()["state"], "enrolling");
}
