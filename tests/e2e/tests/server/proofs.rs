//! What binds or frees a phone needs the account's own proof (3.11), and the server tells the owner of it.

use crate::common::{world, world_with_phone};
use countersign_e2e::http::Answer;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::proof::act_body;
use countersign_e2e::server::ALL_SCOPES;
use countersign_e2e::world::World;
use reqwest::Method;
use serde_json::{Value, json};

/// The four calls, each with the act that proves it.
struct Call {
    act: Value,
    method: Method,
    path: String,
    in_query: bool,
    body: Value,
}

impl Call {
    fn all(world: &World, target: &str) -> [Self; 4] {
        let account = &world.account;
        let phone = format!("/accounts/{account}/phones/{target}");
        let call = |act, method, path, body| Self { act, method, path, in_query: false, body };
        [
            call(json!({"do": "enrol"}), Method::POST, "/enrolments".to_owned(), json!({"account": account})),
            call(
                json!({"do": "recovery_code"}),
                Method::POST,
                format!("/accounts/{account}/recovery-code"),
                json!({}),
            ),
            call(json!({"do": "unlock", "ref": target}), Method::POST, format!("{phone}/unlock"), json!({})),
            Self {
                act: json!({"do": "remove", "ref": target}),
                method: Method::DELETE,
                path: phone,
                in_query: true,
                body: Value::Null,
            },
        ]
    }

    fn send(&self, world: &World, proof: Option<&str>) -> Answer {
        let (mut path, mut body) = (self.path.clone(), self.body.clone());
        match proof {
            Some(tid) if self.in_query => path = format!("{path}?proof={tid}"),
            Some(tid) => body["proof"] = json!(tid),
            None => {}
        }
        world.service.call(self.method.clone(), &path, &body)
    }
}

fn locked(world: &World, phone: &Phone) {
    world.fail_pins(phone, 4);
    world.pass_waits(phone);
    world.try_wrong_pin(phone).refused(403, "authenticator_locked");
}

/// Two phones: the first of them proves, the second is what calls are about. Which `ref` is whose is told by the name.
fn scene() -> (World, Phone, Phone, String) {
    let world = world();
    let [one, two] = world.two_phones();
    two.done("rename", &json!({"name": "Fairphone"}));
    let phones = world.service.get(&format!("/accounts/{}/phones", world.account)).ok();
    let second = phones.as_array().unwrap().iter().find(|phone| phone["name"] == "Fairphone").unwrap();
    let target = second["ref"].as_str().unwrap().to_owned();
    (world, one, two, target)
}

#[test]
fn n184_each_of_the_four_is_done_with_its_proof_and_told_in_one_letter() {
    let (world, one, two, target) = scene();
    locked(&world, &two);
    let letters = || world.lab().mails(&world.account);
    for call in Call::all(&world, &target) {
        let proof = world.proof(&one, &call.act);
        let before = letters().len();
        let answer = call.send(&world, Some(&proof));
        match call.act["do"].as_str().unwrap() {
            "enrol" => {
                let made = answer.is(201);
                assert_eq!(letters().len(), before, "a pairing is told when it is done");
                let link = made["link"].as_str().unwrap();
                let (_, claim) = Invitation::read(link).claim(&world.http(), &Keys::new(), |_| ());
                world.service.confirm(made["eid"].as_str().unwrap(), &claim.cc).ok();
            }
            "recovery_code" => assert_eq!(answer.is(201)["recovery_code"].as_str().unwrap().len(), 29),
            "unlock" => assert_eq!(answer.ok()["state"], "active"),
            _ => assert_eq!(answer.status, 204),
        }
        let now = letters();
        assert_eq!(now.len(), before + 1, "{}", call.act);
        assert!(now[before].text.contains("Grants Portal"), "{}: {}", call.act, now[before].text);
    }
    let refusal = two.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(serde_json::to_value(two.notice(&refusal).why).unwrap(), "web");
}

#[test]
fn n183_without_a_fitting_fresh_unused_proof_nothing_is_done() {
    let (world, one, two, target) = scene();
    locked(&world, &two);
    let stranger = world.server.add_service("Stranger", "https://stranger.example.eu", ALL_SCOPES);
    let (other_account, other_phone) = world.other_phone();
    let own_ref = world.refs().into_iter().find(|own| *own != target).unwrap();
    for call in Call::all(&world, &target) {
        call.send(&world, None).refused(403, "proof_required");
        for guess in ["", "x", "AAAAAAAAAAAAAAAAAAAAAA"] {
            call.send(&world, Some(guess)).refused(403, "proof_required");
        }
        let of_other = if call.act["ref"].is_null() {
            world.proof_for(&world.service, &other_account, (&other_phone, &call.act))
        } else {
            // The same act on another phone of the account.
            let act = json!({"do": call.act["do"], "ref": own_ref});
            world.proof(&one, &act)
        };
        call.send(&world, Some(&of_other)).refused(403, "proof_required");
        let of_stranger = world.proof_for(&stranger, &world.account, (&one, &call.act));
        call.send(&world, Some(&of_stranger)).refused(403, "proof_required");
        let act =
            if call.act["do"] == "enrol" { json!({"do": "recovery_code"}) } else { json!({"do": "enrol"}) };
        let other_act = world.proof(&one, &act);
        call.send(&world, Some(&other_act)).refused(403, "proof_required");
        let unfinished = world.service.start(&act_body(&world.account, &call.act));
        call.send(&world, Some(&unfinished.tid)).refused(403, "proof_required");
        one.approve(&one.request(&unfinished.tid), unfinished.number()).ok();
        call.send(&world, Some(&unfinished.tid)).refused(403, "proof_required");
        world.lab().advance(301);
        let late = world.proof(&one, &call.act);
        world.lab().advance(601);
        call.send(&world, Some(&late)).refused(403, "proof_required");
        let plain = world.push();
        one.approve(&one.request(&plain.tid), plain.number()).ok();
        world.service.complete(&plain.tid).ok();
        call.send(&world, Some(&plain.tid)).refused(403, "proof_required");
    }
    assert_eq!(world.lab().phone(&two.aid).state, "locked");
}

#[test]
fn n183_a_proof_is_used_once_and_for_ten_minutes() {
    let (world, one, _, target) = scene();
    let [enrol, recovery, ..] = Call::all(&world, &target);
    let proof = world.proof(&one, &enrol.act);
    world.lab().advance(590);
    enrol.send(&world, Some(&proof)).is(201);
    enrol.send(&world, Some(&proof)).refused(403, "proof_required");
    let proof = world.proof(&one, &recovery.act);
    recovery.send(&world, Some(&proof)).is(201);
    recovery.send(&world, Some(&proof)).refused(403, "proof_required");
}

#[test]
fn n182_accounts_out_of_reach_do_not_exist() {
    let (world, _, _, target) = scene();
    let stranger = world.server.add_service("Stranger", "https://stranger.example.eu", ALL_SCOPES);
    for call in Call::all(&world, &target) {
        let answer = stranger.call(call.method.clone(), &call.path, &call.body);
        answer.refused(404, "not_found");
    }
    let recover = json!({"account": world.account, "recovery_code": "0".repeat(25), "first_factor": true});
    stranger.post("/recovery", &recover).refused(403, "recovery_refused");
}

#[test]
fn n169_a_phone_is_unlocked_once_a_day() {
    let (world, one, two, target) = scene();
    let [_, _, unlock, _] = Call::all(&world, &target);
    locked(&world, &two);
    unlock.send(&world, Some(&world.proof(&one, &unlock.act))).ok();
    assert_eq!(world.lab().phone(&two.aid).pin_fail, 0);
    locked(&world, &two);
    let second = unlock.send(&world, Some(&world.proof(&one, &unlock.act)));
    assert!(second.refused(429, "rate_limited")["retry_after"].as_u64().unwrap() > 86_000);
    assert_eq!(world.lab().phone(&two.aid).state, "locked");
    world.lab().advance(86_400);
    unlock.send(&world, Some(&world.proof(&one, &unlock.act))).ok();
    world.try_right_pin(&two).ok();
}

#[test]
fn n215_a_removed_phone_is_not_unlocked() {
    let (world, one, two, target) = scene();
    let [_, _, unlock, remove] = Call::all(&world, &target);
    let before = world.push();
    two.approve(&two.request(&before.tid), before.number()).ok();
    world.service.complete(&before.tid).ok();
    locked(&world, &two);
    let proof = world.proof(&one, &unlock.act);
    assert_eq!(remove.send(&world, Some(&world.proof(&one, &remove.act))).status, 204);
    unlock.send(&world, Some(&proof)).refused(404, "not_found");
    remove.send(&world, Some("AAAAAAAAAAAAAAAAAAAAAA")).refused(404, "not_found");
    let events = world.service.events();
    assert!(events.iter().any(|event| event["type"] == "phone_revoked"), "{events:?}");
}

#[test]
fn the_phone_shows_what_it_proves_and_the_service_cannot_write_it() {
    let (world, one, _, target) = scene();
    let act = json!({"do": "remove", "ref": target});
    let sign_in = world.service.start(&act_body(&world.account, &act));
    let request = one.request(&sign_in.tid);
    let rows: Vec<_> = request.content.txt.iter().map(|row| (row.l.as_str(), row.t.as_str())).collect();
    assert_eq!(rows, [("Remove the phone", "Fairphone, Android 17")]);
    let mut written = act_body(&world.account, &act);
    written["text"] = json!([{"l": "Win", "t": "a prize"}]);
    let mut login = act_body(&world.account, &act);
    login["kind"] = json!("login");
    let mut nobody = act_body(&world.account, &act);
    nobody.as_object_mut().unwrap().remove("account");
    nobody["method"] = json!("qr");
    let odd =
        [json!({"do": "remove"}), json!({"do": "enrol", "ref": target}), json!({"do": "dance"}), json!({})];
    let odd = odd.map(|act| act_body(&world.account, &act));
    for body in [written, login, nobody].into_iter().chain(odd) {
        world.service.post("/sign-ins", &body).refused(400, "malformed");
    }
    let foreign = act_body(&world.account, &json!({"do": "unlock", "ref": "AAAAAAAAAAA"}));
    world.service.post("/sign-ins", &foreign).refused(404, "not_found");
}

#[test]
fn the_first_phone_needs_no_proof() {
    let world = world();
    world.service.post(&format!("/accounts/{}/recovery-code", world.account), &json!({})).is(201);
    world.service.enrolment(&world.account);
    let (world, _) = world_with_phone();
    let path = format!("/accounts/{}/recovery-code", world.account);
    world.service.post(&path, &json!({})).refused(403, "proof_required");
}

#[test]
fn a_phone_does_not_free_itself_with_a_word_from_before() {
    let (world, _, two, target) = scene();
    let proof = world.proof(&two, &json!({"do": "unlock", "ref": target}));
    locked(&world, &two);
    let path = format!("/accounts/{}/phones/{target}/unlock", world.account);
    world.service.post(&path, &json!({"proof": proof})).refused(403, "proof_required");
    assert_eq!(world.lab().phone(&two.aid).state, "locked");
}

#[test]
fn what_the_operator_stopped_no_service_sets_going() {
    let (world, one, two, target) = scene();
    let proof = |act: Value| world.proof(&one, &act);
    let unlock = proof(json!({"do": "unlock", "ref": target}));
    let code = proof(json!({"do": "recovery_code"}));
    let account = world.account.clone();
    assert!(world.operate(&["account", "lock", &account]).0);
    let post = |path: &str, proof: &str| {
        let path = format!("/accounts/{account}/{path}");
        world.service.post(&path, &json!({"proof": proof})).refused(403, "method_unavailable")
    };
    post(&format!("phones/{target}/unlock"), &unlock);
    post("recovery-code", &code);
    assert_eq!(world.lab().phone(&two.aid).state, "locked");
    assert!(world.operate(&["account", "unlock", &account]).0);
    world.try_right_pin(&two).ok();
}
