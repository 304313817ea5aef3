//! What operators change: accounts, phones and letters, each for a reason, after a late sign-in, once, and never their own.

use crate::operator::{OTHER, audit, enter_from, id_of, operator, say_yes};
use crate::scene::{EMAIL, Scene};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;

/// Another account, and a letter to it that was given up.
fn dead_letter(scene: &Scene) -> String {
    assert!(scene.server.operate(&["account", "add", OTHER]).status.success());
    let other = id_of(scene, OTHER);
    let dead = "UPDATE mail SET state='dead', tries=12, account=?1, recipient='boris@example.eu' WHERE id=1";
    database::change_one(&scene.server, dead, [&other]);
    other
}

#[test]
fn letters_that_have_not_left_are_sent_again_or_dropped_and_never_shown() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let other = dead_letter(&scene);
    let page = browser.open("/operator/mail");
    assert!(page.html().contains("Given up") && page.html().contains("phone_added"), "{}", page.html());
    assert!(!page.html().contains("/undo/"), "what they say is nobody's business here");
    let path = "/operator/mail";
    let send = [("id", "1"), ("act", "send"), ("reason", "their server is back")];
    let page = say_yes(&mut browser, &page, path, &send);
    assert!(!page.html().contains("Given up") && page.html().contains(">Waiting<"), "{}", page.html());
    let drop = [("id", "1"), ("act", "drop"), ("reason", "the address is no more")];
    let page = say_yes(&mut browser, &page, path, &drop);
    assert!(page.html().contains("every letter has left"), "{}", page.html());
    for (what, why) in [("letter_sent_again", "server is back"), ("letter_dropped", "is no more")] {
        let said = audit(&scene, what);
        assert_eq!(said.len(), 1, "{what}");
        for part in [why, "phone_added", &other, &id_of(&scene, EMAIL)] {
            assert!(said[0].contains(part), "{part}: {said:?}");
        }
    }
}

#[test]
fn a_letter_is_changed_for_a_reason_after_a_late_sign_in_once_and_never_ones_own() {
    let scene = Scene::set();
    let (phone, mut browser) = operator(&scene);
    let path = "/operator/mail";
    let mails = |scene: &Scene| database::rows(&scene.server, |table| table == "mail");
    let own = mails(&scene);
    let page = browser.open(path);
    assert!(page.html().contains("about your own account") && !page.html().contains("value=\"drop\""));
    for act in ["send", "drop"] {
        let fields = [("id", "1"), ("act", act), ("reason", "quietly"), ("sure", "1")];
        for fields in [&fields[..2], &fields[..]] {
            assert_eq!(browser.submit(&page, path, fields).title(), "Mail", "it is not even asked about");
        }
    }
    assert_eq!(mails(&scene), own);
    dead_letter(&scene);
    let before = mails(&scene);
    let page = browser.open(path);
    let drop = [("id", "1"), ("act", "drop")];
    let asked = browser.submit(&page, path, &drop);
    assert_eq!(asked.title(), "Drop this letter?");
    let mark = asked.between("name=\"mark\" value=\"", "\"").unwrap();
    let yes = |reason| [&drop[..], &[("reason", reason), ("mark", mark.as_str()), ("sure", "1")]].concat();
    let silent = browser.submit(&asked, path, &yes("  "));
    assert!(silent.title() == "Drop this letter?" && silent.html().contains("Give a reason"));
    let unknown = [("id", "1"), ("act", "burn"), ("reason", "why not"), ("sure", "1")];
    assert!(browser.submit(&page, path, &unknown).html().contains("not possible any more"));
    scene.server.lab().advance(601);
    let late = browser.submit(&asked, path, &yes("gone"));
    assert!(late.html().contains("older than ten minutes"), "{}", late.html());
    assert_eq!(mails(&scene), before);
    enter_from(&mut browser, &phone, &late);
    let page = browser.open(path);
    browser.submit(&page, path, &yes("gone"));
    assert_eq!(audit(&scene, "letter_dropped").len(), 1);
    let twice = browser.submit(&page, path, &yes("gone"));
    assert!(twice.html().contains("not possible any more"), "{}", twice.html());
    assert_eq!(audit(&scene, "letter_dropped").len(), 1);
}

#[test]
fn a_change_needs_a_reason_a_late_sign_in_and_somebody_elses_account() {
    let scene = Scene::set();
    assert!(scene.server.operate(&["account", "add", OTHER]).status.success());
    let (phone, mut browser) = operator(&scene);
    let (other, own) = (id_of(&scene, OTHER), id_of(&scene, EMAIL));
    let state = |scene: &Scene| -> String {
        let find = "SELECT group_concat(state) FROM account";
        database::open(&scene.server).query_row(find, [], |row| row.get(0)).unwrap()
    };
    let address = |id: &str| format!("/operator/accounts/{id}");
    let path = address(&other);
    let page = browser.open(&path);
    let lock = |reason| [("act", "lock"), ("reason", reason)];
    let asked = browser.submit(&page, &path, &lock("asked for it"));
    let mark = asked.between("name=\"mark\" value=\"", "\"").unwrap();
    let yes = |reason| [&lock(reason)[..], &[("mark", mark.as_str()), ("sure", "1")]].concat();
    let long = "x".repeat(201);
    for reason in ["", "   ", &long, "a\u{202e}b"] {
        for fields in [lock(reason).to_vec(), yes(reason)] {
            assert!(browser.submit(&page, &path, &fields).html().contains("Give a reason"), "{reason}");
        }
    }
    for fields in [lock("why not").to_vec(), yes("why not")] {
        let mine = browser.submit(&page, &address(&own), &fields);
        assert!(mine.html().contains("your own account") && !mine.html().contains("name=\"mark\""));
    }
    scene.server.lab().advance(601);
    let late = browser.submit(&page, &path, &yes("too late"));
    assert!(late.html().contains("older than ten minutes"), "{}", late.html());
    assert_eq!(state(&scene), "active,active");
    enter_from(&mut browser, &phone, &late);
    let page = browser.open(&path);
    let done = browser.submit(&page, &path, &yes("asked for it by telephone"));
    assert!(done.html().contains(">Stopped<"), "{}", done.html());
    let said = audit(&scene, "account_locked");
    assert!(
        said.len() == 1 && said[0].contains("asked for it by telephone") && said[0].contains(&own),
        "{said:?}"
    );
    let back = say_yes(&mut browser, &page, &path, &[("act", "unlock"), ("reason", "they called")]);
    assert!(back.html().contains(">In order<"), "{}", back.html());
    let none = [("act", "remove"), ("phone", "AAAAAAAAAAA"), ("reason", "lost")];
    assert!(browser.submit(&page, &path, &none).html().contains("not possible any more"));
}

#[test]
fn a_yes_means_what_was_asked_about_and_nothing_that_became_of_it() {
    let scene = Scene::set();
    assert!(scene.server.operate(&["account", "add", OTHER]).status.success());
    let (_phone, mut browser) = operator(&scene);
    let other = id_of(&scene, OTHER);
    let path = format!("/operator/accounts/{other}");
    let page = browser.open(&path);
    let ask = |browser: &mut Browser, act: &str| {
        let asked = browser.submit(&page, &path, &[("act", act), ("reason", "they called")]);
        let mark = asked.between("name=\"mark\" value=\"", "\"").unwrap_or_default();
        (asked, [("act", act.to_owned()), ("reason", "they called".to_owned()), ("mark", mark)])
    };
    let say = |browser: &mut Browser, (asked, fields): &(Page, [(&str, String); 3])| {
        let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
        browser.submit(asked, &path, &fields.chain([("sure", "1")]).collect::<Vec<_>>())
    };
    let lock = ask(&mut browser, "lock");
    assert_eq!(lock.0.title(), "Stop this account?");
    assert!(lock.0.html().contains("they called") && audit(&scene, "account_locked").is_empty());
    assert!(ask(&mut browser, "unlock").0.html().contains("not possible any more"), "it is not stopped");
    assert!(say(&mut browser, &lock).html().contains(">Stopped<"));
    assert!(say(&mut browser, &lock).html().contains("not possible any more"));
    assert!(ask(&mut browser, "lock").0.html().contains("not possible any more"), "it is stopped");
    let unlock = ask(&mut browser, "unlock");
    assert_eq!(unlock.0.title(), "Let this account go on?");
    assert!(say(&mut browser, &unlock).html().contains(">In order<"));
    // Somebody else stops it again, for a reason of their own: the form of before does not undo that.
    assert!(scene.server.operate(&["account", "lock", OTHER]).status.success());
    assert!(say(&mut browser, &unlock).html().contains("not possible any more"));
    let crossed = [("act", "unlock"), ("reason", "they called"), ("mark", &lock.1[2].1), ("sure", "1")];
    assert!(browser.submit(&page, &path, &crossed).html().contains("not possible any more"));
    assert_eq!(audit(&scene, "account_active").len(), 1);
    assert_eq!(audit(&scene, "account_locked").len(), 2);
}

#[test]
fn phones_that_a_restore_without_a_log_locked_go_on() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    assert!(scene.server.operate(&["account", "add", OTHER]).status.success());
    let other = id_of(&scene, OTHER);
    let path = format!("/operator/accounts/{other}");
    for (why, offered) in [("attempts", false), ("operator", true)] {
        // The operator's sign-in asks only that its phone was not removed.
        let lock = "UPDATE phone SET state='locked', why=?2, account=?1";
        database::change_one(&scene.server, lock, [&other, why]);
        assert_eq!(browser.open(&path).html().contains("value=\"unlock\""), offered, "{why}");
    }
    let page = browser.open(&path);
    say_yes(&mut browser, &page, &path, &[("act", "unlock"), ("reason", "it is theirs")]);
    assert_eq!(audit(&scene, "account_active").len(), 1);
    let state = "SELECT state FROM phone";
    let state = database::open(&scene.server).query_row(state, [], |row| row.get::<_, String>(0));
    assert_eq!(state.as_deref(), Ok("active"));
}

#[test]
fn an_operator_removes_somebodys_phone() {
    let scene = Scene::set();
    let (phone, mut browser) = operator(&scene);
    assert!(scene.server.operate(&["account", "add", OTHER]).status.success());
    let other = id_of(&scene, OTHER);
    database::change_one(&scene.server, "UPDATE phone SET account=?1", [&other]);
    // The operator's own sign-in hangs on that phone no longer than it has to for this test.
    let path = format!("/operator/accounts/{other}");
    let page = browser.open(&path);
    let target = page
        .between("<option value=\"", "\">Pixel")
        .map(|text| text.rsplit('"').next().unwrap_or_default().to_owned());
    let fields = [("act", "remove"), ("phone", target.as_deref().expect("a phone")), ("reason", "lost")];
    let asked = browser.submit(&page, &path, &fields);
    assert_eq!(asked.title(), "Remove this phone?", "{}", asked.html());
    assert_eq!(audit(&scene, "phone_revoked").len(), 0);
    say_yes(&mut browser, &page, &path, &fields);
    assert_eq!(audit(&scene, "phone_revoked").len(), 1);
    assert!(audit(&scene, "phone_removal_explained")[0].contains("lost"));
    drop(phone);
}
