//! "I did not make this sign-in" without signing in (W8): a letter to the owner, and the same page whatever was typed.

use crate::scene::{EMAIL, Scene, approve_by_qr};
use countersign_e2e::browser::{Browser, Page};
use serde_json::{Value, json};

/// Sends the form; the page without what differs by browser.
fn send(browser: &mut Browser, email: &str, code: &str) -> String {
    let page = browser.open("/report");
    let sent = browser.submit(&page, "/report", &[("email", email), ("code", code)]);
    sent.common()
}

/// A signed-in browser and the code of its sign-in.
fn signed_in(scene: &Scene) -> (Browser, String) {
    let phone = scene.pair();
    let mut browser = scene.browser();
    let asked = approve_by_qr(&mut browser, &phone);
    let me: Page = browser.submit(&asked, "/sign-in/confirm", &[]);
    let code = me.between("class=\"tag\" dir=\"ltr\">", "</bdi>").unwrap().to_owned();
    (browser, code)
}

fn account(scene: &Scene) -> String {
    let output = scene.server.operate(&["account", "show", EMAIL]);
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    shown["account"].as_str().unwrap().to_owned()
}

fn letters(scene: &Scene) -> Vec<countersign_e2e::lab::Mail> {
    let mut mails = scene.server.lab().mails(&account(scene));
    mails.retain(|mail| mail.subject == "Was this sign-in not yours?");
    mails
}

#[test]
fn the_owner_gets_a_link_and_only_the_link_reports() {
    let scene = Scene::set();
    let (_, code) = signed_in(&scene);
    let mut stranger = scene.browser();
    send(&mut stranger, &EMAIL.to_uppercase(), &code.to_lowercase().replace('-', " "));
    let letter = letters(&scene).pop().expect("a letter");
    let path = letter.links[0].strip_prefix(scene.server.base()).unwrap().to_owned();
    let mut owner = scene.browser();
    let asked = owner.open(&path);
    assert_eq!(asked.title(), "Report this sign-in?");
    assert!(asked.html().contains(&code));
    let mails = scene.server.lab().mails(&account(&scene));
    assert!(!mails.iter().any(|mail| mail.subject == "A sign-in was reported"), "opening does nothing");
    let done = owner.submit(&asked, &path, &[]);
    assert_eq!(done.title(), "Reported");
    owner.submit(&asked, &path, &[]);
    let mails = scene.server.lab().mails(&account(&scene));
    assert_eq!(mails.iter().filter(|mail| mail.subject == "A sign-in was reported").count(), 1);
}

#[test]
fn n201_whatever_is_typed_the_page_says_the_same_and_nothing_changes() {
    let scene = Scene::set();
    let (_, code) = signed_in(&scene);
    let output = scene.server.operate(&["account", "add", "boris@example.eu"]);
    assert!(output.status.success());
    let mut browser = scene.browser();
    let pages = [
        send(&mut browser, "boris@example.eu", &code),
        send(&mut browser, EMAIL, "AAAA-AAAA"),
        send(&mut browser, "nobody@example.eu", &code),
        send(&mut browser, "", ""),
        send(&mut browser, EMAIL, &"9".repeat(400)),
    ];
    assert!(letters(&scene).is_empty());
    let right = send(&mut browser, EMAIL, &code);
    assert!(pages.iter().all(|page| *page == right));
    assert_eq!(letters(&scene).len(), 1);
}

#[test]
fn n202_the_sixth_within_an_hour_gets_the_same_page_and_no_letter() {
    let scene = Scene::set();
    scene.server.lab().policy(&json!({"report_hour": 5}));
    let (_, code) = signed_in(&scene);
    let mut browser = scene.browser();
    let pages: Vec<String> = (0..6).map(|_| send(&mut browser, EMAIL, &code)).collect();
    assert!(pages.iter().all(|page| *page == pages[0]));
    assert_eq!(letters(&scene).len(), 5);
    scene.server.lab().advance(3600);
    send(&mut browser, EMAIL, &code);
    assert_eq!(letters(&scene).len(), 6);
}

#[test]
fn a_link_that_was_changed_or_is_a_day_old_reports_nothing() {
    let scene = Scene::set();
    let (_, code) = signed_in(&scene);
    let mut browser = scene.browser();
    send(&mut browser, EMAIL, &code);
    let letter = letters(&scene).pop().unwrap();
    let path = letter.links[0].strip_prefix(scene.server.base()).unwrap().to_owned();
    let changed = path.replacen("/report/", "/report/A", 1);
    let changed = changed[..path.len()].to_owned();
    assert_eq!(browser.open(&changed).answer.status, 404);
    scene.server.lab().advance(86_400);
    assert_eq!(browser.open(&path).answer.status, 404);
}
