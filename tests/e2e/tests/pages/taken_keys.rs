//! Keys that a service takes: offered, asked for, and enough to go back; the others are not.

use crate::arrivals::{ORIGIN, action, exchange, service, sign_in, ticket, visit};
use crate::operator::operator;
use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::browser::Page;
use countersign_e2e::database;

/// How many sign-ins were started.
fn started(scene: &Scene) -> usize {
    database::rows(&scene.server, |table| table == "sign_in").remove("sign_in").unwrap().len()
}

/// The forms that lead on from a page of keys.
fn offered(page: &Page) -> Vec<&'static str> {
    let html = page.html();
    let all = ["number", "qr", "here", "offline", "password"];
    all.into_iter().filter(|key| html.contains(&format!("action=\"/sign-in/{key}?"))).collect()
}

#[test]
fn only_keys_that_the_service_takes_lead_on() {
    let scene = Scene::set();
    let phone = scene.pair();
    let grants = service(&scene, "Grants Portal", &["--level", "aal1", "--keys", "qr,offline"]);
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    database::change_one(&scene.server, "UPDATE session SET key='number' WHERE acr='aal2'", []);
    let page = browser.open(&visit("grants-portal", ""));
    assert_eq!(offered(&page), ["qr", "offline"], "{}", page.html());
    let before = started(&scene);
    let arrival = action(&page, "/sign-in/qr").split_once('?').unwrap().1.to_owned();
    for key in ["number", "here"] {
        let refused = browser.submit(&page, &format!("/sign-in/{key}?{arrival}"), &[]);
        assert_eq!(refused.title(), "This key cannot be used right now", "{key}: {}", refused.html());
    }
    assert_eq!(started(&scene), before);
    let qr = browser.submit(&page, &action(&page, "/sign-in/qr"), &[]);
    assert!(qr.html().contains("action=\"/sign-in/offline?"), "{}", qr.html());
    for key in ["number", "here"] {
        assert!(!qr.html().contains(&format!("action=\"/sign-in/{key}?")), "{key}");
    }
    let mut stranger = scene.browser();
    let page = stranger.open(&visit("grants-portal", ""));
    let to = sign_in(&mut stranger, &page, &phone);
    assert_eq!(exchange(&grants, &ticket(&to)).status, 200);
    let again = stranger.get(&visit("grants-portal", ""));
    assert!(again.header("location").unwrap().starts_with("https://"), "by the session that is there");
}

#[test]
fn a_password_that_the_service_does_not_take_is_the_first_of_two() {
    let scene = Scene::set();
    let phone = scene.pair();
    service(&scene, "Grants Portal", &["--level", "aal1", "--keys", "qr"]);
    service(&scene, "Travel", &["--level", "aal1"]);
    database::change_one(&scene.server, "UPDATE account SET two_factors=0", []);
    let id = "SELECT id FROM account";
    let id: String = database::open(&scene.server).query_row(id, [], |row| row.get(0)).unwrap();
    scene.server.lab().set_password(&id, "correct horse battery");
    for (name, enough) in [("grants-portal", false), ("travel", true)] {
        let mut browser = scene.browser();
        let first = browser.open(&visit(name, ""));
        let keys = browser.submit(&first, &action(&first, "/sign-in"), &[("identifier", EMAIL)]);
        let page = browser.submit(&keys, &action(&keys, "/sign-in/password"), &[]);
        let token = page.token();
        let fields = [("csrf", token.as_str()), ("password", "correct horse battery")];
        let answer = browser.post(&action(&page, "/sign-in/password"), &fields);
        let to = answer.header("location").unwrap();
        assert_eq!(to.starts_with("https://grants.example.eu/back?ticket="), enough, "{name}: {to}");
        if !enough {
            let keys = browser.open(to);
            assert_eq!(offered(&keys), ["qr"], "{}", keys.html());
        }
    }
    drop(phone);
}

#[test]
fn the_first_page_offers_no_code_where_none_is_taken() {
    let scene = Scene::set();
    let phone = scene.pair();
    service(&scene, "Grants Portal", &["--keys", "number,here"]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    assert!(!first.html().contains("action=\"/sign-in/qr"), "{}", first.html());
    assert_eq!(approve_by_qr(&mut browser, &phone).title(), "Sign in as a***@example.eu?", "elsewhere it is");
}

#[test]
fn operators_choose_the_keys_and_never_such_that_nobody_could_sign_in() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    for (keys, level, said) in [
        ("qr,smoke", "aal1", "a key is one of"),
        ("password", "aal2-otp", "worth that level"),
        ("offline,password", "aal2", "worth that level"),
        ("password", "aal1", "not everybody"),
        ("number,offline", "aal1", "not everybody"),
    ] {
        let add = ["service", "add", "Grants", "--origin", ORIGIN, "--keys", keys, "--level", level];
        let output = scene.server.operate(&add);
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(!output.status.success() && text.contains(said), "{keys}: {text}");
    }
    let path = "/operator/services/new";
    let form = browser.open(path);
    assert_eq!(form.html().matches("name=\"key_").count(), 5);
    assert_eq!(form.html().matches(" checked").count(), 6, "all of them, and signing people in");
    let once = form.between("name=\"once\" value=\"", "\"").unwrap();
    let mut add = |keys: &[&'static str]| {
        let mut fields =
            vec![("name", "Grants"), ("origin", ORIGIN), ("level", "aal2"), ("may_sign_in", "1")];
        fields.extend([("reason", "contract 17"), ("once", once.as_str())]);
        fields.extend(keys.iter().map(|key| (*key, "1")));
        browser.submit(&form, path, &fields)
    };
    for keys in [&[][..], &["key_offline", "key_password"]] {
        let page = add(keys);
        assert!(page.html().contains("Tick one key at least"), "{keys:?}: {}", page.html());
    }
    let done = add(&["key_qr", "key_password"]);
    assert_eq!(done.title(), "The service was added", "{}", done.html());
    let stored = "SELECT keys FROM service WHERE id='grants'";
    let stored: String = database::open(&scene.server).query_row(stored, [], |row| row.get(0)).unwrap();
    assert_eq!(stored, r#"["qr","password"]"#);
    let html = browser.open("/operator/services/grants").html();
    assert!(
        html.contains("<dt class=\"hint\">Keys that it takes</dt><dd>App with a QR code, Password</dd>"),
        "{html}"
    );
}
