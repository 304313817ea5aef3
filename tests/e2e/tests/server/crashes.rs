//! A server that dies between its steps: no free guess, no lost approval, no second effect (3.0.5).

use crate::common::world_with_phone;
use countersign_e2e::http::Answer;
use countersign_e2e::lab::Point;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::answer::Request;
use countersign_e2e::phone::keys::Factor;
use countersign_e2e::sign_in::SignIn;
use countersign_e2e::world::World;
use serde_json::json;

/// A message that the server did not live to answer.
struct Lost {
    world: World,
    phone: Phone,
    sign_in: SignIn,
    request: Request,
    body: Vec<u8>,
}

/// Sends an approval that ends the server at `point`, and starts the server again.
fn lose(point: Point, factor: impl FnOnce(&Phone) -> Factor) -> Lost {
    let (mut world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[factor(&phone)]);
    world.lab().kill(point);
    assert!(world.http().try_post_jose(&request.path(), body.clone()).is_none());
    world.server.wait_for_end();
    world.server.restart();
    Lost { world, phone, sign_in, request, body }
}

impl Lost {
    fn retry(&self) -> Answer {
        self.phone.post(&self.request.path(), self.body.clone())
    }

    fn online(&self) -> (u64, u64) {
        let counters = self.world.lab().phone(&self.phone.aid);
        (counters.pin_fail, counters.fail30)
    }
}

#[test]
fn n68_killed_after_the_reservation_the_same_bytes_are_judged_once() {
    let lost = lose(Point::AfterReserve, |phone| phone.keys.pin());
    assert_eq!(lost.online(), (1, 1), "the try is on disk before the factor is looked at");
    let early = lost.retry();
    assert_eq!(early.refused(503, "unavailable")["retry_after"], 1);
    assert_eq!(lost.online(), (1, 1));
    lost.world.lab().advance(31);
    lost.phone.receipt(&lost.request, &lost.retry());
    assert_eq!(lost.online(), (0, 0));
    assert_eq!(lost.world.service.state_name(&lost.sign_in.tid), "approved");
}

#[test]
fn killed_before_the_reservation_or_before_the_commit_nothing_is_lost_either() {
    for (point, counted) in [(Point::BeforeReserve, 0), (Point::BeforeCommit, 1)] {
        let lost = lose(point, |phone| phone.keys.pin());
        assert_eq!(lost.online(), (counted, counted));
        lost.world.lab().advance(31);
        lost.phone.receipt(&lost.request, &lost.retry());
        assert_eq!(lost.online(), (0, 0));
    }
}

#[test]
fn a_wrong_pin_that_crashed_the_server_counts_once() {
    let lost = lose(Point::AfterReserve, |phone| phone.keys.wrong_pin());
    lost.world.lab().advance(31);
    for _ in 0..2 {
        assert_eq!(lost.retry().refused(403, "pin_incorrect")["attempts_left"], 4);
        assert_eq!(lost.online(), (1, 1));
    }
}

#[test]
fn n69_killed_after_the_commit_the_answer_is_the_stored_one() {
    let lost = lose(Point::AfterCommit, |phone| phone.keys.pin());
    assert_eq!(lost.world.service.state_name(&lost.sign_in.tid), "approved");
    let first = lost.retry();
    lost.phone.receipt(&lost.request, &first);
    assert_eq!(lost.retry().text(), first.text());
    assert_eq!(lost.online(), (0, 0));
    let got = lost.phone.get(&lost.sign_in.tid).ok();
    assert_eq!((&got["state"], &got["receipt"]), (&json!("approved"), &first.ok()["receipt"]));
}

/// Fails so often, then loses another try in a crash and lets its row run out.
fn lose_one_more(fails: usize) -> (World, Phone) {
    let (mut world, phone) = world_with_phone();
    world.fail_pins(&phone, fails);
    world.pass_waits(&phone);
    let (sign_in, request) = world.ask(&phone);
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.wrong_pin()]);
    let ahead = world.lab().now();
    world.lab().kill(Point::AfterReserve);
    assert!(world.http().try_post_jose(&request.path(), body).is_none());
    world.server.wait_for_end();
    world.server.restart();
    world.lab().advance(ahead.saturating_sub(world.lab().now()) + 901);
    (world, phone)
}

#[test]
fn n216_a_try_that_is_never_finished_is_a_wrong_pin() {
    let (world, phone) = lose_one_more(2);
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30, counters.state.as_str()), (3, 3, "active"));
    let wait = counters.wait_until.expect("the wait after the third") - world.lab().now();
    assert!((50..=60).contains(&wait), "{wait}");
}

#[test]
fn n216_a_fifth_try_that_is_never_finished_locks() {
    let (world, phone) = lose_one_more(4);
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.state.as_str()), (5, "locked"));
}

#[test]
fn state_survives_a_restart() {
    let (mut world, phone) = world_with_phone();
    world.fail_pins(&phone, 2);
    let (sign_in, request) = world.ask(&phone);
    world.server.restart();
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 2);
    let listed = phone.request(&sign_in.tid);
    assert_eq!(listed.jws, request.jws);
    phone.approve(&request, sign_in.number()).ok();
    world.service.complete(&sign_in.tid).ok();
}
