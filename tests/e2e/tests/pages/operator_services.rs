//! Services on the operator's pages: added, and given another secret, each shown once.

use crate::arrivals::{BACK, ORIGIN, service};
use crate::operator::{audit, enter_from, operator};
use crate::scene::{Scene, sign_in_and_remember};
use countersign_e2e::backend::Backend;
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use serde_json::json;

const LIST: &str = "/operator/services";
const NEW: &str = "/operator/services/new";

/// The form, and what tells it from others.
fn form(browser: &mut Browser) -> (Page, String) {
    let form = browser.open(NEW);
    let once = form.between("name=\"once\" value=\"", "\"").expect("a form of its own");
    (form, once)
}

/// What an operator types, with `changed` in the place of what it names.
fn typed<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("name", "Grants Portal"),
        ("origin", ORIGIN),
        ("back", BACK),
        ("level", "aal2-otp"),
        ("tell_email", "1"),
        ("key_number", "1"),
        ("key_qr", "1"),
        ("key_here", "1"),
        ("key_offline", "1"),
        ("key_password", "1"),
        ("may_sign_in", "1"),
        ("reason", "contract 17"),
    ];
    let value = |name| changed.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
    let all = all.into_iter().map(|(name, old)| (name, value(name).unwrap_or(old)));
    all.filter(|(name, value)| *value != "off" || *name == "reason").collect()
}

fn secret(page: &Page) -> String {
    let from = page.between("id=\"secret\"", ">").unwrap_or_else(|| panic!("{}", page.html()));
    from.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a secret").to_owned()
}

fn backend(scene: &Scene, id: &str, secret: &str) -> Backend {
    Backend::new(scene.server.http(), id.to_owned(), secret)
}

/// Whether the server knows who calls.
fn is_known(service: &Backend) -> bool {
    service.post("/visits", &json!({"ticket": "none"})).status != 401
}

fn services(scene: &Scene) -> Vec<String> {
    database::rows(&scene.server, |table| table == "service").remove("service").unwrap()
}

#[test]
fn a_service_is_added_and_its_secret_shown_once() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    assert!(browser.open(LIST).html().contains("No service so far"));
    let (form, once) = form(&mut browser);
    let typed = [&typed(&[])[..], &[("once", once.as_str())]].concat();
    let done = browser.submit(&form, NEW, &typed);
    assert_eq!(done.title(), "The service was added", "{}", done.html());
    assert!(done.answer.header("cache-control").unwrap().contains("no-store"));
    let secret = secret(&done);
    assert!(is_known(&backend(&scene, "grants-portal", &secret)));
    let row = services(&scene).into_iter().find(|row| row.contains("grants-portal")).unwrap();
    for part in ["aal2-otp", BACK, "email", ORIGIN, "\"sign-in\""] {
        assert!(row.contains(part), "{part}: {row}");
    }
    assert!(!row.contains("accounts") && !row.contains("given_name"), "{row}");
    for path in [LIST, "/operator/services/grants-portal", "/operator/audit"] {
        let html = browser.open(path).html();
        assert!(html.contains("grants-portal") && !html.contains(&secret), "{path}: {html}");
    }
    let said = audit(&scene, "service_added");
    assert!(said.len() == 1 && said[0].contains("contract 17") && !said[0].contains(&secret), "{said:?}");
    let before = services(&scene);
    let twice = browser.submit(&form, NEW, &typed);
    assert!(twice.html().contains("This form was sent before") && !twice.html().contains("id=\"secret\""));
    let none = [&typed[..typed.len() - 1], &[("once", "")]].concat();
    assert!(browser.submit(&form, NEW, &none).html().contains("This form was sent before"));
    assert_eq!(services(&scene), before);
    assert!(is_known(&backend(&scene, "grants-portal", &secret)));
}

#[test]
fn a_level_that_is_none_is_the_highest() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    for level in ["aal0", ""] {
        let (form, once) = form(&mut browser);
        browser.submit(&form, NEW, &[&typed(&[("level", level)])[..], &[("once", once.as_str())]].concat());
    }
    let added: Vec<String> =
        services(&scene).into_iter().filter(|row| row.contains("grants-portal")).collect();
    assert!(added.len() == 2 && added.iter().all(|row| row.contains("Text(\"aal2\")")), "{added:?}");
}

#[test]
fn a_service_that_is_wrong_or_without_a_reason_is_not_added() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let before = services(&scene);
    let form = browser.open(NEW);
    for (field, value, said) in [
        ("name", " ", "1 to 40 visible"),
        ("name", "a\u{202e}b", "1 to 40 visible"),
        ("origin", "grants.example.eu", "of the form https"),
        ("origin", "https://grants.example.eu/path", "of the form https"),
        ("back", "javascript:alert(1)", "without query and fragment"),
        ("back", "https://grants.example.eu/back?to=", "without query and fragment"),
        ("may_sign_in", "off", "Tick one thing"),
        ("reason", "  ", "Give a reason"),
    ] {
        let page = browser.submit(&form, NEW, &typed(&[(field, value)]));
        assert!(page.html().contains(said), "{field} {value}: {}", page.html());
    }
    assert_eq!(services(&scene), before);
}

#[test]
fn another_secret_cuts_the_old_one_and_a_form_sent_twice_changes_nothing_more() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let old = service(&scene, "Grants Portal", &[]);
    assert!(is_known(&old));
    let path = "/operator/services/grants-portal";
    let page = browser.open(path);
    let asked = browser.submit(&page, path, &[("reason", "it stood in a mail")]);
    assert_eq!(asked.title(), "Give this service another secret?", "{}", asked.html());
    let mark = asked.between("name=\"mark\" value=\"", "\"").expect("a mark");
    for mark in [mark.as_str(), ""] {
        let silent = browser.submit(&asked, path, &[("mark", mark), ("reason", " "), ("sure", "1")]);
        assert!(silent.html().contains("Give a reason") && is_known(&old), "{}", silent.html());
    }
    let unasked = [("reason", "it stood in a mail"), ("sure", "1")];
    assert!(browser.submit(&asked, path, &unasked).html().contains("not possible any more"));
    assert!(is_known(&old), "nobody saw the question");
    let yes = [&unasked[..], &[("mark", mark.as_str())]].concat();
    let done = browser.submit(&asked, path, &yes);
    assert_eq!(done.title(), "The service has another secret", "{}", done.html());
    let new = backend(&scene, "grants-portal", &secret(&done));
    assert!(!is_known(&old) && is_known(&new));
    let twice = browser.submit(&asked, path, &yes);
    assert!(twice.html().contains("not possible any more") && is_known(&new), "{}", twice.html());
    let said = audit(&scene, "service_secret_rotated");
    assert!(said.len() == 1 && said[0].contains("it stood in a mail"), "{said:?}");
}

#[test]
fn neither_a_plain_session_nor_an_old_sign_in_changes_services() {
    let scene = Scene::set();
    let (phone, mut browser) = operator(&scene);
    let service = service(&scene, "Grants Portal", &[]);
    let path = "/operator/services/grants-portal";
    let page = browser.open(path);
    let asked = browser.submit(&page, path, &[("reason", "it leaked")]);
    let mark = asked.between("name=\"mark\" value=\"", "\"").unwrap();
    let fields = [("mark", mark.as_str()), ("reason", "it leaked"), ("sure", "1")];
    let before = services(&scene);
    let mut plain = scene.browser();
    let mine = sign_in_and_remember(&mut plain, &phone);
    for (path, fields) in [(path, &fields[..]), (NEW, &typed(&[])[..])] {
        assert_eq!(plain.submit(&mine, path, fields).title(), "Sign in as the operator", "{path}");
    }
    scene.server.lab().advance(601);
    for (path, fields) in [(path, &fields[..]), (NEW, &typed(&[])[..])] {
        let late = browser.submit(&page, path, fields);
        assert!(late.html().contains("older than ten minutes"), "{path}: {}", late.html());
    }
    assert_eq!(services(&scene), before);
    let late = browser.open(path);
    enter_from(&mut browser, &phone, &late);
    scene.server.lab().advance(901);
    let page = browser.open("/me");
    assert_eq!(browser.submit(&page, path, &fields).title(), "Sign in as the operator", "it has ended");
    assert!(services(&scene) == before && is_known(&service));
}

#[test]
fn our_own_pages_are_no_service_that_could_get_a_secret() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    for id in ["portal", "portal.operator", "nobody"] {
        let path = format!("/operator/services/{id}");
        assert_eq!(browser.get(&path).status, 404, "{id}");
        let token = browser.open(LIST).token();
        let fields = [("csrf", token.as_str()), ("mark", ""), ("reason", "why not"), ("sure", "1")];
        assert_eq!(browser.post(&path, &fields).status, 404, "{id}");
        assert!(!scene.server.operate(&["service", "rotate", id]).status.success(), "{id}");
    }
    assert_eq!(audit(&scene, "service_secret_rotated").len(), 0);
}
