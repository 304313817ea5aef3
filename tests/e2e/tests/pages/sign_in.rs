//! Signing in on the pages: QR (S3), number (S1, S2), offline code (S5), refusing (D1).

use crate::scene::{EMAIL, Scene, approve_by_qr, poll, scan, sign_in_and_remember, start_qr};
use countersign_e2e::browser::{Browser, Page};

fn choose(browser: &mut Browser, way: &str) -> Page {
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    browser.submit(&keys, way, &[])
}

#[test]
fn n194_a_qr_sign_in_without_account_asks_which_account_before_it_signs_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let asked = approve_by_qr(&mut browser, &phone);
    assert_eq!(asked.title(), "Sign in as a***@example.eu?");
    let before = browser.cookie("session").map(str::to_owned);
    assert_eq!(browser.open("/me").title(), "Sign in", "no session before the answer");
    let asked = browser.open("/sign-in/wait");
    let done = browser.submit(&asked, "/sign-in/confirm", &[]);
    assert!(done.html().contains(EMAIL), "{}", done.html());
    assert_ne!(browser.cookie("session").map(str::to_owned), before, "a new cookie with the session");

    let mut refusing = scene.browser();
    let asked = approve_by_qr(&mut refusing, &phone);
    let rejected = refusing.submit(&asked, "/sign-in/not-mine", &[]);
    assert!(rejected.html().contains("/sign-in/qr"), "a new code is offered");
    assert_eq!(refusing.open("/me").title(), "Sign in");
}

#[test]
fn the_page_changes_with_the_sign_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    assert_eq!(start_qr(&mut browser).title(), "Scan this code with your app");
    assert_eq!(poll(&mut browser, "pending").is(200)["state"], "created", "another state is told at once");
    let (request, scan) = scan(&mut browser, &phone);
    assert_eq!(poll(&mut browser, "created").is(200)["state"], "claimed");
    let claimed = browser.open("/sign-in/wait");
    assert_eq!(claimed.title(), "Confirm on your phone");
    assert!(!claimed.html().contains("qr.svg"), "the code is gone");
    assert_eq!(browser.get("/sign-in/qr.svg").status, 404);
    let _ = scan;
    phone.deny(&request, "cancel").ok();
    assert_eq!(browser.open("/sign-in/wait").title(), "Cancelled on the phone");
    assert_eq!(browser.open("/me").title(), "Sign in");
}

#[test]
fn a_recognised_browser_signs_in_by_number_and_is_told_of_a_report() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let me = sign_in_and_remember(&mut browser, &phone);
    browser.submit(&me, "/sign-out", &[]);

    let page = choose(&mut browser, "/sign-in/number");
    assert_eq!(page.title(), "Type this number in your app");
    let shown = page.between("class=\"number\"", "</span>").unwrap();
    let number: String = shown.replace("&#x202f;", "").chars().filter(char::is_ascii_digit).collect();
    let request = phone.list().remove(0);
    phone.approve(&request, &number).ok();
    assert!(browser.open("/sign-in/wait").html().contains(EMAIL));

    let mut browser_again = browser;
    let me = browser_again.open("/me");
    browser_again.submit(&me, "/sign-out", &[]);
    choose(&mut browser_again, "/sign-in/number");
    phone.deny(&phone.list().remove(0), "not_me").ok();
    assert_eq!(browser_again.open("/sign-in/wait").title(), "Reported by the owner");
}

#[test]
fn a_recognised_browser_signs_in_without_network_on_the_phone() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let me = sign_in_and_remember(&mut browser, &phone);
    browser.submit(&me, "/sign-out", &[]);
    let page = choose(&mut browser, "/sign-in/offline");
    assert_eq!(page.title(), "Sign in without network on your phone");
    let text = countersign_e2e::camera::text_of_svg(&browser.get("/sign-in/qr.svg").text());
    let code = phone.code(&text);
    let wrong = countersign_e2e::sign_in::other_digits(&code);
    let page = browser.submit(&page, "/sign-in/code", &[("code", &wrong)]);
    assert!(page.html().contains("2 tries left"), "{}", page.html());
    let done = browser.submit(&page, "/sign-in/code", &[("code", &format!("{}-{}", &code[..4], &code[4..]))]);
    assert!(done.html().contains(EMAIL), "{}", done.html());
}

#[test]
fn an_unknown_address_looks_like_a_known_one() {
    let scene = Scene::set();
    scene.pair();
    let page = |identifier: &str| {
        let mut browser = scene.browser();
        let first = browser.open("/");
        let keys = browser.submit(&first, "/sign-in", &[("identifier", identifier)]);
        keys.common().replace(identifier, "ADDRESS")
    };
    assert_eq!(page(EMAIL), page("nobody@example.eu"));
}

#[test]
fn five_starts_in_five_minutes_are_enough_for_one_browser() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    for _ in 0..5 {
        start_qr(&mut browser);
    }
    let token = browser.open("/").token();
    let refused = browser.post("/sign-in/qr", &[("csrf", &token)]);
    assert_eq!(refused.status, 429);
    scene.server.lab().advance(300);
    assert_eq!(start_qr(&mut browser).title(), "Scan this code with your app");
}
