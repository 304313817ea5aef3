//! The forms beneath the messages: keys, signatures, base64url, strict JSON, problem bodies.

use crate::case::{Case, Group, Vectors, bad, good};
use crate::forge::{broken, der, high_s};
use crate::published::{dev, id, pin_sig};
use countersign_protocol::encoding::{b64u, hex};
use countersign_protocol::problem::Code;
use serde_json::{Value, json};

pub fn files() -> Vec<Vectors> {
    let file = |name, about, kind, members, cases| Vectors {
        name,
        about,
        groups: vec![Group { kind, members, cases }],
    };
    vec![
        file("jwk", "Public keys in the only form, with their thumbprints", "Jwk", json!({}), jwks()),
        file(
            "signature",
            "Signatures of 64 bytes over a text",
            "Signature",
            json!({"jwk": dev().jwk(), "message": "message"}),
            raw(),
        ),
        file(
            "signature_der",
            "Signatures of a key store, brought to 64 bytes",
            "SignatureForm",
            json!({"jwk": dev().jwk(), "message": "message"}),
            ders(),
        ),
        file("base64url", "Base64url in the only spelling", "Base64url", json!({}), base64()),
        file("json", "Strict JSON", "Json", json!({}), jsons()),
        file("problem", "Problem bodies of a server", "Problem", json!({}), problems()),
    ]
}

fn jwks() -> Vec<Case> {
    let jwk = dev().jwk();
    let change = |name: &str, to: Value| {
        let mut changed = jwk.clone();
        changed[name] = to;
        json!({"jwk": changed})
    };
    let without = |name: &str| {
        let mut changed = jwk.clone();
        changed.as_object_mut().unwrap().shift_remove(name);
        json!({"jwk": changed})
    };
    let x = jwk["x"].as_str().unwrap();
    let reordered = json!({"y": jwk["y"], "x": jwk["x"], "crv": "P-256", "kty": "EC"});
    let prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    let mut cases = vec![
        good("the published device key", json!({"jwk": jwk, "jkt": dev().jkt()})),
        good("members in another order", json!({"jwk": reordered, "jkt": dev().jkt()})),
        bad("another thumbprint", "WrongValue", json!({"jwk": jwk, "jkt": pin_sig().jkt()})),
        bad("y of another point", "Key", change("y", pin_sig().jwk()["y"].clone())),
        bad(
            "x and y zero",
            "Key",
            json!({"jwk": {"kty": "EC", "crv": "P-256", "x": id(0, 32), "y": id(0, 32)}}),
        ),
        bad("x is the prime", "Key", change("x", b64u(&crate::check::from_hex(prime).unwrap()).into())),
        bad("x of 33 bytes", "Key", change("x", id(0, 33).into())),
        bad("x of 31 bytes", "Key", change("x", id(1, 31).into())),
        bad("x with padding", "Encoding", change("x", format!("{x}=").into())),
        bad("x is a number", "Member", change("x", 5.into())),
        bad("a private key", "Key", change("d", id(1, 32).into())),
        bad("kid", "Member", change("kid", "s1".into())),
        bad("P-384", "Algorithm", change("crv", "P-384".into())),
        bad("kty RSA", "Algorithm", change("kty", "RSA".into())),
        bad("kty in lower case", "Algorithm", change("kty", "ec".into())),
    ];
    cases.extend(["kty", "crv", "x", "y"].map(|name| bad(format!("no {name}"), "Member", without(name))));
    cases
}

fn raw() -> Vec<Case> {
    let signature = dev().sign(b"message");
    let mut cases = vec![
        good("by RFC 6979", json!({"signature": b64u(&signature)})),
        good("s above n/2", json!({"signature": b64u(&high_s(&signature))})),
        bad("over another text", "Signature", json!({"signature": b64u(&dev().sign(b"messagf"))})),
        bad("by another key", "Signature", json!({"signature": b64u(&pin_sig().sign(b"message"))})),
    ];
    let broken = broken(&signature).into_iter();
    cases
        .extend(broken.map(|(comment, bytes)| bad(comment, "Signature", json!({"signature": b64u(&bytes)}))));
    cases
}

fn ders() -> Vec<Case> {
    let signature = dev().sign(b"message");
    let bytes = der(&signature);
    let with = |bytes: &[u8]| json!({"signature": b64u(bytes), "raw": b64u(&signature)});
    let mut long_form = vec![0x30, 0x81];
    long_form.extend_from_slice(&bytes[1..]);
    let mut negative = bytes.clone();
    negative[4] |= 0x80;
    let mut tag = bytes.clone();
    tag[0] = 0x31;
    let padded_r = [&[0x30, bytes[1] + 1, 2, bytes[3] + 1, 0], &bytes[4..]].concat();
    vec![
        good("DER", with(&bytes)),
        good("64 bytes", with(&signature)),
        bad("one byte behind", "Truncated", with(&[&bytes[..], &[0]].concat())),
        bad("one byte cut off", "Truncated", with(&bytes[..bytes.len() - 1])),
        bad("nothing", "Truncated", with(&[])),
        bad("length in the long form", "Form", with(&long_form)),
        bad("r with a needless zero in front", "Form", with(&padded_r)),
        bad("another sign of r", "WrongValue", with(&negative)),
        bad("a set in the place of the sequence", "Form", with(&tag)),
        bad("an empty sequence", "Form", with(&[0x30, 0])),
        bad("r = s = 0", "Form", with(&[0x30, 6, 2, 1, 0, 2, 1, 0])),
        bad("a length beyond the end", "Truncated", with(&[0x30, 0x7f, 2, 1, 1])),
        bad("64 zero bytes", "Form", with(&[0; 64])),
        bad("64 bytes of ones", "Form", with(&[0xff; 64])),
    ]
}

fn base64() -> Vec<Case> {
    let taken = [("", ""), ("AQ", "01"), ("AQI", "0102"), ("AQID", "010203"), ("-_-_", "fbffbf")];
    let mut cases: Vec<Case> = taken
        .iter()
        .map(|(text, bytes)| good(format!("{text:?}"), json!({"text": text, "hex": bytes})))
        .collect();
    for text in
        ["AQ==", "AQI=", "A", "AQIDA", "AR", "AQJ", "+A", "/A", "AQ\n", " AQ", "A Q", "AQ\r\n", "ＡＱ", "A.Q"]
    {
        cases.push(bad(format!("{text:?}"), "Encoding", json!({"text": text})));
    }
    cases
}

fn jsons() -> Vec<Case> {
    let taken = [
        "{}",
        "[]",
        "null",
        "0",
        "9007199254740991",
        r#""a""#,
        " {\"a\" : [ 1 , true ] } \n",
        "[[[[[[]]]]]]",
        r#"{"a":{"b":1},"b":{"b":1}}"#,
        r#""\ud83d\ude00""#,
    ];
    let refused = [
        "",
        "{",
        "}",
        "nul",
        "1 1",
        "{}{}",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "// x\n1",
        "1.0",
        "1e3",
        "1E3",
        "-1",
        "-0",
        "01",
        "+1",
        ".5",
        "0x10",
        "NaN",
        "Infinity",
        "9007199254740992",
        "18446744073709551616",
        r#"{"a":1,"a":2}"#,
        r#"{"a":1,"\u0061":1}"#,
        r#"{"x":[{"a":1,"a":1}]}"#,
        "[[[[[[[]]]]]]]",
        r#""\ud800""#,
        r#""\udc00\ud800""#,
        "\"a\nb\"",
        "\u{feff}1",
        r#""\x""#,
    ];
    let mut cases: Vec<Case> =
        taken.iter().map(|text| good(*text, json!({"hex": hex(text.as_bytes())}))).collect();
    cases.extend(refused.iter().map(|text| bad(*text, "Json", json!({"hex": hex(text.as_bytes())}))));
    cases.extend(not_utf8());
    cases.push(bad("a thousand lists", "Json", json!({"hex": hex("[".repeat(1000).as_bytes())})));
    cases
}

fn not_utf8() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, bytes) in [
        ("a lone continuation byte", &b"\"\x80\""[..]),
        ("an overlong slash", b"\"\xc0\xaf\""),
        ("a surrogate in UTF-8", b"\"\xed\xa0\x80\""),
    ] {
        cases.push(bad(name, "Json", json!({"hex": hex(bytes)})));
    }
    cases
}

fn problems() -> Vec<Case> {
    let body = |code: &str, more: &str| {
        format!("{{\"type\":\"urn:map:problem:{code}\",\"status\":400,\"title\":\"x\"{more}}}")
    };
    let mut cases: Vec<Case> = Code::ALL
        .iter()
        .map(|code| good(code.as_str(), json!({"body": body(code.as_str(), ""), "code": code.as_str()})))
        .collect();
    cases.push(good("with members", json!({"body": body("pin_incorrect", r#","attempts_left":2,"retry_after":60"#), "code": "pin_incorrect", "attempts_left": 2})));
    cases.push(good(
        "an unknown member",
        json!({"body": body("malformed", r#","x":[1]"#), "code": "malformed"}),
    ));
    for text in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"type":"about:blank"}"#,
        r#"{"type":"urn:map:problem:"}"#,
        r#"{"type":5}"#,
        "<html>",
        "[[[[[[[[]]]]]]]]",
    ] {
        cases.push(bad(format!("{text:?}"), "Form", json!({"body": text})));
    }
    cases.push(bad("an unknown code", "Form", json!({"body": body("else", "")})));
    cases.push(bad(
        "attempts below zero",
        "Json",
        json!({"body": body("pin_incorrect", r#","attempts_left":-1"#)}),
    ));
    cases.push(bad(
        "type twice",
        "Json",
        json!({"body": body("malformed", r#","type":"urn:map:problem:malformed""#)}),
    ));
    cases
}
