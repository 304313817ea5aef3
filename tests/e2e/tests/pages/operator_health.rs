//! The operator's first page: what is in order, what is not, and what became of wake-ups.

use crate::operator::{action, operator};
use crate::scene::Scene;
use countersign_e2e::browser::Page;
use countersign_e2e::database;
use serde_json::json;

#[test]
fn the_health_page_counts_and_says_that_letters_do_not_leave() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let health = browser.open("/operator").html();
    assert!(health.contains("Letters are kept and never leave"), "{health}");
    assert!(health.contains(">100\u{a0}%<") || health.contains(">100 %<"), "{health}");
    let french = browser.open("/fr/operator");
    assert_eq!(french.title(), "État");
    assert_eq!(json!(french.answer.status), json!(200));
}

#[test]
fn the_health_page_tells_of_the_end_of_the_keys_a_backup_wake_ups_and_a_clock_that_was_set_back() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let health = browser.open("/operator").html();
    assert!(health.contains("Version") && health.contains("ends: "), "{health}");
    assert!(health.contains("None that this server knows of") && health.contains("0 sent, 0 answered"));
    assert!(!health.contains("it was set back"), "{health}");
    let file = scene.server.data().join("copy.db");
    assert!(scene.server.operate(&["backup", file.to_str().unwrap()]).status.success());
    let woken = "INSERT INTO wake (aid, at, answered) SELECT aid, unixepoch(), 1 FROM phone";
    database::change_one(&scene.server, woken, []);
    let old = "INSERT INTO wake (aid, at, answered) SELECT aid, unixepoch() - 3700, 1 FROM phone";
    database::change_one(&scene.server, old, []);
    let health = browser.open("/operator").html();
    assert!(!health.contains("None that this server knows of"), "{health}");
    assert!(health.contains("1 sent, 1 answered"), "{health}");
    let ahead = "UPDATE audit SET record=json_set(record, '$.at', unixepoch() + 60)
        WHERE seq=(SELECT max(seq) FROM audit)";
    database::change_one(&scene.server, ahead, []);
    assert!(browser.open("/operator").html().contains("it was set back"));
}

/// What the health page says of something, if it is in order, or else that it needs a look.
fn line(health: &Page, title: &str) -> (bool, String) {
    let html = health.html();
    let mark = format!("<p class=\"strong\">{title}</p><p class=\"hint\">");
    let (before, after) = html.split_once(&mark).unwrap_or_else(|| panic!("{title}: {html}"));
    let class = before.rsplit("<li class=\"").next().and_then(|rest| rest.split('"').next());
    (class == Some("good"), after.split("</p>").next().unwrap_or_default().to_owned())
}

#[test]
fn what_is_not_in_order_is_marked_so_and_what_is_is_not() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let mut look = |title: &str| line(&browser.open("/operator"), title);
    let change = |sql: &str| database::open(&scene.server).execute(sql, []).expect("SQL");
    let wake =
        |answered: bool| change(&format!("INSERT INTO wake SELECT aid, unixepoch(), {answered} FROM phone"));
    assert!(!look("Way of the letters").0, "they are kept");
    assert!(look("Mail").0);
    change("UPDATE mail SET state='dead' WHERE id=1");
    assert!(!look("Mail").0);
    assert!(!look("Last backup").0, "there is none");
    let file = scene.server.data().join("copy.db");
    assert!(scene.server.operate(&["backup", file.to_str().unwrap()]).status.success());
    assert!(look("Last backup").0);
    let noted = scene.server.data().join("backed-up");
    std::fs::write(noted, (scene.server.lab().now() - 7 * 86_400).to_string()).unwrap();
    assert!(!look("Last backup").0, "it is a week old");
    assert!(look("Wake-ups of phones, last hour").0, "none was sent");
    (0..5).for_each(|_| _ = wake(false));
    assert!(!look("Wake-ups of phones, last hour").0, "none came");
    wake(true);
    assert!(look("Wake-ups of phones, last hour").0);
    assert!(look("Clock of the server").0 && look("Database").0 && look("Key set").0);
    change(
        "UPDATE audit SET record=json_set(record, '$.at', unixepoch() + 60) WHERE seq=(SELECT max(seq) FROM audit)",
    );
    assert!(!look("Clock of the server").0);
}

#[test]
fn the_health_page_tells_what_became_of_wake_ups_on_their_way() {
    let scene = Scene::set();
    let (phone, mut browser) = operator(&scene);
    let (good, text) = line(&browser.open("/operator"), "Push gateways");
    assert!(good && text.starts_with("Since ") && text.ends_with("handed over: 0."), "{text}");
    database::change_one(
        &scene.server,
        "UPDATE phone SET push_url='https://127.0.0.1/secret-of-a-phone'",
        [],
    );
    let first = browser.open("/operator");
    let keys = browser.submit(&first, "/operator/sign-in", &[]);
    let number = action(&keys, "/sign-in/number");
    browser.submit(&keys, &number, &[]);
    // It is sent beside the answer.
    let mut looks = (0..1000).map(|_| line(&browser.open("/operator"), "Push gateways"));
    let (good, text) = looks.find(|(_, text)| text.contains("Last failure")).expect("it was counted");
    assert!(good, "that is this phone's matter alone");
    assert!(
        text.contains("no public address: 1. Last failure, Today at") && !text.contains("secret"),
        "{text}"
    );
    drop(phone);
}
