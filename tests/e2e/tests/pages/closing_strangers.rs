//! Nobody learns from outside that an account is being closed, and nothing gets around it.

use crate::closing::{PASSWORD, close, letters, link, one, signed_in, state};
use crate::new_account::takes_as_much;
use crate::scene::{EMAIL, Scene};

const NOBODY: &str = "nobody@example.eu";

/// What a stranger sees who tries an address in every way; without what differs for each browser.
fn seen(scene: &Scene, email: &str, code: &str) -> Vec<(u16, String)> {
    let mut browser = scene.browser();
    let mut pages = Vec::new();
    let first = browser.open("/");
    let keys = browser.submit(&first, "/sign-in", &[("identifier", email)]);
    let typing = browser.submit(&keys, "/sign-in/password", &[]);
    let refused = browser.submit(&typing, "/sign-in/password", &[("password", PASSWORD)]);
    pages.extend([keys, typing, refused]);
    for (path, fields) in [
        ("/sign-in/number", vec![]),
        ("/password/forgotten", vec![("email", email)]),
        ("/recover/link", vec![("email", email)]),
        ("/recover", vec![("email", email), ("password", PASSWORD), ("code", code)]),
        ("/report", vec![("email", email), ("code", "AAAA-AAAA")]),
    ] {
        let form = if path == "/sign-in/number" { browser.open("/sign-in/keys") } else { browser.open(path) };
        pages.push(browser.submit(&form, path, &fields));
    }
    assert_eq!(browser.open("/me").title(), "Sign in");
    pages.into_iter().map(|page| (page.answer.status, page.common().replace(email, "ADDRESS"))).collect()
}

#[test]
fn strangers_learn_nothing_and_neither_password_nor_letter_nor_recovery_code_gets_around_it() {
    let scene = Scene::set();
    let phone = scene.pair();
    let id: String = one(&scene, "SELECT id FROM account");
    scene.server.lab().set_password(&id, PASSWORD);
    let mut owner = signed_in(&scene, &phone);
    let page = owner.open("/me/recovery");
    let shown = owner.submit(&page, "/me/recovery", &[]);
    let code = shown.between("name=\"code\" id=\"code\" value=\"", "\"").expect("a code");
    let forgotten = owner.open("/password/forgotten");
    owner.submit(&forgotten, "/password/forgotten", &[("email", EMAIL)]);
    let mails = scene.server.lab().mails_to(EMAIL);
    let reset = mails.last().unwrap().links[0].strip_prefix(scene.server.base()).unwrap().to_owned();
    assert_eq!(scene.browser().open(&reset).title(), "Choose a password");
    // One whose first factor was right a moment before.
    let mut passed = scene.browser();
    let first = passed.open("/");
    let keys = passed.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let typing = passed.submit(&keys, "/sign-in/password", &[]);
    assert_eq!(passed.submit(&typing, "/sign-in/password", &[("password", PASSWORD)]).path, "/sign-in/keys");
    let known = owner.cookie("known").unwrap().to_owned();
    close(&mut owner);

    assert_ne!(scene.browser().open(&reset).title(), "Choose a password", "a link of before");
    let (closing, unknown) = (seen(&scene, EMAIL, &code), seen(&scene, NOBODY, &code));
    assert_eq!(closing.len(), 8);
    for (closing, unknown) in closing.iter().zip(&unknown) {
        assert_eq!(closing, unknown);
    }
    let mut before = scene.browser();
    before.plant("known", &known);
    let first = before.open("/");
    let keys = before.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    let mut stranger = scene.browser();
    let first = stranger.open("/");
    let theirs = stranger.submit(&first, "/sign-in", &[("identifier", EMAIL)]);
    assert_eq!(keys.common(), theirs.common(), "no browser is known any more");
    assert_eq!(passed.open("/sign-in/keys").common(), theirs.common());
    // Whoever has the mailbox is told, and has the link that is in it anyway.
    let letter = letters(&scene, "No link to another password").pop().expect("a letter");
    assert!(letter.text.contains("being closed by its owner"), "{}", letter.text);
    let own = link(&scene);
    assert!(letter.links.len() == 1 && letter.links[0].ends_with(&own), "{:?}", letter.links);
    assert_eq!(state(&scene), "closing");
    assert_eq!(one::<u32>(&scene, "SELECT count(*) FROM session WHERE ended IS NULL"), 0);
}

#[test]
fn refusing_takes_as_much_as_for_an_address_that_nobody_has() {
    let scene = Scene::set();
    let phone = scene.pair();
    let id: String = one(&scene, "SELECT id FROM account");
    scene.server.lab().set_password(&id, PASSWORD);
    close(&mut signed_in(&scene, &phone));
    takes_as_much(&scene, [EMAIL, NOBODY], |email| {
        seen(&scene, email, "00000-00000-00000-00000-00000");
    });
}
