//! Other browsers, planted cookies, forms without their token, headers that every page has.

use crate::scene::{Scene, approve_by_qr, scan, start_qr};

/// Every form of the pages.
const FORMS: [&str; 17] = [
    "/sign-in/here",
    "/me/phones/here",
    "/me/phones/returned?rc=AAAAAAAAAAAAAAAAAAAAAA",
    "/report",
    "/sign-in",
    "/sign-in/forget",
    "/sign-in/number",
    "/sign-in/qr",
    "/sign-in/offline",
    "/sign-in/code",
    "/sign-in/cancel",
    "/sign-in/confirm",
    "/sign-in/not-mine",
    "/sign-out",
    "/me/phones/add",
    "/me/phones/confirm",
    "/me/phones/cancel",
];

#[test]
fn n73_a_waiting_page_belongs_to_the_browser_that_started() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    start_qr(&mut browser);
    let (request, scan) = scan(&mut browser, &phone);
    phone.approve_scanned(&request, &scan).ok();
    let mut stranger = scene.browser();
    let token = stranger.open("/").token();
    for path in ["/sign-in/poll?state=created", "/sign-in/frame", "/sign-in/qr.svg"] {
        let answer = stranger.get(path);
        assert_eq!((answer.status, answer.code().as_deref()), (404, Some("not_found")), "{path}");
    }
    assert_eq!(stranger.get("/sign-in/wait").status, 404);
    let answer = stranger.post("/sign-in/confirm", &[("csrf", &token)]);
    assert_eq!((answer.status, answer.code().as_deref()), (404, Some("not_found")));
    assert_eq!(stranger.open("/me").title(), "Sign in");
    assert_eq!(
        browser.open("/sign-in/wait").title(),
        "Sign in as a***@example.eu?",
        "its own browser goes on"
    );
}

#[test]
fn a_form_without_its_token_or_with_anothers_changes_nothing() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    approve_by_qr(&mut browser, &phone);
    let foreign = scene.browser().open("/").token();
    for path in FORMS {
        for fields in [&[][..], &[("csrf", "")], &[("csrf", "AAAA")], &[("csrf", foreign.as_str())]] {
            let answer = browser.post(path, fields);
            assert_eq!(answer.status, 403, "{path} {fields:?}: {}", answer.text());
        }
    }
    assert_eq!(browser.open("/sign-in/wait").title(), "Sign in as a***@example.eu?", "nothing changed");
}

#[test]
fn a_planted_cookie_is_worth_nothing_after_the_sign_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut attacker = scene.browser();
    attacker.open("/");
    let planted = attacker.cookie("session").unwrap().to_owned();
    let mut victim = scene.browser();
    victim.plant("session", &planted);
    let asked = approve_by_qr(&mut victim, &phone);
    victim.submit(&asked, "/sign-in/confirm", &[]);
    assert_ne!(victim.cookie("session").unwrap(), planted);
    assert_eq!(attacker.open("/me").title(), "Sign in");
}

#[test]
fn pages_load_nothing_from_elsewhere_and_are_framed_by_nobody() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    for path in ["/", "/help", "/a/e", "/sign-in/keys", "/nothing-here"] {
        let answer = browser.get(path);
        if answer.status == 303 {
            continue;
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
    let cookies = browser.get("/");
    assert!(cookies.headers.get("set-cookie").is_none(), "a known browser keeps its cookie");
    let fresh = scene.browser().get("/");
    let cookie = fresh.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let style = browser.get("/").text();
    let asset = style.split_once("href=\"/assets/tokens.css").unwrap().1.split_once('"').unwrap().0;
    assert!(
        browser
            .get(&format!("/assets/tokens.css{asset}"))
            .header("cache-control")
            .unwrap()
            .contains("immutable")
    );
}
