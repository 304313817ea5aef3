//! One session for many services: stronger once it has to be, seen and ended by its owner, and its end told to each.

use crate::arrivals::{action, exchange, service, sign_in, ticket, visit};
use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::backend::Backend;
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::phone::Phone;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::label::sha256;
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery";
const HOUR: u64 = 3600;

/// Gives the account a password, and lets it be enough where one factor is.
fn set_password(scene: &Scene) {
    let account: String = database::open(&scene.server)
        .query_row("SELECT id FROM account WHERE email=?1", [EMAIL], |row| row.get(0))
        .unwrap();
    scene.server.lab().set_password(&account, PASSWORD);
    database::change_one(&scene.server, "UPDATE account SET two_factors=0", []);
}

/// Signs in by the password from the page that a service led to; where the browser is sent in the end.
fn by_password(browser: &mut Browser, first: &Page) -> Page {
    let identify = action(first, "/sign-in");
    let keys = browser.submit(first, &identify, &[("identifier", EMAIL)]);
    let password = action(&keys, "/sign-in/password");
    let page = browser.submit(&keys, &password, &[]);
    let check = action(&page, "/sign-in/password");
    let answer = browser.post(&check, &[("csrf", &page.token()), ("password", PASSWORD)]);
    Page { path: answer.header("location").unwrap_or_default().to_owned(), answer }
}

/// Signed in by a phone, without a service.
fn signed_in(scene: &Scene, phone: &Phone) -> Browser {
    let mut browser = scene.browser();
    let asked = approve_by_qr(&mut browser, phone);
    browser.submit(&asked, "/sign-in/confirm", &[]);
    browser
}

fn ended(service: &Backend) -> Vec<Value> {
    let events = service.get("/events").is(200);
    let ended = events.as_array().unwrap().iter().filter(|event| event["type"] == "sign_in_ended");
    ended.cloned().collect()
}

/// Two services, and a browser that went to both by one sign-in; what the first one was told.
fn two_services(scene: &Scene, phone: &Phone) -> ([Backend; 2], Browser, Value) {
    let services = ["Grants Portal", "Tenders"].map(|name| service(scene, name, &[]));
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    let to = sign_in(&mut browser, &first, phone);
    let told = exchange(&services[0], &ticket(&to)).is(200);
    let at_once = browser.get(&visit("tenders", ""));
    let also = exchange(&services[1], &ticket(at_once.header("location").unwrap())).is(200);
    assert_eq!(also["session"], told["session"]);
    (services, browser, told)
}

#[test]
fn signing_out_is_told_to_every_service_that_the_session_led_to() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (services, mut browser, told) = two_services(&scene, &phone);
    assert!(services.iter().all(|service| ended(service).is_empty()));
    let me = browser.open("/me");
    assert_eq!(browser.submit(&me, "/sign-out", &[]).title(), "You are signed out");
    for service in &services {
        let events = ended(service);
        assert_eq!(events.len(), 1, "{events:?}");
        assert_eq!((&events[0]["session"], &events[0]["account"]), (&told["session"], &told["account"]));
    }
    scene.server.lab().advance(1);
    assert!(services.iter().all(|service| ended(service).len() == 1), "once");
}

#[test]
fn a_report_is_told_to_services_that_had_no_part_in_the_sign_in_even_when_the_session_has_run_out() {
    for late in [false, true] {
        let scene = Scene::set();
        let phone = scene.pair();
        let (services, mut browser, told) = two_services(&scene, &phone);
        if late {
            scene.server.lab().advance(2 * HOUR);
            assert_eq!(browser.open("/me").title(), "Sign in");
            assert!(ended(&services[1]).is_empty(), "time alone tells nobody");
        }
        let tid: [u8; 16] = database::open(&scene.server)
            .query_row("SELECT tid FROM sign_in WHERE state='completed'", [], |row| row.get(0))
            .unwrap();
        let tid = b64u(&tid);
        phone.done("report", &json!({"tid": tid}));
        scene.server.lab().advance(1);
        assert_eq!(ended(&services[1])[0]["session"], told["session"]);
    }
}

#[test]
fn a_stronger_sign_in_is_by_the_same_person_and_keeps_the_session() {
    let scene = Scene::set();
    let phone = scene.pair();
    set_password(&scene);
    let library = service(&scene, "Library", &["--level", "aal1"]);
    let grants = service(&scene, "Grants Portal", &["--level", "aal2"]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("library", ""));
    let to = by_password(&mut browser, &first).path;
    let basic = exchange(&library, &ticket(&to)).is(200);
    assert_eq!(basic["acr"], "urn:countersign:acr:aal1");

    let before = browser.cookie("session").unwrap().to_owned();
    let keys = browser.open(&visit("grants-portal", ""));
    assert_eq!(keys.title(), "Choose how to sign in", "who it is stands already");
    assert!(keys.html().contains(EMAIL) && keys.html().contains("Grants Portal asks for more"));
    let number = action(&keys, "/sign-in/number");
    let page = browser.submit(&keys, &number, &[]);
    let shown = page.between("class=\"number\"", "</span>").unwrap();
    let number: String = shown.replace("&#x202f;", "").chars().filter(char::is_ascii_digit).collect();
    phone.approve(&phone.list().remove(0), &number).ok();
    let answer = browser.get("/sign-in/wait");
    let strong = exchange(&grants, &ticket(answer.header("location").unwrap())).is(200);
    assert_eq!(strong["acr"], "urn:countersign:acr:aal2");
    assert_eq!(strong["session"], basic["session"]);
    assert_ne!(browser.cookie("session").unwrap(), before);
    let mut thief = scene.browser();
    thief.plant("session", &before);
    assert_eq!(thief.open("/me").title(), "Sign in", "the old cookie is worth nothing");
    assert!(ended(&library).is_empty());
    let me = browser.open("/me");
    browser.submit(&me, "/sign-out", &[]);
    assert_eq!((ended(&library).len(), ended(&grants).len()), (1, 1));
}

#[test]
fn who_has_no_phone_hears_what_two_factors_take() {
    let scene = Scene::set();
    set_password(&scene);
    service(&scene, "Library", &["--level", "aal1"]);
    service(&scene, "Grants Portal", &["--level", "aal2"]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    let shown = by_password(&mut browser, &first);
    assert_eq!(shown.title(), "Grants Portal asks for two factors");
    assert!(!browser.open("/me/sign-ins").html().contains("Grants Portal"), "nobody got there");
    let again = browser.open(&visit("grants-portal", ""));
    assert_eq!(again.title(), "Grants Portal asks for two factors", "signed in by one factor meanwhile");
    let to = browser.get(&visit("library", ""));
    ticket(to.header("location").unwrap());
    let adding = browser.submit(&again, "/me/phones/add", &[]);
    assert_eq!(adding.title(), "Add a phone");
}

#[test]
fn an_owner_sees_every_session_and_ends_what_is_not_hers() {
    let scene = Scene::set();
    let phone = scene.pair();
    let (services, mut thief, _) = two_services(&scene, &phone);
    let mut owner = signed_in(&scene, &phone);
    let list = owner.open("/me/sessions");
    assert!(list.html().contains("Grants Portal</bdi>, <bdi>Tenders"), "{}", list.html());
    let lines: Vec<String> =
        list.html().split(r#"name="id" value=""#).skip(1).map(|rest| rest[..22].to_owned()).collect();
    assert_eq!(lines.len(), 2);

    let mut stranger = scene.browser();
    let start = stranger.open("/");
    let answer = stranger.post("/me/sessions/end", &[("csrf", &start.token()), ("id", &lines[1])]);
    assert_eq!(answer.header("location"), Some("/"));
    let mut berta = other_account(&scene);
    let own = berta.open("/me/sessions");
    lines.iter().for_each(|id| _ = berta.submit(&own, "/me/sessions/end", &[("id", id)]));
    assert!(thief.open("/me").html().contains(EMAIL), "nobody ends a stranger's");
    for nobody in ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA"] {
        owner.post("/me/sessions/end", &[("csrf", &list.token()), ("id", nobody)]);
    }
    assert!(thief.open("/me").html().contains(EMAIL), "nothing ended so far");

    let other = lines.iter().find(|id| !is_own(&scene, &owner, id)).unwrap();
    owner.submit(&list, "/me/sessions/end", &[("id", other)]);
    assert_eq!(thief.open("/me").title(), "Sign in");
    assert_eq!(thief.get("/sign-in/wait").status, 404, "nor does the sign-in open another one");
    assert!(services.iter().all(|service| ended(service).len() == 1));
    assert!(owner.open("/me").html().contains(EMAIL));

    let mut third = signed_in(&scene, &phone);
    let list = owner.open("/me/sessions");
    owner.submit(&list, "/me/sessions/end-others", &[]);
    assert_eq!(third.open("/me").title(), "Sign in");
    assert!(owner.open("/me").html().contains(EMAIL));
    let own = lines.iter().find(|id| is_own(&scene, &owner, id)).unwrap();
    let list = owner.open("/me/sessions");
    assert_eq!(owner.submit(&list, "/me/sessions/end", &[("id", own)]).title(), "You are signed out");
}

/// Another account, signed in to by its password.
fn other_account(scene: &Scene) -> Browser {
    let output = scene.server.operate(&["account", "add", "berta@example.eu"]);
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    scene.server.lab().set_password(made["account"].as_str().unwrap(), PASSWORD);
    let mut browser = scene.browser();
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", "berta@example.eu")]);
    let page = browser.submit(&keys, "/sign-in/password", &[]);
    let me = browser.submit(&page, "/sign-in/password", &[("password", PASSWORD)]);
    assert!(me.html().contains("berta@example.eu"), "{}", me.html());
    browser
}

/// Whether a session is that of a browser.
fn is_own(scene: &Scene, browser: &Browser, id: &str) -> bool {
    let cookie: [u8; 32] = array_from_b64u(browser.cookie("session").unwrap()).unwrap();
    let own: [u8; 16] = database::open(&scene.server)
        .query_row("SELECT id FROM session WHERE cookie_hash=?1", [sha256(&cookie)], |row| row.get(0))
        .unwrap();
    b64u(&own) == id
}

#[test]
fn a_browser_that_is_forgotten_begins_like_a_stranger() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    let list = browser.open("/me/sessions");
    assert!(list.html().contains("Forget this browser"));
    let id = list.html().split("/me/browsers/forget").nth(1).unwrap().to_owned();
    let id = id.split(r#"name="id" value=""#).nth(1).unwrap()[..22].to_owned();
    let gone = browser.submit(&list, "/me/browsers/forget", &[("id", &id)]);
    assert!(gone.html().contains("No browser is recognised"), "{}", gone.html());
    browser.submit(&gone, "/sign-out", &[]);
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    assert!(!keys.html().contains("/sign-in/number") && keys.html().contains("/sign-in/qr"));
}
