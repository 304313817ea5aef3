//! "Close my account": everything stops at once, a letter's link brings it back for fourteen days, then it is closed for good.

use crate::arrivals::{exchange, service, sign_in, ticket, visit};
use crate::scene::{EMAIL, Scene, approve_by_qr, scan, sign_in_and_remember, start_qr};
use countersign_e2e::backend::start_body;
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::camera::text_of_svg;
use countersign_e2e::database;
use countersign_e2e::lab::Mail;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::scan::Scan;
use serde_json::json;

pub const DAY: u64 = 86_400;
pub const PASSWORD: &str = "correct horse battery";
const CLOSED: &str = "Your account is closed";

pub fn one<T: rusqlite::types::FromSql>(scene: &Scene, sql: &str) -> T {
    database::open(&scene.server).query_row(sql, [], |row| row.get(0)).unwrap()
}

pub fn state(scene: &Scene) -> String {
    one(scene, "SELECT state FROM account WHERE email='anna@example.eu'")
}

pub fn signed_in(scene: &Scene, phone: &Phone) -> Browser {
    let mut browser = scene.browser();
    assert_eq!(sign_in_and_remember(&mut browser, phone).path, "/me");
    browser
}

/// Closes the account as a browser does it.
pub fn close(browser: &mut Browser) -> Page {
    let asked = browser.open("/me/close");
    assert_eq!(asked.title(), "Close your account?", "{}", asked.html());
    let closed = browser.submit(&asked, "/me/close", &[("email", "Anna@example.eu ")]);
    assert_eq!(closed.title(), "Your account is being closed", "{}", closed.html());
    closed
}

/// An account that is being closed, and its phone.
pub fn closing(scene: &Scene) -> Phone {
    let phone = scene.pair();
    close(&mut signed_in(scene, &phone));
    phone
}

pub fn letters(scene: &Scene, subject: &str) -> Vec<Mail> {
    let mut letters = scene.server.lab().mails_to(EMAIL);
    letters.retain(|letter| letter.subject == subject);
    letters
}

/// Where the link of the latest letter leads.
pub fn link(scene: &Scene) -> String {
    let letter = letters(scene, "Your account is being closed").pop().expect("a letter");
    letter.links[0].strip_prefix(scene.server.base()).unwrap().to_owned()
}

/// Follows a link, and presses its button if there is one.
pub fn keep(scene: &Scene, link: &str) -> String {
    let mut reader = scene.browser();
    let asked = reader.open(link);
    match asked.title().as_str() {
        "Keep this account?" => reader.submit(&asked, link, &[]).title(),
        other => other.to_owned(),
    }
}

pub const BACK: &str = "Your account is back";
const STOPPED: &str = "Your account stays stopped";
pub const OVER: &str = "This link does not work any more";

fn audit(scene: &Scene, what: &str) -> Vec<String> {
    let rows = database::rows(&scene.server, |table| table == "audit").remove("audit").unwrap();
    rows.into_iter().filter(|row| row.contains(what)).collect()
}

pub fn operate(scene: &Scene, what: &str) -> bool {
    scene.server.operate(&["account", what, EMAIL]).status.success()
}

/// A sign-in by QR, which the phone may not take.
pub fn start_and_be_refused(scene: &Scene, phone: &Phone) {
    let mut browser = scene.browser();
    start_qr(&mut browser);
    let scanned = Scan::of(&text_of_svg(&browser.get("/sign-in/qr.svg").text()));
    phone.claim(&scanned.ticket(&scene.server.http())).refused(403, "authenticator_locked");
}

#[test]
fn it_says_what_is_lost_takes_the_right_address_and_a_fresh_sign_in() {
    let scene = Scene::set();
    let phone = scene.pair();
    let grants = service(&scene, "Grants Portal", &[]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    let to = sign_in(&mut browser, &first, &phone);
    exchange(&grants, &ticket(&to)).is(200);
    let options = browser.open("/me/options");
    assert!(options.html().contains("href=\"/me/close\""), "{}", options.html());
    let asked = browser.open("/me/close");
    for said in ["to the service that you use", "Your phone, the password", "14 days", "six months"] {
        assert!(asked.html().contains(said), "{said}: {}", asked.html());
    }
    for wrong in ["", "anna@example.e", "boris@example.eu"] {
        let again = browser.submit(&asked, "/me/close", &[("email", wrong)]);
        assert!(again.html().contains("not the address of the account"), "{wrong}");
        assert_eq!(state(&scene), "active");
    }
    scene.server.lab().advance(301);
    assert_eq!(browser.open("/me/close").title(), "Sign in once more first");
    let answer = browser.post("/me/close", &[("csrf", &asked.token()), ("email", EMAIL)]);
    assert!(answer.text().contains("Sign in once more first") && state(&scene) == "active");
    let again = browser.open("/me/close");
    let keys = browser.submit(&again, "/me/again/close", &[]);
    assert_eq!(keys.path, "/sign-in/keys");
    browser.submit(&keys, "/sign-in/qr", &[]);
    let (request, scanned) = scan(&mut browser, &phone);
    phone.approve_scanned(&request, &scanned).ok();
    assert_eq!(browser.open("/sign-in/wait").path, "/me/close", "and comes back");
    close(&mut browser);
}

#[test]
fn everything_stops_at_once_and_the_services_hear_of_it_as_of_a_lock() {
    let scene = Scene::set();
    let phone = scene.pair();
    let grants = service(&scene, "Grants Portal", &["--scope", "accounts", "--scope", "sign-in"]);
    let id: String = one(&scene, "SELECT id FROM account");
    let give = "INSERT INTO service_account (service, account) VALUES ('grants-portal', ?1)";
    database::change_one(&scene.server, give, [&id]);
    let mut browser = scene.browser();
    let first = browser.open(&visit("grants-portal", ""));
    let to = sign_in(&mut browser, &first, &phone);
    exchange(&grants, &ticket(&to)).is(200);
    // Another browser holds a ticket, waits for an approved sign-in, and is remembered.
    let mut other = signed_in(&scene, &phone);
    let held = other.get(&visit("grants-portal", "")).header("location").unwrap().to_owned();
    scene.server.lab().advance(2);
    other.open(&visit("grants-portal", "&fresh=0"));
    assert_eq!(one::<u32>(&scene, "SELECT count(*) FROM arrival"), 1);
    let mut waiting = scene.browser();
    approve_by_qr(&mut waiting, &phone);
    let begun = grants.post("/sign-ins", &start_body("push", Some(&id))).is(201);
    let before = grants.events().len();

    close(&mut browser);
    for browser in [&mut browser, &mut other] {
        assert_eq!(browser.open("/me").title(), "Sign in");
    }
    exchange(&grants, &ticket(&held)).refused(404, "not_found");
    let answer = waiting.open("/sign-in/wait");
    let after = waiting.submit(&answer, "/sign-in/confirm", &[]);
    assert_ne!(after.path, "/me");
    assert_eq!(waiting.open("/me").title(), "Sign in");
    let under_way = "SELECT count(*) FROM sign_in WHERE state IN ('created','pending','claimed','approved')";
    assert_eq!(one::<u32>(&scene, under_way), 0);
    for table in ["recognised", "arrival", "link"] {
        assert_eq!(one::<u32>(&scene, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    let told = grants.events();
    assert!(told[before..].iter().any(|event| event["type"] == "sign_in_ended"), "{told:?}");
    let tid = begun["tid"].as_str().unwrap();
    assert_eq!(grants.get(&format!("/sign-ins/{tid}")).ok()["state"], "cancelled");
    let account = grants.get(&format!("/accounts/{id}")).ok();
    assert_eq!(
        (account["state"].as_str(), account["phones"][0]["state"].as_str()),
        (Some("locked"), Some("locked"))
    );
    let refusal = grants.post("/sign-ins", &start_body("push", Some(&id)));
    assert_eq!(refusal.refused(403, "method_unavailable")["reason"], "account");
    start_and_be_refused(&scene, &phone);
}

#[test]
fn a_pairing_that_was_begun_is_over() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut pairing = signed_in(&scene, &phone);
    let page = pairing.open("/me/phones/app");
    pairing.submit(&page, "/me/phones/add", &[]);
    let (second, code) = scene.claim(&mut pairing);
    let shown = pairing.open("/me/phones/add");
    close(&mut signed_in(&scene, &phone));
    pairing.post("/me/phones/confirm", &[("csrf", &shown.token()), ("code", &code)]);
    second.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert_eq!(keep(&scene, &link(&scene)), BACK);
    let phones = "SELECT count(*) FROM phone WHERE state='active'";
    assert_eq!(one::<u32>(&scene, phones), 1);
}

#[test]
fn on_the_thirteenth_day_the_link_brings_everything_back_once() {
    let scene = Scene::set();
    let phone = closing(&scene);
    let link = link(&scene);
    scene.server.lab().advance(13 * DAY);
    assert_eq!(scene.browser().open(&link).title(), "Keep this account?");
    assert_eq!(state(&scene), "closing", "opening does nothing");
    assert_eq!(keep(&scene, &link), BACK);
    assert_eq!((state(&scene).as_str(), letters(&scene, BACK).len()), ("active", 1));
    signed_in(&scene, &phone);
    assert_eq!(keep(&scene, &link), OVER, "a second time");
    assert_eq!((audit(&scene, "account_closing").len(), audit(&scene, "account_kept").len()), (1, 1));
    // What is closed again has another end: the link of before is worth nothing for it.
    scene.server.lab().advance(60);
    close(&mut signed_in(&scene, &phone));
    assert_eq!((keep(&scene, &link), state(&scene)), (OVER.to_owned(), "closing".to_owned()));
    scene.server.lab().advance(2 * DAY);
    assert_eq!(state(&scene), "closing", "its own fourteen days");
    assert_eq!(keep(&scene, &self::link(&scene)), BACK);
}

#[test]
fn a_link_that_is_not_ours_or_is_for_something_else_brings_nothing_back() {
    let scene = Scene::set();
    closing(&scene);
    let good = link(&scene);
    let (start, token) = good.rsplit_once('/').unwrap();
    let undo = letters(&scene, "A new phone was added").pop().unwrap().links[0].clone();
    let others = undo.rsplit_once('/').unwrap().1.to_owned();
    let mut changed = token.to_owned();
    let last = if changed.ends_with('A') { 'B' } else { 'A' };
    changed.replace_range(30..31, &last.to_string());
    for token in [others, changed, "A".repeat(75), "x".to_owned()] {
        let mut browser = scene.browser();
        let page = browser.open(&format!("{start}/{token}"));
        assert_eq!(page.title(), OVER, "{token}");
        let csrf = browser.open("/report").token();
        browser.post(&format!("{start}/{token}"), &[("csrf", &csrf)]);
    }
    let undo = format!("/undo/{token}");
    assert_eq!(scene.browser().open(&undo).answer.status, 404, "and removes no phone");
    assert_eq!(state(&scene), "closing");
}

#[test]
fn on_the_fourteenth_day_it_is_closed_for_good_as_an_operator_closes_it() {
    let scene = Scene::set();
    let phone = closing(&scene);
    let link = link(&scene);
    let person = "UPDATE account SET given_name='Anna', telephone='+3222991111', recovery=zeroblob(32)";
    database::change_one(&scene.server, person, []);
    let keys = "SELECT count(given_name) + count(telephone) + count(recovery) FROM account";
    scene.server.lab().advance(14 * DAY - 60);
    assert_eq!((state(&scene).as_str(), one::<u32>(&scene, keys)), ("closing", 3));
    scene.server.lab().advance(61);
    assert_eq!(one::<u32>(&scene, keys), 0, "what nobody needs is gone");
    assert_eq!((state(&scene).as_str(), letters(&scene, CLOSED).len()), ("closed", 1));
    let notes = audit(&scene, "account_closed");
    assert!(notes.len() == 1 && notes[0].contains("owner"), "{notes:?}");
    let refusal = phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(serde_json::to_value(phone.notice(&refusal).why).unwrap(), "web");
    assert_eq!((keep(&scene, &link), state(&scene)), (OVER.to_owned(), "closed".to_owned()));
    assert!(!operate(&scene, "unlock") && !operate(&scene, "lock"));
    scene.server.lab().advance(DAY);
    assert_eq!((audit(&scene, "account_closed").len(), letters(&scene, CLOSED).len()), (1, 1));
}

#[test]
fn a_server_that_dies_in_between_forgets_nothing_and_is_not_late() {
    let mut scene = Scene::set();
    let phone = closing(&scene);
    let link = link(&scene);
    scene.server.restart_ahead(13 * DAY);
    assert_eq!(keep(&scene, &link), BACK);
    signed_in(&scene, &phone);
    close(&mut signed_in(&scene, &phone));
    let link = self::link(&scene);
    // Its time is over, and nobody has swept yet.
    scene.server.restart_ahead(13 * DAY + 14 * DAY + 60);
    if state(&scene) == "closing" {
        assert_eq!(keep(&scene, &link), OVER);
    }
    scene.server.lab().advance(1);
    assert_eq!((state(&scene).as_str(), keep(&scene, &link).as_str()), ("closed", OVER));
    assert_eq!(letters(&scene, CLOSED).len(), 1);
}

#[test]
fn what_an_operator_stopped_besides_stays_stopped_and_goes_on_closing() {
    let scene = Scene::set();
    let phone = closing(&scene);
    assert!(!operate(&scene, "unlock"), "that is its owner's to do");
    assert!(operate(&scene, "lock"));
    assert_eq!(state(&scene), "locked");
    assert!(operate(&scene, "unlock"));
    assert_eq!(state(&scene), "closing", "the operator's word is not its owner's");
    let locked = "SELECT count(*) FROM phone WHERE state='locked'";
    assert_eq!(one::<u32>(&scene, locked), 1);
    assert!(operate(&scene, "lock"));
    assert_eq!((keep(&scene, &link(&scene)), state(&scene)), (STOPPED.to_owned(), "locked".to_owned()));
    start_and_be_refused(&scene, &phone);
    scene.server.lab().advance(15 * DAY);
    assert_eq!(state(&scene), "locked", "it is kept");
    assert!(operate(&scene, "unlock"));
    signed_in(&scene, &phone);
}

#[test]
fn what_is_stopped_while_it_closes_is_closed_in_time_all_the_same() {
    let scene = Scene::set();
    closing(&scene);
    assert!(operate(&scene, "lock"));
    scene.server.lab().advance(14 * DAY + 1);
    assert_eq!(state(&scene), "closed");
}

#[test]
fn phones_that_were_removed_or_locked_by_wrong_pins_stay_so() {
    let scene = Scene::set();
    let removed = scene.pair();
    let mut browser = signed_in(&scene, &removed);
    let page = browser.open("/me/phones/app");
    browser.submit(&page, "/me/phones/add", &[]);
    let (locked, code) = scene.claim(&mut browser);
    let page = browser.open("/me/phones/add");
    browser.submit(&page, "/me/phones/confirm", &[("code", &code)]);
    let stop = "UPDATE phone SET state='locked', why='attempts', why_at=1 WHERE aid=?1";
    database::change_one(&scene.server, stop, [database::id_bytes(&locked.aid)]);
    close(&mut browser);
    removed.done("revoke_self", &json!({}));
    assert_eq!(keep(&scene, &link(&scene)), BACK);
    assert_eq!(one::<u32>(&scene, "SELECT count(*) FROM phone WHERE state='active'"), 0);
    assert_eq!(one::<u32>(&scene, "SELECT count(*) FROM phone WHERE why='attempts'"), 1);
}

#[test]
fn an_account_that_never_had_a_phone_is_closed_after_a_fresh_sign_in_by_password() {
    let scene = Scene::set();
    let id: String = one(&scene, "SELECT id FROM account");
    scene.server.lab().set_password(&id, PASSWORD);
    let mut browser = scene.browser();
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let typing = browser.submit(&keys, "/sign-in/password", &[]);
    assert_eq!(browser.submit(&typing, "/sign-in/password", &[("password", PASSWORD)]).path, "/me");
    close(&mut browser);
    assert!(!browser.open(&scene.setup_path).title().contains("Pair"), "the set-up link is over too");
    assert_eq!((keep(&scene, &link(&scene)), state(&scene)), (BACK.to_owned(), "active".to_owned()));
}

#[test]
fn an_operator_sees_until_when() {
    let scene = Scene::set();
    assert!(scene.server.operate(&["account", "add", "boris@example.eu"]).status.success());
    let (_phone, mut browser) = crate::operator::operator(&scene);
    let close = "UPDATE account SET state='closing', closing_until=4102444800 WHERE email='boris@example.eu'";
    database::change_one(&scene.server, close, []);
    let id: String = one(&scene, "SELECT id FROM account WHERE email='boris@example.eu'");
    let page = browser.open(&format!("/operator/accounts/{id}"));
    assert!(page.html().contains("Being closed") && page.html().contains("1 Jan 2100"), "{}", page.html());
    assert!(page.html().contains("value=\"lock\"") && !page.html().contains("value=\"unlock\""));
    let shown = scene.server.operate(&["account", "show", "boris@example.eu"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("2100-01-01T00:00:00Z"));
}
