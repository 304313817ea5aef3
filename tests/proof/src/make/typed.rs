//! Pairing by a typed code, and the codes that people type (3.3.2, 3.6).

use crate::case::{Case, Group, Vectors, bad, good};
use crate::published::{ISS, id, root};
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::{Eid, Thumbprint};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::label::labelled_sha256;
use countersign_protocol::qr::Pairing;
use countersign_protocol::secret::EnrolSecret;
use countersign_protocol::typed::TypedKeys;
use serde_json::json;

const SHOWN: &str = "RF1W-7GY3-RF1W-7GY7";

pub fn file() -> Vectors {
    let groups = vec![
        Group { kind: "TypedCode", members: json!({}), cases: codes() },
        Group { kind: "TypedBox", members: json!({"iss": ISS, "code": SHOWN}), cases: boxes() },
        Group { kind: "OfflineCodeTyped", members: json!({}), cases: digits() },
        Group { kind: "Number", members: json!({}), cases: numbers() },
    ];
    Vectors {
        name: "typed",
        about: "What people type: pairing codes with their box, offline codes, numbers",
        groups,
    }
}

fn codes() -> Vec<Case> {
    let shown = |text: &str| json!({"text": text, "shown": SHOWN, "symbols": "RF1W7GY3RF1W7GY"});
    let mut cases =
        vec![good("from random bits", json!({"random": id(0x1e, 10), "shown": SHOWN, "text": SHOWN}))];
    for text in [SHOWN, "rf1w 7gy3 rf1w 7gy7", "RFIW7GY3RFLW7GY7", " rf1w\u{2013}7gy3-RF1W-7GY7 "] {
        cases.push(good(format!("typed as {text:?}"), shown(text)));
    }
    for text in [
        "RF1W-7GY3-RF1W-7GY8",
        "RF1W-7GY3-RF1V-7GY7",
        "FR1W-7GY3-RF1W-7GY7",
        "RF1W-7GY3-RF1W-7GY",
        "RF1W-7GY3-RF1W-7GY77",
        "RF1W-7GY3-RF1W-7GYU",
        "RF1W-7GY3-RF1W-7GY\u{ff17}",
        "RF1W.7GY3.RF1W.7GY7",
        "",
    ] {
        cases.push(bad(format!("typed as {text:?}"), "Form", json!({"text": text})));
    }
    cases
}

/// The stretching, by the crate itself.
fn keys(iss: &Issuer) -> (TypedKeys, [u8; 32]) {
    let params = argon2::Params::new(65_536, 3, 1, Some(32)).unwrap();
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let salt = labelled_sha256("MAP1 typed salt", &[iss.as_str().as_bytes()]);
    let mut stretched = [0; 32];
    argon.hash_password_into(b"RF1W7GY3RF1W7GY", &salt[..16], &mut stretched).unwrap();
    (TypedKeys::from_stretched(&stretched, iss).unwrap(), stretched)
}

fn boxes() -> Vec<Case> {
    let iss = Issuer::parse(ISS, Profile::Production).unwrap();
    let (keys, stretched) = keys(&iss);
    let pairing = |same_device| Pairing {
        eid: Eid::from_bytes([0x11; 16]),
        secret: EnrolSecret::from_bytes([0x12; 16]),
        root: Thumbprint::parse(&root().jkt()).unwrap(),
        same_device,
    };
    let sealed = keys.seal(&iss, &pairing(false), [0x1f; 12]).unwrap();
    let flagged = keys.seal(&iss, &pairing(true), [0x1f; 12]).unwrap();
    let stretched = b64u(&stretched);
    let with = |bytes: &[u8]| json!({"stretched": stretched, "box": b64u(bytes)});
    let mut whole = with(&sealed);
    for (name, text) in [
        ("lookup", b64u(keys.lookup())),
        ("nonce", b64u(&[0x1f; 12])),
        ("eid", id(0x11, 16)),
        ("es", id(0x12, 16)),
        ("root", root().jkt()),
    ] {
        whole[name] = text.into();
    }
    let mut other = whole.clone();
    other["stretched"] = id(1, 32).into();
    let mut lookup = whole.clone();
    lookup["lookup"] = id(1, 16).into();
    let mut cases = vec![
        good("the box of this code", whole),
        bad("under another code's key", "Key", other),
        bad("another lookup", "WrongValue", lookup),
        bad("a box with the flag of a link", "Form", with(&flagged)),
        bad("a byte too few", "Truncated", with(&sealed[..sealed.len() - 1])),
        bad("a byte too many", "Truncated", with(&[&sealed[..], &[0]].concat())),
        bad("nothing", "Truncated", with(&[])),
    ];
    for index in [0, 11, 12, 76, 77, 92] {
        let mut changed = sealed.clone();
        changed[index] ^= 0x80;
        cases.push(bad(format!("byte {index} changed"), "Signature", with(&changed)));
    }
    cases
}

fn digits() -> Vec<Case> {
    let mut cases = Vec::new();
    for text in ["89850940", "8985 0940", "8985-0940", "8985\u{a0}0940", "8985\u{202f}0940"] {
        cases.push(good(format!("{text:?}"), json!({"text": text, "code": "89850940"})));
    }
    for text in ["8985094", "898509400", "8985094a", "８９８５０９４０", "8985.0940", ""] {
        cases.push(bad(format!("{text:?}"), "Form", json!({"text": text})));
    }
    cases
}

fn numbers() -> Vec<Case> {
    let mut cases = vec![
        good("six digits", json!({"text": "483920"})),
        good("zeros in front", json!({"text": "000042"})),
    ];
    for text in ["483 920", "48392", "4839200", "４８３９２０", "48392a", "", "+48392"] {
        cases.push(bad(format!("{text:?}"), "Form", json!({"text": text})));
    }
    cases
}
