//! A new account (W1): a form, a letter with a link, a password, the first phone; and nothing that tells whether an address
//! has an account.

use crate::scene::{EMAIL, Scene};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::lab::Mail;
use serde_json::json;

const NEW: &str = "boris@example.eu";
pub const PASSWORD: &str = "four horses in a field";
const HOUR: u64 = 3600;

fn fields(email: &str) -> [(&str, &str); 6] {
    [
        ("given_name", "Boris"),
        ("family_name", "Vogelsang"),
        ("email", email),
        ("again", email),
        ("language", "en"),
        ("read", "1"),
    ]
}

/// Sends the form.
pub fn ask(browser: &mut Browser, email: &str) -> Page {
    let page = browser.open("/account/new");
    browser.submit(&page, "/account/new", &fields(email))
}

/// Letters to an address.
pub fn letters(scene: &Scene, to: &str) -> Vec<Mail> {
    scene.server.lab().mails_to(to)
}

/// Where the first link of the newest letter leads.
pub fn link(scene: &Scene, to: &str) -> String {
    let letter = letters(scene, to).pop().expect("a letter");
    letter.links[0].strip_prefix(scene.server.base()).expect("a link to this server").to_owned()
}

/// Chooses a password behind a link.
pub fn choose(browser: &mut Browser, path: &str, password: &str) -> Page {
    let page = browser.open(path);
    browser.submit(&page, path, &[("password", password), ("again", password)])
}

/// What is asked about the one address is as much work as about the other: the same statements, as many passwords
/// stretched. How long that takes is measured by the bench.
pub fn takes_as_much(scene: &Scene, addresses: [&str; 2], mut ask: impl FnMut(&str)) {
    let [one, other] = addresses.map(|address| scene.server.lab().work_of(|| ask(address)));
    assert!(one.0 > 0, "nothing was done");
    assert_eq!(one, other);
}

fn accounts(scene: &Scene, email: &str) -> u32 {
    let count = "SELECT count(*) FROM account WHERE email=?1";
    database::open(&scene.server).query_row(count, [email], |row| row.get(0)).unwrap()
}

#[test]
fn a_form_a_letter_and_a_password_make_an_account_whose_first_phone_is_paired_at_once() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let sent = ask(&mut browser, NEW);
    assert_eq!((sent.path.as_str(), sent.title().as_str()), ("/account/new/sent", "Look in your mail"));
    assert!(sent.html().contains(NEW));
    assert_eq!(accounts(&scene, NEW), 0, "nothing before the link");
    let path = link(&scene, NEW);
    assert_eq!(browser.open(&path).title(), "Choose a password");
    assert_eq!(accounts(&scene, NEW), 0, "mail scanners open links");
    let before = browser.cookie("session").unwrap().to_owned();
    let adding = choose(&mut browser, &path, PASSWORD);
    assert_eq!((adding.path.as_str(), adding.title().as_str()), ("/me/phones/add", "Add a phone"));
    assert!(adding.html().contains(NEW), "signed in");
    assert_ne!(browser.cookie("session").unwrap(), before, "under a cookie that nobody had before");
    let (phone, code) = scene.claim(&mut browser);
    let page = browser.open("/me/phones/add");
    let done = browser.submit(&page, "/me/phones/confirm", &[("code", &code)]);
    assert_eq!(done.title(), "Phone added", "{}", done.html());
    phone.settle_in();
    assert_eq!(browser.open("/account/new/sent").title(), "Create an account", "that is over");
}

#[test]
fn a_link_makes_one_account_within_a_day_and_takes_the_other_links_of_its_address_along() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    ask(&mut browser, NEW);
    let first = link(&scene, NEW);
    ask(&mut browser, &NEW.to_uppercase());
    let second = link(&scene, &NEW.to_uppercase());
    assert_ne!(first, second);
    let mut other = scene.browser();
    assert_eq!(choose(&mut other, &second, PASSWORD).title(), "Add a phone");
    for path in
        [&first, &second, &"/account/new/AAAA".to_owned(), &format!("/account/new/{}", "A".repeat(43))]
    {
        assert_eq!(browser.open(path).title(), "This link does not work any more", "{path}");
    }
    ask(&mut browser, "clara@example.eu");
    let late = link(&scene, "clara@example.eu");
    let page = browser.open(&late);
    scene.server.lab().advance(24 * HOUR);
    assert_eq!(browser.open(&late).title(), "This link does not work any more");
    let typed = [("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(browser.submit(&page, &late, &typed).title(), "This link does not work any more");
    assert_eq!(accounts(&scene, "clara@example.eu"), 0);
}

#[test]
fn a_form_that_is_sent_twice_makes_one_account() {
    let scene = Scene::set();
    let (mut browser, mut thief) = (scene.browser(), scene.browser());
    ask(&mut browser, NEW);
    let path = link(&scene, NEW);
    let pages = [browser.open(&path), thief.open(&path)];
    let typed = [("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(browser.submit(&pages[0], &path, &typed).title(), "Add a phone");
    assert_eq!(thief.submit(&pages[1], &path, &typed).title(), "This link does not work any more");
    assert_eq!(thief.open("/me").title(), "Sign in");
    assert_eq!(accounts(&scene, NEW), 1);
}

#[test]
fn what_is_wrong_with_the_form_is_said_and_what_was_typed_stays() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let page = browser.open("/account/new");
    let long = "x".repeat(41);
    for (name, value, said) in [
        ("given_name", "\u{202e}evil", "none that cannot be seen"),
        ("family_name", long.as_str(), "40 characters at the most"),
        ("email", "boris", "has an @ and a domain"),
        ("email", "boris@localhost", "has an @ and a domain"),
        ("email", "boris@exa mple.eu", "has an @ and a domain"),
        ("email", "boris@example.eu\r\nBcc: evil@example.eu", "has an @ and a domain"),
        ("again", "boris@example.com", "The two addresses differ"),
        ("language", "tlh", "Choose one of the languages"),
    ] {
        let mut typed = fields(NEW).to_vec();
        typed.iter_mut().filter(|(own, _)| *own == name).for_each(|(_, own)| *own = value);
        let shown = browser.submit(&page, "/account/new", &typed);
        assert_eq!(shown.title(), "Create an account", "{name} {value}");
        assert!(shown.html().contains(said), "{name} {value}: {}", shown.html());
        assert!(name == "given_name" || shown.html().contains("value=\"Boris\""), "{}", shown.html());
    }
    let shown = browser.submit(&page, "/account/new", &fields(NEW)[..5]);
    assert!(shown.html().contains("Tick the box"), "{}", shown.html());
    assert!(letters(&scene, NEW).is_empty());
}

#[test]
fn a_password_is_judged_by_length_and_by_how_early_it_is_tried() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    ask(&mut browser, NEW);
    let path = link(&scene, NEW);
    for (password, said) in [
        ("", "at least 15"),
        ("four horses in", "15 characters at least"),
        ("passwordpassword", "guessed quickly"),
        ("Boris.Vogelsang", "made of your name"),
        (&"x7".repeat(129), "256 characters are the most"),
    ] {
        let shown = choose(&mut browser, &path, password);
        assert_eq!(shown.title(), "Choose a password", "{password}");
        assert!(shown.html().to_lowercase().contains(&said.to_lowercase()), "{password}: {}", shown.html());
        assert!(password.is_empty() || !shown.html().contains(password), "it is not repeated");
    }
    let page = browser.open(&path);
    let typed = [("password", PASSWORD), ("again", "four horses in a meadow")];
    assert!(browser.submit(&page, &path, &typed).html().contains("The two passwords differ"));
    assert_eq!(accounts(&scene, NEW), 0, "and the link is not used up");
    assert_eq!(choose(&mut browser, &path, PASSWORD).title(), "Add a phone");
}

#[test]
fn an_address_that_has_an_account_gets_another_letter_and_its_page_tells_nothing() {
    let scene = Scene::set();
    let (mut one, mut other) = (scene.browser(), scene.browser());
    let known = ask(&mut one, &EMAIL.to_uppercase());
    let unknown = ask(&mut other, "BORI@EXAMPLE.EU");
    assert_eq!(known.common(), unknown.common().replace("BORI@EXAMPLE.EU", &EMAIL.to_uppercase()));
    assert_eq!(known.answer.status, unknown.answer.status);
    let names = |page: &Page| page.answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
    let letter = letters(&scene, EMAIL).pop().expect("a letter");
    assert_eq!(letter.subject, "You have an account already");
    assert!(letter.links.iter().all(|link| !link.contains("/account/new/")), "{:?}", letter.links);
    assert_eq!(letters(&scene, "BORI@EXAMPLE.EU")[0].subject, "Your link to a new account");
}

#[test]
fn how_long_the_answer_takes_does_not_tell_whether_an_address_has_an_account() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let page = browser.open("/account/new");
    let token = page.token();
    takes_as_much(&scene, [EMAIL, "bori@example.eu"], |email| {
        let typed = [&[("csrf", token.as_str())], &fields(email)[..]].concat();
        assert_eq!(browser.post("/account/new", &typed).status, 303);
    });
}

#[test]
fn nobody_can_have_more_than_a_few_letters_sent_to_an_address() {
    let scene = Scene::set();
    let limits = json!({"mail_address_hour": 3, "mail_address_day": 6, "resend_wait": 60});
    scene.server.lab().policy(&limits);
    for email in [EMAIL, NEW] {
        let ask_often = |times: u32, pause: u64| {
            for _ in 0..times {
                let sent = ask(&mut scene.browser(), email);
                assert_eq!(sent.title(), "Look in your mail");
                scene.server.lab().advance(pause);
            }
        };
        ask_often(10, 0);
        assert_eq!(letters(&scene, email).len(), 1, "one a minute");
        ask_often(10, 61);
        assert_eq!(letters(&scene, email).len(), 3, "three an hour");
        ask_often(5, HOUR);
        assert_eq!(letters(&scene, email).len(), 6, "six a day");
        scene.server.lab().advance(24 * HOUR);
    }
}

#[test]
fn the_letter_can_be_sent_again_and_another_address_typed() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    assert_eq!(browser.open("/account/new/sent").title(), "Create an account", "nothing was asked for");
    let sent = ask(&mut browser, NEW);
    let first = link(&scene, NEW);
    let again = browser.submit(&sent, "/account/new/again", &[]);
    assert!(again.html().contains("asked for once more") && again.html().contains(NEW), "{}", again.html());
    let second = link(&scene, NEW);
    assert_ne!(first, second);
    let right = ask(&mut browser, "bors@example.eu");
    assert!(right.html().contains("bors@example.eu") && !right.html().contains(NEW));
    assert_eq!(
        choose(&mut scene.browser(), &first, PASSWORD).title(),
        "Add a phone",
        "both work until one does"
    );
}

#[test]
fn one_network_makes_so_many_accounts_an_hour() {
    let scene = Scene::set();
    scene.server.lab().policy(&json!({"signup_ip_hour": 3}));
    let mut titles = (0..4).map(|n| ask(&mut scene.browser(), &format!("b{n}@example.eu")).title());
    assert!(titles.by_ref().take(3).all(|title| title == "Look in your mail"));
    assert_eq!(titles.next().unwrap(), "Too many attempts in a short time");
    assert!(letters(&scene, "b3@example.eu").is_empty());
}

#[test]
fn the_language_of_the_form_is_that_of_the_letters_and_its_link() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    let page = browser.open("/fr/account/new");
    let mut typed = fields(NEW);
    typed[4].1 = "fr";
    let sent = browser.submit(&page, "/fr/account/new", &typed);
    assert_eq!(sent.path, "/fr/account/new/sent");
    let letter = letters(&scene, NEW).pop().unwrap();
    assert_eq!(letter.subject, "Votre lien vers un nouveau compte");
    assert!(letter.text.starts_with("Bonjour,\n"), "{}", letter.text);
    assert!(
        !letter.text.contains("Vogelsang"),
        "nobody has us write their words to a stranger: {}",
        letter.text
    );
    let path = link(&scene, NEW);
    assert!(path.starts_with("/fr/account/new/"), "{path}");
    assert_eq!(choose(&mut browser, &path, PASSWORD).path, "/fr/me/phones/add");
}

#[test]
fn nothing_of_a_password_or_of_a_link_stands_in_the_data_folder() {
    let scene = Scene::set();
    let mut browser = scene.browser();
    ask(&mut browser, NEW);
    let path = link(&scene, NEW);
    choose(&mut browser, &path, PASSWORD);
    let token = path.rsplit('/').next().unwrap();
    for (file, bytes) in database::files(&scene.server) {
        for secret in [PASSWORD, token] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} in {}", file.display());
        }
    }
}
