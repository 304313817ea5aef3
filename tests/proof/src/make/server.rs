//! Messages of a server: request, offer, binding, receipts, notice, and the content of the offline QR.

use super::keysets::set_jws;
use super::twins::{bad_twins, by_server, good_twins, members};
use crate::case::{Case, Group, Vectors, bad, good};
use crate::forge::Compact;
use crate::published::{ISS, OFFLINE, REQUEST, TIME, dev, id, root, sign};
use countersign_protocol::label::sha256;
use serde_json::{Value, json};

/// A message: file, `typ`, payload, members that may be null, members that may be absent.
struct Message {
    name: &'static str,
    typ: &'static str,
    payload: String,
    null: &'static [&'static str],
    absent: &'static [&'static str],
    /// Changes of the payload that its own section refuses, or allows.
    changes: Vec<(&'static str, &'static str, Value, bool)>,
}

pub fn files() -> Vec<Vectors> {
    [request(), link_request(), offer(), binding(), receipt(), op_receipt(), notice(), offline()]
        .into_iter()
        .map(|message| file(&message))
        .collect()
}

fn file(message: &Message) -> Vectors {
    let mut cases = good_twins(&by_server(message.typ, &message.payload), &sign());
    cases.extend(own(message));
    cases.extend(heads(message));
    cases.extend(bad_twins(&by_server(message.typ, &message.payload), &sign()));
    let members = json!({
        "typ": message.typ, "message": message.name, "iss": ISS, "root": root().jkt(), "keysets": [set_jws()],
    });
    let group = Group { kind: "ServerMessage", members, cases: extended(message, cases) };
    Vectors {
        name: message.name,
        about: "A compact JWS of a server, opened under its key set",
        groups: vec![group],
    }
}

/// The derived values of the first case.
fn extended(message: &Message, mut cases: Vec<Case>) -> Vec<Case> {
    let jws = by_server(message.typ, &message.payload).signed(&sign());
    let hash = countersign_protocol::encoding::b64u(&sha256(jws.as_bytes()));
    if message.typ == "map-request+jws" {
        cases.insert(1, good("req is the hash of the text as received", json!({"jws": jws, "req": hash})));
        let with_space = countersign_protocol::encoding::b64u(&sha256(format!("{jws} ").as_bytes()));
        cases.push(bad("req of another text", "WrongValue", json!({"jws": jws, "req": with_space})));
    }
    cases
}

fn own(message: &Message) -> Vec<Case> {
    let mut cases = Vec::new();
    let sign_key = sign();
    let mut add = |comment: String, flag: &'static str, payload: &str, valid: bool| {
        let members = json!({"jws": by_server(message.typ, payload).signed(&sign_key)});
        cases.push(if valid { good(comment, members) } else { bad(comment, flag, members) });
    };
    for (comment, payload, valid) in members(&message.payload, message.null, message.absent) {
        add(comment, "Member", &payload, valid);
    }
    for (name, flag, to, valid) in &message.changes {
        let mut value: Value = serde_json::from_str(&message.payload).unwrap();
        *value.pointer_mut(name).unwrap() = to.clone();
        add(format!("{name} is {}", shown(to)), flag, &value.to_string(), *valid);
    }
    cases
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 {
        format!("{}… ({} characters)", text.chars().take(40).collect::<String>(), text.chars().count())
    } else {
        text
    }
}

/// What `v`, `iss`, `iat` and `kid` must be.
fn heads(message: &Message) -> Vec<Case> {
    let change = |from: &str, to: &str| {
        let payload = message.payload.replacen(from, to, 1);
        assert_ne!(payload, message.payload, "{from}");
        by_server(message.typ, &payload).signed(&sign())
    };
    let iat = format!("\"iat\":{TIME}");
    let at = |time: u64| change(&iat, &format!("\"iat\":{time}"));
    let kid = |kid: &str| Compact::new(message.typ, kid, &message.payload).signed(&sign());
    let own_key = Compact::self_keyed(message.typ, &sign(), &message.payload).signed(&sign());
    vec![
        bad("v is 2", "Form", json!({"jws": change(r#""v":1"#, r#""v":2"#)})),
        bad("v is a text", "Member", json!({"jws": change(r#""v":1"#, r#""v":"1""#)})),
        bad("iss is another server", "Addressee", json!({"jws": change(ISS, "https://id.example.com")})),
        bad("iss ends in a slash", "Addressee", json!({"jws": change(ISS, "https://id.example.eu/")})),
        bad(
            "iss names the default port",
            "Addressee",
            json!({"jws": change(ISS, "https://id.example.eu:443")}),
        ),
        bad("iat is a second before the key's nbf", "Key", json!({"jws": at(TIME - 1)})),
        bad("iat is at the key's exp", "Key", json!({"jws": at(1_805_552_000)})),
        bad("kid is not in the key set", "Key", json!({"jws": kid("s2")})),
        bad("kid is the off key's", "Key", json!({"jws": kid("off1")})),
        bad("kid is empty", "Key", json!({"jws": kid("")})),
        bad("jwk in the place of kid", "Algorithm", json!({"jws": own_key})),
        bad(
            "typ of a key set",
            "Algorithm",
            json!({"jws": Compact::new("map-keyset+jws", "s1", &message.payload).signed(&sign())}),
        ),
    ]
}

const HIDDEN: [&str; 6] = ["a\u{202e}b", "a\u{200b}b", "a\u{200d}b", "a\nb", "e\u{301}", ""];

fn hidden(pointer: &'static str, limit: usize) -> Vec<(&'static str, &'static str, Value, bool)> {
    let mut changes: Vec<_> = HIDDEN.iter().map(|text| (pointer, "Text", json!(text), false)).collect();
    changes.push((pointer, "Normal", json!("é".repeat(limit)), true));
    changes.push((pointer, "Text", json!("é".repeat(limit + 1)), false));
    changes
}

fn request() -> Message {
    let mut changes = vec![
        ("/exp", "Form", json!(TIME), false),
        ("/exp", "Normal", json!(TIME + 600), true),
        ("/exp", "Form", json!(TIME + 601), false),
        ("/flow", "Form", json!("pull"), false),
        ("/kind", "Form", json!("pay"), false),
        ("/factors", "Form", json!(["pin", "face"]), false),
        ("/nonce", "Form", json!(id(0x15, 31)), false),
        ("/tid", "Form", json!(id(0x13, 17)), false),
        ("/aud", "Encoding", json!(format!("{}=", id(6, 16))), false),
        ("/ret", "Form", json!("https://id.example.eu/return"), false),
        ("/txt", "Normal", json!([]), true),
        ("/txt", "Normal", json!(vec![json!({"l": "a", "t": "b"}); 8]), true),
        ("/txt", "Form", json!(vec![json!({"l": "a", "t": "b"}); 9]), false),
        ("/txt", "Member", json!([{"l": "a", "t": "b", "x": "c"}]), false),
        ("/txt/0/t", "Text", json!("1\u{2066}2"), false),
        ("/txt/0/l", "Text", json!("x".repeat(25)), false),
        ("/ctx", "Normal", json!({"ip": "203.0.113.7", "at": TIME}), true),
        ("/ctx/geo", "Member", json!(null), false),
        ("/ctx/agent", "Text", json!("Fire\u{ad}fox"), false),
    ];
    changes.extend(hidden("/client/name", 40));
    changes.extend(hidden("/client/origin", 120));
    Message {
        name: "request",
        typ: "map-request+jws",
        payload: REQUEST.to_owned(),
        null: &["ret"],
        absent: &[],
        changes,
    }
}

fn link_request() -> Message {
    let payload = REQUEST
        .replace(r#""flow":"push""#, r#""flow":"link""#)
        .replace(r#""ret":null"#, r#""ret":"https://id.example.eu/return""#);
    let long = format!("https://id.example.eu/{}", "x".repeat(200));
    let changes = vec![
        ("/ret", "Normal", json!("http://127.0.0.1:8080/return"), true),
        ("/ret", "Form", json!("http://id.example.eu/return"), false),
        ("/ret", "Form", json!("https://id.example.eu/return?x=1"), false),
        ("/ret", "Form", json!("https://id.example.eu/return#x"), false),
        ("/ret", "Form", json!("https://u@id.example.eu/return"), false),
        ("/ret", "Form", json!("https://id.example.eu\\@evil.example/"), false),
        ("/ret", "Form", json!("javascript:alert(1)"), false),
        ("/ret", "Form", json!(long), false),
        ("/flow", "Form", json!("push"), false),
        ("/flow", "Form", json!("scan"), false),
    ];
    Message { name: "request_link", typ: "map-request+jws", payload, null: &[], absent: &[], changes }
}

fn offer() -> Message {
    let payload = json!({
        "v": 1, "iss": ISS, "iat": TIME, "eid": id(0x11, 16), "nonce": id(0x16, 32), "exp": TIME + 300,
        "account": "a***@example.eu", "kind": "new", "attest": "off", "min_level": "software", "ret": null,
    });
    let mut changes = vec![
        ("/kind", "Normal", json!("migrate"), true),
        ("/kind", "Form", json!("add"), false),
        ("/attest", "Normal", json!("enforce"), true),
        ("/attest", "Form", json!("on"), false),
        ("/min_level", "Normal", json!("strongbox"), true),
        ("/min_level", "Form", json!("hardware"), false),
        ("/eid", "Form", json!(id(0x11, 15)), false),
        ("/ret", "Normal", json!("https://id.example.eu/return"), true),
    ];
    changes.extend(hidden("/account", 120));
    Message {
        name: "offer",
        typ: "map-offer+jws",
        payload: payload.to_string(),
        null: &["ret"],
        absent: &[],
        changes,
    }
}

fn binding() -> Message {
    let payload = json!({
        "v": 1, "iss": ISS, "iat": TIME, "aid": id(6, 16), "ref": id(0x17, 16), "cnf": {"jkt": dev().jkt()},
        "fid": id(3, 16), "bio_fid": null, "account": "anna.keller@example.eu", "level": "software", "ver": 7,
    });
    let mut changes = vec![
        ("/bio_fid", "Normal", json!(id(4, 16)), true),
        ("/cnf", "Member", json!({}), false),
        ("/cnf/jkt", "Form", json!(id(1, 16)), false),
        ("/level", "Form", json!("none"), false),
        ("/ver", "Json", json!(-1), false),
    ];
    changes.extend(hidden("/account", 120));
    Message {
        name: "binding",
        typ: "map-binding+jws",
        payload: payload.to_string(),
        null: &["bio_fid"],
        absent: &[],
        changes,
    }
}

fn receipt() -> Message {
    let payload = json!({
        "v": 1, "iss": ISS, "aud": id(6, 16), "iat": TIME, "ref": id(0x17, 16), "tid": id(0x13, 16),
        "dec": "approve", "req": "hu6mdRPiPGavZejFGYK_NEu-jG_wqT_0PGs9N2L2BU8",
    });
    let changes = vec![
        ("/dec", "Normal", json!("deny"), true),
        ("/dec", "Form", json!("allow"), false),
        ("/req", "Form", json!(id(0, 31)), false),
    ];
    Message {
        name: "receipt",
        typ: "map-receipt+jws",
        payload: payload.to_string(),
        null: &[],
        absent: &[],
        changes,
    }
}

fn op_receipt() -> Message {
    let payload = json!({"v": 1, "iss": ISS, "aud": id(6, 16), "iat": TIME, "ref": id(0x17, 16), "op": "rekey", "ok": true});
    let changes = vec![("/ok", "Form", json!(false), false), ("/ok", "Member", json!("true"), false)];
    let payload = payload.to_string();
    Message { name: "receipt_op", typ: "map-receipt+jws", payload, null: &[], absent: &[], changes }
}

fn notice() -> Message {
    let payload = json!({
        "v": 1, "iss": ISS, "iat": TIME, "aud": id(6, 16), "cnf": {"jkt": dev().jkt()}, "state": "revoked",
        "why": "web", "at": TIME - 10,
    });
    let changes = vec![
        ("/state", "Normal", json!("locked"), true),
        ("/state", "Form", json!("active"), false),
        ("/why", "Normal", json!("attempts"), true),
        ("/why", "Form", json!("other"), false),
    ];
    Message {
        name: "notice",
        typ: "map-notice+jws",
        payload: payload.to_string(),
        null: &[],
        absent: &[],
        changes,
    }
}

fn offline() -> Message {
    let mut changes = vec![
        ("/exp", "Form", json!(TIME + 601), false),
        ("/n", "Form", json!(id(0x1d, 15)), false),
        ("/rp", "Normal", json!("é".repeat(32)), true),
        ("/rp", "Text", json!("é".repeat(33)), false),
        ("/usr", "Text", json!("x".repeat(17)), false),
        ("/geo", "Text", json!("x".repeat(41)), false),
    ];
    changes.extend(HIDDEN.iter().map(|text| ("/rp", "Text", json!(text), false)));
    Message {
        name: "offline_request",
        typ: "map-oqr+jws",
        payload: OFFLINE.to_owned(),
        null: &[],
        absent: &["geo"],
        changes,
    }
}
