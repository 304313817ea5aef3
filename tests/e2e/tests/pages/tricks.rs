//! Other browsers, planted cookies, forms that come late.

use crate::scene::{EMAIL, Scene, approve_by_qr, scan, sign_in_and_remember, start_qr};
use countersign_e2e::database;
use std::io::{Read, Write};
use std::net::TcpStream;

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
fn a_planted_cookie_is_worth_nothing_after_the_sign_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut attacker = scene.browser();
    attacker.open("/");
    let planted = attacker.cookie("session").unwrap().to_owned();
    let mut victim = scene.browser();
    victim.plant("session", &planted);
    let asked = approve_by_qr(&mut victim, &phone);
    // Nor while it is under way: the thief would be first to take what was approved.
    assert_eq!(attacker.get("/sign-in/poll?state=claimed").status, 404);
    assert_eq!(attacker.get("/sign-in/wait").status, 404);
    victim.submit(&asked, "/sign-in/confirm", &[]);
    assert_ne!(victim.cookie("session").unwrap(), planted);
    assert_eq!(attacker.open("/me").title(), "Sign in");
}

#[test]
fn a_form_that_was_on_its_way_does_not_undo_the_sign_out() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut owner = scene.browser();
    let me = sign_in_and_remember(&mut owner, &phone);
    let mut thief = scene.browser();
    thief.plant("session", owner.cookie("session").unwrap());
    let body = format!("csrf={}&identifier=x%40example.eu", me.token());
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Cookie: session={}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        scene.server.address(),
        owner.cookie("session").unwrap(),
        body.len()
    );
    let mut held = TcpStream::connect(scene.server.address()).unwrap();
    held.write_all(head.as_bytes()).unwrap();
    held.write_all(&body.as_bytes()[..5]).unwrap();
    assert!(thief.open("/me").html().contains("anna"), "it is at work by now");
    owner.submit(&me, "/sign-out", &[]);
    held.write_all(&body.as_bytes()[5..]).unwrap();
    let mut answer = String::new();
    held.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    assert_eq!(thief.open("/me").title(), "Sign in");
}

#[test]
fn a_planted_mark_of_recognition_recognises_nobody() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut owner = scene.browser();
    let me = sign_in_and_remember(&mut owner, &phone);
    let copied = owner.cookie("known").unwrap().to_owned();
    owner.submit(&me, "/sign-out", &[]);
    sign_in_and_remember(&mut owner, &phone);
    assert_ne!(owner.cookie("known"), Some(copied.as_str()));
    let mut thief = scene.browser();
    thief.plant("known", &copied);
    let first = thief.open("/");
    let keys = thief.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    assert!(!keys.html().contains("/sign-in/number"), "{}", keys.html());
}

#[test]
fn looking_at_pages_writes_nothing_and_forms_of_strangers_are_counted() {
    let scene = Scene::set();
    let rows = || {
        let counted = "SELECT count(*) FROM browser";
        database::open(&scene.server).query_row(counted, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    for path in ["/", "/help", "/report", "/sign-in/keys", "/me"] {
        scene.browser().open(path);
    }
    assert_eq!(rows(), 0);
    scene.server.lab().policy(&serde_json::json!({"anon_ip_min": 3}));
    let start = || {
        let mut browser = scene.browser();
        let token = browser.open("/").token();
        browser.post("/sign-in/qr", &[("csrf", &token)]).status
    };
    assert_eq!([start(), start(), start(), start()], [303, 303, 303, 429]);
    assert_eq!(rows(), 3);
}

#[test]
fn a_page_that_is_a_day_old_leads_on() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    scene.server.lab().advance(2 * 86_400);
    browser.plant("session", "somebody-cleared-it");
    let token = keys.token();
    let refused = browser.post("/sign-in/qr", &[("csrf", &token)]);
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("href=\"/\""), "{}", refused.text());
}
