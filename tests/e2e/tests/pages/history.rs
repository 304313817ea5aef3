//! What is kept of sign-ins for their owner: months after their own rows are gone.

use crate::scene::{EMAIL, Scene, scan, sign_in_and_remember, start_qr};
use countersign_e2e::browser::Browser;
use countersign_e2e::database;
use countersign_e2e::phone::Phone;
use serde_json::json;

const DAY: u64 = 86_400;

/// Key, result, factor and whether it ended, oldest first.
fn history(scene: &Scene) -> Vec<(String, String, Option<String>, bool)> {
    let connection = database::open(&scene.server);
    let mut query = connection
        .prepare("SELECT key, result, factor, ended IS NOT NULL FROM history WHERE service='portal' ORDER BY rowid")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn row(key: &str, result: &str, factor: Option<&str>, ended: bool) -> (String, String, Option<String>, bool) {
    (key.to_owned(), result.to_owned(), factor.map(str::to_owned), ended)
}

fn start_by_number(browser: &mut Browser) {
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    browser.submit(&keys, "/sign-in/number", &[]);
}

fn refuse(browser: &mut Browser, phone: &Phone, why: &str) {
    start_by_number(browser);
    phone.deny(&phone.list().remove(0), why).ok();
}

#[test]
fn what_became_of_each_sign_in_is_kept_for_half_a_year() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    let me = sign_in_and_remember(&mut browser, &phone);
    assert_eq!(history(&scene), [row("qr", "completed", Some("pin"), false)]);
    browser.submit(&me, "/sign-out", &[]);
    refuse(&mut browser, &phone, "cancel");
    refuse(&mut browser, &phone, "not_me");
    start_by_number(&mut browser);
    let page = browser.open("/sign-in/wait");
    browser.submit(&page, "/sign-in/cancel", &[]);
    let expected = [
        row("qr", "completed", Some("pin"), false),
        row("number", "denied", None, false),
        row("number", "reported", None, false),
        row("number", "cancelled", None, false),
    ];
    assert_eq!(history(&scene), expected);
    let open = || {
        let counted = "SELECT count(*) FROM sign_in";
        database::open(&scene.server).query_row(counted, [], |row| row.get::<_, u32>(0)).unwrap()
    };
    assert!(open() > 0);
    scene.server.lab().advance(2 * DAY);
    assert_eq!(open(), 0);
    assert_eq!(history(&scene), expected);
    scene.server.lab().advance(179 * DAY);
    assert_eq!(history(&scene), expected);
    scene.server.lab().advance(2 * DAY);
    assert!(history(&scene).is_empty());
}

#[test]
fn a_late_report_and_the_end_of_a_session_are_kept_too() {
    let scene = Scene::set();
    let phone = scene.pair();
    for (operation, result) in [("end_session", "completed"), ("report", "reported")] {
        let mut browser = scene.browser();
        start_qr(&mut browser);
        let (request, scanned) = scan(&mut browser, &phone);
        phone.approve_scanned(&request, &scanned).ok();
        let asked = browser.open("/sign-in/wait");
        browser.submit(&asked, "/sign-in/confirm", &[]);
        phone.done(operation, &json!({"tid": request.tid()}));
        assert_eq!(history(&scene).pop().unwrap(), row("qr", result, Some("pin"), true));
    }
}

#[test]
fn what_nobody_was_named_for_is_nobodys_to_look_up() {
    let scene = Scene::set();
    scene.pair();
    let mut browser = scene.browser();
    let page = start_qr(&mut browser);
    browser.submit(&page, "/sign-in/cancel", &[]);
    assert!(history(&scene).is_empty());
}
