//! Another password for somebody who is signed in (W7): with the old one, or soon after a sign-in by phone.

use crate::new_account::{PASSWORD, ask, choose, letters, link};
use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use serde_json::json;

const NEW: &str = "boris@example.eu";
const OTHER: &str = "five cows beside a river";

/// An account with a password and no phone, and its browser.
fn account(scene: &Scene) -> Browser {
    let mut browser = scene.browser();
    ask(&mut browser, NEW);
    let path = link(scene, NEW);
    assert_eq!(choose(&mut browser, &path, PASSWORD).title(), "Add a phone");
    browser
}

fn change(browser: &mut Browser, old: &str, new: &str) -> Page {
    let page = browser.open("/me/password");
    browser.submit(&page, "/me/password", &[("old", old), ("password", new), ("again", new)])
}

/// Signs in by password where that is enough.
fn sign_in(scene: &Scene, password: &str) -> (Browser, Page) {
    let mut browser = scene.browser();
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", NEW)]);
    let page = browser.submit(&keys, "/sign-in/password", &[]);
    let me = browser.submit(&page, "/sign-in/password", &[("password", password)]);
    (browser, me)
}

fn count(scene: &Scene, sql: &str) -> u32 {
    database::open(&scene.server).query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn with_the_old_one_another_is_set_and_every_other_session_ends() {
    let scene = Scene::set();
    let mut owner = account(&scene);
    let (mut other, me) = sign_in(&scene, PASSWORD);
    assert_eq!(me.path, "/me");
    let page = owner.open("/me/password");
    assert_eq!(page.title(), "Change your password");
    assert!(change(&mut owner, OTHER, OTHER).html().contains("not your present password"));
    assert_eq!(other.open("/me").path, "", "nothing is changed by it");
    let again = [("old", PASSWORD), ("password", OTHER), ("again", PASSWORD)];
    assert!(owner.submit(&page, "/me/password", &again).html().contains("The two passwords differ"));
    assert!(change(&mut owner, PASSWORD, "short").html().contains("too short"));
    assert_eq!(change(&mut owner, PASSWORD, OTHER).title(), "Password changed");
    assert!(owner.open("/me").html().contains(NEW), "who changed it stays");
    assert_eq!(other.open("/me").title(), "Sign in");
    assert_eq!(letters(&scene, NEW).pop().unwrap().subject, "Your password was changed");
    let said = r#"SELECT count(*) FROM audit WHERE record LIKE '%"password_set"%"by":"owner"%'
                  OR record LIKE '%"by":"owner"%"password_set"%'"#;
    assert_eq!(count(&scene, said), 1);
    assert_eq!(sign_in(&scene, PASSWORD).1.title(), "Your password");
    assert_eq!(sign_in(&scene, OTHER).1.path, "/me");
}

#[test]
fn soon_after_a_sign_in_by_phone_the_old_one_is_not_asked_for_and_later_it_is() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut owner = scene.browser();
    sign_in_and_remember(&mut owner, &phone);
    let page = owner.open("/me/password");
    assert_eq!(page.title(), "Choose a password");
    assert!(!page.html().contains("name=\"old\"") && page.html().contains("At least 8 characters"));
    assert_eq!(change(&mut owner, "", "kjqzwvxn tr").title(), "Password changed");
    assert_eq!(count(&scene, "SELECT count(*) FROM recognised"), 0);
    assert_eq!(change(&mut owner, "", OTHER).title(), "Password changed", "as often as one likes");
    scene.server.lab().advance(301);
    let page = owner.open("/me/password");
    assert!(page.html().contains("name=\"old\""));
    let without = owner.submit(&page, "/me/password", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert!(without.html().contains("not your present password"), "{}", without.html());
    assert_eq!(change(&mut owner, OTHER, PASSWORD).title(), "Password changed");
    let page = owner.open("/me/password");
    let keys = owner.submit(&page, "/sign-in", &[("identifier", EMAIL)]);
    assert_eq!(keys.path, "/sign-in/keys", "or in by phone once more");
    let asked = approve_by_qr(&mut owner, &phone);
    owner.submit(&asked, "/sign-in/confirm", &[]);
    assert!(!owner.open("/me/password").html().contains("name=\"old\""));
}

#[test]
fn a_code_without_network_is_no_proof_and_an_account_without_a_password_says_so() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut owner = scene.browser();
    sign_in_and_remember(&mut owner, &phone);
    database::change_one(&scene.server, "UPDATE session SET acr='aal2-otp' WHERE acr='aal2'", []);
    let page = owner.open("/me/password");
    assert!(page.html().contains("Your account has none yet"), "{}", page.html());
    let token = page.token();
    let typed = [("csrf", token.as_str()), ("old", ""), ("password", OTHER), ("again", OTHER)];
    owner.post("/me/password", &typed);
    assert_eq!(count(&scene, "SELECT count(*) FROM password"), 0);
}

#[test]
fn guesses_at_the_old_one_are_slowed_and_close_nothing_else() {
    let scene = Scene::set();
    scene.server.lab().policy(&json!({"password_free": 5, "password_account_hour": 20}));
    let mut open = account(&scene);
    for _ in 0..5 {
        assert!(change(&mut open, "wrong", OTHER).html().contains("not your present password"));
    }
    assert!(change(&mut open, PASSWORD, OTHER).html().contains("too many tries"), "not even the right one");
    assert_eq!(sign_in(&scene, PASSWORD).1.path, "/me", "a sign-in is another matter");
    scene.server.lab().advance(61);
    assert_eq!(change(&mut open, PASSWORD, OTHER).title(), "Password changed");
}

#[test]
fn whoever_passed_the_old_one_elsewhere_has_passed_nothing_any_more() {
    let scene = Scene::set();
    let phone = scene.pair();
    let account = "SELECT id FROM account";
    let account: String = database::open(&scene.server).query_row(account, [], |row| row.get(0)).unwrap();
    scene.server.lab().set_password(&account, PASSWORD);
    let mut thief = scene.browser();
    let first = thief.open("/");
    let keys = thief.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let page = thief.submit(&keys, "/sign-in/password", &[]);
    let keys = thief.submit(&page, "/sign-in/password", &[("password", PASSWORD)]);
    assert!(keys.html().contains("/sign-in/number"));
    let mut owner = scene.browser();
    sign_in_and_remember(&mut owner, &phone);
    assert_eq!(change(&mut owner, "", OTHER).title(), "Password changed");
    assert!(!thief.open("/sign-in/keys").html().contains("/sign-in/number"));
}

#[test]
fn nobody_who_is_not_signed_in_comes_here() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    assert_eq!(browser.open("/me/password").title(), "Sign in");
    let mut pairs = scene.browser();
    scene.begin_pairing(&mut pairs);
    assert_eq!(pairs.open("/me/password").title(), "Sign in", "who may only pair a phone is not signed in");
}
