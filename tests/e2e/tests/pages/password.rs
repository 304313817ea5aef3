//! Passwords: alone, before a second key, wrong, guessed; and what a stranger learns from all that, which is nothing.

use crate::new_account::{choose, link};
use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use serde_json::json;

const PASSWORD: &str = "correct horse battery";

fn set(scene: &Scene) {
    let account: String = database::open(&scene.server)
        .query_row("SELECT id FROM account WHERE email=?1", [EMAIL], |row| row.get(0))
        .unwrap();
    scene.server.lab().set_password(&account, PASSWORD);
}

/// The page that asks for the password of an address.
fn asked(browser: &mut Browser, identifier: &str) -> Page {
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", identifier)]);
    let page = browser.submit(&keys, "/sign-in/password", &[]);
    assert_eq!(page.title(), "Your password", "{}", page.html());
    page
}

fn give(browser: &mut Browser, page: &Page, password: &str) -> Page {
    browser.submit(page, "/sign-in/password", &[("password", password)])
}

#[test]
fn a_password_is_the_first_of_two_factors_where_there_is_a_phone() {
    let scene = Scene::set();
    let phone = scene.pair();
    set(&scene);
    let mut browser = scene.browser();
    let page = asked(&mut browser, EMAIL);
    let (before, token) = (browser.cookie("session").unwrap().to_owned(), page.token());
    let keys = give(&mut browser, &page, PASSWORD);
    assert_eq!(keys.path, "/sign-in/keys");
    assert_ne!(browser.cookie("session").unwrap(), before, "another cookie from here on");
    assert!(keys.html().contains("/sign-in/number") && !keys.html().contains("/sign-in/password"));
    assert_eq!(browser.open("/me").title(), "Sign in", "nobody is signed in by it");
    let mut thief = scene.browser();
    thief.plant("session", &before);
    assert_eq!(thief.post("/sign-in/number", &[("csrf", &token)]).status, 200);
    assert!(phone.list().is_empty(), "who planted the cookie has no part in it");

    let keys = browser.open("/sign-in/keys");
    let page = browser.submit(&keys, "/sign-in/number", &[]);
    let shown = page.between("class=\"number\"", "</span>").unwrap();
    let number: String = shown.replace("&#x202f;", "").chars().filter(char::is_ascii_digit).collect();
    phone.approve(&phone.list().remove(0), &number).ok();
    assert!(browser.open("/sign-in/wait").html().contains(EMAIL));
}

#[test]
fn a_password_alone_opens_nothing_that_a_phone_ever_guarded() {
    let scene = Scene::set();
    let phone = scene.pair();
    set(&scene);
    phone.done("revoke_self", &json!({}));
    let mut browser = scene.browser();
    let page = asked(&mut browser, EMAIL);
    let keys = give(&mut browser, &page, PASSWORD);
    assert_eq!(keys.path, "/sign-in/keys", "{}", keys.html());
    assert!(keys.html().contains("/recover") && !keys.html().contains("/sign-in/number"), "{}", keys.html());
    assert_eq!(browser.open("/me").title(), "Sign in");
    // Nor where its owner wants no second factor, if it was chosen as one beside a phone.
    let short = "UPDATE password SET length_class=8";
    database::change_one(&scene.server, short, []);
    database::change_one(&scene.server, "UPDATE account SET two_factors=0", []);
    let page = asked(&mut browser, EMAIL);
    assert_eq!(give(&mut browser, &page, PASSWORD).path, "/sign-in/keys");
}

#[test]
fn with_the_first_phone_a_password_is_not_enough_anywhere() {
    let scene = Scene::set();
    set(&scene);
    let mut elsewhere = scene.browser();
    let page = asked(&mut elsewhere, EMAIL);
    assert_eq!(give(&mut elsewhere, &page, PASSWORD).path, "/me");
    let mut browser = scene.browser();
    let page = asked(&mut browser, EMAIL);
    let me = give(&mut browser, &page, PASSWORD);
    browser.submit(&me, "/sign-out", &[]);
    let page = asked(&mut browser, EMAIL);
    give(&mut browser, &page, PASSWORD);
    let app = browser.open("/me/phones/app");
    browser.submit(&app, "/me/phones/add", &[]);
    let (_, code) = scene.claim(&mut browser);
    let page = browser.open("/me/phones/add");
    assert_eq!(browser.submit(&page, "/me/phones/confirm", &[("code", &code)]).title(), "Phone added");
    assert!(browser.open("/me").html().contains(EMAIL), "who paired it stays");
    assert_eq!(elsewhere.open("/me").title(), "Sign in");
}

#[test]
fn a_first_factor_counts_for_its_account_alone_and_for_five_minutes() {
    let scene = Scene::set();
    scene.pair();
    set(&scene);
    assert!(scene.server.operate(&["account", "add", "boris@example.eu"]).status.success());
    let mut browser = scene.browser();
    let page = asked(&mut browser, EMAIL);
    let keys = give(&mut browser, &page, PASSWORD);
    let other = browser.submit(&keys, "/sign-in", &[("identifier", "boris@example.eu")]);
    assert!(!other.html().contains("/sign-in/number"));
    let again = browser.submit(&other, "/sign-in", &[("identifier", EMAIL)]);
    assert!(again.html().contains("/sign-in/number"));
    scene.server.lab().advance(300);
    assert!(!browser.open("/sign-in/keys").html().contains("/sign-in/number"));
}

#[test]
fn a_password_is_enough_for_an_account_without_a_phone_and_where_the_owner_said_so() {
    let scene = Scene::set();
    set(&scene);
    let mut browser = scene.browser();
    let page = asked(&mut browser, EMAIL);
    let me = give(&mut browser, &page, PASSWORD);
    assert!(me.path == "/me" && me.html().contains(EMAIL), "{}", me.html());
    browser.submit(&me, "/sign-out", &[]);
    scene.pair();
    database::change_one(&scene.server, "UPDATE account SET two_factors=0", []);
    let page = asked(&mut browser, EMAIL);
    let me = give(&mut browser, &page, PASSWORD);
    assert!(me.html().contains(EMAIL), "{}", me.html());
    let answer = browser.post("/me/phones/add", &[("csrf", &me.token())]);
    assert!(answer.text().contains("Sign in once more first"), "{}", answer.text());
}

#[test]
fn a_wrong_password_and_an_unknown_address_look_alike_and_take_as_much() {
    let scene = Scene::set();
    scene.pair();
    set(&scene);
    let output = scene.server.operate(&["account", "add", "bare@example.eu"]);
    assert!(output.status.success());
    let answer = |identifier: &str| {
        let mut browser = scene.browser();
        let page = asked(&mut browser, identifier);
        let wrong = give(&mut browser, &page, "wrong password");
        (wrong.common().replace(identifier, "ADDRESS"), wrong.answer.status)
    };
    let work = |identifier: &str| {
        let mut browser = scene.browser();
        let page = asked(&mut browser, identifier);
        scene.server.lab().work_of(|| _ = give(&mut browser, &page, "wrong password"))
    };
    let (known, worked) = (answer(EMAIL), work(EMAIL));
    assert!(known.0.contains("do not go together"), "{}", known.0);
    assert_eq!(worked.1, 1, "one password is stretched");
    for other in ["nobody@example.eu", "bare@example.eu"] {
        assert_eq!((answer(other), work(other)), (known.clone(), worked), "{other}");
    }
}

#[test]
fn strangers_guess_slowly_and_lock_nobody_out() {
    let scene = Scene::set();
    let phone = scene.pair();
    set(&scene);
    let mut own = scene.browser();
    let me = sign_in_and_remember(&mut own, &phone);
    own.submit(&me, "/sign-out", &[]);
    database::change_one(&scene.server, "UPDATE account SET two_factors=0", []);
    scene.server.lab().policy(&json!({"password_free": 5, "password_account_hour": 20}));
    let mut attacker = scene.browser();
    let page = asked(&mut attacker, EMAIL);
    let mut nobody = scene.browser();
    let other = asked(&mut nobody, "nobody@example.eu");
    for round in 0..100 {
        for _ in 0..20 {
            let last = give(&mut attacker, &page, "wrong password");
            assert!(!last.html().contains("/sign-out"));
            if round < 2 {
                let same = give(&mut nobody, &other, "wrong password").common();
                assert_eq!(same.replace("nobody@example.eu", ""), last.common().replace(EMAIL, ""));
            }
        }
        scene.server.lab().advance(61);
    }
    let looked_at: u32 = database::open(&scene.server)
        .query_row("SELECT max(n) FROM (SELECT count(*) n FROM guess GROUP BY who)", [], |row| row.get(0))
        .unwrap();
    assert!((20..=60).contains(&looked_at), "{looked_at} of 2,000 guesses");
    let refused = give(&mut attacker, &page, PASSWORD);
    assert!(refused.html().contains("too many tries"), "{}", refused.html());

    let page = asked(&mut own, EMAIL);
    let me = give(&mut own, &page, PASSWORD);
    assert!(me.html().contains("/sign-out"), "the owner's own browser: {}", me.html());
    let mut new = scene.browser();
    let confirm = approve_by_qr(&mut new, &phone);
    assert!(new.submit(&confirm, "/sign-in/confirm", &[]).html().contains(EMAIL));
    let page = asked(&mut attacker, EMAIL);
    let wrong = give(&mut attacker, &page, "wrong password");
    assert!(wrong.html().contains("do not go together"), "after another key they count anew");
}

#[test]
fn a_hundred_wrong_passwords_in_a_row_shut_it_until_there_is_another() {
    let scene = Scene::set();
    set(&scene);
    scene.server.lab().policy(&json!({"password_account_hour": 1000}));
    let mut browser = scene.browser();
    let page = asked(&mut browser, EMAIL);
    for _ in 0..100 {
        assert!(give(&mut browser, &page, "wrong password").html().contains("do not go together"));
    }
    scene.server.lab().advance(2 * 86_400);
    let mut browser = scene.browser();
    let again = asked(&mut browser, EMAIL);
    let shut = give(&mut browser, &again, PASSWORD);
    assert!(shut.html().contains("too many wrong passwords in a row"), "{}", shut.html());
    let forgotten = browser.open("/password/forgotten");
    browser.submit(&forgotten, "/password/forgotten", &[("email", EMAIL)]);
    let path = link(&scene, EMAIL);
    choose(&mut browser, &path, "another horse on a hill");
    let mut other = scene.browser();
    let page = asked(&mut other, EMAIL);
    let me = give(&mut other, &page, "another horse on a hill");
    assert_eq!(me.path, "/me", "{}", me.html());
    let refused = "SELECT count(*) FROM audit WHERE record LIKE '%password_refused%'";
    let noted: u32 = database::open(&scene.server).query_row(refused, [], |row| row.get(0)).unwrap();
    assert_eq!(noted, 100);
}

#[test]
fn one_network_guesses_ten_times_a_minute_at_the_most() {
    let scene = Scene::set();
    set(&scene);
    scene.server.lab().policy(&json!({"password_ip_min": 10}));
    let mut browser = scene.browser();
    for number in 0..11 {
        let page = asked(&mut browser, &format!("a{number}@example.eu"));
        let wrong = give(&mut browser, &page, "wrong password");
        assert_eq!(wrong.html().contains("too many tries"), number == 10, "{number}");
    }
}
