//! The operator's pages (W12): there for whoever has the role and signed in for them by phone, and for nobody else.

use crate::scene::{EMAIL, Scene, scan, sign_in_and_remember, start_qr};
use crate::table::{path, rows};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::database;
use countersign_e2e::phone::Phone;
use countersign_protocol::label::sha256;
use countersign_server::pages::table::Kind;

pub const OTHER: &str = "boris@example.eu";

fn role(scene: &Scene, change: &str) {
    assert!(scene.server.operate(&["operator", change, EMAIL]).status.success());
}

/// The address of a form on a page.
pub fn action(page: &Page, path: &str) -> String {
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
