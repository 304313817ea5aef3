//! Another e-mail address (W7): asked for just after a sign-in by phone, done when links to both addresses were used.

use crate::new_account::letters;
use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use serde_json::json;

const NEW: &str = "anna.new@example.eu";
const HELD: &str = "boris@example.eu";
const OVER: &str = "This link does not work any more";

fn ask(browser: &mut Browser, to: &str) -> Page {
    let page = browser.open("/me/address");
    browser.submit(&page, "/me/address", &[("email", to), ("again", to)])
}

/// A browser that has just signed in by phone.
fn owner(scene: &Scene) -> Browser {
    let phone = scene.pair();
    let mut owner = scene.browser();
    sign_in_and_remember(&mut owner, &phone);
    owner
}

/// Where the newest link of the letters to an address leads.
fn link(scene: &Scene, to: &str) -> String {
    let links = letters(scene, to).into_iter().rev().flat_map(|letter| letter.links);
    let mut links = links.filter(|link| link.contains("/address/"));
    links.next().expect("a link").strip_prefix(scene.server.base()).expect("of this server").to_owned()
}

fn answer(browser: &mut Browser, path: &str, yes: &str) -> Page {
    let page = browser.open(path);
    browser.submit(&page, path, &[("answer", yes)])
}

fn email(scene: &Scene) -> String {
    let sql = "SELECT email FROM account ORDER BY created, rowid LIMIT 1";
    database::open(&scene.server).query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn both_addresses_confirm_and_only_then_it_is_changed() {
    for first in [EMAIL, NEW] {
        let scene = Scene::set();
        let mut owner = owner(&scene);
        let asked = ask(&mut owner, NEW);
        assert!(asked.path == "/me/address" && asked.html().contains(NEW), "{}", asked.html());
        let [old, new] = [link(&scene, EMAIL), link(&scene, NEW)];
        let (one, two) = if first == EMAIL { (old.clone(), new.clone()) } else { (new.clone(), old.clone()) };
        // Whoever reads the mail need not be where the change was asked for.
        let mut elsewhere = scene.browser();
        assert_eq!(elsewhere.open(&one).title(), "Change the address of your account?");
        assert_eq!(email(&scene), EMAIL, "mail scanners open links");
        assert_eq!(answer(&mut elsewhere, &one, "yes").title(), "This address is confirmed");
        assert_eq!(email(&scene), EMAIL);
        assert_eq!(elsewhere.open(&one).title(), OVER, "it works once");
        assert!(owner.open("/me/address").html().contains(">Confirmed<"));
        assert_eq!(answer(&mut elsewhere, &two, "yes").title(), "Both addresses are confirmed");
        assert_eq!(email(&scene), NEW);
        assert_eq!(elsewhere.open(&two).title(), OVER);
        for to in [EMAIL, NEW] {
            let letter = letters(&scene, to).pop().unwrap();
            assert_eq!(letter.subject, "The address of your account was changed", "{to}");
        }
        assert!(owner.open("/me").html().contains(NEW), "who asked stays signed in");
        assert!(
            database::rows(&scene.server, |table| table == "audit")["audit"]
                .iter()
                .any(|row| row.contains("email_changed") && row.contains(NEW))
        );
    }
}

#[test]
fn each_of_both_and_the_owner_can_stop_it() {
    let scene = Scene::set();
    let mut owner = owner(&scene);
    for stopper in [EMAIL, NEW, ""] {
        ask(&mut owner, NEW);
        let [old, new] = [link(&scene, EMAIL), link(&scene, NEW)];
        answer(&mut scene.browser(), &old, if stopper == EMAIL { "no" } else { "yes" });
        match stopper {
            EMAIL => {}
            NEW => assert_eq!(answer(&mut scene.browser(), &new, "no").title(), "The change was stopped"),
            _ => {
                let page = owner.open("/me/address");
                let page = owner.submit(&page, "/me/address/stop", &[]);
                assert!(!page.html().contains(NEW), "{}", page.html());
            }
        }
        assert_eq!(scene.browser().open(&new).title(), OVER, "{stopper}");
        assert_eq!(email(&scene), EMAIL);
    }
}

#[test]
fn another_request_voids_the_one_before_and_a_day_ends_it() {
    let scene = Scene::set();
    let mut owner = owner(&scene);
    ask(&mut owner, NEW);
    let [old, new] = [link(&scene, EMAIL), link(&scene, NEW)];
    ask(&mut owner, "third@example.eu");
    assert_eq!([&old, &new].map(|path| scene.browser().open(path).title()), [OVER, OVER]);
    let [old, third] = [link(&scene, EMAIL), link(&scene, "third@example.eu")];
    answer(&mut scene.browser(), &old, "yes");
    let mut late = scene.browser();
    let page = late.open(&third);
    scene.server.lab().advance(86_400);
    assert_eq!(late.submit(&page, &third, &[("answer", "yes")]).title(), OVER);
    assert_eq!(email(&scene), EMAIL);
}

#[test]
fn an_address_that_is_taken_looks_like_any_other_and_its_holder_is_told() {
    let scene = Scene::set();
    assert!(scene.server.operate(&["account", "add", HELD]).status.success());
    let mut owner = owner(&scene);
    let page = owner.open("/me/address");
    let [free, held] = [NEW, HELD].map(|to| {
        let page = owner.submit(&page, "/me/address", &[("email", to), ("again", to)]);
        page.common().replace(to, "THE NEW ONE")
    });
    assert_eq!(free, held);
    let letter = letters(&scene, HELD).pop().unwrap();
    assert!(letter.subject == "Your address stays yours" && letter.links.is_empty(), "{}", letter.text);
    // It becomes somebody else's between the letters and the last link.
    ask(&mut owner, NEW);
    let [old, new] = [link(&scene, EMAIL), link(&scene, NEW)];
    answer(&mut scene.browser(), &old, "yes");
    assert!(scene.server.operate(&["account", "add", NEW]).status.success());
    assert_eq!(answer(&mut scene.browser(), &new, "yes").title(), "The change was stopped");
    assert_eq!(email(&scene), EMAIL);
    assert_eq!(letters(&scene, NEW).pop().unwrap().subject, "Your address stays yours");
}

#[test]
fn only_a_fresh_sign_in_by_phone_asks_for_it() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut owner = scene.browser();
    assert_eq!(owner.open("/me/address").title(), "Sign in");
    sign_in_and_remember(&mut owner, &phone);
    scene.server.lab().advance(301);
    let page = owner.open("/me/address");
    assert!(page.html().contains("sign in again with your phone"), "{}", page.html());
    let fields = [("csrf", page.token()), ("email", NEW.to_owned()), ("again", NEW.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    owner.post("/me/address", &fields);
    assert!(letters(&scene, NEW).is_empty());
    let asked = approve_by_qr(&mut owner, &phone);
    owner.submit(&asked, "/sign-in/confirm", &[]);
    ask(&mut owner, NEW);
    assert_eq!(letters(&scene, NEW).len(), 1);
    database::change_one(&scene.server, "UPDATE session SET acr='aal2-otp' WHERE ended IS NULL", []);
    assert_ne!(owner.open("/me/address").title(), "E-mail address", "a code looks and manages nothing");
}

#[test]
fn what_is_typed_wrong_is_said_and_letters_have_a_limit() {
    let scene = Scene::set();
    let mut owner = owner(&scene);
    let page = owner.open("/me/address");
    for (to, again, said) in [
        ("boris", "boris", "has an @ and a domain"),
        (EMAIL, EMAIL, "That is the address that you have"),
        (NEW, HELD, "The two addresses differ"),
    ] {
        let page = owner.submit(&page, "/me/address", &[("email", to), ("again", again)]);
        assert!(page.html().contains(said), "{said}: {}", page.html());
    }
    scene.server.lab().policy(&json!({"mail_address_hour": 3}));
    for _ in 0..5 {
        ask(&mut owner, NEW);
    }
    assert_eq!(letters(&scene, NEW).len(), 3);
    assert_eq!(ask(&mut owner, HELD).answer.status, 429);
}

#[test]
fn links_to_the_old_mailbox_are_void_once_it_is_changed() {
    let scene = Scene::set();
    let mut owner = owner(&scene);
    let page = owner.open("/password/forgotten");
    owner.submit(&page, "/password/forgotten", &[("email", EMAIL)]);
    let reset = letters(&scene, EMAIL).pop().unwrap().links.remove(0);
    let reset = reset.strip_prefix(scene.server.base()).unwrap().to_owned();
    assert_eq!(scene.browser().open(&reset).title(), "Choose a password");
    let added =
        letters(&scene, EMAIL).into_iter().find_map(|letter| undo(&letter.links)).expect("an undo link");
    let undo = added.strip_prefix(scene.server.base()).unwrap().to_owned();
    assert_eq!(scene.browser().open(&undo).title(), "Remove this phone?");
    let report = reported_by(&scene, &mut owner);
    ask(&mut owner, NEW);
    for path in [link(&scene, EMAIL), link(&scene, NEW)] {
        answer(&mut scene.browser(), &path, "yes");
    }
    assert_eq!(scene.browser().open(&reset).title(), OVER);
    for path in [undo, report] {
        assert_eq!(scene.browser().open(&path).answer.status, 404, "{path}");
        let token = scene.browser().open("/").token();
        assert_ne!(scene.browser().post(&path, &[("csrf", &token)]).status, 200, "{path}");
    }
    assert!(owner.open("/me").html().contains(NEW), "the phone and its session are still there");
}

fn undo(links: &[String]) -> Option<String> {
    links.iter().find(|link| link.contains("/undo/")).cloned()
}

/// A link that reports the sign-in of this browser, asked for by its code.
fn reported_by(scene: &Scene, owner: &mut Browser) -> String {
    let code = owner.open("/me").between("class=\"tag\" dir=\"ltr\">", "<").expect("a code");
    let mut somebody = scene.browser();
    let page = somebody.open("/report");
    somebody.submit(&page, "/report", &[("email", EMAIL), ("code", &code)]);
    let letter = letters(scene, EMAIL).pop().unwrap();
    let path = letter.links[0].strip_prefix(scene.server.base()).unwrap().to_owned();
    assert_eq!(scene.browser().open(&path).title(), "Report this sign-in?");
    path
}
