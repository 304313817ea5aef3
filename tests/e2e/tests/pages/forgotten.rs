//! A forgotten password (W7): a letter with a link to another one, the same page for everybody, and nothing that a mailbox
//! alone opens where a phone guards an account.

use crate::new_account::{PASSWORD, ask, choose, letters, link, takes_as_much};
use crate::scene::{EMAIL, Scene, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use serde_json::json;

const NEW: &str = "boris@example.eu";
const OTHER: &str = "five cows beside a river";
const HOUR: u64 = 3600;

fn forget(browser: &mut Browser, email: &str) -> Page {
    let page = browser.open("/password/forgotten");
    browser.submit(&page, "/password/forgotten", &[("email", email)])
}

/// Makes an account and gives the browser that is signed in.
fn account(scene: &Scene) -> Browser {
    let mut browser = scene.browser();
    ask(&mut browser, NEW);
    let path = link(scene, NEW);
    assert_eq!(choose(&mut browser, &path, PASSWORD).title(), "Add a phone");
    browser
}

fn kept(scene: &Scene, email: &str) -> Option<Vec<u8>> {
    let kept = "SELECT sealed FROM password JOIN account ON account.id=password.account WHERE email=?1";
    database::open(&scene.server).query_row(kept, [email], |row| row.get(0)).ok()
}

#[test]
fn a_link_leads_to_another_password_and_ends_what_was_open() {
    let scene = Scene::set();
    let mut first = account(&scene);
    let before = kept(&scene, NEW).expect("a password");
    let mut browser = scene.browser();
    let sent = forget(&mut browser, NEW);
    assert!(sent.html().contains("A mail is on its way"), "{}", sent.html());
    let path = link(&scene, NEW);
    assert_eq!(browser.open(&path).title(), "Choose a password");
    assert_eq!(kept(&scene, NEW).as_ref(), Some(&before), "mail scanners open links");
    assert!(first.open("/me").html().contains(NEW), "and nobody is signed out by asking");
    let me = choose(&mut browser, &path, OTHER);
    assert!(me.path == "/me" && me.html().contains(NEW), "{}", me.html());
    assert_ne!(kept(&scene, NEW), Some(before));
    assert_eq!(first.open("/me").title(), "Sign in");
    assert_eq!(letters(&scene, NEW).pop().unwrap().subject, "Your password was changed");
    assert_eq!(browser.open(&path).title(), "This link does not work any more");
}

#[test]
fn a_mailbox_alone_signs_nobody_in_where_a_phone_guards_the_account() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut owner = scene.browser();
    assert!(sign_in_and_remember(&mut owner, &phone).html().contains(EMAIL));
    let mut thief = scene.browser();
    forget(&mut thief, EMAIL);
    let path = link(&scene, EMAIL);
    let asked = thief.open(&path);
    assert!(asked.html().contains("At least 8 characters"), "a phone is beside it: {}", asked.html());
    assert_eq!(choose(&mut thief, &path, "kjqzwvxn tr").title(), "Password changed");
    assert_eq!(thief.open("/me").title(), "Sign in");
    assert_eq!(owner.open("/me").title(), "Sign in", "every session has ended");
    let recognised = "SELECT count(*) FROM recognised";
    let left: u32 = database::open(&scene.server).query_row(recognised, [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn a_password_after_a_phone_was_removed_pairs_no_other() {
    let scene = Scene::set();
    let phone = scene.pair();
    phone.done("revoke_self", &json!({}));
    let mut browser = scene.browser();
    forget(&mut browser, EMAIL);
    let path = link(&scene, EMAIL);
    assert!(browser.open(&path).html().contains("At least 15 characters"), "nothing is beside it");
    choose(&mut browser, &path, OTHER);
    let token = browser.open("/").token();
    browser.post("/me/phones/add", &[("csrf", &token)]);
    assert_ne!(browser.open("/me/phones/add").title(), "Add a phone");
}

#[test]
fn whatever_address_is_typed_the_page_says_the_same_and_takes_as_much() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let [known, unknown] = [EMAIL, "anni@example.eu"].map(|email| forget(&mut browser, email));
    assert_eq!(known.common(), unknown.common().replace("anni@example.eu", EMAIL));
    assert_eq!(known.answer.status, unknown.answer.status);
    assert_eq!(letters(&scene, EMAIL)[0].subject, "Your link to another password");
    assert_eq!(letters(&scene, "anni@example.eu")[0].subject, "No link to another password");
    let token = known.token();
    takes_as_much(&scene, [EMAIL, "anni@example.eu"], |email| {
        assert_eq!(browser.post("/password/forgotten", &[("csrf", &token), ("email", email)]).status, 200);
    });
}

#[test]
fn a_link_lives_for_an_hour_and_the_letters_have_a_limit_of_their_own() {
    let scene = Scene::set();
    account(&scene);
    let mut browser = scene.browser();
    forget(&mut browser, NEW);
    let path = link(&scene, NEW);
    let page = browser.open(&path);
    scene.server.lab().advance(HOUR);
    let typed = [("password", OTHER), ("again", OTHER)];
    assert_eq!(browser.submit(&page, &path, &typed).title(), "This link does not work any more");
    scene.server.lab().policy(&json!({"mail_address_hour": 3, "resend_wait": 60}));
    let before = letters(&scene, NEW).len();
    for _ in 0..10 {
        forget(&mut browser, NEW);
        ask(&mut browser, NEW);
        scene.server.lab().advance(61);
    }
    // The one above has left the hour.
    let sent = letters(&scene, NEW).split_off(before);
    let links = sent.iter().filter(|letter| letter.subject == "Your link to another password").count();
    assert_eq!((sent.len(), links), (6, 3), "who is flooded by one form still gets what the other sends");
}

#[test]
fn what_is_no_address_is_said_and_a_stopped_account_gets_no_link() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    for bad in ["", "boris", "boris@exa mple.eu"] {
        assert!(forget(&mut browser, bad).html().contains("has an @ and a domain"), "{bad}");
    }
    assert!(scene.server.operate(&["account", "lock", EMAIL]).status.success());
    forget(&mut browser, EMAIL);
    let letter = letters(&scene, EMAIL).pop().expect("a letter");
    assert!(letter.links.is_empty() && letter.text.contains("is stopped"), "{}", letter.text);
}
