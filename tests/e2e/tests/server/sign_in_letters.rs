//! Letters about sign-ins at services that ask by the backend interface: about what is unlike the sign-ins before.

use crate::common::world_with_phone;
use countersign_e2e::backend::start_body;
use countersign_e2e::database;
use countersign_e2e::lab::Mail;
use countersign_e2e::phone::Phone;
use countersign_e2e::world::World;
use serde_json::json;

const UNUSUAL: &str = "An unusual sign-in to your account";

/// A completed sign-in of this kind, from there.
fn sign_in(world: &World, phone: &Phone, (kind, agent, place): (&str, &str, Option<&str>)) {
    let mut body = start_body("push", Some(&world.account));
    body["kind"] = json!(kind);
    body["browser"] = json!({"ip": "203.0.113.7", "agent": agent});
    if let Some(place) = place {
        body["browser"]["place"] = json!(place);
    }
    if kind == "sign" {
        body["text"] = json!([{"l": "Pay", "t": "90 EUR"}]);
    }
    let started = world.service.start(&body);
    let request = phone.request(&started.tid);
    phone.approve(&request, started.number()).ok();
    world.service.complete(&started.tid).ok();
    // A repeat is the same sign-in.
    world.service.complete(&started.tid).ok();
}

fn letters(world: &World) -> Vec<Mail> {
    let mut letters = world.lab().mails(&world.account);
    letters.retain(|letter| letter.subject == UNUSUAL);
    letters
}

#[test]
fn another_browser_or_place_is_written_about_once_and_what_is_no_sign_in_is_not() {
    let (world, phone) = world_with_phone();
    let mut count = 0;
    for (from, is_new) in [
        // The first of all is unlike none.
        (("login", "Firefox on Windows", Some("Brussels, BE")), false),
        (("login", "Firefox on Windows", Some("Brussels, BE")), false),
        (("login", "Firefox on Windows", None), false),
        (("login", "Firefox on Windows", Some("Lagos, NG")), true),
        (("login", "Safari on iPhone", Some("Brussels, BE")), true),
        (("login", "Safari on iPhone", Some("Lagos, NG")), false),
        (("sign", "Lynx on Plan 9", Some("Nowhere")), false),
    ] {
        sign_in(&world, &phone, from);
        count += usize::from(is_new);
        assert_eq!(letters(&world).len(), count, "{from:?}");
    }
    let letter = letters(&world).pop().unwrap();
    for said in ["Grants Portal", "Browser: Safari on iPhone", "Place: Brussels, BE", "Sign-in code: "] {
        assert!(letter.text.contains(said), "{said}: {}", letter.text);
    }
}

#[test]
fn after_a_first_sign_in_that_was_reported_the_next_is_written_about() {
    let (world, phone) = world_with_phone();
    let from = ("login", "Firefox on Windows", None);
    sign_in(&world, &phone, from);
    database::open(&world.server).execute("UPDATE history SET result='reported'", []).unwrap();
    sign_in(&world, &phone, from);
    assert_eq!(letters(&world).len(), 1, "nothing is known of the owner");
}
