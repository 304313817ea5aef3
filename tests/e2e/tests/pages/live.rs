//! Waiting pages hear what becomes of their sign-in (W3): by events and by polls, of wrong PINs too, and nobody else does.

use crate::scene::{EMAIL, Scene, poll, scan, sign_in_and_remember, start_qr};
use countersign_e2e::browser::Browser;
use serde_json::{Value, json};

/// The states that a stream tells until it ends.
fn states(answer: &str) -> Vec<String> {
    let lines = answer.lines().filter_map(|line| line.strip_prefix("data:"));
    let events = lines.map(|line| serde_json::from_str::<Value>(line.trim()).unwrap());
    let state = |event: Value| {
        assert_eq!(event.as_object().unwrap().len(), 2, "a state, where to go, and nothing more: {event}");
        assert_eq!(event["next"], "/sign-in/wait");
        event["state"].as_str().unwrap().to_owned()
    };
    events.map(state).collect()
}

/// The same browser once more, as another tab of it.
fn tab(scene: &Scene, browser: &Browser) -> Browser {
    let mut tab = scene.browser();
    tab.plant("session", browser.cookie("session").unwrap());
    tab
}

/// A sign-in by number from a browser that is recognised, and the number.
fn by_number(browser: &mut Browser) -> String {
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL), ("remember", "1")]);
    let page = browser.submit(&keys, "/sign-in/number", &[]);
    let shown = page.between("class=\"number\"", "</span>").unwrap();
    shown.replace("&#x202f;", "").chars().filter(char::is_ascii_digit).collect()
}

fn recognised(scene: &Scene, phone: &countersign_e2e::phone::Phone) -> Browser {
    let mut browser = scene.browser();
    let me = sign_in_and_remember(&mut browser, phone);
    browser.submit(&me, "/sign-out", &[]);
    browser
}

#[test]
fn a_stream_tells_each_state_and_ends_with_the_last() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    start_qr(&mut browser);
    let mut listening = tab(&scene, &browser);
    let told = std::thread::spawn(move || listening.get("/sign-in/events"));
    // The stream is there before the phone: otherwise its first state would be another.
    while scene.server.lab().waiting() == 0 {
        std::thread::yield_now();
    }
    let (request, _) = scan(&mut browser, &phone);
    while scene.server.lab().waiting() == 0 {
        std::thread::yield_now();
    }
    phone.deny(&request, "cancel").ok();
    let answer = told.join().unwrap();
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    let told = states(&answer.text());
    assert_eq!(
        (told.first().map(String::as_str), told.last().map(String::as_str)),
        (Some("created"), Some("denied"))
    );
}

#[test]
fn n73_another_browser_has_no_stream() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    start_qr(&mut browser);
    assert_eq!(scene.browser().get("/sign-in/events").status, 404);
}

#[test]
fn a_stream_ends_when_its_browser_is_at_something_else() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let page = start_qr(&mut browser);
    let mut listening = tab(&scene, &browser);
    let told = std::thread::spawn(move || listening.get("/sign-in/events").text());
    while scene.server.lab().waiting() == 0 {
        std::thread::yield_now();
    }
    browser.submit(&page, "/sign-in/cancel", &[]);
    assert!(["gone", "cancelled"].contains(&states(&told.join().unwrap()).last().unwrap().as_str()));
}

#[test]
fn many_tabs_do_not_use_up_the_connections_of_a_browser() {
    let scene = Scene::set();
    scene.pair();
    scene.server.lab().policy(&json!({"sse_session": 2}));
    let mut browser = scene.browser();
    let page = start_qr(&mut browser);
    let streams: Vec<_> = (0..2)
        .map(|_| {
            let mut listening = tab(&scene, &browser);
            std::thread::spawn(move || listening.get("/sign-in/events").text())
        })
        .collect();
    while scene.server.lab().waiting() < 2 {
        std::thread::yield_now();
    }
    assert_eq!(tab(&scene, &browser).get("/sign-in/events").status, 429);
    let polled = poll(&mut tab(&scene, &browser), "created").is(200);
    assert_eq!((&polled["state"], &polled["at_once"]), (&json!("created"), &json!(true)), "it does not wait");
    let mut other = scene.browser();
    start_qr(&mut other);
    assert_eq!(poll(&mut other, "").is(200)["state"], "created");
    browser.submit(&page, "/sign-in/cancel", &[]);
    streams.into_iter().for_each(|stream| assert!(!states(&stream.join().unwrap()).is_empty()));
}

#[test]
fn a_network_that_waits_with_all_it_may_is_answered_at_once_and_holds_no_more() {
    let scene = Scene::set();
    scene.pair();
    scene.server.lab().policy(&json!({"sse_ip": 1}));
    let mut first = scene.browser();
    let page = start_qr(&mut first);
    let mut listening = tab(&scene, &first);
    let stream = std::thread::spawn(move || listening.get("/sign-in/events").text());
    while scene.server.lab().waiting() < 1 {
        std::thread::yield_now();
    }
    let mut other = scene.browser();
    start_qr(&mut other);
    assert_eq!(other.get("/sign-in/events").status, 429, "a new cookie makes no room");
    assert_eq!(poll(&mut other, "created").is(200)["at_once"], true);
    first.submit(&page, "/sign-in/cancel", &[]);
    stream.join().unwrap();
    assert_eq!(other.get("/sign-in/poll?state=").status, 200);
}

#[test]
fn wrong_pins_are_said_to_the_browser_that_asked_the_phone() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = recognised(&scene, &phone);
    let number = by_number(&mut browser);
    for _ in 0..3 {
        phone.approve_wrongly(&phone.list().remove(0), &number).refused(403, "pin_incorrect");
    }
    assert_eq!(poll(&mut browser, "pending").is(200)["state"], "waits");
    let waits = browser.open("/sign-in/wait");
    assert!(waits.title().starts_with("Your phone has to wait until"), "{}", waits.title());
    scene.server.lab().advance(61);
    assert_eq!(poll(&mut browser, "waits").is(200)["state"], "pending");
    assert_eq!(browser.open("/sign-in/wait").title(), "Type this number in your app");
    phone.approve_wrongly(&phone.list().remove(0), &number).refused(403, "pin_incorrect");
    scene.server.lab().advance(301);
    let number = by_number(&mut browser);
    phone.approve_wrongly(&phone.list().remove(0), &number).refused(403, "authenticator_locked");
    assert_eq!(browser.open("/sign-in/wait").title(), "Your phone is locked for Example ID");
}
