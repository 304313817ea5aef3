//! QR texts and links of every kind (section 5).

use super::twins::by_server;
use crate::case::{Case, Group, Vectors, bad, good};
use crate::published::{ISS, OFFLINE, dev, id, root, sign};
use countersign_protocol::encoding::{b64u, from_b64u};
use serde_json::{Value, json};

pub fn file() -> Vectors {
    let group = |profile: &str, cases| Group { kind: "Qr", members: json!({"profile": profile}), cases };
    let mut production = goods();
    production.extend(bads());
    Vectors {
        name: "qr",
        about: "Texts of QR codes and links, and what they hold",
        groups: vec![group("production", production), group("development", development())],
    }
}

fn pairing_bytes(flags: u8) -> Vec<u8> {
    let root = from_b64u(&root().jkt()).unwrap();
    [&[1][..], &[0x11; 16], &[0x12; 16], &root, &[flags]].concat()
}

fn frame_bytes() -> Vec<u8> {
    let mac = crate::check::from_hex("7c6a2995f6a9b0f6").unwrap();
    [&[2][..], &[0x14; 16], &7_u32.to_be_bytes(), &mac].concat()
}

fn link_bytes() -> Vec<u8> {
    [&[3][..], &[0x14; 16]].concat()
}

fn oqr() -> String {
    by_server("map-oqr+jws", OFFLINE).signed(&sign())
}

fn text(kind: char, bytes: &[u8]) -> String {
    format!("{ISS}/a/{kind}#{}", b64u(bytes))
}

fn pairing_of(same_device: bool) -> Value {
    json!({"kind": "e", "eid": id(0x11, 16), "es": id(0x12, 16), "root": root().jkt(), "same_device": same_device})
}

fn goods() -> Vec<Case> {
    let whole =
        |iss: &str, text: String, payload: Value| json!({"text": text, "iss": iss, "payload": payload});
    let link = json!({"kind": "l", "h": id(0x14, 16)});
    let port = format!("https://id.example.eu:8443/a/l#{}", b64u(&link_bytes()));
    vec![
        good("pairing", whole(ISS, text('e', &pairing_bytes(0)), pairing_of(false))),
        good("pairing on the same device", whole(ISS, text('e', &pairing_bytes(1)), pairing_of(true))),
        good(
            "a frame",
            whole(
                ISS,
                text('s', &frame_bytes()),
                json!({"kind": "s", "h": id(0x14, 16), "t": 7, "m": b64u(&frame_bytes()[21..])}),
            ),
        ),
        good("a link", whole(ISS, text('l', &link_bytes()), link.clone())),
        good("a link with a port", whole("https://id.example.eu:8443", port, link)),
        good("offline", whole(ISS, format!("{ISS}/a/o#{}", oqr()), json!({"kind": "o", "jws": oqr()}))),
        bad(
            "the frame's step is another",
            "WrongValue",
            whole(
                ISS,
                text('s', &frame_bytes()),
                json!({"kind": "s", "h": id(0x14, 16), "t": 8, "m": b64u(&frame_bytes()[21..])}),
            ),
        ),
    ]
}

fn bads() -> Vec<Case> {
    let link = b64u(&link_bytes());
    let mut cases = vec![
        bad("flags 2", "Form", json!({"text": text('e', &pairing_bytes(2))})),
        bad("a kind that is none", "Form", json!({"text": text('x', &link_bytes())})),
        bad("the kind in upper case", "Form", json!({"text": text('L', &link_bytes())})),
        bad("a pairing's data as a link", "Form", json!({"text": text('l', &pairing_bytes(0))})),
        bad("no data", "Truncated", json!({"text": format!("{ISS}/a/l#")})),
        bad("no fragment", "Truncated", json!({"text": format!("{ISS}/a/l{link}")})),
        bad("a query", "Form", json!({"text": format!("{ISS}/a/l?x#{link}")})),
        bad("another path", "Form", json!({"text": format!("{ISS}/b/l#{link}")})),
        bad("a path in front", "Form", json!({"text": format!("{ISS}/x/a/l#{link}")})),
        bad("padding", "Encoding", json!({"text": format!("{ISS}/a/l#{link}=")})),
        bad("a space at the end", "Encoding", json!({"text": format!("{ISS}/a/l#{link} ")})),
        bad(
            "unused bits set",
            "Encoding",
            json!({"text": format!("{ISS}/a/l#{}R", &link[..link.len() - 1])}),
        ),
        bad("nothing", "Truncated", json!({"text": ""})),
        bad("only a hash sign", "Truncated", json!({"text": "#"})),
        bad(
            "more than 1,024 bytes",
            "Truncated",
            json!({"text": format!("{ISS}/a/o#{}.AA.AA", "A".repeat(1024))}),
        ),
        bad(
            "an offline text above 600 bytes",
            "Truncated",
            json!({"text": format!("{ISS}/a/o#{}.AA.AA", "A".repeat(600))}),
        ),
        bad("offline with two parts", "Truncated", json!({"text": format!("{ISS}/a/o#AA.AA")})),
        bad("offline with an empty part", "Truncated", json!({"text": format!("{ISS}/a/o#AA..AA")})),
        bad("another protocol's code", "Form", json!({"text": "otpauth://totp/x?secret=AAAA"})),
        bad("the thumbprint of a phone is no code", "Form", json!({"text": dev().jkt()})),
    ];
    for (kind, bytes) in [('e', pairing_bytes(0)), ('s', frame_bytes()), ('l', link_bytes())] {
        let mut version = bytes.clone();
        version[0] += 1;
        cases.push(bad(
            format!("{kind}: another version byte"),
            "Form",
            json!({"text": text(kind, &version)}),
        ));
        cases.push(bad(
            format!("{kind}: a byte too few"),
            "Truncated",
            json!({"text": text(kind, &bytes[..bytes.len() - 1])}),
        ));
        cases.push(bad(
            format!("{kind}: a byte too many"),
            "Truncated",
            json!({"text": text(kind, &[&bytes[..], &[0]].concat())}),
        ));
    }
    for iss in ISSUERS.iter().chain(&LOOPBACK) {
        cases.push(bad(format!("issuer {iss}"), "Addressee", json!({"text": format!("{iss}/a/l#{link}")})));
    }
    cases
}

const ISSUERS: [&str; 13] = [
    "http://id.example.eu",
    "HTTPS://id.example.eu",
    "https://ID.example.eu",
    "https://id.example.eu.",
    "https://id.example.eu:443",
    "https://id.example.eu:0",
    "https://id.example.eu:080",
    "https://id.example.eu:70000",
    "https://u@id.example.eu",
    "https://-id.example.eu",
    "https://id..example.eu",
    "https://b\u{fc}cher.example",
    "https://",
];

const LOOPBACK: [&str; 3] = ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:65535"];

fn development() -> Vec<Case> {
    let link = b64u(&link_bytes());
    let mut cases = Vec::new();
    for iss in LOOPBACK {
        cases.push(good(format!("issuer {iss}"), json!({"text": format!("{iss}/a/l#{link}"), "iss": iss})));
    }
    for iss in [
        "http://127.0.0.1",
        "http://127.0.0.2:80",
        "http://localhost.eu:80",
        "http://[::1]",
        "http://[::2]:80",
    ] {
        cases.push(bad(format!("issuer {iss}"), "Addressee", json!({"text": format!("{iss}/a/l#{link}")})));
    }
    cases
}
