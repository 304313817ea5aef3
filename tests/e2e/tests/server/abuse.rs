//! Two thousand guesses against each counter, by ten at once over HTTP (3.9.1): no more of them are judged than the
//! text allows, and the server stands.

use crate::common::{world, world_with_phone};
use countersign_e2e::backend::start_body;
use countersign_e2e::http::Answer;
use countersign_e2e::key::Key;
use countersign_e2e::parallel;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::{Factor, Keys, new_fid};
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::sign_in::other_digits;
use countersign_e2e::world::World;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const GUESSES: usize = 2000;
const AT_ONCE: usize = 10;

/// How often each code was answered.
type Tally = BTreeMap<String, usize>;

/// Guesses in rounds of a hundred, each by ten at once; `between` comes after each round.
fn guess(send: impl Fn() -> Answer + Sync, between: impl Fn()) -> Tally {
    let mut tally = Tally::new();
    for _ in 0..GUESSES / 100 {
        let answers = parallel::all(AT_ONCE, |_| (0..100 / AT_ONCE).map(|_| send()).collect::<Vec<_>>());
        for answer in answers.into_iter().flatten() {
            assert!(answer.status < 500, "{} {}", answer.status, answer.text());
            *tally.entry(answer.code().unwrap_or_else(|| "ok".to_owned())).or_default() += 1;
        }
        between();
    }
    assert_eq!(tally.values().sum::<usize>(), GUESSES);
    tally
}

fn times(tally: &Tally, code: &str) -> usize {
    tally.get(code).copied().unwrap_or(0)
}

/// The server still answers a stranger and its own health.
#[track_caller]
fn stands(world: &World) {
    world.http().get("/health", &[]).ok();
}

/// An operation that needs the PIN, tried with another one.
fn wrong_op(phone: &Phone) -> Answer {
    phone.op("self", &json!({}));
    let mut script = phone.op_script("new_enrolment", &json!({"kind": "add"}));
    let wrong = phone.keys.wrong_pin();
    script.factors = vec![(wrong.kid, wrong.key)];
    script.send(phone.http())
}

#[test]
fn two_thousand_pins_get_five_judgements() {
    let (world, phone) = world_with_phone();
    // The waits pass between the rounds: patience does not buy a sixth.
    let tally = guess(|| wrong_op(&phone), || _ = world.lab().advance(301));
    assert!(times(&tally, "pin_incorrect") <= 5, "{tally:?}");
    assert!(times(&tally, "authenticator_locked") >= GUESSES - 600, "{tally:?}");
    let counters = world.lab().phone(&phone.aid);
    assert_eq!((counters.state.as_str(), counters.pin_fail, counters.fail30), ("locked", 5, 5));
    stands(&world);
}

#[test]
fn two_thousand_offline_codes_get_five_judgements() {
    let (world, phone) = world_with_phone();
    let sign_ins: Vec<_> = (0..3).map(|_| world.offline()).collect();
    let wrong: Vec<_> = sign_ins.iter().map(|one| other_digits(&phone.code(one.qr()))).collect();
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let send = || {
        let at = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % sign_ins.len();
        world.service.code(&sign_ins[at].tid, &wrong[at])
    };
    let tally = guess(send, || _ = world.lab().advance(14));
    assert!(times(&tally, "code_incorrect") <= 5, "{tally:?}");
    let counters = world.lab().phone(&phone.aid);
    assert!(counters.off_fail <= 5 && counters.off_fail30 <= 5 && counters.pin_fail == 0, "{counters:?}");
    assert_eq!(counters.state, "active", "what a stranger types into a page locks nobody");
    world.try_right_pin(&phone).ok();
    stands(&world);
}

#[test]
fn two_thousand_numbers_get_three_judgements_a_sign_in_and_ten_in_all() {
    let (world, phone) = world_with_phone();
    let asked: Vec<_> = (0..5).map(|_| world.ask(&phone)).collect();
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let send = || {
        let at = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % asked.len();
        let (sign_in, request) = &asked[at];
        phone.approve(request, &sign_in.wrong_number())
    };
    let tally = guess(send, || ());
    assert!(times(&tally, "number_mismatch") <= 2 * asked.len(), "{tally:?}");
    assert_eq!(times(&tally, "ok"), 0);
    let counters = world.lab().phone(&phone.aid);
    // Those that came beside the third of their sign-in count, and are not told what they were.
    assert!(counters.num_fail >= 10, "{counters:?}");
    let refused = world.service.post("/sign-ins", &start_body("push", Some(&world.account)));
    assert_eq!(refused.refused(403, "method_unavailable")["reason"], "numbers");
    stands(&world);
}

#[test]
fn two_thousand_forged_fingers_end_the_finger_and_lock_nobody() {
    let (world, phone) = world_with_phone();
    let bio = Factor { kid: new_fid(), key: Key::new() };
    phone.op("self", &json!({})).ok();
    let args = json!({"fid": bio.kid, "jwk": bio.key.jwk(), "att": {"fmt": "none"}});
    let mut script = phone.op_script("add_factor", &args);
    let pin = phone.keys.pin();
    script.factors = vec![(pin.kid, pin.key), (bio.kid.clone(), bio.key.clone())];
    script.send(phone.http()).ok();
    let mut body = start_body("push", Some(&world.account));
    body["factors"] = json!(["pin", "bio"]);
    let sign_in = world.service.start(&body);
    let request = phone.request(&sign_in.tid);
    let send = || {
        let forged = Factor { kid: bio.kid.clone(), key: Key::new() };
        phone.send(&phone.approval(&request, sign_in.number()), &[forged])
    };
    guess(send, || ());
    let counters = world.lab().phone(&phone.aid);
    // A signature is no guess: those beside the fifth are looked at, too.
    assert!((5..15).contains(&counters.bio_fail), "{counters:?}");
    assert_eq!((counters.pin_fail, counters.state.as_str()), (0, "active"));
    world.try_right_pin(&phone).ok();
    stands(&world);
}

#[test]
fn two_thousand_confirm_codes_get_three_judgements() {
    let world = world();
    let (eid, link) = world.service.enrolment(&world.account);
    let (_, claim) = Invitation::read(&link).claim(&world.http(), &Keys::new(), |_| ());
    let tally = guess(|| world.service.confirm(&eid, &other_digits(&claim.cc)), || ());
    assert!(GUESSES - times(&tally, "enrolment_cancelled") <= 2, "{tally:?}");
    world.service.confirm(&eid, &claim.cc).refused(410, "enrolment_cancelled");
    stands(&world);
}

#[test]
fn two_thousand_recovery_codes_get_five_judgements_a_day() {
    let (world, phone) = world_with_phone();
    world.lab().policy(&json!({"recovery_day": 5}));
    let proof = world.proof(&phone, &json!({"do": "recovery_code"}));
    let path = format!("/accounts/{}/recovery-code", world.account);
    let made = world.service.post(&path, &json!({"proof": proof})).is(201);
    let code = made["recovery_code"].as_str().unwrap().to_owned();
    let wrong = format!("{}{}", &code[..28], if code.ends_with('7') { '8' } else { '7' });
    let recover = |code: &str| {
        let body = json!({"account": world.account, "recovery_code": code, "first_factor": true});
        world.service.post("/recovery", &body)
    };
    let tally = guess(|| recover(&wrong), || ());
    assert_eq!(times(&tally, "recovery_refused"), GUESSES);
    let judged: u32 = countersign_e2e::database::open(&world.server)
        .query_row("SELECT recovery_fail FROM account WHERE id=?1", [&world.account], |row| row.get(0))
        .unwrap();
    assert_eq!(judged, 5, "the others were refused unread");
    recover(&code).refused(403, "recovery_refused");
    world.lab().advance(86_400);
    recover(&code).is(201);
    stands(&world);
}

#[test]
fn two_thousand_strangers_words_from_one_address_are_cut_off_each_minute() {
    let world = world();
    let limits = json!({"typed_ip_min": 5, "anon_ip_min": 60, "scan_ip_min": 120});
    world.lab().policy(&limits);
    let http = world.http();
    let typed = || http.get("/v1/typed/BwcHBwcHBwcHBwcHBwcHBw", &[]);
    cut_off_at(5, &world, typed);
    let scan: Value = json!({"h": "BwcHBwcHBwcHBwcHBwcHBw", "r": "BwcHBwcHBwcHBwcHBwcHBw"});
    cut_off_at(120, &world, || http.post_json("/v1/scan", &scan));
    let path = "/v1/enrolments/BwcHBwcHBwcHBwcHBwcHBw";
    cut_off_at(60, &world, || http.get(path, &[("map-enrol", "B".repeat(43).as_str())]));
    stands(&world);
}

/// Of two thousand, `limit` are heard in each minute of the server's clock, which goes on while they are sent.
#[track_caller]
fn cut_off_at(limit: usize, world: &World, send: impl Fn() -> Answer + Sync) {
    let first = world.lab().now() / 60;
    let tally = guess(send, || ());
    let minutes = usize::try_from(world.lab().now() / 60 - first).unwrap() + 1;
    let heard = GUESSES - times(&tally, "rate_limited");
    assert!((limit..=limit * minutes).contains(&heard), "{heard} in {minutes} minutes: {tally:?}");
}
