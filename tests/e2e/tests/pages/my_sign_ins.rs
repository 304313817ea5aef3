//! The sign-ins in "my account": looked up for months, each by its code, and reported.

use crate::scene::{EMAIL, Scene, approve_by_qr, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::lab::Mail;
use countersign_e2e::phone::Phone;

const DAY: u64 = 86_400;

/// The code of the sign-in that a page names first.
fn first_code(page: &Page) -> String {
    page.between("href=\"/me/sign-ins/", "\"").expect("a sign-in")
}

fn sign_in(scene: &Scene, phone: &Phone) -> Browser {
    let mut browser = scene.browser();
    assert_eq!(sign_in_and_remember(&mut browser, phone).path, "/me");
    browser
}

/// Letters that say that a sign-in was reported.
fn letters(scene: &Scene) -> Vec<Mail> {
    let all = scene.server.lab().mails_to(EMAIL);
    all.into_iter().filter(|letter| letter.subject == "A sign-in was reported").collect()
}

fn count(scene: &Scene, sql: &str) -> u32 {
    database::open(&scene.server).query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn each_sign_in_is_there_by_its_code_and_draws_what_strangers_wrote_as_text() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = sign_in(&scene, &phone);
    let payload = "</bdi><img src=x onerror=a()>{server}";
    database::change_one(&scene.server, "UPDATE history SET agent=?1, place=?1", [payload]);
    let me = browser.open("/me");
    let list = browser.open("/me/sign-ins");
    let code = first_code(&list);
    assert_eq!((list.title().as_str(), first_code(&me)), ("Sign-ins", code.clone()));
    let one = browser.open(&format!("/me/sign-ins/{code}"));
    assert_eq!(one.title(), "Sign-in to Example ID");
    for page in [me, list, one] {
        let html = page.html();
        assert!(html.contains("Signed in") && html.contains("App with a QR code"), "{html}");
        assert!(!html.contains("<img src=x") && html.contains("{server}"), "{html}");
    }
    assert_eq!(browser.open("/me/sign-ins/AAAA-AAAA").answer.status, 404);
}

#[test]
fn a_report_ends_the_session_and_is_told_to_the_owner_and_the_operator_once() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut thief = sign_in(&scene, &phone);
    let code = first_code(&thief.open("/me"));
    let mut owner = sign_in(&scene, &phone);
    let path = format!("/me/sign-ins/{code}");
    let asked = owner.open(&path);
    let told = owner.submit(&asked, &format!("{path}/report"), &[]);
    assert!(told.title() == "Reported" && told.html().contains("/sign-out"), "{}", told.html());
    assert_eq!(thief.open("/me").title(), "Sign in");
    assert_eq!(owner.open("/me").path, "", "the owner's goes on");
    assert_eq!(count(&scene, "SELECT count(*) FROM recognised"), 0);
    assert_eq!(count(&scene, "SELECT count(*) FROM report WHERE closed IS NULL"), 1);
    let again = owner.open(&path);
    assert!(
        again.html().contains("It was reported") && !again.html().contains(&format!("{code}/report")),
        "{}",
        again.html()
    );
    owner.submit(&again, &format!("{path}/report"), &[]);
    let letters = letters(&scene);
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("In your account") && letters[0].text.contains(&code));
    assert_eq!(count(&scene, "SELECT count(*) FROM audit WHERE record LIKE '%sign_in_reported%'"), 1);
}

#[test]
fn who_reports_the_own_sign_in_is_signed_out() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = sign_in(&scene, &phone);
    let path = format!("/me/sign-ins/{}", first_code(&browser.open("/me")));
    let asked = browser.open(&path);
    let told = browser.submit(&asked, &format!("{path}/report"), &[]);
    assert!(told.title() == "Reported" && !told.html().contains("/sign-out"), "{}", told.html());
    assert_eq!(browser.open(&path).title(), "Sign in");
}

#[test]
fn a_sign_in_of_last_month_is_still_reported_here_and_by_its_code_alone() {
    let scene = Scene::set();
    let phone = scene.pair();
    let codes = [(); 2].map(|()| {
        let mut browser = sign_in(&scene, &phone);
        first_code(&browser.open("/me"))
    });
    scene.server.lab().advance(30 * DAY);
    assert_eq!(count(&scene, "SELECT count(*) FROM sign_in"), 0);
    let mut browser = sign_in(&scene, &phone);
    let path = format!("/me/sign-ins/{}", codes[0]);
    let asked = browser.open(&path);
    assert_eq!(browser.submit(&asked, &format!("{path}/report"), &[]).title(), "Reported");
    assert!(browser.open("/me/sign-ins").html().contains("Reported"));

    let mut stranger = scene.browser();
    let form = stranger.open("/report");
    stranger.submit(&form, "/report", &[("email", EMAIL), ("code", &codes[1])]);
    let mails = scene.server.lab().mails_to(EMAIL);
    let link = mails.iter().rev().find_map(|mail| mail.links.iter().find(|link| link.contains("/report/")));
    let link = link.expect("a link").strip_prefix(scene.server.base()).unwrap().to_owned();
    let asked = stranger.open(&link);
    assert!(asked.html().contains(&codes[1]), "{}", asked.html());
    assert_eq!(stranger.submit(&asked, &link, &[]).title(), "Reported");
    let letters = letters(&scene);
    assert!(codes.iter().all(|code| letters.iter().any(|letter| letter.text.contains(code))));
    assert_eq!((letters.len(), count(&scene, "SELECT count(*) FROM report")), (2, 2));
    assert_eq!(
        count(&scene, "SELECT count(*) FROM history WHERE result='reported' AND ended IS NOT NULL"),
        2
    );
}

#[test]
fn the_list_has_pages_and_nothing_of_anybody_else() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = sign_in(&scene, &phone);
    let insert = "INSERT INTO history (tid, account, service, key, at, result)
        SELECT randomblob(16), ?1, 'portal', 'number', at - n.value, 'pending'
          FROM history, json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27]') n";
    let connection = database::open(&scene.server);
    let account: String = connection.query_row("SELECT id FROM account", [], |row| row.get(0)).unwrap();
    connection.execute(insert, [&account]).unwrap();
    let first = browser.open("/me/sign-ins");
    let second = browser.open("/me/sign-ins?page=1");
    let lines = |page: &Page| page.html().matches("class=\"tag\" href=").count();
    assert_eq!((lines(&first), lines(&second)), (25, 3));
    assert!(first.html().contains("?page=1\"") && second.html().contains("?page=0\""));
    assert_eq!(lines(&browser.open("/me/sign-ins?page=nonsense")), 25);
    assert_eq!(lines(&browser.open("/me/sign-ins?page=4294967295")), 0);

    connection.execute("UPDATE history SET account='u-other' WHERE result='pending'", []).unwrap();
    assert_eq!(lines(&browser.open("/me/sign-ins")), 1);
    let theirs = first.html();
    let codes = theirs.split("href=\"/me/sign-ins/").skip(2).map(|rest| rest.split('"').next().unwrap());
    for code in codes.take(3) {
        let token = browser.open("/me").token();
        let path = format!("/me/sign-ins/{code}");
        assert_eq!(browser.open(&path).answer.status, 404);
        assert_eq!(browser.post(&format!("{path}/report"), &[("csrf", &token)]).status, 404);
    }
    assert_eq!(count(&scene, "SELECT count(*) FROM report"), 0);
}

#[test]
fn what_was_refused_on_the_phone_is_in_the_list() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut other = scene.browser();
    approve_by_qr(&mut other, &phone);
    let mut browser = sign_in(&scene, &phone);
    let first = other.open("/");
    other.plant("known", browser.cookie("known").unwrap());
    let keys = other.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    other.submit(&keys, "/sign-in/number", &[]);
    phone.deny(&phone.list().remove(0), "not_me").ok();
    let list = browser.open("/me/sign-ins");
    assert!(list.html().contains("Reported"), "{}", list.html());
    assert_eq!(count(&scene, "SELECT count(*) FROM report"), 1);
}
