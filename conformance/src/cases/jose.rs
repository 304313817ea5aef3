//! Headers and signature lists outside the profile (step 2 of 3.0.7).

use super::Case;
use crate::edit::{edited, set, without};
use crate::scene::Scene;
use crate::script::{Entry, Envelope, Script};
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::hmac_sha256;
use serde_json::json;

const UNSUPPORTED: (u16, &str) = (400, "unsupported_jose");

pub(super) const CASES: &[Case] = &[
    Case::new("N03", "another algorithm, or none", algorithms),
    Case::new("N04", "an unprotected header", unprotected),
    Case::new("N05", "crit and fsh apart, an unknown header member", members),
    Case::new("N06", "a key that the message names itself", named_keys),
    Case::new("N09", "the type of another message", types),
    Case::new("N10", "the device signature missing, not last, twice", places),
    Case::new("N13", "a factor signature cut off, or the hash that binds it", stripped),
    Case::new("N23", "a public key that is none", bad_keys),
];

fn algorithms(scene: &Scene) {
    let table = scene.table();
    for alg in ["none", "ES384", "es256", "HS256", ""] {
        table.refused(&table.all(), UNSUPPORTED, |script| {
            script.seal_header(|header| edited(&header, set("alg", alg))).body()
        });
    }
    table.refused(&table.all(), UNSUPPORTED, |script| {
        script.seal_header(|header| edited(&header, without("alg"))).body()
    });
    table.refused(&table.all(), UNSUPPORTED, keyed_by_the_public_key);
    table.all_right();
}

/// The old trick: HS256, with the public key as the secret.
fn keyed_by_the_public_key(script: &Script) -> Vec<u8> {
    let mut envelope = script.unfinished();
    let protected = b64u(edited(&script.device_header(&envelope), set("alg", "HS256")).as_bytes());
    let input = format!("{protected}.{}", envelope.payload);
    let signature = b64u(&hmac_sha256(script.device.public().as_sec1(), input.as_bytes()));
    envelope.signatures.push(Entry { protected, signature, header: None });
    envelope.body()
}

fn unprotected(scene: &Scene) {
    let table = scene.table();
    for header in [json!({}), json!({"alg": "ES256"}), json!(null)] {
        table.refused(&table.all(), UNSUPPORTED, |script| {
            let mut envelope = script.seal();
            envelope.last().header = Some(header.clone());
            envelope.body()
        });
    }
    table.all_right();
}

fn members(scene: &Scene) {
    let table = scene.table();
    let for_all: [fn(String) -> String; 3] = [
        |header| edited(&header, set("crit", json!(["exp"]))),
        |header| edited(&header, set("crit", "fsh")),
        |header| edited(&header, set("unknown", 1)),
    ];
    let with_factor: [fn(String) -> String; 3] = [
        |header| edited(&header, without("fsh")),
        |header| edited(&header, without("crit")),
        |header| edited(&header, set("fsh", "short")),
    ];
    for edit in for_all {
        table.refused(&table.all(), UNSUPPORTED, |script| script.seal_header(edit).body());
    }
    for edit in with_factor {
        table.refused(&table.with_factor(), UNSUPPORTED, |script| script.seal_header(edit).body());
    }
    table.all_right();
}

fn named_keys(scene: &Scene) {
    let table = scene.table();
    for (name, value) in [
        ("jku", json!("https://keys.example/")),
        ("x5u", json!("https://keys.example/")),
        ("x5c", json!(["MIIB"])),
        ("jwk", table.phone.keys.dev.jwk()),
    ] {
        table.refused(&table.registered(), UNSUPPORTED, |script| {
            script.seal_header(|header| edited(&header, set(name, value.clone()))).body()
        });
    }
    table.all_right();
}

fn types(scene: &Scene) {
    let table = scene.table();
    for script in table.all() {
        for other in table.all().iter().filter(|other| other.typ != script.typ) {
            let misdirected = Script { path: other.path.clone(), ..script.clone() };
            table.refused(&[misdirected], UNSUPPORTED, |script| script.seal().body());
        }
    }
    for typ in ["JWT", "map-response+JWS", ""] {
        table.refused(&table.all(), UNSUPPORTED, |script| {
            script.seal_header(|header| edited(&header, set("typ", typ))).body()
        });
    }
    table.all_right();
}

fn places(scene: &Scene) {
    let table = scene.table();
    table.refused(&table.with_factor(), UNSUPPORTED, |script| {
        let mut envelope = script.seal();
        envelope.signatures.reverse();
        envelope.body()
    });
    table.refused(&table.with_factor(), UNSUPPORTED, |script| script.unfinished().body());
    table.refused(&table.all(), UNSUPPORTED, |script| {
        let mut envelope = script.seal();
        let last = envelope.last().clone();
        envelope.signatures.push(last);
        envelope.body()
    });
    table.all_right();
}

fn stripped(scene: &Scene) {
    let table = scene.table();
    table.refused(&table.with_factor(), UNSUPPORTED, |script| {
        let envelope = script.seal();
        Envelope { signatures: envelope.signatures[1..].to_vec(), ..envelope }.body()
    });
    table.all_right();
}

fn bad_keys(scene: &Scene) {
    let table = scene.table();
    let script = table.enrolment();
    let good = script.value()["pin"]["sig"].clone();
    let (x, zero) = (good["x"].clone(), json!(b64u(&[0; 32])));
    for (member, value) in [("y", x), ("d", zero), ("crv", json!("P-384")), ("kty", json!("OKP"))] {
        let mut jwk = good.clone();
        jwk[member] = value;
        let changed = script.with(|payload| payload["pin"]["sig"] = jwk.clone());
        assert_eq!(changed.send(scene.http()).refused(422, "key_rejected")["reason"], "jwk", "{jwk}");
    }
    table.all_right();
}
