//! Wake-ups and their budget (3.4.2, 3.4.6, 3.9.3): a push is a hint, and silence is cheap.

use crate::common::world;
use countersign_e2e::backend::start_body;
use countersign_e2e::phone::Phone;
use countersign_e2e::world::World;
use serde_json::json;

/// A phone with a push address, paired with the account.
fn woken_phone(world: &World) -> Phone {
    world.lab().policy(&json!({"push_origins": ["https://push.example.eu"]}));
    world.phone_with(|payload| payload["push"] = json!({"url": "https://push.example.eu/w/1"}))
}

#[test]
fn not_me_cancels_what_else_is_pending_and_quietens_unknown_browsers() {
    let world = world();
    let phone = woken_phone(&world);
    let start = |recognised: bool| {
        let mut body = start_body("push", Some(&world.account));
        body["recognised"] = json!(recognised);
        world.service.start(&body)
    };
    let (one, other) = (start(false), start(false));
    assert_eq!(world.lab().wakes(&phone.aid), 2);
    let mails = world.lab().mails(&world.account).len();
    phone.deny(&phone.request(&one.tid), "not_me").ok();
    let state = world.service.state(&one.tid);
    assert_eq!((&state["state"], &state["reason"]), (&json!("reported"), &json!("not_me")));
    assert_eq!(world.service.state_name(&other.tid), "cancelled");
    assert_eq!(world.lab().mails(&world.account).len(), mails + 1);

    let later = start(false);
    assert_eq!(world.lab().wakes(&phone.aid), 2, "silent");
    assert_eq!(phone.request(&later.tid).tid(), later.tid, "but listed");
    start(true);
    assert_eq!(world.lab().wakes(&phone.aid), 3);
    world.lab().advance(3601);
    start(false);
    assert_eq!(world.lab().wakes(&phone.aid), 4);
}

#[test]
fn n75_unanswered_wake_ups_fall_silent() {
    let world = world();
    let phone = woken_phone(&world);
    world.lab().policy(&json!({"wakes_10min": 3, "wakes_day": 10}));
    let starts: Vec<_> = (0..10).map(|_| world.push()).collect();
    assert_eq!(world.lab().wakes(&phone.aid), 3);
    let request = phone.request(&starts[9].tid);
    phone.approve(&request, starts[9].number()).ok();
    world.push();
    assert_eq!(world.lab().wakes(&phone.aid), 4, "a success gives the budget back");
}

#[test]
fn ten_wakes_a_day_are_the_most_without_a_success() {
    let world = world();
    let phone = woken_phone(&world);
    world.lab().policy(&json!({"wakes_10min": 3, "wakes_day": 10}));
    for _ in 0..5 {
        (0..4).for_each(|_| drop(world.push()));
        world.lab().advance(601);
    }
    assert_eq!(world.lab().wakes(&phone.aid), 10);
}
