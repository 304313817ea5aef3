//! Which language a page is in, how it is changed, and that a person stays in it.

use crate::scene::{EMAIL, Scene, scan, start_qr};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::camera::text_of_svg;
use countersign_e2e::phone::scan::Scan;

fn language(page: &Page) -> String {
    page.between("<html lang=\"", "\"").unwrap()
}

/// Where the switch to a language leads.
fn switch(page: &Page, tag: &str) -> String {
    let link = page.between(&format!("href=\"/language/{tag}"), "\"").unwrap();
    format!("/language/{tag}{link}")
}

#[test]
fn address_then_choice_then_account_then_browser_then_english() {
    let scene = Scene::set();
    assert_eq!(language(&scene.browser().open("/help")), "en");
    assert_eq!(language(&scene.browser().asking_for("fr-BE, en;q=0.5").open("/help")), "fr");
    assert_eq!(language(&scene.browser().asking_for("tlh").open("/help")), "en");

    let phone = scene.pair();
    countersign_e2e::database::change_one(&scene.server, "UPDATE account SET language='fr'", []);
    let mut owner = scene.browser().asking_for("en");
    start_qr(&mut owner);
    let (request, scanned) = scan(&mut owner, &phone);
    phone.approve_scanned(&request, &scanned).ok();
    let asked = owner.open("/sign-in/wait");
    assert_eq!(language(&asked), "en", "nobody is signed in yet");
    let me = owner.submit(&asked, "/sign-in/confirm", &[]);
    assert_eq!(language(&me), "fr", "the account's");

    let english = owner.open(&switch(&me, "en"));
    assert_eq!((english.path.as_str(), language(&english).as_str()), ("/me", "en"), "the choice");
    assert_eq!(language(&owner.open("/fr/me")), "fr", "the address");
    assert_eq!(language(&owner.open("/me")), "en", "looking at an address chooses nothing");
}

#[test]
fn the_switch_keeps_the_page_and_what_is_under_way() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let page = start_qr(&mut browser);
    let french = browser.open(&switch(&page, "fr"));
    assert_eq!(
        (french.path.as_str(), french.title().as_str()),
        ("/fr/sign-in/wait", "Scannez ce code avec votre application")
    );
    assert_eq!(language(&browser.open("/help")), "fr", "it is remembered");
    let back = browser.open(&switch(&french, "en"));
    assert_eq!(
        (back.path.as_str(), back.title().as_str()),
        ("/sign-in/wait", "Scan this code with your app")
    );
    let first = browser.open("/");
    let refused = browser.submit(&first, "/sign-in", &[("identifier", "nobody")]);
    assert_eq!(switch(&refused, "fr"), "/language/fr?to=/", "the answer to a form leads to a page");
}

#[test]
fn nothing_but_pages_of_ours_is_led_to() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    for (to, place) in [
        ("/help", "/fr/help"),
        ("/", "/fr"),
        ("/a/e", "/a/e"),
        ("/me/phones/return?rc=AAAA", "/fr/me/phones/return?rc=AAAA"),
        ("", "/fr"),
        ("//evil.example/help", "/fr"),
        ("https://evil.example", "/fr"),
        ("/%5Cevil.example", "/fr"),
        ("/help%0d%0aX-Evil:%20yes", "/fr"),
        ("/backend/v1/events", "/fr"),
        ("/language/en?to=/help", "/language/en"),
    ] {
        let answer = browser.get(&format!("/language/fr?to={}", to.replace('?', "%3F").replace('&', "%26")));
        assert_eq!((answer.status, answer.header("location")), (303, Some(place)), "{to}");
    }
    for unknown in ["/language/xx?to=/help", "/language/..%2f", "/language/EN"] {
        let answer = browser.get(unknown);
        assert_eq!((answer.status, answer.header("set-cookie")), (404, None), "{unknown}");
    }
    for odd in ["xx", "FR", "../fr"] {
        browser.plant("lang", odd);
        assert_eq!(language(&browser.open("/help")), "en", "{odd}");
    }
}

/// Every address of ours in a page stays below the language, save those that have none.
fn stays(page: &Page) {
    let html = page.html();
    for attribute in ["href=\"", "action=\"", "src=\"", "data-poll=\"", "data-check=\"", "data-frames=\""] {
        for link in html.split(attribute).skip(1) {
            let link = link.split('"').next().unwrap();
            let alone = ["/language/", "/assets/", "#", "http"].iter().any(|start| link.starts_with(start));
            assert!(alone || link == "/fr" || link.starts_with("/fr/"), "{} leads to {link}", page.title());
        }
    }
}

fn follow(browser: &mut Browser, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
    assert!(page.html().contains(&format!("action=\"{action}")), "{action} in {}", page.html());
    let next = browser.submit(page, action, fields);
    stays(&next);
    next
}

#[test]
fn a_sign_in_stays_in_french_from_the_first_page_to_the_last() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser().asking_for("en");
    let first = browser.open("/fr");
    assert_eq!(first.title(), "Se connecter");
    stays(&first);
    let fields = [("identifier", EMAIL), ("remember", "1")];
    let keys = follow(&mut browser, &first, "/fr/sign-in", &fields);
    assert_eq!(keys.title(), "Choisissez votre clé");
    let page = follow(&mut browser, &keys, "/fr/sign-in/qr", &[]);
    assert_eq!(browser.get("/fr/sign-in/poll?state=pending").is(200)["next"], "/fr/sign-in/wait");
    assert!(
        browser.get("/fr/sign-in/frame").is(200)["src"].as_str().unwrap().starts_with("/fr/sign-in/qr.svg")
    );
    assert!(page.html().contains("« Scanner".replace("« ", "«\u{202f}").as_str()));
    let scanned = Scan::of(&text_of_svg(&browser.get("/fr/sign-in/qr.svg").text()));
    let request = phone.take(&scanned);
    phone.approve_scanned(&request, &scanned).ok();
    let asked = browser.open("/fr/sign-in/wait");
    assert_eq!(asked.title(), "Se connecter en tant que a***@example.eu\u{202f}?");
    let me = follow(&mut browser, &asked, "/fr/sign-in/confirm", &[]);
    assert_eq!((me.path.as_str(), me.title().as_str()), ("/fr/me", "Votre compte"));
    let out = follow(&mut browser, &me, "/fr/sign-out", &[]);
    assert_eq!((out.path.as_str(), out.title().as_str()), ("/fr/signed-out", "Vous êtes déconnecté"));
}

#[test]
fn the_app_comes_back_to_the_language_that_it_left() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let first = browser.open("/fr");
    let keys = browser.submit(&first, "/fr/sign-in", &[("identifier", EMAIL)]);
    let page = browser.submit(&keys, "/fr/sign-in/here", &[]);
    let link = page.between("class=\"btn primary\" href=\"", "\"").unwrap();
    let request = phone.take(&Scan::of_link(&link));
    let back = request.content.ret.clone().expect("a return address");
    assert_eq!(back, format!("{}/fr/sign-in/return", scene.server.base()));
}

#[test]
fn the_operator_adds_to_what_is_said_about_data() {
    let scene = Scene::set();
    assert!(!scene.browser().open("/privacy").html().contains("What the people who run"));
    std::fs::write(scene.server.data().join("privacy.en.txt"), "We are <Example>.\r\n\r\nWrite to us.\n")
        .unwrap();
    let html = scene.browser().open("/privacy").html();
    assert!(
        html.contains("<p>We are &#60;Example&#62;.</p>") && html.contains("<p>Write to us.</p>"),
        "{html}"
    );
    assert!(
        scene.browser().open("/fr/privacy").html().contains("Write to us."),
        "better in English than not at all"
    );
    std::fs::write(scene.server.data().join("privacy.fr.txt"), "Écrivez-nous.").unwrap();
    assert!(scene.browser().open("/fr/privacy").html().contains("<p>Écrivez-nous.</p>"));
}
