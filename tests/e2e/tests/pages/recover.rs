//! Recovery from the pages (W9): a code shown once; used with a first factor it leads to the right to pair one phone, and to
//! nothing else. Whatever is wrong has one answer.

use crate::new_account::{letters, link, takes_as_much};
use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::phone::Phone;
use serde_json::json;

const PASSWORD: &str = "correct horse battery";
const REFUSED: &str = "could not be used";

fn one<T: rusqlite::types::FromSql>(scene: &Scene, sql: &str) -> T {
    database::open(&scene.server).query_row(sql, [], |row| row.get(0)).unwrap()
}

/// A paired phone, a password, and a browser that has just signed in by the phone.
fn set(scene: &Scene) -> (Phone, Browser) {
    let phone = scene.pair();
    scene.server.lab().set_password(&one::<String>(scene, "SELECT id FROM account"), PASSWORD);
    let mut owner = scene.browser();
    sign_in_and_remember(&mut owner, &phone);
    (phone, owner)
}

/// Makes a code, which the answer to the form shows.
fn make(owner: &mut Browser) -> (String, Page) {
    let page = owner.open("/me/recovery");
    let shown = owner.submit(&page, "/me/recovery", &[]);
    assert_eq!(shown.title(), "Your recovery code", "{}", shown.html());
    (shown.between("name=\"code\" id=\"code\" value=\"", "\"").expect("a code"), shown)
}

fn wrong(code: &str) -> String {
    let last = if code.ends_with('7') { '8' } else { '7' };
    format!("{}{last}", &code[..code.len() - 1])
}

fn recover(browser: &mut Browser, email: &str, password: &str, code: &str) -> Page {
    let page = browser.open("/recover");
    browser.submit(&page, "/recover", &[("email", email), ("password", password), ("code", code)])
}

#[test]
fn a_code_is_shown_in_the_answer_to_its_form_and_never_again() {
    let scene = Scene::set();
    let (_phone, mut owner) = set(&scene);
    assert!(owner.open("/me/recovery").html().contains("You have none"));
    let (code, shown) = make(&mut owner);
    assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [5; 5]);
    assert_eq!(shown.answer.header("cache-control"), Some("no-store"));
    let page = owner.open("/me/recovery");
    assert!(page.html().contains("You have one") && !page.html().contains(&code));
    assert_eq!(letters(&scene, EMAIL).pop().unwrap().subject, "A new recovery code");
    let file = owner.post("/me/recovery/file", &[("csrf", &shown.token()), ("code", &code)]);
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"recovery-code.txt\""));
    assert!(file.text().contains(&code) && file.text().contains(EMAIL), "{}", file.text());
    for not_ours in ["<b>evil</b>".to_owned(), wrong(&code)] {
        let answer = owner.post("/me/recovery/file", &[("csrf", &shown.token()), ("code", &not_ours)]);
        assert!(answer.status == 404 && !answer.text().contains(&not_ours));
    }
    assert_eq!(owner.submit(&shown, "/me/recovery/done", &[("kept", "1")]).path, "/me");
    for (file, bytes) in database::files(&scene.server) {
        for text in [code.clone(), code.replace('-', "")] {
            assert!(!bytes.windows(text.len()).any(|part| part == text.as_bytes()), "{}", file.display());
        }
    }
}

#[test]
fn only_a_fresh_sign_in_by_phone_makes_one() {
    let scene = Scene::set();
    let (phone, mut owner) = set(&scene);
    let page = owner.open("/me/recovery");
    scene.server.lab().advance(301);
    assert_eq!(owner.submit(&page, "/me/recovery", &[]).title(), "Recovery code");
    let page = owner.open("/me/recovery");
    assert!(!page.html().contains("action=\"/me/recovery\""), "{}", page.html());
    owner.submit(&page, "/sign-in", &[("identifier", EMAIL)]);
    let asked = approve_by_qr(&mut owner, &phone);
    owner.submit(&asked, "/sign-in/confirm", &[]);
    make(&mut owner);
    for acr in ["aal2-otp", "aal1"] {
        let lower = format!("UPDATE session SET acr='{acr}' WHERE ended IS NULL");
        database::change_one(&scene.server, &lower, []);
        let page = owner.open("/me/recovery");
        owner.post("/me/recovery", &[("csrf", &page.token())]);
    }
    let made = "SELECT count(*) FROM audit WHERE record LIKE '%recovery_code_made%'";
    assert_eq!(one::<u32>(&scene, made), 1);
    assert_eq!(scene.browser().open("/me/recovery").title(), "Sign in");
}

#[test]
fn with_the_password_a_code_pairs_one_phone_and_opens_nothing_else() {
    let scene = Scene::set();
    let (old, mut owner) = set(&scene);
    let (code, _) = make(&mut owner);
    let mut browser = scene.browser();
    let before = browser.open("/recover");
    let cookie = browser.cookie("session").unwrap().to_owned();
    let typed = code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
    let fields = [("email", EMAIL), ("password", PASSWORD), ("code", typed.as_str())];
    let adding = browser.submit(&before, "/recover", &fields);
    assert_eq!((adding.path.as_str(), adding.title().as_str()), ("/me/phones/add", "Add a phone"));
    assert_ne!(browser.cookie("session").unwrap(), cookie);
    assert!(!adding.html().contains("/me/phones/here"), "there is but this one pairing");
    for path in ["/me", "/me/password", "/me/recovery"] {
        assert!(!browser.open(path).html().contains(EMAIL), "{path}");
    }
    assert_eq!(letters(&scene, EMAIL).pop().unwrap().subject, "Your recovery code was used");
    let (new, cc) = scene.claim(&mut browser);
    let page = browser.open("/me/phones/add");
    let done = browser.submit(&page, "/me/phones/confirm", &[("code", &cc)]);
    assert_eq!(done.title(), "Phone added", "{}", done.html());
    assert!(done.html().contains("make a new code"), "what is to be done next: {}", done.html());
    new.settle_in();
    old.binding();
    assert_eq!(browser.open("/me").title(), "Sign in", "nobody is signed in by it");
    let token = browser.open("/").token();
    assert_eq!(browser.post("/me/phones/add", &[("csrf", &token)]).header("location"), Some("/"));
    let again = recover(&mut scene.browser(), EMAIL, PASSWORD, &code);
    assert!(again.html().contains(REFUSED), "a code is used once");
}

#[test]
fn a_browser_that_is_signed_in_uses_a_code_as_any_other_does() {
    let scene = Scene::set();
    let (old, mut owner) = set(&scene);
    let (code, _) = make(&mut owner);
    let adding = recover(&mut owner, EMAIL, PASSWORD, &code);
    assert_eq!(adding.title(), "Add a phone", "{}", adding.html());
    let (new, cc) = scene.claim(&mut owner);
    let page = owner.open("/me/phones/add");
    let done = owner.submit(&page, "/me/phones/confirm", &[("code", &cc)]);
    assert_eq!(done.title(), "Phone added", "{}", done.html());
    new.settle_in();
    old.binding();
    assert_eq!(owner.open("/me").title(), "Sign in", "the session that was there before has ended");
}

#[test]
fn a_new_code_makes_the_old_one_void() {
    let scene = Scene::set();
    let (_phone, mut owner) = set(&scene);
    let (old, _) = make(&mut owner);
    let (new, _) = make(&mut owner);
    assert!(recover(&mut scene.browser(), EMAIL, PASSWORD, &old).html().contains(REFUSED));
    assert_eq!(recover(&mut scene.browser(), EMAIL, PASSWORD, &new).title(), "Add a phone");
}

#[test]
fn whatever_is_wrong_has_one_answer() {
    let scene = Scene::set();
    let (_phone, mut owner) = set(&scene);
    let none = recover(&mut scene.browser(), EMAIL, PASSWORD, "00000-00000-00000-00000-00000");
    let (code, _) = make(&mut owner);
    for (email, password, code) in [
        (EMAIL, PASSWORD, wrong(&code)),
        (EMAIL, "wrong password", code.clone()),
        (EMAIL, "", code.clone()),
        (EMAIL, PASSWORD, String::new()),
        (EMAIL, PASSWORD, "not a code".to_owned()),
        ("nobody@example.eu", PASSWORD, code.clone()),
        ("", "", String::new()),
    ] {
        let page = recover(&mut scene.browser(), email, password, &code);
        let value = |email: &str| format!("value=\"{email}\"");
        assert_eq!(page.answer.status, none.answer.status);
        assert_eq!(page.common().replace(&value(email), &value(EMAIL)), none.common(), "{email} {code}");
    }
}

#[test]
fn five_wrong_codes_close_the_day_and_a_wrong_password_leaves_the_code_alone() {
    let scene = Scene::set();
    scene.server.lab().policy(&json!({"recovery_day": 5}));
    let (_phone, mut owner) = set(&scene);
    let (code, _) = make(&mut owner);
    for _ in 0..6 {
        assert!(recover(&mut scene.browser(), EMAIL, "wrong password", &code).html().contains(REFUSED));
    }
    assert_eq!(one::<u32>(&scene, "SELECT count(*) FROM recovery_fail"), 0, "N172");
    for _ in 0..5 {
        assert!(recover(&mut scene.browser(), EMAIL, PASSWORD, &wrong(&code)).html().contains(REFUSED));
    }
    assert_eq!(one::<u32>(&scene, "SELECT count(*) FROM recovery_fail"), 5, "N129");
    assert!(recover(&mut scene.browser(), EMAIL, PASSWORD, &code).html().contains(REFUSED));
    scene.server.lab().advance(86_400);
    assert_eq!(recover(&mut scene.browser(), EMAIL, PASSWORD, &code).title(), "Add a phone");
}

#[test]
fn guesses_at_the_password_here_are_those_of_the_sign_in() {
    let scene = Scene::set();
    scene.server.lab().policy(&json!({"password_free": 5, "password_account_hour": 20}));
    let (_phone, mut owner) = set(&scene);
    let (code, _) = make(&mut owner);
    for email in [EMAIL, "nobody@example.eu"] {
        for _ in 0..5 {
            assert!(recover(&mut scene.browser(), email, "wrong password", &code).html().contains(REFUSED));
        }
        assert!(recover(&mut scene.browser(), email, PASSWORD, &code).html().contains("too many tries"));
    }
    let mut browser = scene.browser();
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let page = browser.submit(&keys, "/sign-in/password", &[]);
    let slowed = browser.submit(&page, "/sign-in/password", &[("password", PASSWORD)]);
    assert!(slowed.html().contains("too many tries"));
    assert_eq!(
        recover(&mut owner, EMAIL, PASSWORD, &code).title(),
        "Add a phone",
        "the owner's browser goes on"
    );
}

#[test]
fn a_link_to_the_address_takes_the_place_of_the_password() {
    let scene = Scene::set();
    let (_phone, mut owner) = set(&scene);
    let (code, _) = make(&mut owner);
    let mut browser = scene.browser();
    let ask = |browser: &mut Browser, email: &str| {
        let page = browser.open("/recover/link");
        browser.submit(&page, "/recover/link", &[("email", email)])
    };
    assert!(ask(&mut browser, EMAIL).html().contains("A mail is on its way"));
    let path = link(&scene, EMAIL);
    assert!(path.starts_with("/recover/"), "{path}");
    let page = browser.open(&path);
    assert!(page.html().contains(EMAIL) && !page.html().contains("name=\"password\""));
    assert!(browser.submit(&page, &path, &[("code", &wrong(&code))]).html().contains(REFUSED));
    assert_eq!(browser.submit(&page, &path, &[("code", &code)]).title(), "Add a phone");
    assert_eq!(scene.browser().open(&path).title(), "This link does not work any more");
    ask(&mut browser, EMAIL);
    let late = link(&scene, EMAIL);
    let page = browser.open(&late);
    scene.server.lab().advance(3600);
    let over = browser.submit(&page, &late, &[("code", &code)]);
    assert_eq!(over.title(), "This link does not work any more");
    let reset = late.replace("/recover/", "/password/new/");
    assert_eq!(browser.open(&reset).title(), "This link does not work any more", "it is for this alone");
}

#[test]
fn asking_for_a_link_tells_nothing_of_an_address() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let ask = |browser: &mut Browser, email: &str| {
        let page = browser.open("/recover/link");
        browser.submit(&page, "/recover/link", &[("email", email)])
    };
    let [known, unknown] = [EMAIL, "anni@example.eu"].map(|email| ask(&mut browser, email));
    assert_eq!(known.common(), unknown.common().replace("anni@example.eu", EMAIL));
    assert_eq!(letters(&scene, "anni@example.eu")[0].subject, "No link to your recovery code");
    assert!(letters(&scene, "anni@example.eu")[0].links.iter().all(|link| link.ends_with("/account/new")));
    let token = known.token();
    takes_as_much(&scene, [EMAIL, "anni@example.eu"], |email| {
        assert_eq!(browser.post("/recover/link", &[("csrf", &token), ("email", email)]).status, 200);
    });
}
