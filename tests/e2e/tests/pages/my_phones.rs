//! The phones in "my account": another name, removal, and the sign-in that these ask for.

use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::phone::Phone;
use serde_json::json;

/// The reference of the phone that the list shows first.
fn first_ref(page: &Page) -> String {
    let between = page.between("href=\"/me/phones/", "/rename");
    between.map(|text| text.rsplit('/').next().unwrap().to_owned()).expect("a phone in the list")
}

fn signed_in(scene: &Scene, phone: &Phone) -> Browser {
    let mut browser = scene.browser();
    assert_eq!(sign_in_and_remember(&mut browser, phone).path, "/me");
    browser
}

/// Pairs another phone from "my account".
fn add_phone(scene: &Scene, browser: &mut Browser) -> Phone {
    let get = browser.open("/me/phones/app");
    assert_eq!(get.title(), "Get the app on your phone");
    browser.submit(&get, "/me/phones/add", &[]);
    let (phone, code) = scene.claim(browser);
    let page = browser.open("/me/phones/add");
    assert_eq!(browser.submit(&page, "/me/phones/confirm", &[("code", &code)]).title(), "Phone added");
    phone.settle_in();
    phone
}

/// Signs in once more from the page that asks for it; gives the page that this leads back to.
fn sign_in_again(browser: &mut Browser, asked: &Page, phone: &Phone, back: &str) -> Page {
    assert_eq!(asked.title(), "Sign in once more first", "{}", asked.html());
    let keys = browser.submit(asked, &format!("/me/again/{back}"), &[]);
    assert_eq!((keys.path.as_str(), keys.title().as_str()), ("/sign-in/keys", "Choose how to sign in"));
    assert!(keys.html().contains(EMAIL) && !keys.html().contains("/sign-in/password"), "{}", keys.html());
    let page = browser.submit(&keys, "/sign-in/number", &[]);
    let shown = page.between("class=\"number\"", "</span>").unwrap();
    let number: String = shown.replace("&#x202f;", "").chars().filter(char::is_ascii_digit).collect();
    phone.approve(&phone.list().remove(0), &number).ok();
    browser.open("/sign-in/wait")
}

#[test]
fn another_phone_is_added_and_both_are_in_the_list() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = signed_in(&scene, &phone);
    let me = browser.open("/me");
    assert!(me.html().contains("1 phone<") && me.html().contains("href=\"/me/phones/app\""), "{}", me.html());
    add_phone(&scene, &mut browser);
    assert!(browser.open("/me").html().contains("2 phones"));
    let list = browser.open("/me/phones");
    assert_eq!(list.html().matches("/rename\"").count(), 2);
    assert_eq!(list.title(), "Phones");
}

#[test]
fn a_phone_gets_another_name_whatever_script_it_is_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = signed_in(&scene, &phone);
    let own = first_ref(&browser.open("/me/phones"));
    let rename = format!("/me/phones/{own}/rename");
    let names = ["Anna’s phone", "הטלפון של חנה", &"x\u{323}\u{331}".repeat(13), "<b onclick=a()>&\"'"];
    for name in names {
        let page = browser.open(&rename);
        let list = browser.submit(&page, &rename, &[("name", name)]);
        assert_eq!((list.path.as_str(), list.title().as_str()), ("/me/phones", "Phones"));
        let stored: String =
            database::open(&scene.server).query_row("SELECT name FROM phone", [], |row| row.get(0)).unwrap();
        assert_eq!(stored, name);
        assert!(!list.html().contains("<b onclick"));
    }
    for bad in ["", " ", "a\u{202e}b", "a\u{0}b", &"x".repeat(41), "e\u{301}"] {
        let page = browser.open(&rename);
        let again = browser.submit(&page, &rename, &[("name", bad)]);
        assert!(again.html().contains("aria-invalid"), "{bad:?}: {}", again.html());
    }
    assert!(phone.list().is_empty(), "the phone goes on as before");
}

#[test]
fn a_phone_that_is_removed_takes_its_sessions_and_what_waits_for_it_along() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = signed_in(&scene, &phone);
    // The list has the older one first.
    scene.server.lab().advance(1);
    let other = add_phone(&scene, &mut browser);
    let mut second = scene.browser();
    let asked = approve_by_qr(&mut second, &other);
    second.submit(&asked, "/sign-in/confirm", &[]);
    let mut waiting = scene.browser();
    let first = waiting.open("/");
    waiting.plant("known", browser.cookie("known").unwrap());
    let keys = waiting.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    waiting.submit(&keys, "/sign-in/number", &[]);
    assert_eq!(phone.list().len(), 1);

    let list = second.open("/me/phones");
    let own = first_ref(&list);
    let remove = format!("/me/phones/{own}/remove");
    let asked = second.open(&remove);
    assert_eq!(asked.title(), "Remove this phone?");
    assert!(!asked.html().contains("no phone is left"), "{}", asked.html());
    assert_eq!(second.submit(&asked, &remove, &[]).title(), "Phone removed");
    assert_eq!(browser.open("/me").title(), "Sign in", "the session that it approved");
    assert_eq!(second.open("/me").path, "", "and no other");
    assert_eq!(second.open(&remove).answer.status, 404);
    let letters = scene.server.lab().mails_to(EMAIL);
    assert!(letters.iter().any(|letter| letter.subject == "A phone was removed"));

    let last = first_ref(&second.open("/me/phones"));
    let remove = format!("/me/phones/{last}/remove");
    let asked = second.open(&remove);
    assert!(asked.html().contains("no phone is left") && asked.html().contains("no recovery code"));
    let removed = second.submit(&asked, &remove, &[]);
    assert!(
        removed.title() == "Phone removed" && !removed.html().contains("/sign-out"),
        "{}",
        removed.html()
    );
    assert_eq!(second.open("/me").title(), "Sign in", "this one ended too");
}

#[test]
fn all_phones_go_at_once() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = signed_in(&scene, &phone);
    add_phone(&scene, &mut browser);
    let asked = browser.open("/me/phones/remove-all");
    assert_eq!(asked.title(), "Remove these 2 phones?");
    assert_eq!(browser.submit(&asked, "/me/phones/remove-all", &[]).title(), "2 phones removed");
    let left: u32 = database::open(&scene.server)
        .query_row("SELECT count(*) FROM phone WHERE state<>'revoked'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0);
}

#[test]
fn a_phone_of_somebody_else_is_not_there() {
    let scene = Scene::set();
    let phone = scene.pair();
    let own = first_ref(&signed_in(&scene, &phone).open("/me/phones"));
    let made = scene.server.operate(&["account", "add", "boris@example.eu"]);
    let made: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let link = made["setup_link"].as_str().unwrap().strip_prefix(scene.server.base()).unwrap().to_owned();
    let boris = Scene { server: scene.server, setup_path: link };
    let his = boris.pair();
    let mut browser = boris.browser();
    let asked = approve_by_qr(&mut browser, &his);
    let me = browser.submit(&asked, "/sign-in/confirm", &[]);
    for path in ["rename", "remove"].map(|act| format!("/me/phones/{own}/{act}")) {
        assert_eq!(browser.open(&path).answer.status, 404, "{path}");
        let answer = browser.post(&path, &[("csrf", &me.token()), ("name", "Mine")]);
        assert_eq!(answer.status, 404, "{path}");
    }
    phone.done("rename", &json!({"name": "Still here"}));
}

#[test]
fn what_decides_who_gets_in_asks_for_a_sign_in_of_the_last_minutes_and_leads_back() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = signed_in(&scene, &phone);
    let list = browser.open("/me/phones");
    let own = first_ref(&list);
    scene.server.lab().advance(301);
    for path in [format!("/me/phones/{own}/remove"), "/me/phones/remove-all".to_owned()] {
        let answer = browser.post(&path, &[("csrf", &list.token())]);
        assert!(answer.text().contains("Sign in once more first"), "{path}");
    }
    let asked = browser.open(&format!("/me/phones/{own}/remove"));
    assert_eq!(sign_in_again(&mut browser, &asked, &phone, "phones").path, "/me/phones");
    assert_eq!(browser.open(&format!("/me/phones/{own}/remove")).title(), "Remove this phone?");
    scene.server.lab().advance(301);
    let asked = browser.open("/me/phones/app");
    assert_eq!(sign_in_again(&mut browser, &asked, &phone, "app").path, "/me/phones/app");
    scene.server.lab().advance(301);
    let asked = browser.open("/me/phones/app");
    let keys = browser.submit(&asked, "/me/again/elsewhere", &[]);
    assert_eq!(keys.path, "/sign-in/keys", "nobody is led to what is no page of ours");
    assert_eq!(browser.open("/me/phones").title(), "Phones", "looking takes no more than before");
}
