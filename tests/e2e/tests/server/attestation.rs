//! Attestation of device keys when a phone is paired (2.3): what each policy makes of it.

use crate::common::BINARY;
use countersign_attestation_lab::{Description, Form, Holder};
use countersign_e2e::http::Answer;
use countersign_e2e::maker::{Bound, Trusted};
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::world::{EMAIL, World};
use countersign_protocol::encoding::b64u;
use serde_json::{Value, json};
use std::process::Command;

/// An invited phone that has made its keys.
pub struct Newcomer<'a> {
    world: &'a World,
    eid: String,
    invitation: Invitation,
    pub keys: Keys,
}

impl<'a> Newcomer<'a> {
    pub fn invite(world: &'a World) -> Self {
        let (eid, link) = world.service.enrolment(&world.account);
        Self { world, eid, invitation: Invitation::read(&link), keys: Keys::new() }
    }

    /// Sends a pairing message with this level and what is made of its binding.
    pub fn send(&self, level: &str, att: impl FnOnce(&Bound) -> Value) -> Answer {
        let script = self.invitation.ready_script(&self.world.http(), &self.keys);
        let bound = Bound::enrolment(&script.value());
        let dev = json!({"level": level, "att": att(&bound)});
        script.with(|payload| payload["dev"] = dev).send(&self.world.http())
    }

    /// The same, and it is let in.
    pub fn pair(&self, level: &str, att: impl FnOnce(&Bound) -> Value) -> Phone {
        let http = self.world.http();
        let (phone, claim) = self.invitation.claim(&http, &self.keys, |payload| {
            let bound = Bound::enrolment(payload);
            payload["dev"] = json!({"level": level, "att": att(&bound)});
        });
        self.world.service.confirm(&self.eid, &claim.cc).ok();
        phone.settle_in();
        phone
    }

    fn is_refused(&self, level: &str, reason: &str, att: impl FnOnce(&Bound) -> Value) {
        let refusal = self.send(level, att).refused(403, "attestation_rejected");
        assert_eq!(refusal["reason"], reason, "{refusal}");
    }
}

/// `att` of a key in a TEE with one thing changed.
pub fn changed(
    trusted: &Trusted,
    keys: &Keys,
    change: impl FnOnce(&mut Description),
) -> impl FnOnce(&Bound) -> Value {
    move |bound| {
        let mut description = Description::device(&bound.challenge());
        change(&mut description);
        trusted.att(&keys.dev, &description)
    }
}

/// The account's phones as the operator sees them.
pub fn shown(world: &World) -> Vec<Value> {
    let output = world.server.operate(&["account", "show", EMAIL]);
    let account: Value = serde_json::from_slice(&output.stdout).unwrap();
    account["phones"].as_array().unwrap().clone()
}

fn none(_: &Bound) -> Value {
    json!({"fmt": "none"})
}

/// What the service hears of a sign-in that this phone approves.
fn completed(world: &World, phone: &Phone) -> Value {
    let (sign_in, request) = world.ask(phone);
    phone.approve(&request, sign_in.number()).ok();
    world.service.complete(&sign_in.tid).ok()
}

#[test]
fn n41_enforced_a_genuine_key_is_let_in_at_its_level() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    let newcomer = Newcomer::invite(&world);
    let phone = newcomer.pair("tee", changed(&trusted, &newcomer.keys, |_| ()));
    assert_eq!(phone.binding().level.as_str(), "tee");
    let told = completed(&world, &phone);
    assert_eq!(told["amr"], json!(["hwk", "pin", "mfa"]));
    assert_eq!((&told["phone"]["level"], &told["phone"]["attested"]), (&json!("tee"), &json!(true)));
    let record = &shown(&world)[0]["attestation"];
    assert_eq!((&record["level"], &record["flaw"]), (&json!("tee"), &Value::Null));
    assert_eq!((&record["facts"]["patch"], &record["facts"]["locked"]), (&json!(202_609), &json!(true)));
}

#[test]
fn n41_enforced_what_was_proven_counts_and_not_what_was_said() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    let newcomer = Newcomer::invite(&world);
    let phone = newcomer.pair("strongbox", changed(&trusted, &newcomer.keys, |_| ()));
    assert_eq!(phone.binding().level.as_str(), "tee");
    assert_eq!(shown(&world)[0]["attestation"]["claimed"], "strongbox");
}

#[test]
fn n41_enforced_a_chain_that_does_not_hold_is_refused_and_uses_nothing_up() {
    let trusted = Trusted::new();
    trusted.revoke(&["7777"]);
    let world = trusted.world(BINARY, "enforce", "tee");
    let newcomer = Newcomer::invite(&world);
    let keys = &newcomer.keys;
    newcomer.is_refused("tee", "chain", changed(&trusted, keys, |key| key.challenge = vec![7; 32]));
    newcomer.is_refused("tee", "chain", changed(&trusted, keys, |key| key.boot = Some((false, 0))));
    newcomer.is_refused("tee", "chain", changed(&trusted, keys, |key| key.boot = Some((true, 2))));
    newcomer.is_refused("tee", "chain", changed(&trusted, keys, |key| key.attested_by = 0));
    newcomer.is_refused("tee", "chain", changed(&trusted, keys, |key| key.package.push('x')));
    newcomer.is_refused("tee", "chain", changed(&trusted, &Keys::new(), |_| ()));
    newcomer.is_refused("tee", "chain", |bound| {
        let other = Trusted::new();
        other.att(&keys.dev, &Description::device(&bound.challenge()))
    });
    newcomer.is_refused("tee", "chain", none);
    newcomer.is_refused("tee", "chain", |_| json!({"fmt": "android-key", "x5c": []}));
    newcomer.is_refused("tee", "chain", |_| json!({"fmt": "android-key", "x5c": vec!["AAAA"; 3000]}));
    newcomer.is_refused("tee", "chain", |_| json!({"fmt": "android-key", "x5c": ["not base64!", "="]}));
    newcomer.is_refused("tee", "chain", |_| json!({"fmt": "apple-appattest", "obj": "AAAA", "kid": ""}));
    assert!(shown(&world).is_empty(), "nobody came in");
    newcomer.pair("tee", changed(&trusted, keys, |_| ()));
}

#[test]
fn n41_enforced_a_forger_with_an_attested_key_attests_nothing() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    let newcomer = Newcomer::invite(&world);
    newcomer.is_refused("tee", "chain", |bound| {
        let maker = &trusted.maker;
        let own = Description { package: "example.forger".to_owned(), ..Description::device(&[1; 32]) };
        let forger = maker.phone.certify_attested(Form::authority("Forger", 9), &own.to_der());
        let description = Description::device(&bound.challenge()).to_der();
        let leaf = forger.attest(&newcomer.keys.dev.public().as_sec1()[..], Some(&description));
        let above = [&forger, &maker.phone, &maker.between, &maker.root].map(Holder::der);
        let x5c: Vec<String> = std::iter::once(leaf).chain(above).map(|der| b64u(&der)).collect();
        json!({"fmt": "android-key", "x5c": x5c})
    });
}

#[test]
fn n41_enforced_a_level_below_the_least_is_refused_said_or_proven() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "strongbox");
    let newcomer = Newcomer::invite(&world);
    let keys = &newcomer.keys;
    newcomer.is_refused("software", "level", none);
    newcomer.is_refused("tee", "level", changed(&trusted, keys, |_| ()));
    newcomer.is_refused("strongbox", "level", changed(&trusted, keys, |_| ()));
    newcomer.pair("strongbox", changed(&trusted, keys, |key| (key.attested_by, key.kept_by) = (2, 2)));
}

#[test]
fn n41_enforced_a_serial_is_revoked_while_the_server_runs() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    trusted.revoke(&["5e03"]);
    world.lab().advance(1);
    let newcomer = Newcomer::invite(&world);
    newcomer.is_refused("tee", "chain", changed(&trusted, &newcomer.keys, |_| ()));
    trusted.damage_list();
    world.lab().advance(1);
    newcomer.is_refused("tee", "chain", changed(&trusted, &newcomer.keys, |_| ()));
    trusted.revoke(&[]);
    world.lab().advance(1);
    newcomer.pair("tee", changed(&trusted, &newcomer.keys, |_| ()));
}

#[test]
fn enforced_a_key_in_software_claims_nothing_and_proves_nothing() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "software");
    let newcomer = Newcomer::invite(&world);
    newcomer.is_refused("tee", "chain", none);
    newcomer.is_refused("software", "chain", changed(&trusted, &newcomer.keys, |key| key.boot = None));
    let phone = newcomer.pair("software", none);
    let told = completed(&world, &phone);
    assert_eq!((&told["amr"][0], &told["phone"]["attested"]), (&json!("swk"), &json!(false)));
}

#[test]
fn enforced_a_genuine_app_of_apple_vouches_for_its_level_but_attests_no_key() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "enforce", "tee");
    let newcomer = Newcomer::invite(&world);
    let other = Keys::new();
    newcomer.is_refused("secure_enclave", "chain", |bound| trusted.apple_att(&other.dev, bound));
    let phone = newcomer.pair("secure_enclave", |bound| trusted.apple_att(&newcomer.keys.dev, bound));
    let told = completed(&world, &phone);
    assert_eq!(told["phone"]["level"], "secure_enclave");
    assert_eq!((&told["amr"][0], &told["phone"]["attested"]), (&json!("swk"), &json!(false)));
    let record = &shown(&world)[0]["attestation"];
    assert_eq!((&record["fmt"], &record["flaw"]), (&json!("apple-appattest"), &Value::Null));
    assert_eq!(record["facts"]["environment"], "production");
}

#[test]
fn n41_logged_everybody_comes_in_and_what_was_found_is_kept() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "log", "software");
    let newcomer = Newcomer::invite(&world);
    let phone = newcomer.pair("tee", changed(&trusted, &newcomer.keys, |key| key.boot = Some((false, 2))));
    let told = completed(&world, &phone);
    assert_eq!((&told["amr"][0], &told["phone"]["level"]), (&json!("swk"), &json!("tee")));
    let phones = shown(&world);
    let record = &phones[0]["attestation"];
    assert_eq!((&record["flaw"], &record["level"]), (&json!("boot"), &json!("unknown")));
    assert_eq!((&record["facts"]["says"], &record["facts"]["locked"]), (&json!("tee"), &json!(false)));
    let tail = world.server.operate(&["audit", "tail"]);
    let log = String::from_utf8(tail.stdout).unwrap();
    assert!(log.contains(r#""flaw":"boot""#), "{log}");
}

#[test]
fn logged_a_genuine_key_is_told_as_such() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "log", "software");
    let newcomer = Newcomer::invite(&world);
    let phone = newcomer.pair("tee", changed(&trusted, &newcomer.keys, |_| ()));
    assert_eq!(completed(&world, &phone)["amr"][0], "hwk");
}

#[test]
fn n41_off_nobody_looks() {
    let trusted = Trusted::new();
    let world = trusted.world(BINARY, "off", "software");
    let newcomer = Newcomer::invite(&world);
    let phone = newcomer.pair("strongbox", changed(&trusted, &newcomer.keys, |_| ()));
    let told = completed(&world, &phone);
    assert_eq!((&told["amr"][0], &told["phone"]["attested"]), (&json!("swk"), &json!(false)));
    assert_eq!(
        (&shown(&world)[0]["attestation"], &told["phone"]["level"]),
        (&Value::Null, &json!("strongbox"))
    );
}

#[test]
fn enforced_stays_so_after_a_restart_and_a_server_that_trusts_nobody_does_not_start() {
    let trusted = Trusted::new();
    let mut world = trusted.world(BINARY, "enforce", "tee");
    world.server.restart();
    let newcomer = Newcomer::invite(&world);
    newcomer.is_refused("tee", "chain", none);
    newcomer.pair("tee", changed(&trusted, &newcomer.keys, |_| ()));
    world.server.stop();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data"];
    let ended = Command::new(BINARY).args(serve).arg(world.server.data()).output().unwrap();
    assert!(!ended.status.success());
    assert!(String::from_utf8_lossy(&ended.stderr).contains("file of roots"), "{ended:?}");
}
