//! Device signatures and the names in a message (steps 3 to 5 of 3.0.7).

use super::Case;
use crate::edit::set;
use crate::key::{Key, ORDER, der, malleated};
use crate::phone::jti;
use crate::scene::Scene;
use crate::script::Script;
use countersign_protocol::encoding::{b64u, from_b64u};
use serde_json::json;

const INVALID: (u16, &str) = (401, "invalid_device_signature");
const WRONG_AUDIENCE: (u16, &str) = (400, "wrong_audience");

pub(super) const CASES: &[Case] = &[
    Case::new("N08", "a signature in DER, or out of range", out_of_range),
    Case::new("N11", "a factor signature swapped for another valid one", swapped),
    Case::new("N12", "a factor signature in its other form", malleable),
    Case::new("N14", "a key that nobody has", unknown),
    Case::new("N15", "one bit of the payload flipped", flipped),
    Case::new("N16", "a message for another server", other_server),
    Case::new("N17", "a message in another phone's name", other_phone),
    Case::new("N22", "a phone whose clock is wrong", clocks),
];

fn with_signature(script: &Script, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut envelope = script.seal();
    let raw = from_b64u(&envelope.last().signature).unwrap();
    envelope.last().signature = b64u(&change(raw));
    envelope.body()
}

fn out_of_range(scene: &Scene) {
    let table = scene.table();
    let changes: [fn(Vec<u8>) -> Vec<u8>; 5] = [
        |raw| der(&raw),
        |raw| [&[0; 32], &raw[32..]].concat(),
        |raw| [&raw[..32], &[0; 32]].concat(),
        |raw| [&ORDER, &raw[32..]].concat(),
        |raw| raw[..63].to_vec(),
    ];
    for change in changes {
        table.refused(&table.all(), INVALID, |script| with_signature(script, change));
    }
    table.all_right();
}

fn swapped(scene: &Scene) {
    let table = scene.table();
    table.refused(&table.with_factor(), INVALID, |script| {
        let mut envelope = script.seal();
        envelope.signatures[0] = script.unfinished().signatures.remove(0);
        envelope.body()
    });
    table.all_right();
}

fn malleable(scene: &Scene) {
    let table = scene.table();
    table.refused(&table.with_factor(), INVALID, |script| {
        let mut envelope = script.seal();
        let raw = from_b64u(&envelope.signatures[0].signature).unwrap();
        envelope.signatures[0].signature = b64u(&malleated(&raw));
        envelope.body()
    });
    table.all_right();
}

fn with_a_flipped_bit(script: &Script) -> Vec<u8> {
    let text = String::from_utf8(script.payload.clone()).unwrap();
    let mut envelope = script.seal();
    envelope.payload = b64u(text.replace("1790000000", "1790000001").as_bytes());
    envelope.body()
}

fn flipped(scene: &Scene) {
    let table = scene.table();
    table.refused(&table.all(), INVALID, with_a_flipped_bit);
    table.all_right();
}

fn unknown(scene: &Scene) {
    let table = scene.table();
    for script in table.registered() {
        let unknown = Script { device: Key::new(), ..script.clone() }.send(scene.http());
        unknown.refused(INVALID.0, INVALID.1);
        let broken = script.post(scene.http(), with_a_flipped_bit(&script));
        assert_eq!(unknown.text(), broken.text(), "the answer tells which keys there are");
    }
    table.all_right();
}

fn other_server(scene: &Scene) {
    let table = scene.table();
    let iss = table.phone.aud();
    for aud in ["https://elsewhere.example".to_owned(), format!("{iss}/"), iss.to_uppercase(), String::new()]
    {
        table.refused(&table.all(), WRONG_AUDIENCE, |script| {
            script.with(set("aud", aud.as_str())).seal().body()
        });
    }
    table.all_right();
}

fn other_phone(scene: &Scene) {
    let table = scene.table();
    for iss in [scene.stranger().aid, jti(), "anna".to_owned()] {
        table.refused(&table.registered(), WRONG_AUDIENCE, |script| {
            script.with(set("iss", iss.as_str())).seal().body()
        });
    }
    table.all_right();
}

fn clocks(scene: &Scene) {
    let table = scene.table();
    for iat in [0_u64, 4_070_908_800] {
        table.op().with(set("iat", json!(iat))).send(scene.http()).ok();
    }
    table.approval().with(set("iat", json!(0))).send(scene.http()).ok();
}
