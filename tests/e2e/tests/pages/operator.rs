//! The operator's pages (W12): there for whoever has the role and signed in for them by phone, and for nobody else.

use crate::scene::{EMAIL, Scene, scan, sign_in_and_remember, start_qr};
use crate::table::{path, rows};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::phone::Phone;
use countersign_protocol::label::sha256;
use countersign_server::pages::table::Kind;
use serde_json::json;

pub const OTHER: &str = "boris@example.eu";

fn role(scene: &Scene, change: &str) {
    assert!(scene.server.operate(&["operator", change, EMAIL]).status.success());
}

/// The address of a form on a page.
fn action(page: &Page, path: &str) -> String {
    let from = page.between(&format!("action=\"{path}"), "\"").expect(path);
    format!("{path}{from}").replace("&#38;", "&")
}

/// Signs in for the operator's pages in a browser that is signed in by phone.
fn enter(browser: &mut Browser, phone: &Phone) -> Page {
    let page = browser.open("/operator");
    assert_eq!(page.title(), "Sign in as the operator", "{}", page.html());
    enter_from(browser, phone, &page)
}

/// The same from any page that asks for it.
pub fn enter_from(browser: &mut Browser, phone: &Phone, page: &Page) -> Page {
    let keys = browser.submit(page, "/operator/sign-in", &[]);
    let qr = action(&keys, "/sign-in/qr");
    browser.submit(&keys, &qr, &[]);
    let (request, scan) = scan(browser, phone);
    assert_eq!(request.content.client.name, "Example ID Operator");
    phone.approve_scanned(&request, &scan).ok();
    browser.open("/sign-in/wait")
}

/// Somebody with the role who is in.
pub fn operator(scene: &Scene) -> (Phone, Browser) {
    let phone = scene.pair();
    role(scene, "add");
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    let health = enter(&mut browser, &phone);
    assert_eq!((health.path.as_str(), health.title().as_str()), ("/operator", "Health"), "{}", health.html());
    (phone, browser)
}

pub fn id_of(scene: &Scene, email: &str) -> String {
    let find = "SELECT id FROM account WHERE email=?1";
    database::open(&scene.server).query_row(find, [email], |row| row.get(0)).unwrap()
}

/// Asks for a change, and says yes to the question.
pub fn say_yes(browser: &mut Browser, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let asked = browser.submit(page, path, fields);
    let mark = asked.between("name=\"mark\" value=\"", "\"").unwrap_or_else(|| panic!("{}", asked.html()));
    browser.submit(&asked, path, &[fields, &[("mark", mark.as_str()), ("sure", "1")]].concat())
}

pub fn audit(scene: &Scene, what: &str) -> Vec<String> {
    let rows = database::rows(&scene.server, |table| table == "audit").remove("audit").unwrap();
    rows.into_iter().filter(|row| row.contains(what)).collect()
}

#[test]
fn for_everybody_else_there_is_nothing_here() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut signed_in = scene.browser();
    sign_in_and_remember(&mut signed_in, &phone);
    let before = database::rows(&scene.server, |table| table != "browser");
    for row in rows(Kind::Page).into_iter().chain(rows(Kind::Form)) {
        if !row.path.starts_with("/operator") {
            continue;
        }
        for browser in [&mut scene.browser(), &mut signed_in] {
            let address = path(&row);
            let answer = if row.kind == Kind::Form {
                let token = browser.open("/report").token();
                let mut fields = row.fields.clone();
                fields.push(("csrf", token.as_str()));
                browser.post(&address, &fields)
            } else {
                browser.get(&address)
            };
            assert_eq!(answer.status, 404, "{address}: {}", answer.text());
        }
    }
    assert_eq!(database::rows(&scene.server, |table| table != "browser"), before);
}

#[test]
fn the_role_alone_opens_nothing_and_a_sign_in_for_something_else_neither() {
    let scene = Scene::set();
    let phone = scene.pair();
    role(&scene, "add");
    assert_eq!(scene.browser().get("/operator").status, 404, "nobody is signed in");
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    for path in ["/operator/mail", "/operator/accounts", "/operator/audit", "/operator/enter?ticket=AAAA"] {
        assert_eq!(browser.open(path).title(), "Sign in as the operator", "{path}");
    }
    let page = browser.open("/operator");
    browser.submit(&page, "/operator/sign-in", &[]);
    start_qr(&mut browser);
    let (request, scan) = scan(&mut browser, &phone);
    assert_eq!(request.content.client.name, "Example ID");
    phone.approve_scanned(&request, &scan).ok();
    browser.open("/sign-in/wait");
    assert_eq!(
        browser.open("/operator").title(),
        "Sign in as the operator",
        "it was for the account's pages"
    );
    // Even a ticket would not do: the sign-in behind this session was for something else.
    let forged = "INSERT INTO ticket_out (hash, service, session, exp)
        SELECT ?1, 'portal.operator', id, exp FROM session WHERE ended IS NULL AND acr='aal2'";
    database::change_one(&scene.server, forged, [&sha256(b"forged")[..]]);
    assert_eq!(browser.open("/operator/enter?ticket=forged").title(), "Sign in as the operator");
    assert_eq!(enter(&mut browser, &phone).title(), "Health");
    assert_eq!(audit(&scene, "operator_signed_in").len(), 1);
}

#[test]
fn it_ends_soon_with_the_role_with_the_other_session_and_when_one_leaves() {
    let scene = Scene::set();
    let (phone, mut browser) = operator(&scene);
    let mut thief = scene.browser();
    thief.plant("operator", browser.cookie("operator").unwrap());
    assert_eq!(thief.get("/operator").status, 404, "its cookie alone is worth nothing");
    assert!(scene.server.operate(&["account", "add", OTHER]).status.success());
    assert!(scene.server.operate(&["operator", "add", OTHER]).status.success());
    scene.server.lab().set_password(&id_of(&scene, OTHER), "correct horse battery");
    let first = thief.open("/");
    let keys = thief.submit(&first, "/sign-in", &[("identifier", OTHER)]);
    let page = thief.submit(&keys, "/sign-in/password", &[]);
    thief.submit(&page, "/sign-in/password", &[("password", "correct horse battery")]);
    assert_eq!(
        thief.open("/operator").title(),
        "Sign in as the operator",
        "nor with another operator's session"
    );
    scene.server.lab().advance(800);
    assert_eq!(browser.open("/operator").title(), "Health", "it is in use");
    scene.server.lab().advance(901);
    assert_eq!(browser.open("/operator").title(), "Sign in as the operator");
    let page = enter(&mut browser, &phone);
    let left = browser.submit(&page, "/operator/leave", &[]);
    assert!(left.path == "/me" && left.html().contains(EMAIL), "{}", left.html());
    assert_eq!(browser.open("/operator").title(), "Sign in as the operator");
    enter(&mut browser, &phone);
    role(&scene, "remove");
    assert_eq!(browser.get("/operator").status, 404);
    role(&scene, "add");
    assert_eq!(browser.open("/operator").title(), "Sign in as the operator", "what was open has ended");
    let page = enter(&mut browser, &phone);
    browser.submit(&page, "/sign-out", &[]);
    assert_eq!(browser.get("/operator").status, 404);
    assert_eq!((audit(&scene, "operator_added").len(), audit(&scene, "operator_removed").len()), (3, 1));
    assert_eq!(audit(&scene, "operator_left").len(), 1);
}

#[test]
fn what_was_open_is_not_found_by_whoever_signs_in_anew_by_less() {
    let scene = Scene::set();
    let (phone, mut browser) = operator(&scene);
    let open = "SELECT count(*) FROM session WHERE key='operator' AND ended IS NULL";
    let open = |scene: &Scene| database::open(&scene.server).query_row(open, [], |row| row.get::<_, u32>(0));
    assert_eq!(open(&scene), Ok(1));
    let page = browser.open("/me");
    browser.submit(&page, "/sign-out", &[]);
    assert_eq!(open(&scene), Ok(0), "a sign-out ends it too");
    sign_in_and_remember(&mut browser, &phone);
    enter(&mut browser, &phone);
    // Ended from elsewhere, and nothing of it hangs on the phone's approval.
    let end = "UPDATE session SET ended=began, cookie_hash=NULL WHERE key='qr' AND ended IS NULL";
    database::change_one(&scene.server, end, []);
    assert_eq!(open(&scene), Ok(1));
    database::change_one(&scene.server, "UPDATE account SET two_factors=0", []);
    scene.server.lab().set_password(&id_of(&scene, EMAIL), "correct horse battery");
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let page = browser.submit(&keys, "/sign-in/password", &[]);
    browser.submit(&page, "/sign-in/password", &[("password", "correct horse battery")]);
    assert!(browser.open("/me").html().contains(EMAIL));
    assert_eq!(browser.open("/operator").title(), "Sign in as the operator");
}

#[test]
fn whoever_leaves_after_it_has_ended_comes_to_their_account() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let page = browser.open("/operator");
    scene.server.lab().advance(901);
    assert_eq!(browser.submit(&page, "/operator/leave", &[]).path, "/me");
    assert_eq!(audit(&scene, "operator_left").len(), 0);
}

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
    database::open(&scene.server).execute("DELETE FROM mail WHERE id > 1", []).unwrap();
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
        assert_eq!(browser.submit(&page, path, &fields).title(), "Mail");
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
fn accounts_are_found_by_parts_and_signs_of_patterns_are_letters() {
    let scene = Scene::set();
    assert!(scene.server.operate(&["account", "add", OTHER, "--name", "Boris Vogelsang"]).status.success());
    let (_phone, mut browser) = operator(&scene);
    let code = "SELECT lower(hex(tid)) FROM history LIMIT 1";
    assert!(database::open(&scene.server).query_row(code, [], |row| row.get::<_, String>(0)).is_ok());
    let me = browser.open("/me");
    let code = me.between("class=\"tag\" dir=\"ltr\">", "<").expect("the code of the sign-in");
    let page = browser.open("/operator/accounts");
    let find = |browser: &mut Browser, wanted: &str| {
        browser.submit(&page, "/operator/accounts", &[("wanted", wanted)]).html()
    };
    let cell = |email: &str| format!("<bdi>{email}</bdi></a>");
    for (wanted, found) in
        [("vogel", OTHER), ("BORIS@", OTHER), (&code, EMAIL), (&code.to_lowercase(), EMAIL)]
    {
        let html = find(&mut browser, wanted);
        assert!(html.contains(&cell(found)), "{wanted}: {html}");
        assert!(found == EMAIL || !html.contains(&cell(EMAIL)), "{wanted}");
    }
    for wanted in ["%%%", "___", "a%e", "nobody at all"] {
        assert!(find(&mut browser, wanted).contains("No account has this"), "{wanted}");
    }
    for wanted in ["", "an", "  a "] {
        assert!(find(&mut browser, wanted).contains("Type three letters at least"), "{wanted}");
    }
    assert_eq!(audit(&scene, "accounts_searched").len(), 8);
    assert!(audit(&scene, "accounts_searched").iter().all(|row| !row.contains("vogel")));
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

#[test]
fn the_log_is_shown_and_its_chain_walked() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let page = browser.open("/operator/audit");
    assert!(page.html().contains("operator_signed_in") && page.html().contains("phone_added"));
    let whole = browser.submit(&page, "/operator/audit", &[]);
    assert!(whole.html().contains("The chain is whole"), "{}", whole.html());
    let change = "UPDATE audit SET record=replace(record, 'phone_added', 'phone_adder') WHERE record LIKE '%phone_added%'";
    database::change_one(&scene.server, change, []);
    let broken = browser.submit(&page, "/operator/audit", &[]);
    assert!(broken.html().contains("The chain is broken"), "{}", broken.html());
}

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

#[test]
fn my_account_leads_operators_to_their_pages_and_nobody_else() {
    let scene = Scene::set();
    let phone = scene.pair();
    let mut browser = scene.browser();
    sign_in_and_remember(&mut browser, &phone);
    assert!(!browser.open("/me").html().contains("/operator"));
    role(&scene, "add");
    assert!(browser.open("/me").html().contains("href=\"/operator\""));
    role(&scene, "remove");
    assert!(!browser.open("/me").html().contains("/operator"));
}
