//! "Options": how many factors, and which letters.

use crate::scene::{EMAIL, Scene, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::lab::Mail;

const PASSWORD: &str = "correct horse battery";

fn chosen(scene: &Scene) -> (bool, String) {
    let sql = "SELECT two_factors, letters FROM account WHERE email=?1";
    database::open(&scene.server).query_row(sql, [EMAIL], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn set_password(scene: &Scene) {
    let sql = "SELECT id FROM account WHERE email=?1";
    let id: String = database::open(&scene.server).query_row(sql, [EMAIL], |row| row.get(0)).unwrap();
    scene.server.lab().set_password(&id, PASSWORD);
}

/// Signs in by password, as far as that leads.
fn by_password(scene: &Scene) -> (Browser, Page) {
    let mut browser = scene.browser();
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let page = browser.submit(&keys, "/sign-in/password", &[]);
    let next = browser.submit(&page, "/sign-in/password", &[("password", PASSWORD)]);
    (browser, next)
}

/// Saves the options as a browser sends them.
fn save(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    let page = browser.open("/me/options");
    assert_eq!(page.title(), "Options");
    browser.submit(&page, "/me/options", fields)
}

const ONE: [(&str, &str); 1] = [("letters", "unusual")];
const TWO: [(&str, &str); 2] = [("two_factors", "1"), ("letters", "every")];

#[test]
fn what_is_chosen_is_kept_shown_and_noted_and_asks_for_a_fresh_sign_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    assert_eq!(chosen(&scene), (true, "unusual".to_owned()));
    let saved = save(&mut browser, &[("letters", "every")]);
    assert!(saved.html().contains("Saved."), "{}", saved.html());
    assert_eq!(chosen(&scene), (false, "every".to_owned()));
    let page = browser.open("/me/options");
    assert!(!page.html().contains("value=\"1\" aria-describedby=\"two_factors-hint\" checked"));
    assert!(page.html().contains("value=\"every\" checked"), "{}", page.html());
    let nonsense = browser.post("/me/options", &[("csrf", &page.token()), ("letters", "none")]);
    assert_eq!(nonsense.status, 400);
    save(&mut browser, &TWO);
    save(&mut browser, &TWO);
    let log: Vec<String> = database::rows(&scene.server, |table| table == "audit").remove("audit").unwrap();
    let notes = log.iter().filter(|record| record.contains("options_changed")).count();
    assert_eq!(notes, 2, "nothing is noted where nothing changed");
    scene.server.lab().advance(301);
    assert_eq!(save(&mut browser, &ONE).title(), "Sign in once more first");
    assert_eq!(chosen(&scene), (true, "every".to_owned()));
}

#[test]
fn a_password_alone_is_enough_only_where_its_owner_said_so_and_it_is_long() {
    let scene = Scene::set();
    let phone = scene.pair();
    set_password(&scene);
    assert_eq!(by_password(&scene).1.path, "/sign-in/keys", "a second key");
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    assert!(!save(&mut browser, &ONE).html().contains("not enough alone"));
    let (mut weaker, me) = by_password(&scene);
    assert_eq!(me.path, "/me");
    assert_eq!(save(&mut weaker, &TWO).title(), "Sign in once more first", "by the password alone");
    assert_eq!(chosen(&scene), (false, "unusual".to_owned()));

    database::change_one(&scene.server, "UPDATE password SET length_class=8", []);
    let saved = save(&mut browser, &ONE);
    assert!(saved.html().contains("not enough alone") && saved.html().contains("at least 15 characters"));
    assert_eq!(by_password(&scene).1.path, "/sign-in/keys", "asked for as before");
    assert!(!save(&mut browser, &TWO).html().contains("not enough alone"));
    assert!(browser.open("/me/options").html().contains("at least 15 characters"), "before it is chosen");
}

/// Goes back to a backup that is taken here, after `since` happened; gives the options that this leaves.
fn restore_after(scene: &mut Scene, since: impl FnOnce(&Scene)) -> (bool, String) {
    let file = scene.server.data().join("../backup.db");
    assert!(scene.server.operate(&["backup", file.to_str().unwrap()]).status.success());
    since(scene);
    scene.server.stop();
    assert!(scene.server.operate(&["restore", file.to_str().unwrap()]).status.success());
    std::fs::remove_file(file).unwrap();
    scene.server.restart();
    chosen(scene)
}

#[test]
fn a_restore_keeps_two_factors_that_were_asked_for_since_and_never_asks_for_fewer() {
    let mut scene = Scene::set();
    let phone = scene.pair();
    let signed_in = |scene: &Scene| {
        let mut browser = scene.browser();
        sign_in_and_remember(&mut browser, &phone);
        browser
    };
    let mut browser = signed_in(&scene);
    save(&mut browser, &ONE);
    let after = restore_after(&mut scene, |_| assert!(save(&mut browser, &TWO).html().contains("Saved.")));
    assert_eq!(after, (true, "every".to_owned()), "switched on since");
    let after = restore_after(&mut scene, |scene| {
        assert!(save(&mut signed_in(scene), &ONE).html().contains("Saved."));
        assert!(!chosen(scene).0);
    });
    assert_eq!(after, (true, "every".to_owned()), "switched off since");
}

/// Letters of this subject.
fn letters(scene: &Scene, subject: &str) -> Vec<Mail> {
    let mut letters = scene.server.lab().mails_to(EMAIL);
    letters.retain(|letter| letter.subject == subject);
    letters
}

const UNUSUAL: &str = "An unusual sign-in to your account";
const ANY: &str = "A sign-in to your account";
const CHANGED: &str = "The options of your account were changed";

/// Follows the first link of a letter and presses its button.
fn press(scene: &Scene, letter: &Mail) -> Page {
    let path = letter.links[0].strip_prefix(scene.server.base()).unwrap().to_owned();
    let mut reader = scene.browser();
    let asked = reader.open(&path);
    assert_eq!(asked.title(), "Report this sign-in?");
    reader.submit(&asked, &path, &[])
}

#[test]
fn weaker_options_are_written_about_and_stronger_ones_are_not() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    save(&mut browser, &TWO);
    assert!(letters(&scene, CHANGED).is_empty(), "every letter from now on");
    save(&mut browser, &[("letters", "every")]);
    save(&mut browser, &[("letters", "every")]);
    let one = letters(&scene, CHANGED);
    assert!(one.len() == 1 && one[0].text.contains("A password alone is enough"), "{:?}", one.len());
    assert!(!one[0].text.contains("unusual sign-ins only"), "{}", one[0].text);
    save(&mut browser, &ONE);
    let two = letters(&scene, CHANGED).pop().unwrap();
    assert!(
        two.text.contains("unusual sign-ins only") && !two.text.contains("alone is enough"),
        "{}",
        two.text
    );
    assert!(two.links[0].ends_with("/me/options"), "{:?}", two.links);
}

#[test]
fn a_browser_or_place_that_was_not_seen_is_written_about_and_its_letter_ends_the_session() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    assert_eq!(letters(&scene, UNUSUAL).len(), 0, "the first of all is unlike none");
    sign_in_and_remember(&mut scene.browser(), &phone);
    assert_eq!(letters(&scene, UNUSUAL).len(), 0, "the same words of a browser");
    database::open(&scene.server).execute("UPDATE history SET agent='Lynx on Plan 9'", []).unwrap();
    let mut other = scene.browser();
    sign_in_and_remember(&mut other, &phone);
    let letter = letters(&scene, UNUSUAL).pop().unwrap();
    assert_eq!((letters(&scene, UNUSUAL).len(), letters(&scene, ANY).len()), (1, 0));
    assert!(letter.text.contains("signed in to Example ID"), "{}", letter.text);
    assert_eq!(press(&scene, &letter).title(), "Reported");
    assert_eq!(other.open("/me").title(), "Sign in", "its session is over");
    assert_eq!(browser.open("/me").path, "", "and no other");
    // What was reported is no sign-in of the owner's, and six months are enough to forget.
    sign_in_and_remember(&mut scene.browser(), &phone);
    assert_eq!(letters(&scene, UNUSUAL).len(), 2, "the browser of the thief");
    scene.server.lab().advance(183 * 86_400);
    sign_in_and_remember(&mut scene.browser(), &phone);
    assert_eq!(letters(&scene, UNUSUAL).len(), 1, "after half a year; the others went after a month");
}

#[test]
fn every_sign_in_is_written_about_where_the_owner_said_so() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    save(&mut browser, &[("letters", "every")]);
    sign_in_and_remember(&mut scene.browser(), &phone);
    assert_eq!((letters(&scene, ANY).len(), letters(&scene, UNUSUAL).len()), (1, 0));
    assert_eq!(letters(&scene, ANY)[0].links.len(), 1);
}

#[test]
fn a_sign_in_by_password_is_in_the_list_written_about_and_reported_like_any_other() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    save(&mut browser, &ONE);
    set_password(&scene);
    database::open(&scene.server).execute("UPDATE history SET agent='Lynx on Plan 9'", []).unwrap();
    let (mut thief, me) = by_password(&scene);
    assert_eq!(me.path, "/me");
    let letter = letters(&scene, UNUSUAL).pop().unwrap();
    assert_eq!(letters(&scene, UNUSUAL).len(), 1);
    assert!(letter.links[1].ends_with("/password/forgotten"), "{:?}", letter.links);
    let list = browser.open("/me/sign-ins");
    let code = list.between("href=\"/me/sign-ins/", "\"").unwrap();
    assert!(letter.text.contains(&code) && list.html().contains("hint\">Password"), "{}", list.html());
    assert_eq!(by_password(&scene).1.path, "/me");
    assert_eq!(letters(&scene, UNUSUAL).len(), 2, "it may call itself as it likes");
    let list = browser.open("/me/sign-ins");
    assert_eq!(list.html().matches("hint\">Password").count(), 2, "{}", list.html());
    assert_eq!(press(&scene, &letter).title(), "Reported");
    assert_eq!(thief.open("/me").title(), "Sign in", "its session is over");
    assert_eq!(browser.open("/me").path, "", "and no other");
    assert!(browser.open(&format!("/me/sign-ins/{code}")).html().contains("It was reported"));
}
