//! The link in the letters about a phone: whoever has the mailbox can remove the phone, and do nothing else.

use crate::scene::{EMAIL, Scene};
use serde_json::{Value, json};

fn path(scene: &Scene) -> String {
    let shown: Value =
        serde_json::from_slice(&scene.server.operate(&["account", "show", EMAIL]).stdout).unwrap();
    let mails = scene.server.lab().mails(shown["account"].as_str().unwrap());
    let mail = mails.iter().find(|mail| mail.subject == "A new phone was added").unwrap();
    assert!(mail.text.contains(&mail.links[0]), "{}", mail.text);
    mail.links[0].strip_prefix(scene.server.base()).unwrap().to_owned()
}

#[test]
fn the_letter_about_a_new_phone_removes_it() {
    let scene = Scene::set();
    let phone = scene.pair();
    let path = path(&scene);
    let mut mailbox = scene.browser();
    let asked = mailbox.open(&path);
    assert_eq!(asked.title(), "Remove this phone?");
    phone.op("list_devices", &json!({})).ok();
    let done = mailbox.submit(&asked, &path, &[]);
    assert_eq!(done.title(), "Phone removed", "{}", done.html());
    phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(mailbox.open("/me").title(), "Sign in", "it signs nobody in");
    let again = mailbox.open(&path);
    assert_eq!(mailbox.submit(&again, &path, &[]).title(), "Phone removed");
}

#[test]
fn a_link_that_is_old_changed_or_for_something_else_removes_nothing() {
    let scene = Scene::set();
    let phone = scene.pair();
    let path = path(&scene);
    let token = path.strip_prefix("/undo/").unwrap();
    // A fixed letter would be the token's own in one run of 64.
    let other = if token.starts_with('A') { 'B' } else { 'A' };
    let changed = format!("{other}{}", &token[1..]);
    let mut mailbox = scene.browser();
    for wrong in [format!("/undo/{changed}"), format!("/report/{token}"), "/undo/AAAA".to_owned()] {
        assert_eq!(mailbox.get(&wrong).status, 404, "{wrong}");
    }
    let asked = mailbox.open(&path);
    scene.server.lab().advance(7 * 86_400);
    let token = asked.token();
    assert_eq!(mailbox.post(&path, &[("csrf", &token)]).status, 404);
    phone.op("list_devices", &json!({})).ok();
}
