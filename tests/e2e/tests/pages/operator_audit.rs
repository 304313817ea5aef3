//! The audit log on the operator's pages: looked through, page by page, and taken along as a file.

use crate::arrivals::service;
use crate::operator::{OTHER, audit, enter_from, id_of, operator, say_yes};
use crate::scene::{EMAIL, Scene, sign_in_and_remember};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_protocol::encoding::b64u;
use serde_json::Value;

const LOG: &str = "/operator/audit";
const EXPORT: &str = "/operator/audit/export";

/// The records on a page, each as its name and the line below it.
fn records(page: &Page) -> Vec<String> {
    let html = page.html();
    let lines = html.split("<p class=\"strong\" dir=\"ltr\">").skip(1);
    lines.map(|line| line.split("</li>").next().unwrap_or_default().to_owned()).collect()
}

/// Somebody else's account, which an operator stopped, and a service that the command line added.
fn busy(scene: &Scene, browser: &mut Browser) -> String {
    assert!(scene.server.operate(&["account", "add", OTHER]).status.success());
    service(scene, "Grants Portal", &[]);
    let other = id_of(scene, OTHER);
    let path = format!("/operator/accounts/{other}");
    let page = browser.open(&path);
    say_yes(browser, &page, &path, &[("act", "lock"), ("reason", "=HYPERLINK(\"http://evil\")")]);
    other
}

/// Many records, one each ten minutes, the last one a minute ago.
fn fill(scene: &Scene, count: u32) {
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO audit (record, chain)
        SELECT json_object('at', ?2 - 600 * (?1 - i), 'what', 'filled', 'about', json_object('n', i)), zeroblob(32) FROM n";
    let last = i64::try_from(scene.server.lab().now() - 60).unwrap();
    let added = database::open(&scene.server).execute(many, [i64::from(count), last]).unwrap();
    assert_eq!(added, count as usize);
}

#[test]
fn records_are_found_by_name_account_service_who_did_it_and_day() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let other = busy(&scene, &mut browser);
    let own = id_of(&scene, EMAIL);
    let mut find = |query: &str| records(&browser.open(&format!("{LOG}?{query}")));
    let all = find("").len();
    for (query, expected) in [
        ("kind=account_locked", 1),
        ("kind=account_", 3),
        ("kind=ccount_locked", 0),
        ("account=BORIS%40example.eu", 2),
        (&format!("account={other}"), 2),
        (&format!("account={other}&kind=account_lock"), 1),
        ("service=grants-portal", 1),
        ("service=grants", 0),
        (&format!("by={own}&kind=account_"), 1),
        ("by=anna%40example.eu&kind=account_", 1),
        ("by=operator&kind=account_", 2),
        ("account=u-nobody", 0),
        ("from=2020-01-01&to=2099-12-31", all),
        ("from=2099-12-31", 0),
        ("to=2020-01-01", 0),
        ("kind=+account_locked+", 1),
        ("kind=account_locked&kind=x", all),
    ] {
        let found = find(query);
        assert_eq!(found.len(), expected, "{query}: {found:?}");
    }
    assert!(find("kind=account_locked")[0].contains("=HYPERLINK("));
}

#[test]
fn a_day_is_whole_in_utc_and_what_is_no_day_or_nobody_is_said_so() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let at = |at: i64| {
        let add = "INSERT INTO audit (record, chain) VALUES (json_object('at', ?1, 'what', 'dated', 'about', json('{}')), zeroblob(32))";
        database::change_one(&scene.server, add, [at]);
    };
    // 2026-03-01 begins, it ends, the next day begins.
    [1_772_323_200, 1_772_409_599, 1_772_409_600].into_iter().for_each(at);
    let mut find = |query: &str| records(&browser.open(&format!("{LOG}?kind=dated&{query}"))).len();
    for (query, expected) in [
        ("from=2026-03-01&to=2026-03-01", 2),
        ("from=2026-03-02&to=2026-03-02", 1),
        ("to=2026-02-28", 0),
        ("from=2026-03-01", 3),
    ] {
        assert_eq!(find(query), expected, "{query}");
    }
    for (query, said, field) in [
        ("from=2026-02-30", "Type a day", "from"),
        ("to=1.3.2026", "Type a day", "to"),
        ("from=2026-03-01T00:00", "Type a day", "from"),
        ("account=nobody%40example.eu", "No account has this address", "account"),
        ("by=nobody%40example.eu", "No account has this address", "by"),
        ("kind=a%E2%80%AEb", "Type visible characters", "kind"),
        (&format!("service={}", "x".repeat(201)), "Type visible characters", "service"),
    ] {
        let page = browser.open(&format!("{LOG}?{query}"));
        assert!(page.html().contains(said) && records(&page).is_empty(), "{query}: {}", page.html());
        let tag = page.between(&format!("<input class=\"in\" id=\"{field}\""), ">").unwrap();
        assert!(tag.contains("aria-invalid"), "{query}: {tag}");
    }
}

#[test]
fn older_records_follow_page_by_page_and_what_is_looked_for_goes_along() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    fill(&scene, 250);
    let link = |page: &Page, words: &str| {
        let html = page.html();
        let before = html.split(words).next().filter(|before| before.len() < html.len())?;
        let href = before.rsplit("href=\"").next()?.split('"').next()?;
        Some(href.replace("&#38;", "&"))
    };
    let mut page = browser.open(&format!("{LOG}?kind=fill"));
    let mut seen = records(&page);
    assert!(seen.len() == 100 && link(&page, ">Newest records<").is_none());
    while let Some(older) = link(&page, ">Older records<") {
        assert!(older.contains("kind=fill"), "{older}");
        page = browser.open(&older);
        assert_eq!(link(&page, ">Newest records<").as_deref(), Some("/operator/audit?kind=fill"));
        seen.extend(records(&page));
    }
    assert_eq!(seen.len(), 250);
    seen.dedup();
    assert_eq!(seen.len(), 250, "each once");
    assert_eq!(records(&browser.open(LOG)).len(), 100);
    let evil = browser.open(&format!("{LOG}?service=%22%3E%3Cscript%3E&before=9"));
    assert!(!evil.html().contains("\"><script>"), "{}", evil.html());
}

/// What an export holds.
fn export(browser: &mut Browser, page: &Page, fields: &[(&str, &str)]) -> Vec<Value> {
    let done = browser.submit(page, EXPORT, fields);
    let header = |name| done.answer.header(name).unwrap_or_default().to_owned();
    assert_eq!(header("content-type"), "application/jsonl; charset=utf-8", "{}", done.html());
    let name = header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"audit-20") && name.ends_with(".jsonl\""), "{name}");
    assert!(header("cache-control").contains("no-store") && header("x-content-type-options") == "nosniff");
    let text = done.html();
    assert!(text.is_empty() || text.ends_with("}\n"), "{text}");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
}

#[test]
fn what_is_looked_for_is_downloaded_whole_each_record_as_it_is_chained() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    let other = busy(&scene, &mut browser);
    fill(&scene, 2345);
    let page = browser.open(LOG);
    let lines = export(&mut browser, &page, &[]);
    let mut connection = database::open(&scene.server);
    let transaction = connection.transaction().unwrap();
    let mut query = transaction.prepare("SELECT seq, record, chain FROM audit ORDER BY seq").unwrap();
    let stored = query.query_map([], |row| {
        let (seq, record, chain): (i64, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(format!("{{\"seq\":{seq},\"chain\":\"{}\",\"record\":{record}}}", b64u(&chain)))
    });
    let stored: Vec<String> = stored.unwrap().map(Result::unwrap).collect();
    assert!(stored.len() > 2345 && lines.len() == stored.len());
    assert!(lines.iter().zip(&stored).all(|(line, stored)| *stored == format!("{line}")));
    assert_eq!(lines.last().unwrap()["record"]["what"], "audit_exported", "the download too");
    let some = export(&mut browser, &page, &[("kind", "account_"), ("account", OTHER)]);
    let names: Vec<&str> = some.iter().filter_map(|line| line["record"]["what"].as_str()).collect();
    assert_eq!(names, ["account_made", "account_locked"]);
    assert_eq!(some[1]["record"]["about"]["reason"], "=HYPERLINK(\"http://evil\")");
    let said = audit(&scene, "audit_exported");
    assert_eq!(said.len(), 2);
    assert!(said[1].contains(&other) && said[1].contains(&id_of(&scene, EMAIL)) && !said[1].contains(OTHER));
    assert_eq!(export(&mut browser, &page, &[("kind", "nothing")]).len(), 0);
}

#[test]
fn a_download_takes_a_late_sign_in_for_these_pages() {
    let scene = Scene::set();
    let (phone, mut browser) = operator(&scene);
    let page = browser.open(LOG);
    let mut plain = scene.browser();
    let mine = sign_in_and_remember(&mut plain, &phone);
    assert_eq!(plain.submit(&mine, EXPORT, &[]).title(), "Sign in as the operator");
    let wrong = browser.submit(&page, EXPORT, &[("from", "yesterday")]);
    assert!(wrong.title() == "Audit log" && wrong.html().contains("Type a day"), "{}", wrong.html());
    scene.server.lab().advance(601);
    let late = browser.submit(&page, EXPORT, &[]);
    assert!(late.html().contains("To download records, sign in again"), "{}", late.html());
    assert_eq!(audit(&scene, "audit_exported").len(), 0);
    enter_from(&mut browser, &phone, &late);
    let page = browser.open(LOG);
    export(&mut browser, &page, &[]);
    assert_eq!(audit(&scene, "audit_exported").len(), 1);
}

#[test]
fn a_record_that_somebody_spoilt_hides_no_other() {
    let scene = Scene::set();
    let (_phone, mut browser) = operator(&scene);
    busy(&scene, &mut browser);
    let spoil = "UPDATE audit SET record='{\"at\":1,' || char(10) || '\"what\"' WHERE seq=1";
    database::change_one(&scene.server, spoil, []);
    assert_eq!(records(&browser.open(&format!("{LOG}?kind=account_locked&from=2020-01-01"))).len(), 1);
    let page = browser.open(LOG);
    let lines = export(&mut browser, &page, &[]);
    assert_eq!(lines[0]["record"], "{\"at\":1,\n\"what\"");
    let broken = browser.submit(&page, LOG, &[]);
    assert!(broken.html().contains("The chain is broken"), "{}", broken.html());
}
