//! Messages of a phone that answer something: enrol, approve, deny.

use super::phone::{Changes, Factor, Message, common, group};
use crate::case::{Group, Vectors};
use crate::make::twins::by_server;
use crate::published::{ISS, REQUEST, TIME, dev, id, new_pin_sig, pin_ka, pin_sig, sign};
use countersign_protocol::code;
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::{Eid, Thumbprint};
use countersign_protocol::label::sha256;
use countersign_protocol::secret::EnrolSecret;
use serde_json::{Value, json};

pub fn files() -> Vec<Vectors> {
    vec![
        file("enrol", vec![group(&json!({}), &enrol(), enrol_changes(), &[&["push"]])]),
        file("approve", vec![group(&request_members(), &approve(), approve_changes(), &[&[]])]),
        file("approve_scanned", vec![group(&request_members(), &scanned(), scanned_changes(), &[&[]])]),
        file("deny", vec![group(&request_members(), &deny(), deny_changes(), &[&[]])]),
    ]
}

fn file(name: &'static str, groups: Vec<Group>) -> Vectors {
    Vectors { name, about: "A general JWS of a phone, judged as 3.0.7 does up to its factors", groups }
}

fn request_members() -> Value {
    let request = by_server("map-request+jws", REQUEST).signed(&sign());
    json!({"tid": id(0x13, 16), "nonce": id(0x15, 32), "request": request})
}

fn answer(more: &Value) -> String {
    let request = by_server("map-request+jws", REQUEST).signed(&sign());
    let mut payload = json!({
        "v": 1, "iss": id(6, 16), "aud": ISS, "tid": id(0x13, 16), "nonce": id(0x15, 32),
        "req": b64u(&sha256(request.as_bytes())),
    });
    for (name, value) in more.as_object().unwrap() {
        payload[name] = value.clone();
    }
    payload["jti"] = id(0x17, 16).into();
    payload["iat"] = (TIME + 30).into();
    payload.to_string()
}

fn pin_factor() -> Vec<Factor> {
    vec![Factor { kid: id(3, 16), key: pin_sig() }]
}

fn approve() -> Message {
    let payload = answer(&json!({"dec": "approve", "num": "483920", "flow": "push"}));
    Message { typ: "map-response+jws", payload, factors: pin_factor() }
}

fn approve_changes() -> Changes {
    let mut changes = answer_changes();
    for bad in [
        json!(483_920),
        json!("48392"),
        json!("4839200"),
        json!("48392a"),
        json!("４８３９２０"),
        json!("483 920"),
    ] {
        changes.push(("/num", "Form", bad, false));
    }
    changes.extend([
        ("/num", "Normal", json!("000000"), true),
        ("/dec", "Form", json!("deny"), false),
        ("/dec", "Json", json!({"approve": null}), false),
        ("/flow", "Form", json!("scan"), false),
        ("/why", "Form", json!("not_me"), false),
        ("/xh", "Form", json!(id(0, 32)), false),
    ]);
    changes
}

fn answer_changes() -> Changes {
    let mut changes = common();
    changes.extend([
        ("/iss", "Addressee", json!(id(7, 16)), false),
        ("/tid", "Addressee", json!(id(0x14, 16)), false),
        ("/nonce", "Addressee", json!(id(0x16, 32)), false),
        ("/req", "Addressee", json!(id(0, 32)), false),
        ("/dec", "Form", json!("Approve"), false),
        ("/flow", "Form", json!("pull"), false),
    ]);
    changes
}

fn scanned() -> Message {
    let xh = "GMG-AWNHojqbENQhjboRyNivoFT9TPkbVwGBe-4p1PI";
    let payload = answer(&json!({"dec": "approve", "xh": xh, "flow": "scan"}));
    Message { typ: "map-response+jws", payload, factors: pin_factor() }
}

fn scanned_changes() -> Changes {
    let mut changes = answer_changes();
    changes.extend([
        ("/flow", "Normal", json!("link"), true),
        ("/flow", "Form", json!("push"), false),
        ("/num", "Form", json!("483920"), false),
        ("/xh", "Form", json!(id(0, 31)), false),
    ]);
    changes
}

fn deny() -> Message {
    let payload = answer(&json!({"dec": "deny", "why": "not_me", "flow": "push"}));
    Message { typ: "map-response+jws", payload, factors: Vec::new() }
}

fn deny_changes() -> Changes {
    let mut changes = answer_changes();
    changes.extend([
        ("/why", "Normal", json!("cancel"), true),
        ("/why", "Form", json!("other"), false),
        ("/flow", "Normal", json!("link"), true),
        ("/num", "Form", json!("483920"), false),
        ("/dec", "Form", json!("approve"), false),
    ]);
    changes
}

fn enrol() -> Message {
    let (secret, eid) = (EnrolSecret::from_bytes([0x12; 16]), Eid::from_bytes([0x11; 16]));
    let mac = code::enrol_mac(&secret, &eid, &Thumbprint::parse(&dev().jkt()).unwrap());
    let payload = json!({
        "v": 1, "aud": ISS, "eid": id(0x11, 16), "nonce": id(0x16, 32), "es_mac": mac, "jti": id(0x17, 16),
        "iat": TIME, "dev": {"level": "software", "att": {"fmt": "none"}},
        "pin": {"fid": id(3, 16), "sig": pin_sig().jwk(), "ka": pin_ka().jwk()},
        "info": {"name": "Pixel 9", "os": "Android 17", "app": "1.0.0"}, "push": null,
    });
    Message { typ: "map-enrol+jws", payload: payload.to_string(), factors: pin_factor() }
}

fn enrol_changes() -> Changes {
    let sig = pin_sig().jwk();
    let mut private = sig.clone();
    private["d"] = id(1, 32).into();
    let mut changes = common();
    changes.extend([
        ("/eid", "Addressee", json!(id(0x12, 16)), false),
        ("/nonce", "Addressee", json!(id(0x15, 32)), false),
        ("/es_mac", "Addressee", json!(id(0, 32)), false),
        ("/pin/fid", "Signatures", json!(id(4, 16)), false),
        ("/pin/sig", "Key", private, false),
        ("/pin/sig", "Key", json!({"kty": "EC", "crv": "P-256", "x": sig["x"], "y": sig["x"]}), false),
        ("/pin/sig", "Signature", new_pin_sig().jwk(), false),
        ("/pin/ka", "Key", json!({"kty": "EC", "crv": "P-256", "x": id(0, 32), "y": id(0, 32)}), false),
        ("/pin/ka/x", "Encoding", json!(format!("{}=", sig["x"].as_str().unwrap())), false),
        ("/dev/level", "Normal", json!("tee"), true),
        ("/dev/level", "Form", json!("hsm"), false),
        ("/dev/att", "Form", json!({"fmt": "tpm"}), false),
        ("/dev/att", "Json", json!([0]), false),
        ("/dev/att", "Json", json!(["none"]), false),
        ("/dev/att", "Member", json!({"fmt": "none", "x": 1}), false),
        ("/dev/att", "Normal", json!({"fmt": "android-key", "x5c": ["AAAA"]}), true),
        ("/dev/att", "Member", json!({"fmt": "android-key"}), false),
        ("/dev", "Json", json!(["software", {"fmt": "none"}]), false),
        ("/info", "Json", json!(["Pixel 9", "Android 17", "1.0.0"]), false),
        ("/info/name", "Text", json!("Pixel\u{200b}9"), false),
        ("/info/name", "Text", json!("x".repeat(41)), false),
        ("/info/os", "Text", json!(""), false),
        ("/info/x", "Member", json!(1), false),
        ("/push", "Normal", json!({"url": "https://push.example/a?b=c"}), true),
        ("/push", "Form", json!({"url": "http://push.example/a"}), false),
        ("/push", "Form", json!({"url": "https://push.example:8443/a"}), false),
        ("/push", "Form", json!({"url": "https://u@push.example/a"}), false),
        ("/push", "Form", json!({"url": "https://push.example/a#b"}), false),
        ("/push", "Json", json!(["https://push.example/a"]), false),
    ]);
    changes
}
