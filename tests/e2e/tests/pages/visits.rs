//! Services send somebody here and get a ticket back: where it leads, for whom, and how often it counts.

use crate::arrivals::{BACK, action, exchange, service, sign_in, ticket, visit};
use crate::scene::{EMAIL, Scene, scan};
use countersign_e2e::database;
use serde_json::json;

#[test]
fn somebody_whom_a_service_sent_goes_back_with_a_ticket_that_counts_once() {
    let scene = Scene::set();
    let phone = scene.pair();
    let grants = service(&scene, "Grants Portal", &["--receives", "email"]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", "&state=a%26b%C3%A9"));
    assert!(first.html().contains("Grants Portal") && first.html().contains("your e-mail address"));
    assert!(first.html().contains("https://grants.example.eu/back?error=cancelled"), "{}", first.html());
    let to = sign_in(&mut browser, &first, &phone);
    assert!(to.ends_with("&state=a%26b%C3%A9"), "{to}");
    let told = exchange(&grants, &ticket(&to)).is(200);
    assert_eq!(told["email"], EMAIL);
    assert_eq!(told["acr"], "urn:countersign:acr:aal2");
    assert!(told["code"].is_string() && told["account"].is_string() && told["given_name"].is_null());
    assert!(browser.open("/me").html().contains(EMAIL));

    exchange(&grants, &ticket(&to)).refused(404, "not_found");
    assert_eq!(browser.open("/me").title(), "Sign in", "a ticket that came twice was copied");
}

#[test]
fn the_phone_names_the_service_and_the_service_has_no_part_in_the_sign_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let grants = service(&scene, "Grants Portal", &[]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    browser.submit(&first, &action(&first, "/sign-in/qr"), &[]);
    let (request, _) = scan(&mut browser, &phone);
    assert_eq!(request.content.client.name, "Grants Portal");
    for path in ["", "/frame"] {
        grants.get(&format!("/sign-ins/{}{path}", request.tid())).refused(404, "not_found");
    }
    grants.post(&format!("/sign-ins/{}/complete", request.tid()), &json!({})).refused(404, "not_found");
}

#[test]
fn nobody_is_led_to_an_address_that_is_not_registered() {
    let scene = Scene::set();
    service(&scene, "Grants Portal", &[]);
    let output = scene.server.operate(&["service", "add", "Other", "--origin", "https://evil.example"]);
    assert!(output.status.success());
    let before = database::rows(&scene.server, |_| true);
    for to in [
        "",
        "https%3A%2F%2Fevil.example%2F",
        "https%3A%2F%2Fevil.example%2Fback",
        "https%3A%2F%2Fgrants.example.eu",
        "https%3A%2F%2Fgrants.example.eu%2Fback%2F",
        "https%3A%2F%2Fgrants.example.eu%2Fback%2F..%2Fevil",
        "https%3A%2F%2Fgrants.example.eu%2Fback%3Fx%3D1",
        "https%3A%2F%2Fgrants.example.eu%2Fback%23x",
        "https%3A%2F%2Fgrants.example.eu%2Fback%00",
        "https%3A%2F%2Fgrants.example.eu%2Fback%0d%0aX-Evil%3A%20yes",
        "https%3A%2F%2Fgrants.example.eu%2FBACK",
        "HTTPS%3A%2F%2Fgrants.example.eu%2Fback",
        "http%3A%2F%2Fgrants.example.eu%2Fback",
        "https%3A%2F%2Fgrants.example.eu.evil.example%2Fback",
        "https%3A%2F%2Fgrants.example.eu%40evil.example%2Fback",
        "https%3A%2F%2Fgrants.example.eu%3A8443%2Fback",
        "%2F%2Fevil.example%2Fback",
        "%2F%5Cevil.example",
        "%2Fme",
        "javascript%3Aalert(1)",
        "data%3Atext%2Fhtml%2Cx",
        "%20https%3A%2F%2Fgrants.example.eu%2Fback",
    ] {
        let answer = scene.browser().get(&format!("/visit/grants-portal?return={to}"));
        assert_eq!((answer.status, answer.header("location")), (400, None), "{to}");
    }
    for path in [
        visit("portal", ""),
        visit("other", ""),
        visit("nobody", ""),
        visit("grants-portal", "&level=aal9"),
        visit("grants-portal", "&fresh=-1"),
        visit("grants-portal", &format!("&state={}", "x".repeat(1025))),
        visit("grants-portal", "&state=x%0d%0ay"),
    ] {
        let answer = scene.browser().get(&path);
        assert!([400, 404].contains(&answer.status) && answer.header("location").is_none(), "{path}");
    }
    assert_eq!(database::rows(&scene.server, |_| true), before);
    let long = visit("grants-portal", &format!("&state={}", "x".repeat(1024)));
    assert_eq!(scene.browser().open(&long).title(), "Sign in");
}

#[test]
fn two_tabs_go_back_to_two_services() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (grants, clinic) = (service(&scene, "Grants Portal", &[]), service(&scene, "Clinic", &[]));
    let mut browser = scene.browser();
    let one = browser.open(&visit("grants-portal", "&state=one"));
    let two = browser.open(&visit("clinic", "&state=two"));
    let to = sign_in(&mut browser, &one, &phone);
    assert!(to.ends_with("&state=one"), "{to}");
    exchange(&clinic, &ticket(&to)).refused(404, "not_found");
    exchange(&grants, &ticket(&to)).is(200);
    // The other tab is loaded anew: whoever is signed in well enough goes on at once.
    let again = browser.get(&visit("clinic", "&state=two"));
    assert!(again.header("location").unwrap().ends_with("&state=two"));
    exchange(&clinic, &ticket(again.header("location").unwrap())).is(200);
    let _ = two;
}

#[test]
fn an_arrival_is_worth_nothing_in_another_browser() {
    let scene = Scene::set();
    let phone = scene.pair();
    service(&scene, "Grants Portal", &[]);
    let mut attacker = scene.browser();
    let theirs = attacker.open(&visit("grants-portal", "&state=attacker")).path;
    let mut browser = scene.browser();
    browser.open("/");
    let first = browser.open(&theirs);
    assert!(!first.html().contains("Grants Portal"), "{}", first.html());
    browser.submit(&first, &action(&first, "/sign-in/qr"), &[]);
    let (request, scan) = scan(&mut browser, &phone);
    assert_eq!(request.content.client.name, "Example ID");
    phone.approve_scanned(&request, &scan).ok();
    let asked = browser.open("/sign-in/wait");
    assert_eq!(browser.submit(&asked, "/sign-in/confirm", &[]).path, "/me");
}

#[test]
fn a_ticket_is_late_after_a_minute_and_worth_nothing_when_its_session_is_over() {
    let scene = Scene::set();
    let phone = scene.pair();
    let grants = service(&scene, "Grants Portal", &[]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    let late = ticket(&sign_in(&mut browser, &first, &phone));
    // By hand: the lab's clock would sweep it away.
    database::change_one(&scene.server, "UPDATE ticket_out SET exp=exp-60", []);
    exchange(&grants, &late).refused(404, "not_found");
    let again = browser.get(&visit("grants-portal", ""));
    let over = ticket(again.header("location").unwrap());
    let token = browser.open("/me").token();
    browser.post("/sign-out", &[("csrf", &token)]);
    exchange(&grants, &over).refused(404, "not_found");
    for other in ["", "x", "a.b.c", &format!("{over}x")] {
        exchange(&grants, other).refused(404, "not_found");
    }
}

#[test]
fn a_service_that_asks_for_a_fresh_sign_in_gets_one() {
    let scene = Scene::set();
    let phone = scene.pair();
    service(&scene, "Grants Portal", &["--fresh", "600"]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    sign_in(&mut browser, &first, &phone);
    assert!(browser.get(&visit("grants-portal", "")).header("location").unwrap().starts_with(BACK));
    scene.server.lab().advance(301);
    assert!(browser.get(&visit("grants-portal", "&fresh=900")).header("location").unwrap().starts_with(BACK));
    let asked = browser.open(&visit("grants-portal", "&fresh=300"));
    assert_eq!(asked.title(), "Choose how to sign in", "the page goes on although somebody is signed in");
    browser.submit(&asked, &action(&asked, "/sign-in/qr"), &[]);
    let (request, scan) = scan(&mut browser, &phone);
    phone.approve_scanned(&request, &scan).ok();
    let answer = browser.get("/sign-in/wait");
    let to = answer.header("location").unwrap_or_default();
    assert!(to.starts_with(BACK), "nobody is asked again which account it is: {to}");
}

#[test]
fn an_offline_code_is_not_offered_where_it_is_worth_too_little() {
    let scene = Scene::set();
    let phone = scene.pair();
    service(&scene, "Grants Portal", &[]);
    service(&scene, "Library", &["--level", "aal2-otp"]);
    let mut browser = scene.browser();
    let me = crate::scene::sign_in_and_remember(&mut browser, &phone);
    browser.submit(&me, "/sign-out", &[]);
    for (id, offered) in [("grants-portal", false), ("library", true)] {
        let first = browser.open(&visit(id, ""));
        let keys = browser.submit(&first, &action(&first, "/sign-in"), &[("identifier", EMAIL)]);
        assert!(keys.html().contains("/sign-in/number"), "{}", keys.html());
        assert_eq!(keys.html().contains("/sign-in/offline"), offered, "{id}");
        assert_eq!(keys.html().contains("Not accepted by Grants Portal"), !offered, "said with the reason");
        let (last, number) = (keys.html().find("Used last time"), keys.html().find("/sign-in/number"));
        assert!(last < number, "the QR code was used last and comes first");
        let waiting = browser.submit(&keys, &action(&keys, "/sign-in/number"), &[]);
        assert_eq!(waiting.title(), "Type this number in your app");
        assert_eq!(waiting.html().contains("/sign-in/offline"), offered, "{id}");
    }
}
