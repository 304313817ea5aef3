//! Operations of a phone: each of 3.7 as it is sent, and the twins of a read, of `rekey` and of `add_factor`.

use super::phone::{Factor, Message, common, fsh, payloads, phone, twins};
use crate::case::{Case, Group, Vectors, bad, good};
use crate::published::{ISS, TIME, bio, dev, id, new_dev, new_pin_ka, new_pin_sig, pin_sig};
use serde_json::{Value, json};

pub fn file() -> Vectors {
    let groups = vec![group(reads()), group(plain()), group(with_pin()), group(rekeys()), group(adds())];
    Vectors { name: "op", about: "Operations of a phone, judged as 3.0.7 does up to its factors", groups }
}

fn group(cases: Vec<Case>) -> Group {
    let mut members = phone();
    members["typ"] = "map-op+jws".into();
    Group { kind: "PhoneMessage", members, cases }
}

fn payload(op: &str, args: &Value) -> String {
    json!({
        "v": 1, "iss": id(6, 16), "aud": ISS, "op": op, "args": args, "nonce": "n0", "jti": id(0x17, 16), "iat": TIME,
    })
    .to_string()
}

fn message(op: &str, args: &Value, factors: Vec<Factor>) -> Message {
    Message { typ: "map-op+jws", payload: payload(op, args), factors }
}

fn pin() -> Vec<Factor> {
    vec![Factor { kid: id(3, 16), key: pin_sig() }]
}

fn sent(op: &str, args: &Value, factors: Vec<Factor>) -> Case {
    let message = message(op, args, factors);
    good(op, json!({"body": message.body(), "fsh": fsh(&message)}))
}

fn refused(comment: &str, op: &str, args: &Value, factors: Vec<Factor>) -> Case {
    bad(format!("{op}: {comment}"), "Member", json!({"body": message(op, args, factors).body()}))
}

fn reads() -> Vec<Case> {
    let read = message("self", &json!({}), Vec::new());
    let mut cases = vec![sent("self", &json!({}), Vec::new()), sent("list", &json!({}), Vec::new())];
    cases.push(sent("get", &json!({"tid": id(0x13, 16)}), Vec::new()));
    cases.extend(twins(&read));
    let mut changes = common();
    changes.extend([
        ("/iss", "Addressee", json!(id(7, 16)), false),
        ("/op", "Form", json!("selfs"), false),
        ("/op", "Form", json!("Self"), false),
        ("/args", "Member", json!({"x": 1}), false),
        ("/args", "Json", json!([]), false),
        ("/nonce", "Normal", json!(""), true),
    ]);
    cases.extend(payloads(&read, changes, &[]));
    cases
}

/// Operations that the device signs alone, each with its argument missing, null and doubled by an unknown one.
fn plain() -> Vec<Case> {
    let all = [
        ("settle", json!({"ref": id(0x18, 16)})),
        ("claim", json!({"ticket": id(0x19, 16)})),
        ("report", json!({"tid": id(0x13, 16)})),
        ("end_session", json!({"tid": id(0x13, 16)})),
        ("rename", json!({"name": "Pixel 9"})),
        ("set_push", json!({"url": "https://push.example/a"})),
        ("ack_keyset", json!({"ver": 7})),
        ("list_devices", json!({})),
        ("revoke_self", json!({})),
        ("remove_factor", json!({"fid": id(4, 16)})),
    ];
    let mut cases = Vec::new();
    for (op, args) in &all {
        cases.push(sent(op, args, Vec::new()));
        cases.extend(argument_twins(op, args, &Vec::new));
        let alone = message(op, args, pin());
        cases.push(bad(format!("{op}: with a PIN"), "Signatures", json!({"body": alone.body()})));
    }
    cases.push(sent("set_push", &json!({"url": null}), Vec::new()));
    for name in ["", "a\u{200b}", "a\u{202e}b", "e\u{301}", &"x".repeat(41)] {
        let members = json!({"body": message("rename", &json!({"name": name}), Vec::new()).body()});
        cases.push(bad(format!("rename: {name:?}"), "Text", members));
    }
    cases.push(refused("http", "set_push", &json!({"url": "http://push.example/a"}), Vec::new()));
    cases.push(refused("a negative version", "ack_keyset", &json!({"ver": -1}), Vec::new()));
    cases
}

fn argument_twins(op: &str, args: &Value, factors: &dyn Fn() -> Vec<Factor>) -> Vec<Case> {
    let mut more = args.clone();
    more["x"] = 1.into();
    let mut cases = vec![refused("an unknown argument", op, &more, factors())];
    for name in args.as_object().unwrap().keys() {
        let mut without = args.clone();
        without.as_object_mut().unwrap().shift_remove(name);
        cases.push(refused(&format!("no {name}"), op, &without, factors()));
        let mut number = args.clone();
        number[name] = json!([1]);
        cases.push(refused(&format!("{name} is a list"), op, &number, factors()));
    }
    cases
}

fn with_pin() -> Vec<Case> {
    let all = [
        ("revoke_device", json!({"ref": id(0x20, 8)})),
        ("new_enrolment", json!({"kind": "migrate"})),
        ("confirm_enrolment", json!({"eid": id(0x11, 16), "code": "000042"})),
    ];
    let mut cases = Vec::new();
    for (op, args) in &all {
        cases.push(sent(op, args, pin()));
        cases.extend(argument_twins(op, args, &pin));
        let alone = message(op, args, Vec::new());
        cases.push(bad(format!("{op}: without a PIN"), "Signatures", json!({"body": alone.body()})));
        let biometric = message(op, args, vec![Factor { kid: id(4, 16), key: bio() }]);
        cases.push(bad(
            format!("{op}: with the biometric factor"),
            "Signatures",
            json!({"body": biometric.body()}),
        ));
    }
    cases.push(sent("new_enrolment", &json!({"kind": "add"}), pin()));
    cases.push(refused("an unknown kind", "new_enrolment", &json!({"kind": "new"}), pin()));
    cases.push(refused(
        "five digits",
        "confirm_enrolment",
        &json!({"eid": id(0x11, 16), "code": "00042"}),
        pin(),
    ));
    cases
}

fn rekey_args(with_device: bool) -> Value {
    let device = json!({"jwk": new_dev().jwk(), "level": "software", "att": {"fmt": "none"}});
    json!({
        "pin": {"fid": id(0x25, 16), "sig": new_pin_sig().jwk(), "ka": new_pin_ka().jwk()},
        "new_dev": if with_device { device } else { Value::Null },
    })
}

fn rekey_factors(with_device: bool) -> Vec<Factor> {
    let mut factors = pin();
    factors.push(Factor { kid: id(0x25, 16), key: new_pin_sig() });
    if with_device {
        factors.push(Factor { kid: new_dev().jkt(), key: new_dev() });
    }
    factors
}

fn rekeys() -> Vec<Case> {
    let full = message("rekey", &rekey_args(true), rekey_factors(true));
    let mut cases = vec![
        sent("rekey", &rekey_args(true), rekey_factors(true)),
        sent("rekey", &rekey_args(false), rekey_factors(false)),
    ];
    cases.extend(twins(&full));
    let with = |comment: &str, factors: Vec<Factor>| {
        let body = message("rekey", &rekey_args(true), factors).body();
        bad(format!("rekey: {comment}"), "Signatures", json!({"body": body}))
    };
    cases.push(with("no proof of the new device key", rekey_factors(false)));
    let mut swapped = rekey_factors(true);
    swapped.swap(1, 2);
    cases.push(with("proofs in another order", swapped));
    let mut forged = rekey_factors(true);
    forged[2].key = dev();
    cases.push(with("the new device key proved by the old one", forged));
    let mut forged = rekey_factors(true);
    forged[1].key = pin_sig();
    cases.push(with("the new PIN key proved by the old one", forged));
    let mut listed = rekey_args(true);
    listed["pin"] = json!([id(0x25, 16), new_pin_sig().jwk(), new_pin_ka().jwk()]);
    cases.push(refused("pin as a list of its members", "rekey", &listed, rekey_factors(true)));
    cases.extend(argument_twins("rekey", &rekey_args(true), &|| rekey_factors(true)));
    cases
}

fn adds() -> Vec<Case> {
    let args = json!({"fid": id(4, 16), "jwk": bio().jwk(), "att": {"fmt": "none"}});
    let factors = || {
        let mut factors = pin();
        factors.push(Factor { kid: id(4, 16), key: bio() });
        factors
    };
    let mut cases = vec![sent("add_factor", &args, factors())];
    cases.extend(argument_twins("add_factor", &args, &factors));
    let alone = message("add_factor", &args, pin()).body();
    cases.push(bad("add_factor: no proof of the new key", "Signatures", json!({"body": alone})));
    let mut forged = factors();
    forged[1].key = dev();
    let forged = message("add_factor", &args, forged).body();
    cases.push(bad("add_factor: proved by another key", "Signature", json!({"body": forged})));
    for att in [json!([0]), json!([1, ["AAAA"]]), json!(["none"]), json!("none"), json!(null)] {
        let mut other = args.clone();
        other["att"] = att;
        cases.push(refused("an attestation that is no object", "add_factor", &other, factors()));
    }
    let mut off_curve = args.clone();
    off_curve["jwk"]["y"] = off_curve["jwk"]["x"].clone();
    cases.push(refused("a point that is not on the curve", "add_factor", &off_curve, factors()));
    cases
}
