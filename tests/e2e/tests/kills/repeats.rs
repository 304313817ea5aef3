//! A service whose server dies under its call asks again with the same `Idempotency-Key` (3.11): made once, told twice.

use crate::BINARY;
use countersign_e2e::world::World;
use countersign_failpoint::SERVER;
use reqwest::Method;
use serde_json::json;

/// Passings of a place before and during one call.
const PASSINGS: u32 = 6;

#[test]
fn an_account_whose_answer_was_lost_with_the_server_is_told_to_the_same_key() {
    let mut world = World::start(BINARY);
    let mut lost = 0;
    for place in SERVER {
        for passing in 1..=PASSINGS {
            let name = format!("{}-{passing}", place.replace('/', "-"));
            let body = json!({"email": format!("{name}@example.eu")});
            let key = [("idempotency-key", name.as_str())];
            world.server.restart_to_die(&format!("{place}:{passing}"), 0);
            let heard = world.service.try_call(Method::POST, "/accounts", &body, &key);
            world.server.restart();
            let again = world.service.call_with(Method::POST, "/accounts", &body, &key).is(201);
            match heard {
                Some(heard) => assert_eq!(heard.is(201), again, "{place}:{passing}"),
                None => lost += 1,
            }
        }
    }
    assert!(lost >= SERVER.len(), "{lost} answers were lost");
}
