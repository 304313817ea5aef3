//! What holds for every address of the pages, walked from the table that the router is made of: none is forgotten.

use crate::scene::{Scene, approve_by_qr, start_qr};
use countersign_e2e::browser::Browser;
use countersign_e2e::database;
use countersign_e2e::http::Answer;
use countersign_server::pages::table;
use countersign_server::pages::table::{Kind, Row};

/// What somebody would like to see in an address that we redirect to, or in a header.
const EVIL: [&str; 5] = [
    "https%3A%2F%2Fevil.example%2F",
    "%2F%2Fevil.example",
    "%2F%5Cevil.example",
    "x%0D%0AX-Evil%3A%20yes",
    "%0d%0aSet-Cookie:%20session=planted",
];

pub fn rows(kind: Kind) -> Vec<Row> {
    let rows: Vec<Row> = table().rows().iter().filter(|row| row.kind == kind).cloned().collect();
    assert!(rows.len() >= 4, "{kind:?}");
    rows
}

/// An address of this row, with something in the place of names.
pub fn path(row: &Row) -> String {
    let token = "A".repeat(43);
    let parts = row.path.split('/').map(|part| if part.starts_with('{') { &token } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// The addresses of this row, without a language and with one.
fn paths(row: &Row) -> Vec<String> {
    let path = path(row);
    let french = row.prefixed.then(|| format!("/fr{}", path.trim_end_matches('/')));
    [Some(path), french].into_iter().flatten().collect()
}

/// It leads to a page of ours, if anywhere.
fn stays_here(answer: &Answer, what: &str) {
    let to = answer.header("location").unwrap_or("/");
    assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{what} leads to {to}");
    assert_eq!(answer.header("x-evil"), None, "{what}");
    let cookies = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    assert!(cookies.into_iter().all(|cookie| !cookie.contains("planted")), "{what}");
    assert!(answer.status < 500, "{what}: {}", answer.text());
}

#[test]
fn a_form_without_its_token_or_with_anothers_or_an_old_one_changes_nothing() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let old = browser.open("/").token();
    approve_by_qr(&mut browser, &phone);
    let foreign = scene.browser().open("/").token();
    let before = database::rows(&scene.server, |_| true);
    for row in rows(Kind::Form) {
        for token in [None, Some(""), Some("AAAA"), Some(foreign.as_str()), Some(old.as_str())] {
            let mut fields = row.fields.clone();
            fields.extend(token.map(|token| ("csrf", token)));
            for path in paths(&row) {
                let answer = browser.post(&path, &fields);
                assert_eq!(answer.status, 403, "{path} {token:?}: {}", answer.text());
            }
        }
    }
    assert_eq!(database::rows(&scene.server, |_| true), before);
    assert_eq!(browser.open("/sign-in/wait").title(), "Sign in as a***@example.eu?", "its own form counts");
}

#[test]
fn a_form_answers_to_post_alone_and_a_page_does_not() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let token = browser.open("/").token();
    let forms = rows(Kind::Form);
    let both = |path: &str| forms.iter().any(|form| form.path == path);
    for row in rows(Kind::Page).into_iter().chain(rows(Kind::Data)).filter(|row| !both(row.path)) {
        let answer = browser.post(&path(&row), &[("csrf", &token)]);
        assert_eq!(answer.status, 405, "{}", row.path);
    }
    let pages = rows(Kind::Page);
    let both = |path: &str| pages.iter().any(|page| page.path == path);
    for row in forms.iter().filter(|row| !both(row.path)) {
        assert_eq!(browser.get(&path(row)).status, 405, "{}", row.path);
    }
}

#[test]
fn looking_changes_nothing() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let asked = approve_by_qr(&mut browser, &phone);
    browser.submit(&asked, "/sign-in/confirm", &[]);
    let before = database::rows(&scene.server, |_| true);
    for row in rows(Kind::Page).into_iter().chain(rows(Kind::Data)) {
        for path in paths(&row) {
            for mut browser in [scene.browser(), copy(&browser, &scene)] {
                stays_here(&browser.get(&path), row.path);
            }
        }
    }
    assert_eq!(database::rows(&scene.server, |_| true), before);
}

fn copy(browser: &Browser, scene: &Scene) -> Browser {
    let mut other = scene.browser();
    other.plant("session", browser.cookie("session").unwrap());
    other
}

#[test]
fn no_address_is_redirected_to_and_no_header_written_from_what_is_asked() {
    let scene = Scene::set();
    let names: Vec<&str> = table().rows().iter().flat_map(|row| row.query.clone()).collect();
    assert!(names.contains(&"rc") && names.contains(&"state") && names.contains(&"to"));
    for evil in EVIL {
        let query: Vec<String> = names.iter().map(|name| format!("{name}={evil}")).collect();
        let query = query.join("&");
        for row in table().rows() {
            let mut browser = scene.browser();
            let address = format!("{}?{query}", path(row));
            let answer = match row.kind {
                Kind::Form => {
                    let token = browser.open("/").token();
                    let mut fields = row.fields.clone();
                    fields.push(("csrf", token.as_str()));
                    browser.post(&address, &fields)
                }
                Kind::Page | Kind::Data => browser.get(&address),
            };
            stays_here(&answer, &address);
        }
    }
}

#[test]
fn who_is_signed_in_nowhere_changes_nothing_of_anybody_however_often_a_form_is_sent() {
    let scene = Scene::set();
    scene.pair();
    // What strangers ask for stands in these, and nothing of anybody who has an account: none of the forms names one.
    let strangers = ["browser", "sign_in", "scan", "ticket", "audit", "signup", "guess"];
    let theirs = |scene: &Scene| {
        let mut rows = database::rows(&scene.server, |table| !strangers.contains(&table));
        let not = |word: &'static str| move |row: &String| !row.contains(word);
        rows.get_mut("mail").expect("a table").retain(not("Text(\"boris@example.eu\")"));
        for purpose in [r#"Text("reset"), Text("")"#, r#"Text("recover"), Text("")"#] {
            rows.get_mut("link").expect("a table").retain(not(purpose));
        }
        rows
    };
    let before = theirs(&scene);
    for row in rows(Kind::Form) {
        let mut browser = scene.browser();
        start_qr(&mut browser);
        for _ in 0..2 {
            let token = browser.open("/").token();
            let mut fields = row.fields.clone();
            fields.push(("csrf", token.as_str()));
            stays_here(&browser.post(&path(&row), &fields), row.path);
        }
    }
    assert_eq!(theirs(&scene), before);
}

#[test]
fn the_program_under_test_prints_the_table() {
    let output = std::process::Command::new(crate::scene::BINARY).args(["routes", "--json"]).output();
    let printed: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert_eq!(printed, serde_json::json!(table().rows()));
    assert!(printed[0]["path"].is_string() && printed[0]["kind"] == "page");
}
