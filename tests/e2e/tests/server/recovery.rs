//! Recovery codes (3.7.4): one, single use, throttled; a right one gives a pairing and nothing else.

use crate::common::world_with_phone;
use countersign_e2e::database::files;
use countersign_e2e::http::Answer;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::world::World;
use serde_json::json;

fn make(world: &World, phone: &countersign_e2e::phone::Phone) -> String {
    let proof = world.proof(phone, &json!({"do": "recovery_code"}));
    let path = format!("/accounts/{}/recovery-code", world.account);
    let made = world.service.post(&path, &json!({"proof": proof})).is(201);
    made["recovery_code"].as_str().unwrap().to_owned()
}

fn recover(world: &World, code: &str, first_factor: bool) -> Answer {
    let body = json!({"account": world.account, "recovery_code": code, "first_factor": first_factor});
    world.service.post("/recovery", &body)
}

fn wrong(code: &str) -> String {
    let last = if code.ends_with('7') { '8' } else { '7' };
    format!("{}{last}", &code[..code.len() - 1])
}

#[test]
fn a_code_pairs_a_phone_once_and_leaves_the_others() {
    let (world, old) = world_with_phone();
    let code = make(&world, &old);
    assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [5; 5]);
    let made = recover(&world, &code, true).is(201);
    let invitation = Invitation::read(made["link"].as_str().unwrap());
    let (new, claim) = invitation.claim(&world.http(), &Keys::new(), |_| ());
    world.service.confirm(made["eid"].as_str().unwrap(), &claim.cc).ok();
    new.settle_in();
    old.binding();
    let subjects: Vec<_> = world.lab().mails(&world.account).into_iter().map(|mail| mail.subject).collect();
    assert!(subjects.iter().any(|subject| subject == "Your recovery code was used"), "{subjects:?}");
}

#[test]
fn n129_five_wrong_codes_a_day_and_a_code_is_used_once() {
    let (world, phone) = world_with_phone();
    world.lab().policy(&json!({"recovery_day": 5}));
    let code = make(&world, &phone);
    for _ in 0..5 {
        recover(&world, &wrong(&code), true).refused(403, "recovery_refused");
    }
    recover(&world, &code, true).refused(403, "recovery_refused");
    world.lab().advance(86_400);
    recover(&world, &code, true).is(201);
    recover(&world, &code, true).refused(403, "recovery_refused");
}

#[test]
fn n129_letters_that_look_like_digits_are_forgiven() {
    let (world, phone) = world_with_phone();
    let code = make(&world, &phone);
    let typed = code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
    recover(&world, &typed, true).is(201);
    let code = make(&world, &phone);
    recover(&world, &code.replace('0', "O").replace('1', "I"), true).is(201);
}

#[test]
fn n129_a_hundred_wrong_codes_in_a_row_kill_the_code() {
    let (world, phone) = world_with_phone();
    let code = make(&world, &phone);
    for _ in 0..99 {
        recover(&world, &wrong(&code), true).refused(403, "recovery_refused");
    }
    let again = make(&world, &phone);
    recover(&world, &wrong(&again), true).refused(403, "recovery_refused");
    recover(&world, &again, true).is(201);
    let last = make(&world, &phone);
    for _ in 0..100 {
        recover(&world, &wrong(&last), true).refused(403, "recovery_refused");
    }
    recover(&world, &last, true).refused(403, "recovery_refused");
}

#[test]
fn n172_the_first_factor_comes_first_and_is_not_counted() {
    let (world, phone) = world_with_phone();
    world.lab().policy(&json!({"recovery_day": 5}));
    let code = make(&world, &phone);
    for _ in 0..6 {
        recover(&world, &code, false).refused(403, "first_factor_required");
    }
    recover(&world, &code, true).is(201);
}

#[test]
fn a_new_code_replaces_the_old_one() {
    let (world, phone) = world_with_phone();
    let old = make(&world, &phone);
    let new = make(&world, &phone);
    recover(&world, &old, true).refused(403, "recovery_refused");
    recover(&world, &new, true).is(201);
}

#[test]
fn every_refusal_reads_the_same() {
    let (world, phone) = world_with_phone();
    let none = recover(&world, "00000-00000-00000-00000-00000", true).text();
    let code = make(&world, &phone);
    let texts = [recover(&world, &wrong(&code), true).text(), recover(&world, "not a code", true).text(), {
        let body = json!({"account": "u-nobody", "recovery_code": code, "first_factor": true});
        world.service.post("/recovery", &body).text()
    }];
    assert!(texts.iter().all(|text| *text == none), "{texts:?}");
}

#[test]
fn n197_neither_recovery_nor_typed_codes_are_kept() {
    let (world, phone) = world_with_phone();
    let code = make(&world, &phone);
    let proof = world.proof(&phone, &json!({"do": "enrol"}));
    let body = json!({"account": world.account, "typed": true, "proof": proof});
    let made =
        world.service.call_with(reqwest::Method::POST, "/enrolments", &body, &[("idempotency-key", "k1")]);
    let typed = made.is(201)["typed_code"].as_str().unwrap().to_owned();
    for (path, bytes) in files(&world.server) {
        for secret in [&code, &typed] {
            for needle in [secret.clone(), secret.replace('-', "")] {
                let found = bytes.windows(needle.len()).any(|part| part == needle.as_bytes());
                assert!(!found, "{}", path.display());
            }
        }
    }
}
