//! "My details": what is kept, what is refused, and who may change it.

use crate::scene::{EMAIL, Scene, sign_in_and_remember};
use countersign_e2e::database;

fn kept(scene: &Scene) -> [Option<String>; 4] {
    database::open(&scene.server)
        .query_row(
            "SELECT given_name, family_name, telephone, language FROM account WHERE email=?1",
            [EMAIL],
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
        )
        .unwrap()
}

#[test]
fn names_telephone_and_language_are_kept_and_shown() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    let page = browser.open("/me/details");
    assert_eq!(page.title(), "My details");
    let fields = [
        ("given_name", " Anna "),
        ("family_name", "<script>a()</script>"),
        ("telephone", "+32 (2) 299-11.11"),
        ("language", "fr"),
    ];
    let saved = browser.submit(&page, "/me/details", &fields);
    // The page is in the language that was chosen from now on.
    assert_eq!(saved.title(), "Mes données");
    assert!(saved.html().contains("Enregistré.") && !saved.html().contains("<script>a()"));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(kept(&scene), [text("Anna"), text("<script>a()</script>"), text("+3222991111"), text("fr")]);
    assert_eq!(browser.open("/me").title(), "Bonjour Anna");
    let log: Vec<String> = database::rows(&scene.server, |table| table == "audit").remove("audit").unwrap();
    let about = log.iter().find(|record| record.contains("details_changed")).expect("a record");
    assert!(about.contains("telephone") && !about.contains("3222991111"), "{about}");

    let emptied = browser.submit(&saved, "/me/details", &[("language", "en")]);
    assert_eq!(emptied.title(), "My details");
    assert_eq!(kept(&scene), [None, None, None, text("en")]);
}

#[test]
fn what_is_wrong_is_said_and_changes_nothing() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    let before = kept(&scene);
    let long = "x".repeat(41);
    for (field, bad) in [
        ("given_name", "a\u{202e}b"),
        ("family_name", long.as_str()),
        ("telephone", "022991111"),
        ("telephone", "+32<b>"),
        ("language", "tlh"),
        ("language", ""),
    ] {
        let page = browser.open("/me/details");
        let fields = [("language", "en"), (field, bad)];
        let fields = if field == "language" { &fields[1..] } else { &fields[..] };
        let again = browser.submit(&page, "/me/details", fields);
        assert!(again.html().contains("aria-invalid"), "{field} {bad:?}: {}", again.html());
        assert_eq!(kept(&scene), before);
    }
}

#[test]
fn a_weaker_sign_in_looks_and_changes_nothing() {
    let scene = Scene::set();
    let account: String = database::open(&scene.server)
        .query_row("SELECT id FROM account WHERE email=?1", [EMAIL], |row| row.get(0))
        .unwrap();
    scene.server.lab().set_password(&account, "correct horse battery");
    let sign_in = |expected: &str| {
        let mut browser = scene.browser();
        let first = browser.open("/");
        let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
        let page = browser.submit(&keys, "/sign-in/password", &[]);
        let me = browser.submit(&page, "/sign-in/password", &[("password", "correct horse battery")]);
        assert_eq!(me.path, "/me");
        let page = browser.open("/me/details");
        let fields = [("given_name", "Anna"), ("language", "en")];
        assert_eq!(browser.submit(&page, "/me/details", &fields).title(), expected);
        browser
    };
    let mut browser = sign_in("My details");
    assert_eq!(
        browser.open("/me/phones/app").title(),
        "Get the app on your phone",
        "nothing stronger is there"
    );
    scene.pair();
    database::change_one(&scene.server, "UPDATE account SET two_factors=0", []);
    let mut browser = sign_in("Sign in once more first");
    let asked = browser.open("/me/phones/app");
    assert_eq!(asked.title(), "Sign in once more first");
    let keys = browser.submit(&asked, "/me/again/app", &[]);
    assert!(keys.html().contains("/sign-in/number"), "{}", keys.html());
}
