//! Every letter in every language: whole sentences, the same words in both bodies, and nothing that a name could forge.

use super::*;
use crate::fixture::{Scene, with_phone};
use crate::refusals::{Reporter, Through};
use crate::store::account::{self, Options};
use crate::store::closing;
use crate::store::history::{self, Past};
use crate::store::link::Use;
use crate::store::sign_in::SignIn;
use crate::store::signup::Signup;
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::Tid;

/// What somebody might call a phone.
const EVIL: &str = "Pixel\r\nBcc: evil@example.eu\r\n\r\n<script>a()</script> {server}";

fn sign_in() -> SignIn {
    let now = Time::from_secs(1_790_000_000);
    SignIn {
        tid: Tid::from_bytes([7; 16]),
        service: "portal".to_owned(),
        account: Some("u-1".to_owned()),
        account_given: true,
        method: "push".to_owned(),
        kind: "login".to_owned(),
        state: SignInState::Pending,
        reason: None,
        created: now,
        exp: now,
        ctx: "{}".to_owned(),
        rows: "[]".to_owned(),
        factors: "[]".to_owned(),
        num: None,
        tries: 0,
        handle: None,
        aid: None,
        oqr: None,
        off_kid: None,
        decided_at: None,
        decided_by: None,
        completed_at: None,
        answer: None,
        ended: None,
        return_url: None,
        rc: None,
        act: None,
        pages: false,
    }
}

/// An address without an account.
const STRANGER: &str = "boris@example.eu";

fn signup(email: &str, language: &str) -> Signup {
    Signup {
        email: email.to_owned(),
        given_name: Some("Anna".to_owned()),
        family_name: Some("Keller".to_owned()),
        language: language.to_owned(),
    }
}

/// A sign-in from a browser and a place of this name.
fn came_in(name: &str, key: &str, at: Time) -> Past {
    Past {
        tid: Tid::from_bytes([key.len().to_le_bytes()[0]; 16]),
        account: "u-1".to_owned(),
        service: "portal".to_owned(),
        key: key.to_owned(),
        place: Some(name.to_owned()),
        agent: Some(name.to_owned()),
        at,
        result: "completed".to_owned(),
    }
}

/// Those about an account that is being closed.
fn about_closing(tx: &Tx<'_>, app: &App, account: &str, now: Time) -> Result<(), StoreFault> {
    let until = now.plus(86_400);
    account_closing(tx, app, (account, until), now)?;
    account_kept(tx, app, account, now)?;
    account_closed(tx, app, account, now)?;
    closing::begin(tx, account, until, now)?;
    let owner = mail::owner_of(tx, "anna@example.eu")?;
    proof_link(tx, app, ("anna@example.eu", owner), (Use::Reset, "AAAA"), now)?;
    closing::undo(tx, account)
}

/// Writes all of them, about a phone of this name, and gives what they say.
fn write_all(scene: &Scene, name: &str, language: &'static str) -> Vec<Body> {
    let (app, mut phone, now) = (scene.app.clone(), scene.phone.clone(), Time::from_secs(1_790_000_000));
    phone.name = name.to_owned();
    let shared = app.clone();
    let sealed = scene
        .write(move |tx| -> Result<_, StoreFault> {
            let (app, account) = (&shared, "u-1");
            tx.0.execute_batch("DELETE FROM mail; DELETE FROM history")?;
            tx.run("UPDATE account SET language=?1, given_name='Anna', family_name='Keller'", [language])?;
            phone_added(tx, app, &phone, "portal", now)?;
            keys_replaced(tx, app, &phone, false, now)?;
            keys_replaced(tx, app, &phone, true, now)?;
            biometrics_on(tx, app, &phone, now)?;
            phone_removed(tx, app, &phone, Some("Grants Portal"), now)?;
            phone_locked(tx, app, &phone, now)?;
            phone_unlocked(tx, app, &phone, "Grants Portal", now)?;
            setup_link_made(tx, app, account, now)?;
            recovery_code_made(tx, app, account, "Grants Portal", now)?;
            recovery_code_used(tx, app, account, "Grants Portal", now)?;
            let about = sign_in();
            for through in [Through::Phone(&phone.name), Through::Letter, Through::Account] {
                let by = Reporter { account, through };
                sign_in_reported(tx, app, (&about.tid, &about.service), &by, now)?;
            }
            report_link(tx, app, account, (&about.tid, &about.service), now)?;
            // The first from here after one from elsewhere, and, once that is noted, one of many.
            history::insert(tx, &came_in("elsewhere", "qr", now))?;
            account::set_options(tx, account, Options { two_factors: true, every_letter: true })?;
            for key in ["number", "password"] {
                let past = came_in(&phone.name, key, now);
                signed_in(tx, app, (&past, true), now)?;
                history::insert(tx, &past)?;
            }
            for email in ["anna@example.eu", STRANGER] {
                sign_up(tx, app, &signup(email, language), "/account/new/AAAA", now)?;
            }
            for email in ["anna@example.eu", "clara@example.eu"] {
                let owner = mail::owner_of(tx, email)?;
                proof_link(tx, app, (email, owner), (Use::Reset, "AAAA"), now)?;
                let owner = mail::owner_of(tx, email)?;
                proof_link(tx, app, (email, owner), (Use::Recover, "AAAA"), now)?;
            }
            about_closing(tx, app, account, now)?;
            password_changed(tx, app, account, now)?;
            account::set_options(tx, account, Options { two_factors: false, every_letter: false })?;
            options_weaker(tx, app, (account, Options { two_factors: true, every_letter: true }), now)?;
            ask_new_address(tx, app, (account, "new@example.eu"), "AAAA", now)?;
            ask_new_address(tx, app, ("u-9", "anna@example.eu"), "AAAA", now)?;
            ask_old_address(tx, app, (account, "new@example.eu"), "AAAA", now)?;
            address_changed(tx, app, (account, "old@example.eu"), now)?;
            let mut all = mail::of_account(tx, account)?;
            all.extend(mail::to_address(tx, STRANGER)?);
            Ok(all)
        })
        .unwrap();
    sealed.iter().map(|(id, sealed)| Body::open(&app, *id, sealed).unwrap()).collect()
}

/// The words of HTML.
fn words(html: &str) -> Vec<String> {
    let body = html.split_once("<body").unwrap().1.split_once('>').unwrap().1;
    let text: String =
        body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let text = text.replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&");
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn both_bodies_of_every_letter_say_the_same_in_both_languages() {
    let scene = with_phone();
    let greetings = [("en", "Hello Anna Keller,", "Hello,\n"), ("fr", "Bonjour Anna Keller,", "Bonjour,\n")];
    for (language, hello, first) in greetings {
        let letters = write_all(&scene, "Pixel 9", language);
        assert_eq!(letters.len(), 31);
        for letter in letters {
            let said: Vec<String> = letter.text.split_whitespace().map(str::to_owned).collect();
            assert_eq!(words(&letter.html), said, "{}", letter.subject);
            let is_first = letter.text.contains("/account/new/");
            assert!(letter.text.starts_with(if is_first { first } else { hello }), "{}", letter.text);
            assert!(!letter.subject.contains("mail.") && !letter.text.contains("mail."), "{}", letter.text);
            assert!(!letter.text.contains('{') && !letter.subject.contains('{'), "{}", letter.text);
            assert!(letter.html.contains(&format!("<html lang=\"{language}\"")));
            assert!(!letter.html.contains("<title></title>"), "{}", letter.html);
            for loads in ["<img", "<script", "<link", "src=", "url(", "@import"] {
                assert!(!letter.html.contains(loads), "{}", letter.html);
            }
            let own = format!("{}{}", scene.app.iss, if language == "en" { "/" } else { "/fr" });
            assert!(letter.links.iter().all(|link| link.starts_with(&own) && letter.text.contains(link)));
        }
    }
}

#[test]
fn a_name_forges_no_line_no_tag_and_no_placeholder() {
    let scene = with_phone();
    let lines = |letters: &[Body]| letters.iter().map(|one| one.text.lines().count()).collect::<Vec<_>>();
    let plain = lines(&write_all(&scene, "Pixel 9", "en"));
    let evil = write_all(&scene, EVIL, "en");
    assert_eq!(lines(&evil), plain);
    for letter in evil {
        assert!(!letter.html.contains("<script"), "{}", letter.html);
        assert!(!letter.subject.contains(char::is_control));
        assert!(!letter.text.contains("<script>") || letter.text.contains("{server}"), "it stays as it is");
    }
}

#[test]
fn what_a_letter_says_stands_sealed_and_opens_in_its_own_row_alone() {
    let scene = with_phone();
    write_all(&scene, "Pixel 9", "en");
    let rows = scene.write(|tx| mail::of_account(tx, "u-1")).unwrap();
    let (id, sealed) = &rows[0];
    assert!(!sealed.windows(5).any(|part| part == b"/undo" || part == b"Pixel"));
    assert!(Body::open(&scene.app, *id, sealed).is_ok());
    assert!(Body::open(&scene.app, id + 1, sealed).is_err());
}
