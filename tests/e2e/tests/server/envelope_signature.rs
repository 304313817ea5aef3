//! Device signatures and the names in a message (steps 3 to 5 of 3.0.7): nothing here counts.

use crate::common::{BINARY, Table};
use countersign_e2e::edit::set;
use countersign_e2e::key::{Key, ORDER, der, malleated};
use countersign_e2e::phone::jti;
use countersign_e2e::script::Script;
use countersign_e2e::server::Server;
use countersign_protocol::encoding::{b64u, from_b64u};
use serde_json::json;

const INVALID: (u16, &str) = (401, "invalid_device_signature");
const WRONG_AUDIENCE: (u16, &str) = (400, "wrong_audience");

/// The right message with the raw bytes of its device signature changed.
fn with_signature(script: &Script, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut envelope = script.seal();
    let raw = from_b64u(&envelope.last().signature).unwrap();
    envelope.last().signature = b64u(&change(raw));
    envelope.body()
}

#[test]
fn n08_only_r_and_s_within_the_order_are_a_signature() {
    let table = Table::set();
    let changes: [fn(Vec<u8>) -> Vec<u8>; 6] = [
        |raw| der(&raw),
        |raw| [&[0; 32], &raw[32..]].concat(),
        |raw| [&raw[..32], &[0; 32]].concat(),
        |raw| [&ORDER, &raw[32..]].concat(),
        |raw| [&raw[..32], &ORDER].concat(),
        |raw| raw[..63].to_vec(),
    ];
    for change in changes {
        table.refused(&table.all(), INVALID, |script| with_signature(script, change));
    }
    table.all_right();
}

#[test]
fn a_device_signature_with_a_high_s_is_accepted() {
    let table = Table::set();
    for script in table.all() {
        script.post(&table.world.http(), with_signature(&script, |raw| malleated(&raw))).ok();
    }
}

#[test]
fn n11_a_factor_signature_replaced_by_another_valid_one_breaks_the_hash() {
    let table = Table::set();
    table.refused(&table.with_factor(), INVALID, |script| {
        let mut envelope = script.seal();
        let other = script.unfinished().signatures.remove(0);
        assert_ne!(other.signature, envelope.signatures[0].signature);
        envelope.signatures[0] = other;
        envelope.body()
    });
    table.all_right();
}

#[test]
fn n12_a_malleated_factor_signature_breaks_the_hash() {
    let table = Table::set();
    table.refused(&table.with_factor(), INVALID, |script| {
        let mut envelope = script.seal();
        let raw = from_b64u(&envelope.signatures[0].signature).unwrap();
        envelope.signatures[0].signature = b64u(&malleated(&raw));
        envelope.body()
    });
    table.all_right();
}

#[test]
fn n15_a_flipped_bit_of_the_payload_breaks_the_signature() {
    let table = Table::set();
    table.refused(&table.all(), INVALID, with_a_flipped_bit);
    table.all_right();
}

/// Sent with signatures over another payload: the last digit of `iat` has its lowest bit flipped.
fn with_a_flipped_bit(script: &Script) -> Vec<u8> {
    let text = String::from_utf8(script.payload.clone()).unwrap();
    let mut envelope = script.seal();
    envelope.payload = b64u(text.replace("1790000000", "1790000001").as_bytes());
    envelope.body()
}

#[test]
fn n14_an_unknown_key_is_answered_like_a_broken_signature() {
    let table = Table::set();
    for script in table.registered() {
        let stranger = Script { device: Key::new(), ..script.clone() };
        let unknown = stranger.send(&table.world.http());
        unknown.refused(INVALID.0, INVALID.1);
        let broken = script.post(&table.world.http(), with_a_flipped_bit(&script));
        assert_eq!(unknown.text(), broken.text());
    }
    let strange_kid = |script: &Script| {
        script
            .seal_header(|header| countersign_e2e::edit::edited(&header, set("kid", "not a thumbprint")))
            .body()
    };
    table.refused(&table.registered(), INVALID, strange_kid);
    table.all_right();
}

#[test]
fn n16_another_audience_is_refused() {
    let table = Table::set();
    let iss = table.world.server.base().to_owned();
    let other = Server::start(BINARY);
    for aud in [
        other.base().to_owned(),
        "https://id.example.eu".to_owned(),
        format!("{iss}/"),
        iss.to_uppercase(),
        iss.replace("127.0.0.1", "LOCALHOST"),
        String::new(),
    ] {
        table.refused(&table.all(), WRONG_AUDIENCE, |script| {
            script.with(set("aud", aud.as_str())).seal().body()
        });
    }
    table.all_right();
}

#[test]
fn n17_a_message_in_the_name_of_another_phone_is_refused() {
    let table = Table::set();
    let (_, stranger) = {
        let account = table.world.service.add_account("clara@example.eu");
        let phone = countersign_e2e::phone::pairing::pair(
            &table.world.http(),
            &table.world.service,
            &account,
            |_| (),
        );
        (account, phone)
    };
    for iss in [stranger.aid.clone(), jti(), "anna".to_owned()] {
        table.refused(&table.registered(), WRONG_AUDIENCE, |script| {
            script.with(set("iss", iss.as_str())).seal().body()
        });
    }
    table.all_right();
}

#[test]
fn n22_the_phones_clock_is_never_judged() {
    let table = Table::set();
    for iat in [0_u64, 4_070_908_800] {
        for script in [table.op(), table.enrolment()] {
            script.with(set("iat", json!(iat))).send(&table.world.http()).ok();
        }
        let (sign_in, request) = table.world.ask(&table.phone);
        let mut approval = table.phone.approval(&request, sign_in.number());
        approval["iat"] = json!(iat);
        table.phone.send(&approval, &[table.phone.keys.pin()]).ok();
    }
}
