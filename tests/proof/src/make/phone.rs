//! A phone's message in the making, and the twins that every one has.

use super::twins::members;
use crate::case::{Case, Group, bad, good};
use crate::forge::{Key, Signed, body, broken, factor_hash, high_s, other_s};
use crate::published::{ISS, bio, dev, id, new_pin_sig, pin_sig};
use countersign_protocol::encoding::b64u;
use serde_json::{Value, json};

/// A factor that signs: its `kid` and its key.
pub struct Factor {
    pub kid: String,
    pub key: Key,
}

/// A message with everything that its good form needs.
pub struct Message {
    pub typ: &'static str,
    pub payload: String,
    pub factors: Vec<Factor>,
}

impl Message {
    pub fn factor_signatures(&self) -> Vec<Signed> {
        let header = |kid: &str| json!({"alg": "ES256", "typ": "map-factor+jws", "kid": kid});
        self.factors.iter().map(|f| Signed::new(&header(&f.kid), self.payload.as_bytes(), &f.key)).collect()
    }

    pub fn header(&self, factors: &[Signed]) -> Value {
        let mut header = json!({"alg": "ES256", "typ": self.typ});
        if self.typ == "map-enrol+jws" {
            header["jwk"] = dev().jwk();
        } else {
            header["kid"] = dev().jkt().into();
        }
        if !factors.is_empty() {
            header["fsh"] = factor_hash(factors).into();
            header["crit"] = json!(["fsh"]);
        }
        header
    }

    /// The body when these factors were signed and the device signs this header.
    pub fn body_with(&self, factors: &[Signed], header: &Value) -> String {
        let device = Signed::new(header, self.payload.as_bytes(), &dev());
        body(self.payload.as_bytes(), &[factors, &[device]].concat())
    }

    pub fn body(&self) -> String {
        let factors = self.factor_signatures();
        self.body_with(&factors, &self.header(&factors))
    }

    pub fn with_payload(&self, payload: &str) -> Self {
        let factors =
            self.factors.iter().map(|f| Factor { kid: f.kid.clone(), key: Key::new(f.key.scalar()) });
        Self { typ: self.typ, payload: payload.to_owned(), factors: factors.collect() }
    }
}

/// What the server knows of the phone.
pub fn phone() -> Value {
    json!({
        "iss": ISS, "aid": id(6, 16), "dev": dev().jwk(), "fid": id(3, 16), "pin": pin_sig().jwk(),
        "bio_fid": id(4, 16), "bio": bio().jwk(),
        "eid": id(0x11, 16), "es": id(0x12, 16), "offer_nonce": id(0x16, 32),
    })
}

/// Pointer into the payload, flag, what goes there, and whether that is taken.
pub type Changes = Vec<(&'static str, &'static str, Value, bool)>;

pub fn group(more: &Value, message: &Message, changes: Changes, null: &[&[&str]]) -> Group {
    let mut members = phone();
    members["typ"] = message.typ.into();
    for (name, value) in more.as_object().unwrap() {
        members[name] = value.clone();
    }
    let mut cases =
        vec![good("as the phone writes it", json!({"body": message.body(), "fsh": fsh(message)}))];
    cases.extend(twins(message));
    cases.extend(payloads(message, changes, null[0]));
    Group { kind: "PhoneMessage", members, cases }
}

/// Absent, as in the header, when the device signs alone.
pub fn fsh(message: &Message) -> Value {
    let factors = message.factor_signatures();
    if factors.is_empty() { Value::Null } else { factor_hash(&factors).into() }
}

/// What every phone message must refuse, and the freedom it has.
pub fn twins(message: &Message) -> Vec<Case> {
    let mut cases = device_headers(message);
    cases.extend(device_signatures(message));
    cases.extend(envelopes(message));
    cases.extend(factors(message));
    cases
}

fn device_headers(message: &Message) -> Vec<Case> {
    let signed = message.factor_signatures();
    let change = |comment: &str, flag: &'static str, change: &dyn Fn(&mut Value)| {
        let mut header = message.header(&signed);
        change(&mut header);
        bad(format!("device header: {comment}"), flag, json!({"body": message.body_with(&signed, &header)}))
    };
    let other = if message.typ == "map-op+jws" { "map-response+jws" } else { "map-op+jws" };
    let mut cases = vec![
        change("alg none", "Algorithm", &|h| h["alg"] = "none".into()),
        change("alg HS256", "Algorithm", &|h| h["alg"] = "HS256".into()),
        change("typ of another endpoint", "Algorithm", &|h| h["typ"] = other.into()),
        change("an unknown member", "Algorithm", &|h| h["cty"] = "json".into()),
        change("jwk and kid", "Algorithm", &|h| {
            h["jwk"] = dev().jwk();
            h["kid"] = dev().jkt().into();
        }),
        change("neither jwk nor kid", "Algorithm", &|h| {
            h.as_object_mut().unwrap().retain(|name, _| name != "jwk" && name != "kid");
        }),
    ];
    if signed.is_empty() {
        cases.push(change("fsh without factors", "Algorithm", &|h| {
            h["fsh"] = factor_hash(&[]).into();
            h["crit"] = json!(["fsh"]);
        }));
        return cases;
    }
    cases.extend([
        change("no crit", "FactorHash", &|h| drop(h.as_object_mut().unwrap().shift_remove("crit"))),
        change("no fsh", "FactorHash", &|h| drop(h.as_object_mut().unwrap().shift_remove("fsh"))),
        change("neither fsh nor crit", "FactorHash", &|h| {
            h.as_object_mut().unwrap().retain(|name, _| name != "fsh" && name != "crit");
        }),
        change("crit names more", "Algorithm", &|h| h["crit"] = json!(["fsh", "exp"])),
        change("crit names something else", "Algorithm", &|h| h["crit"] = json!(["exp"])),
        change("crit is a text", "Algorithm", &|h| h["crit"] = json!("fsh")),
        change("fsh of nothing", "FactorHash", &|h| h["fsh"] = factor_hash(&[]).into()),
        change("fsh with a byte too few", "FactorHash", &|h| h["fsh"] = id(0, 31).into()),
    ]);
    cases
}

fn device_signatures(message: &Message) -> Vec<Case> {
    let signed = message.factor_signatures();
    let header = message.header(&signed);
    let device = Signed::new(&header, message.payload.as_bytes(), &dev());
    let raw: [u8; 64] = device.signature.clone().try_into().unwrap();
    let with = |signature: Vec<u8>| {
        let device = Signed { signature, ..device.clone() };
        json!({"body": body(message.payload.as_bytes(), &[&signed[..], &[device]].concat())})
    };
    let stranger = Signed::new(&header, message.payload.as_bytes(), &new_pin_sig());
    let mut cases = vec![
        good("device signature: s above n/2", with(high_s(&raw).to_vec())),
        bad("device signature: another key", "Signature", with(stranger.signature)),
    ];
    for (comment, signature) in broken(&raw) {
        cases.push(bad(format!("device signature: {comment}"), "Signature", with(signature)));
    }
    cases
}

fn envelopes(message: &Message) -> Vec<Case> {
    let text = message.body();
    let payload = b64u(message.payload.as_bytes());
    let value: Value = serde_json::from_str(&text).unwrap();
    let change = |change: &dyn Fn(&mut Value)| {
        let mut value = value.clone();
        change(&mut value);
        json!({"body": value.to_string()})
    };
    let first = value["signatures"][0].clone();
    let replaced = |from: &str, to: &str| json!({"body": text.replacen(from, to, 1)});
    vec![
        good("white space in the envelope", json!({"body": serde_json::to_string_pretty(&value).unwrap()})),
        bad("an unknown member of the envelope", "Json", change(&|v| v["x"] = 1.into())),
        bad("an unknown member of a signature", "Json", change(&|v| v["signatures"][0]["x"] = 1.into())),
        bad(
            "an unprotected header",
            "Algorithm",
            change(&|v| v["signatures"][0]["header"] = json!({"kid": "a"})),
        ),
        bad(
            "an unprotected header that is null",
            "Algorithm",
            change(&|v| v["signatures"][0]["header"] = Value::Null),
        ),
        bad("no signatures", "Signatures", change(&|v| v["signatures"] = json!([]))),
        bad("five signatures", "Signatures", change(&|v| v["signatures"] = json!(vec![first.clone(); 5]))),
        bad("signatures is an object", "Json", change(&|v| v["signatures"] = v["signatures"][0].clone())),
        bad(
            "the flattened form",
            "Json",
            json!({"body": json!({"payload": value["payload"], "protected": first["protected"], "signature": first["signature"]}).to_string()}),
        ),
        bad(
            "the compact form",
            "Json",
            json!({"body": format!("{}.{payload}.{}", first["protected"].as_str().unwrap(), first["signature"].as_str().unwrap())}),
        ),
        bad(
            "the envelope as a list",
            "Json",
            json!({"body": json!([value["payload"], value["signatures"]]).to_string()}),
        ),
        bad(
            "a signature as a list",
            "Json",
            change(&|v| v["signatures"][0] = json!([first["protected"], first["signature"]])),
        ),
        bad("payload twice", "Json", replaced("{", &format!("{{\"payload\":\"{payload}\","))),
        bad("padding after the payload", "Encoding", replaced(&payload, &format!("{payload}="))),
        bad("a line feed in the payload", "Encoding", replaced(&payload, &format!("\\n{payload}"))),
        bad("text behind the envelope", "Json", json!({"body": format!("{text}x")})),
        bad("a byte order mark before the envelope", "Json", json!({"body": format!("\u{feff}{text}")})),
        bad("half of the envelope", "Truncated", json!({"body": text[..text.len() / 2]})),
        bad("an empty body", "Truncated", json!({"body": ""})),
    ]
}

fn factors(message: &Message) -> Vec<Case> {
    let signed = message.factor_signatures();
    let with = |factors: &[Signed]| json!({"body": message.body_with(factors, &message.header(factors))});
    let header = |kid: &str| json!({"alg": "ES256", "typ": "map-factor+jws", "kid": kid});
    let pin = |kid: &str, key: &Key| Signed::new(&header(kid), message.payload.as_bytes(), key);
    let one = pin(&id(3, 16), &pin_sig());
    if signed.is_empty() {
        return vec![bad("a factor where the device signs alone", "Signatures", with(&[one]))];
    }
    let rest = &signed[1..];
    let first = |factor: Signed| with(&[&[factor], rest].concat());
    let mut cases = vec![
        bad("no factor", "Signatures", with(&[])),
        bad("one factor too many", "Signatures", with(&[&signed[..], std::slice::from_ref(&one)].concat())),
        bad("the first factor's key is another", "Signature", first(pin(&id(3, 16), &new_dev_key()))),
        bad("the first factor names another kid", "Signatures", first(pin(&id(9, 16), &pin_sig()))),
        bad(
            "the first factor has the device's typ",
            "Algorithm",
            first(Signed::new(
                &json!({"alg": "ES256", "typ": message.typ, "kid": id(3, 16)}),
                message.payload.as_bytes(),
                &pin_sig(),
            )),
        ),
        bad(
            "the first factor has an unknown header member",
            "Algorithm",
            first(Signed::new(
                &json!({"alg": "ES256", "typ": "map-factor+jws", "kid": id(3, 16), "x": 1}),
                message.payload.as_bytes(),
                &pin_sig(),
            )),
        ),
    ];
    let raw: [u8; 64] = one.signature.clone().try_into().unwrap();
    for (comment, signature) in broken(&raw) {
        cases.push(bad(
            format!("first factor: {comment}"),
            "Signature",
            first(Signed { signature, ..one.clone() }),
        ));
    }
    cases.extend(moved(message, &signed));
    cases
}

/// Factors that were changed after the device had signed.
fn moved(message: &Message, signed: &[Signed]) -> Vec<Case> {
    let header = message.header(signed);
    let device = Signed::new(&header, message.payload.as_bytes(), &dev());
    let mut other = signed.to_vec();
    other[0].signature = other_s(&other[0].signature.clone().try_into().unwrap()).to_vec();
    let all = |list: &[&[Signed]]| json!({"body": body(message.payload.as_bytes(), &list.concat())});
    let device_first = [std::slice::from_ref(&device), signed].concat();
    vec![
        bad(
            "another factor signature under the same fsh",
            "FactorHash",
            all(&[&other, std::slice::from_ref(&device)]),
        ),
        bad("the factors taken away", "FactorHash", all(&[std::slice::from_ref(&device)])),
        bad("the device's signature first", "Signatures", all(&[&device_first])),
    ]
}

fn new_dev_key() -> Key {
    crate::published::new_dev()
}

/// Changes of the payload, signed by all.
pub fn payloads(message: &Message, changes: Changes, null: &[&str]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |comment: String, flag: &'static str, payload: &str, valid: bool| {
        let members = json!({"body": message.with_payload(payload).body()});
        cases.push(if valid { good(comment, members) } else { bad(comment, flag, members) });
    };
    for (comment, payload, valid) in members(&message.payload, null, &[]) {
        add(comment, "Member", &payload, valid);
    }
    let more = message.payload.replacen('{', r#"{"x":1,"#, 1);
    add("an unknown member of the payload".to_owned(), "Member", &more, false);
    let twice = message.payload.replacen('{', r#"{"v":1,"#, 1);
    add("v twice".to_owned(), "Json", &twice, false);
    for (pointer, flag, to, valid) in changes {
        let mut value: Value = serde_json::from_str(&message.payload).unwrap();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        if to == json!("absent") {
            value.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(name);
        } else {
            value.pointer_mut(parent).unwrap()[name] = to.clone();
        }
        let shown: String = to.to_string().chars().take(60).collect();
        add(format!("{pointer} is {shown}"), flag, &value.to_string(), valid);
    }
    cases
}

/// What is wrong in any phone message.
pub fn common() -> Changes {
    vec![
        ("/v", "Form", json!(2), false),
        ("/aud", "Addressee", json!("https://id.example.com"), false),
        ("/aud", "Addressee", json!("https://id.example.eu/"), false),
        ("/jti", "Form", json!(id(0x17, 15)), false),
        ("/jti", "Encoding", json!(format!("{}==", id(0x17, 16))), false),
        ("/iat", "Json", json!(-1), false),
        ("/iat", "Json", json!(1.5), false),
        ("/iat", "Normal", json!(0), true),
        ("/iat", "Json", json!(9_007_199_254_740_992_u64), false),
    ]
}
