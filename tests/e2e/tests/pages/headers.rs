//! What every answer of the pages carries, and what a cookie of ours is.

use crate::scene::Scene;
use crate::table::{path, rows};
use countersign_e2e::browser::Browser;
use countersign_e2e::http::Answer;
use countersign_server::pages::table::Kind;

/// The nonce of an answer, after a look at everything else that keeps others out.
fn nonce(answer: &Answer, what: &str) -> String {
    let policy = answer.header("content-security-policy").unwrap_or_default();
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "img-src 'self';",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{what}: {part} in {policy}");
    }
    for never in ["unsafe", "data:", "http", "*", "script-src 'self'"] {
        assert!(!policy.contains(never), "{what}: {never} in {policy}");
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{what}: {name}");
    }
    let features = answer.header("permissions-policy").unwrap_or_default();
    assert!(features.contains("camera=()") && features.contains("geolocation=()"), "{what}: {features}");
    assert!(answer.header("cache-control").is_some(), "{what}");
    let nonce = policy.split_once("script-src 'nonce-").expect("a nonce").1.split_once('\'').unwrap().0;
    assert!(policy.contains(&format!("style-src 'nonce-{nonce}';")) && nonce.len() == 22, "{what}: {policy}");
    nonce.to_owned()
}

#[test]
fn every_answer_of_the_pages_keeps_others_out() {
    let scene = Scene::set();
    let mut seen = Vec::new();
    let mut browser = scene.browser();
    for row in rows(Kind::Page).into_iter().chain(rows(Kind::Data)) {
        let answer = browser.get(&path(&row));
        seen.push(nonce(&answer, row.path));
        if !row.path.starts_with("/assets/") {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{}", row.path);
        }
        seen.push(nonce(&browser.post(&path(&row), &[]), row.path));
    }
    for row in rows(Kind::Form) {
        seen.push(nonce(&browser.post(&path(&row), &row.fields), row.path));
    }
    seen.push(nonce(&browser.get("/nothing-here"), "an unknown address"));
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), count, "each answer has a nonce of its own");
}

#[test]
fn what_a_page_loads_carries_the_nonce_of_its_answer() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let answer = browser.get("/");
    let nonce = nonce(&answer, "/");
    let html = answer.text();
    assert!(html.matches(&format!("nonce=\"{nonce}\"")).count() >= 2, "{html}");
    let asset = html.split_once("href=\"/assets/tokens.css").unwrap().1.split_once('"').unwrap().0;
    let kept = browser.get(&format!("/assets/tokens.css{asset}"));
    assert!(kept.header("cache-control").unwrap().contains("immutable"));
}

#[test]
fn cookies_are_read_by_no_script_and_sent_to_nobody_else() {
    let scene = Scene::set();
    let fresh = scene.browser().get("/");
    let cookie = fresh.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
    let mut browser: Browser = scene.browser();
    browser.get("/");
    assert!(browser.get("/").header("set-cookie").is_none(), "a known browser keeps its cookie");
    assert_eq!(
        fresh.header("strict-transport-security"),
        None,
        "plain http on loopback has no TLS to keep to"
    );
}
