//! Services that send people to the pages, and how a browser comes back from there.

use crate::scene::{Scene, scan};
use countersign_e2e::backend::Backend;
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::phone::Phone;
use serde_json::{Value, json};

/// Where the service is, and where people go back to.
pub const ORIGIN: &str = "https://grants.example.eu";
pub const BACK: &str = "https://grants.example.eu/back";

pub fn service(scene: &Scene, name: &str, more: &[&str]) -> Backend {
    let arguments = [&["service", "add", name, "--origin", ORIGIN, "--return", BACK][..], more].concat();
    let output = scene.server.operate(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    Backend::new(scene.server.http(), text("id"), &text("secret"))
}

pub fn visit(id: &str, more: &str) -> String {
    format!("/visit/{id}?return=https%3A%2F%2Fgrants.example.eu%2Fback{more}")
}

/// The address of a form on a page.
pub fn action(page: &Page, path: &str) -> String {
    let from = page.between(&format!("action=\"{path}"), "\"").expect(path);
    format!("{path}{from}").replace("&#38;", "&")
}

/// Signs in by QR from the page that a service led to, and gives where the browser is sent in the end.
pub fn sign_in(browser: &mut Browser, page: &Page, phone: &Phone) -> String {
    let qr = action(page, "/sign-in/qr");
    browser.submit(page, &qr, &[]);
    let (request, scan) = scan(browser, phone);
    phone.approve_scanned(&request, &scan).ok();
    let asked = browser.open("/sign-in/wait");
    assert_eq!(asked.title(), "Sign in as a***@example.eu?");
    let to = asked.answer.header("content-security-policy").unwrap().to_owned();
    assert!(to.contains(&format!("form-action 'self' {ORIGIN};")), "{to}");
    let answer = browser.post("/sign-in/confirm", &[("csrf", &asked.token())]);
    answer.header("location").unwrap_or_default().to_owned()
}

pub fn ticket(to: &str) -> String {
    let query = to.strip_prefix(&format!("{BACK}?ticket=")).unwrap_or_else(|| panic!("{to}"));
    query.split('&').next().unwrap().to_owned()
}

pub fn exchange(service: &Backend, ticket: &str) -> countersign_e2e::http::Answer {
    service.post("/visits", &json!({"ticket": ticket}))
}
