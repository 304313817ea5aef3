//! Two things at the same moment (3.4.7, 3.9.1): held messages, two phones, a phone that is stopped in between.

use crate::common::{world, world_with_phone};
use countersign_e2e::database::{self, change_one, id_bytes, stop_phone};
use countersign_e2e::lab::Point;
use countersign_e2e::parallel::{self, held, wait_until};
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::{Factor, Keys, new_fid};
use countersign_e2e::script::Script;
use countersign_e2e::world::World;
use countersign_protocol::message::notice::{NoticeState, NoticeWhy};
use serde_json::json;

#[test]
fn n67_of_two_phones_the_first_decides() {
    let world = world();
    let phones = world.two_phones();
    for _ in 0..5 {
        let sign_in = world.push();
        let requests = [0, 1].map(|index: usize| phones[index].request(&sign_in.tid));
        assert_ne!(requests[0].content.nonce, requests[1].content.nonce);
        let answers = parallel::all(2, |index| phones[index].approve(&requests[index], sign_in.number()));
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        let lost = answers.iter().find(|answer| answer.status != 200).expect("one that lost");
        assert_eq!(won, 1);
        assert_eq!(lost.refused(409, "transaction_decided")["state"], "approved");
        for phone in &phones {
            let counters = world.lab().phone(&phone.aid);
            assert_eq!((counters.pin_fail, counters.fail30), (0, 0));
        }
    }
}

/// Whether a try of this phone is reserved.
fn is_reserved(world: &World, phone: &Phone, pin_fail: u64) -> bool {
    world.lab().phone(&phone.aid).pin_fail == pin_fail
}

#[test]
fn n153_a_row_that_was_taken_over_is_committed_once() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
    let send = || phone.post(&request.path(), body.clone());
    let mut second = None;
    let first = held(
        &world.lab(),
        Point::AfterReserve,
        send,
        || is_reserved(&world, &phone, 1),
        || {
            send().refused(503, "unavailable");
            world.lab().advance(31);
            second = Some(send());
            assert_eq!(world.service.state_name(&sign_in.tid), "approved");
            assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
        },
    );
    phone.receipt(&request, &first);
    assert_eq!(second.map(|answer| answer.text()), Some(first.text()));
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30), (0, 0));
    assert_eq!(send().text(), first.text());
}

#[test]
fn n153_a_taken_over_wrong_pin_counts_once() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.wrong_pin()]);
    let send = || phone.post(&request.path(), body.clone());
    let first = held(
        &world.lab(),
        Point::BeforeCommit,
        send,
        || is_reserved(&world, &phone, 1),
        || {
            world.lab().advance(31);
            send().refused(403, "pin_incorrect");
        },
    );
    assert_eq!(first.refused(403, "pin_incorrect")["attempts_left"], 4);
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30), (1, 1));
}

#[test]
fn n213_a_take_over_beside_the_commit_changes_nothing() {
    let (world, phone) = world_with_phone();
    for _ in 0..8 {
        let (sign_in, request) = world.ask(&phone);
        let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
        let send = || phone.post(&request.path(), body.clone());
        let beside = |lab: &countersign_e2e::lab::Lab| {
            std::thread::scope(|scope| {
                let repeat = scope.spawn(send);
                lab.release();
                repeat.join().unwrap()
            })
        };
        let mut second = None;
        let first = held(
            &world.lab(),
            Point::BeforeCommit,
            send,
            || is_reserved(&world, &phone, 1),
            || {
                world.lab().advance(31);
                second = Some(beside(&world.lab()));
            },
        );
        for answer in [first, second.unwrap()] {
            if answer.status != 200 {
                answer.refused(503, "unavailable");
            }
        }
        phone.receipt(&request, &send());
        let counters = world.lab().phone(&phone.aid);
        assert_eq!((counters.pin_fail, counters.fail30), (0, 0));
    }
}

/// Holds an approval before its commit, stops the phone meanwhile, and gives the refusal's notice.
fn stopped_meanwhile(world: &World, phone: &Phone, factor: &Factor, state: &str) -> (NoticeState, NoticeWhy) {
    let before = world.lab().phone(&phone.aid).pin_fail;
    let (sign_in, request) = world.ask(phone);
    let body = phone.answer_body(&phone.approval(&request, sign_in.number()), std::slice::from_ref(factor));
    let send = || phone.post(&request.path(), body.clone());
    let answer = held(
        &world.lab(),
        Point::AfterReserve,
        send,
        || is_reserved(world, phone, before + 1),
        || {
            stop_phone(&world.server, phone, state);
        },
    );
    let refusal = answer.refused(403, &format!("authenticator_{state}"));
    assert_eq!(send().text(), answer.text(), "stored, whatever the state");
    assert_eq!(world.service.state_name(&sign_in.tid), "pending");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.state.as_str(), counters.pin_fail), (state, before + 1));
    let notice = phone.notice(&refusal);
    (notice.state, notice.why)
}

#[test]
fn n214_a_phone_that_is_stopped_after_the_reservation_approves_nothing() {
    for (state, told) in [("revoked", NoticeState::Revoked), ("locked", NoticeState::Locked)] {
        let (world, phone) = world_with_phone();
        let pin = phone.keys.pin();
        assert_eq!(stopped_meanwhile(&world, &phone, &pin, state), (told, NoticeWhy::Operator));
    }
}

#[test]
fn n215_a_fifth_failure_in_flight_does_not_unrevoke() {
    let (world, phone) = world_with_phone();
    world.fail_pins(&phone, 4);
    world.pass_waits(&phone);
    let mails = world.lab().mails(&world.account).len();
    let wrong = phone.keys.wrong_pin();
    assert_eq!(
        stopped_meanwhile(&world, &phone, &wrong, "revoked"),
        (NoticeState::Revoked, NoticeWhy::Operator)
    );
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 5);
    assert_eq!(world.lab().mails(&world.account).len(), mails, "no mail about a lock");
}

#[test]
fn n127_after_a_revocation_everything_is_refused_with_a_valid_notice() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    stop_phone(&world.server, &phone, "revoked");
    let mut refusals = vec![
        phone.approve(&request, sign_in.number()),
        phone.approve_wrongly(&request, sign_in.number()),
        phone.deny(&request, "cancel"),
        phone.get(&sign_in.tid),
    ];
    for (op, args) in [("self", json!({})), ("list", json!({})), ("report", json!({"tid": sign_in.tid}))] {
        refusals.push(phone.op(op, &args));
    }
    for refusal in refusals {
        let notice = phone.notice(&refusal.refused(403, "authenticator_revoked"));
        assert_eq!(notice.state, NoticeState::Revoked);
    }
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.state.as_str(), counters.pin_fail), ("revoked", 0));
}

#[test]
fn n217_a_late_release_gives_back_nobody_elses_failure() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let body = phone.answer_body(&phone.approval(&request, &sign_in.wrong_number()), &[phone.keys.pin()]);
    let send = || phone.post(&request.path(), body.clone());
    let late = held(
        &world.lab(),
        Point::BeforeCommit,
        send,
        || is_reserved(&world, &phone, 1),
        || {
            world.try_right_pin(&phone).ok();
            assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
            world.try_wrong_pin(&phone).refused(403, "pin_incorrect");
        },
    );
    late.refused(403, "number_mismatch");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30), (1, 1));
}

#[test]
fn a_decision_beside_the_end_of_its_sign_in_is_refused_and_given_back() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let send = || phone.approve(&request, sign_in.number());
    let late = held(
        &world.lab(),
        Point::BeforeCommit,
        send,
        || is_reserved(&world, &phone, 1),
        || {
            world.service.delete(&format!("/sign-ins/{}", sign_in.tid)).is(204);
        },
    );
    late.refused(410, "transaction_cancelled");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30), (0, 0));

    let (sign_in, request) = world.ask(&phone);
    let send = || phone.approve(&request, sign_in.number());
    let late = held(
        &world.lab(),
        Point::BeforeCommit,
        send,
        || is_reserved(&world, &phone, 1),
        || {
            world.lab().advance(180);
        },
    );
    late.refused(410, "transaction_expired");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

/// A change of keys that is ready to be sent: its name, its arguments, and the key that proves itself beside the PIN.
fn key_change(phone: &Phone, name: &str) -> Script {
    let (new, fid) = (Keys::new(), new_fid());
    let (args, proof) = match name {
        "rekey" => {
            let pin = json!({"fid": new.fid, "sig": new.sig.jwk(), "ka": new.ka.jwk()});
            (json!({"pin": pin, "new_dev": null}), (new.fid, new.sig))
        }
        _ => (json!({"fid": fid, "jwk": new.dev.jwk(), "att": {"fmt": "none"}}), (fid, new.dev)),
    };
    phone.op("self", &json!({})).ok();
    let mut script = phone.op_script(name, &args);
    script.factors = vec![(phone.keys.fid.clone(), phone.keys.sig.clone()), proof];
    script
}

#[test]
fn n179_a_row_that_is_changed_under_an_operation_gets_no_tag() {
    for name in ["rekey", "add_factor"] {
        let (world, phone) = world_with_phone();
        let victim = world.service.add_account("boris@example.eu");
        let script = key_change(&phone, name);
        let answer = held(
            &world.lab(),
            Point::BeforeCommit,
            || script.send(phone.http()),
            || is_reserved(&world, &phone, 1),
            || {
                let sql = "UPDATE phone SET account=?2 WHERE aid=?1";
                change_one(&world.server, sql, rusqlite::params![id_bytes(&phone.aid), victim]);
            },
        );
        answer.refused(503, "unavailable");
        assert!(world.server.log().contains("alarm"));
        phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    }
}

#[test]
fn a_decision_that_waited_for_the_database_until_its_sign_in_was_over_is_refused_and_given_back() {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let send = || phone.approve(&request, sign_in.number());
    let other = database::open(&world.server);
    let late = held(
        &world.lab(),
        Point::BeforeCommit,
        send,
        || is_reserved(&world, &phone, 1),
        || {
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            world.lab().release();
            std::thread::scope(|scope| {
                // The clock moves at once; the call ends when its housekeeping is written, too.
                scope.spawn(|| world.lab().advance(180));
                wait_until(|| world.service.state_name(&sign_in.tid) == "expired");
                other.execute_batch("COMMIT").unwrap();
            });
        },
    );
    late.refused(410, "transaction_expired");
    assert_eq!(world.service.state_name(&sign_in.tid), "expired");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.pin_fail, counters.fail30), (0, 0));
}
