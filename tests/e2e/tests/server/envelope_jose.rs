//! Headers and signature lists outside the profile (step 2 of 3.0.7).

use crate::common::Table;
use countersign_e2e::edit::{edited, set, without};
use countersign_e2e::script::{Entry, Envelope, Script, Typ};
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::hmac_sha256;
use serde_json::{Value, json};
use std::net::TcpListener;

const UNSUPPORTED: (u16, &str) = (400, "unsupported_jose");

/// A change of a header's JSON text.
type HeaderEdit = fn(String) -> String;

#[test]
fn n03_only_es256_is_taken() {
    let table = Table::set();
    for alg in ["none", "ES384", "es256", "HS256", "RS256", ""] {
        table.refused(&table.all(), UNSUPPORTED, |script| {
            script.seal_header(|header| edited(&header, set("alg", alg))).body()
        });
        table.refused(&table.with_factor(), UNSUPPORTED, |script| {
            script.seal_factor_header(|header| edited(&header, set("alg", alg))).body()
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

#[test]
fn n04_an_unprotected_header_is_refused() {
    let table = Table::set();
    for header in [json!({}), json!({"kid": "x"}), json!({"alg": "ES256"}), json!(null)] {
        table.refused(&table.all(), UNSUPPORTED, |script| {
            let mut envelope = script.seal();
            envelope.last().header = Some(header.clone());
            envelope.body()
        });
        table.refused(&table.with_factor(), UNSUPPORTED, |script| {
            let mut envelope = script.seal();
            envelope.signatures[0].header = Some(header.clone());
            envelope.body()
        });
    }
    table.all_right();
}

#[test]
fn n05_fsh_and_crit_go_together_and_nothing_else_is_known() {
    let table = Table::set();
    let for_all: [HeaderEdit; 4] = [
        |header| edited(&header, set("crit", json!(["exp"]))),
        |header| edited(&header, set("crit", json!([]))),
        |header| edited(&header, set("crit", "fsh")),
        |header| edited(&header, set("unknown", 1)),
    ];
    let with_factor: [HeaderEdit; 4] = [
        |header| edited(&header, without("fsh")),
        |header| edited(&header, without("crit")),
        |header| edited(&header, set("crit", json!(["fsh", "fsh"]))),
        |header| edited(&header, set("fsh", "short")),
    ];
    let alone: [HeaderEdit; 2] = [
        |header| edited(&header, set("crit", json!(["fsh"]))),
        |header| edited(&header, set("fsh", b64u(&[0; 32]))),
    ];
    for edit in for_all {
        table.refused(&table.all(), UNSUPPORTED, |script| script.seal_header(edit).body());
    }
    for edit in with_factor {
        table.refused(&table.with_factor(), UNSUPPORTED, |script| script.seal_header(edit).body());
    }
    for edit in alone {
        table.refused(&[table.op()], UNSUPPORTED, |script| script.seal_header(edit).body());
    }
    for edit in [for_all[0], for_all[3], |header| edited(&header, without("kid"))] {
        table.refused(&table.with_factor(), UNSUPPORTED, |script| script.seal_factor_header(edit).body());
    }
    table.all_right();
}

#[test]
fn n06_keys_named_by_the_message_are_refused_and_not_fetched() {
    let table = Table::set();
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let url = format!("http://{}/keys", trap.local_addr().unwrap());
    for (name, value) in [
        ("jku", json!(url)),
        ("x5u", json!(url)),
        ("x5c", json!(["MIIB"])),
        ("jwk", table.phone.keys.dev.jwk()),
    ] {
        table.refused(&table.registered(), UNSUPPORTED, |script| {
            script.seal_header(|header| edited(&header, set(name, value.clone()))).body()
        });
    }
    assert!(trap.accept().is_err(), "the server called an address from a message");
    table.all_right();
}

#[test]
fn n09_the_typ_of_another_message_is_refused() {
    let table = Table::set();
    for script in table.all() {
        for other in table.all().iter().filter(|other| other.typ != script.typ) {
            let misdirected = Script { path: other.path.clone(), ..script.clone() };
            table.refused(&[misdirected], UNSUPPORTED, |script| script.seal().body());
            table.refused(std::slice::from_ref(&script), UNSUPPORTED, |script| {
                script.seal_header(|header| edited(&header, set("typ", other.typ.as_str()))).body()
            });
        }
    }
    for typ in ["JWT", "map-response+JWS", "map-request+jws", ""] {
        table.refused(&table.all(), UNSUPPORTED, |script| {
            script.seal_header(|header| edited(&header, set("typ", typ))).body()
        });
    }
    table.all_right();
}

#[test]
fn n10_the_device_signature_is_the_last_and_the_only_one_of_its_kind() {
    let table = Table::set();
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

#[test]
fn n13_a_stripped_factor_signature_or_a_stripped_hash_is_refused() {
    let table = Table::set();
    table.refused(&table.with_factor(), UNSUPPORTED, |script| {
        let envelope = script.seal();
        Envelope { signatures: envelope.signatures[1..].to_vec(), ..envelope }.body()
    });
    table.refused(&table.with_factor(), UNSUPPORTED, |script| {
        script
            .seal_header(|header| {
                edited(&header, |value| {
                    without("fsh")(value);
                    without("crit")(value);
                })
            })
            .body()
    });
    table.all_right();
}

/// JWKs that are no public key of the profile.
fn bad_jwks(good: &Value) -> Vec<Value> {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut jwk = good.clone();
        change(&mut jwk);
        jwk
    };
    let (x, zero, top) = (good["x"].clone(), json!(b64u(&[0; 32])), json!(b64u(&[0xff; 32])));
    let compressed =
        [&[2][..], &countersign_protocol::encoding::from_b64u(x.as_str().unwrap()).unwrap()].concat();
    vec![
        with(&|jwk| jwk["y"] = x.clone()),
        with(&|jwk| jwk["x"] = top.clone()),
        with(&|jwk| (jwk["x"], jwk["y"]) = (zero.clone(), zero.clone())),
        with(&|jwk| jwk["d"] = zero.clone()),
        with(&|jwk| without("y")(jwk)),
        with(&|jwk| {
            without("y")(jwk);
            jwk["x"] = json!(b64u(&compressed));
        }),
        with(&|jwk| jwk["crv"] = json!("P-384")),
        with(&|jwk| jwk["kty"] = json!("OKP")),
    ]
}

#[test]
fn n23_a_key_outside_the_profile_is_rejected_in_payload_and_header() {
    let table = Table::set();
    let script = table.enrolment();
    let (payload, http) = (script.value(), table.world.http());
    for name in ["sig", "ka"] {
        for jwk in bad_jwks(&payload["pin"][name]) {
            let changed = script.with(|payload| payload["pin"][name] = jwk.clone());
            let refusal = changed.send(&http).refused(422, "key_rejected");
            assert_eq!(refusal["reason"], "jwk", "{jwk}");
        }
    }
    for jwk in bad_jwks(&script.device.jwk()) {
        table.refused(&[table.enrolment()], UNSUPPORTED, |script| {
            script.seal_header(|header| edited(&header, set("jwk", jwk.clone()))).body()
        });
    }
    assert_eq!(table.enrolment().typ, Typ::Enrol);
    table.all_right();
}
