//! Everything that both sides, or one side twice, compute: PIN keys, check value, PRF, offline code, labels, rows.
//!
//! Steps that the vault keeps to itself are computed here with the crates beneath, so that the vectors and the vault
//! agree by two ways.

use crate::case::{Case, Group, Vectors, bad, good};
use crate::forge::Key;
use crate::make::twins::by_server;
use crate::published::{ISS, OFFLINE, dev, id, off, sign, unhex};
use countersign_protocol::code;
use countersign_protocol::encoding::{b64u, hex};
use countersign_protocol::id::{Aid, Eid, Thumbprint, Tid};
use countersign_protocol::label::{hmac_sha256, labelled_sha256, sha256};
use countersign_protocol::secret::{EnrolSecret, Handle};
use countersign_vault::hwprf::{ENCLAVE_PEER, SoftwarePrf, enclave_prf};
use countersign_vault::kcv::{prf_kcv, prf_kcv_input};
use countersign_vault::seal::{RowPlace, VaultKey};
use p256::Scalar;
use serde_json::{Value, json};

/// x-coordinate of the published enclave key times the peer point.
fn enclave_z() -> [u8; 32] {
    let enclave = p256::SecretKey::from_slice(&[8; 32]).unwrap();
    let peer = p256::PublicKey::from_sec1_bytes(&ENCLAVE_PEER).unwrap();
    (*enclave.diffie_hellman(&peer).raw_secret_bytes()).into()
}

pub fn files() -> Vec<Vectors> {
    let file = |name, about, groups| Vectors { name, about, groups };
    let group = |kind, cases| Group { kind, members: json!({}), cases };
    vec![
        file("pin_keys", "From PIN and vault to the PIN keys (2.2)", vec![group("PinKeys", pin_keys())]),
        file(
            "prf",
            "The hardware step and its check value (2.2.1, 2.2.3)",
            vec![group("Prf", prfs()), group("Kcv", kcvs())],
        ),
        file(
            "offline",
            "Offline key and code (3.6)",
            vec![group("OfflineKey", offline_keys()), group("OfflineCode", offline_codes())],
        ),
        file("codes", "Values under a label (3.3 to 3.5)", vec![group("Code", codes())]),
        file("fsh", "The hash over the factor signatures (3.0.3)", vec![group("FactorHash", fsh())]),
        file("vault_row", "Sealed rows of a vault (2.4)", vec![group("VaultRow", rows())]),
    ]
}

fn argon2id(pin: &str, salt: [u8; 16], (m, t, p): (u32, u32, u32)) -> [u8; 32] {
    let params = argon2::Params::new(m, t, p, Some(32)).unwrap();
    let mut a = [0; 32];
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), &salt, &mut a)
        .unwrap();
    a
}

/// HKDF-Expand to 48 bytes, then modulo n.
fn scalar(prk: &[u8; 32], label: &str, fid: &[u8]) -> Key {
    let info = [label.as_bytes(), &[0], fid].concat();
    let first = hmac_sha256(prk, &[&info[..], &[1]].concat());
    let second = hmac_sha256(prk, &[&first[..], &info, &[2]].concat());
    let wide = [&first[..], &second[..16]].concat();
    let weight = Scalar::from(256_u64);
    let reduced = wide.iter().fold(Scalar::ZERO, |sum, byte| sum * weight + Scalar::from(u64::from(*byte)));
    Key::new(reduced.to_bytes().into())
}

/// Inputs of one derivation.
#[derive(Clone, Copy)]
struct Epoch {
    pin: &'static str,
    iss: &'static str,
    bytes: [u8; 4],
    cost: (u32, u32, u32),
    enclave: bool,
}

const FIRST: Epoch =
    Epoch { pin: "4927", iss: ISS, bytes: [1, 2, 3, 4], cost: (65_536, 3, 1), enclave: false };

impl Epoch {
    fn to_value(self) -> Value {
        let [salt, seed, fid, prf] = self.bytes;
        let a = argon2id(self.pin, [salt; 16], self.cost);
        self.with_stretched(
            a,
            &json!({"name": "argon2id", "m": self.cost.0, "t": self.cost.1, "p": self.cost.2}),
            [seed, fid, prf],
        )
    }

    fn with_stretched(self, a: [u8; 32], kdf: &Value, [seed, fid, prf]: [u8; 3]) -> Value {
        let length = u8::try_from(self.iss.len()).unwrap();
        let x = labelled_sha256("MAP1 pin prf", &[&[length], self.iss.as_bytes(), &[fid; 16], &a]);
        let (b, key) = if self.enclave {
            (enclave_prf(&enclave_z(), &x).unwrap(), json!({"kind": "enclave", "z": hex(&enclave_z())}))
        } else {
            (hmac_sha256(&[prf; 32], &x), json!({"kind": "hmac", "key": hex(&[prf; 32])}))
        };
        let prk = hmac_sha256(&[seed; 32], &[a, b].concat());
        let (sig, ka) = (scalar(&prk, "MAP1 pin-sig", &[fid; 16]), scalar(&prk, "MAP1 pin-ka", &[fid; 16]));
        json!({
            "pin": self.pin, "iss": self.iss, "salt": hex(&[self.bytes[0]; 16]), "seed": hex(&[seed; 32]),
            "fid": hex(&[fid; 16]), "kdf": kdf, "prf": key, "a": hex(&a), "x": hex(&x), "b": hex(&b), "prk": hex(&prk),
            "sk_sig": hex(&sig.scalar()), "pk_sig": hex(sig.public().as_sec1()),
            "sk_ka": hex(&ka.scalar()), "pk_ka": hex(ka.public().as_sec1()),
        })
    }
}

fn pin_keys() -> Vec<Case> {
    let first = FIRST.to_value();
    let change = |name: &str, to: Value| {
        let mut changed = first.clone();
        changed[name] = to;
        changed
    };
    let mut cases = vec![
        good("as published", first.clone()),
        good("the next rung", Epoch { cost: (32_768, 4, 1), ..FIRST }.to_value()),
        good("the lowest rung", Epoch { cost: (19_456, 5, 1), ..FIRST }.to_value()),
        good("twelve digits", Epoch { pin: "314159265358", ..FIRST }.to_value()),
        good("zeros in front", Epoch { pin: "0042", ..FIRST }.to_value()),
        good("an issuer with a port", Epoch { iss: "https://id.example.eu:8443", ..FIRST }.to_value()),
        good("the next epoch", Epoch { pin: "8315", bytes: [0x23, 0x24, 0x25, 0x26], ..FIRST }.to_value()),
        good("the hardware step of iOS", Epoch { enclave: true, ..FIRST }.to_value()),
        good("PBKDF2", pbkdf2()),
    ];
    for (name, to) in
        [("pin", "4928"), ("iss", "https://id.example.com"), ("salt", "02"), ("seed", "01"), ("fid", "04")]
    {
        let to =
            if to.len() == 2 { to.repeat(first[name].as_str().unwrap().len() / 2) } else { to.to_owned() };
        cases.push(bad(format!("another {name}"), "WrongValue", change(name, to.into())));
    }
    for (comment, pin) in [
        ("three digits", "492"),
        ("thirteen digits", "3141592653589"),
        ("a letter", "492a"),
        ("other digits", "٤٩٢٧"),
        ("empty", ""),
    ] {
        cases.push(bad(comment, "Form", change("pin", pin.into())));
    }
    for (m, t, p) in [(19_455, 5, 1), (65_536, 1, 1), (65_536, 3, 0), (4_194_304, 3, 1)] {
        let kdf = json!({"name": "argon2id", "m": m, "t": t, "p": p});
        cases.push(bad(format!("stretched with {m}/{t}/{p}"), "Form", change("kdf", kdf)));
    }
    cases.push(bad(
        "stretched too few times",
        "Form",
        change("kdf", json!({"name": "pbkdf2-sha256", "c": 599_999})),
    ));
    cases
}

fn pbkdf2() -> Value {
    // Published; 600,000 rounds here a second time would only repeat the vault's own crate.
    let a = unhex("ae3b992ddd4e96adc22a95f0b6e1866761b54b8ce485b5cec914f9e1a7af6b71");
    FIRST.with_stretched(a, &json!({"name": "pbkdf2-sha256", "c": 600_000}), [2, 3, 4])
}

fn prfs() -> Vec<Case> {
    let x = "9f04ccb5f3dae150df731478edd02b34e136637a726835df983e38f67cf77b86";
    let software = SoftwarePrf::from_bytes([4; 32]).evaluate(&unhex(x));
    let enclave = enclave_prf(&enclave_z(), &unhex(x)).unwrap();
    let with = |kind: &str, key: &str, b: &[u8]| json!({"kind": kind, "key": key, "x": x, "b": hex(b)});
    vec![
        good("HMAC, as published", with("hmac", &hex(&[4; 32]), &software)),
        good("iOS", with("enclave", &hex(&enclave_z()), &enclave)),
        bad("the answer of another key", "WrongValue", with("hmac", &hex(&[5; 32]), &software)),
        bad(
            "the answer of the other construction",
            "WrongValue",
            with("enclave", &hex(&enclave_z()), &software),
        ),
    ]
}

fn kcvs() -> Vec<Case> {
    let answer = SoftwarePrf::from_bytes([4; 32]).evaluate(&prf_kcv_input(&[3; 16]));
    let with =
        |fid: u8, kcv: &[u8; 8]| json!({"fid": hex(&[fid; 16]), "key": hex(&[4; 32]), "kcv": hex(kcv)});
    vec![
        good("as published", with(3, &prf_kcv(&answer))),
        bad("of another epoch", "WrongValue", with(4, &prf_kcv(&answer))),
        bad("zero", "WrongValue", with(3, &[0; 8])),
    ]
}

fn offline_keys() -> Vec<Case> {
    let ka = Key::new(unhex("7a1ddfcf5cab60766de2c8b2c192aa2a5fc54f0b5fef1c1730a449c7961a7119"));
    let secret = p256::SecretKey::from_slice(&ka.scalar()).unwrap();
    let point = p256::PublicKey::from_sec1_bytes(off().public().as_sec1()).unwrap();
    let z = secret.diffie_hellman(&point);
    let key = |aid: u8, ok: &str| {
        let salt = sha256(&[&[aid; 16][..], &[3; 16], ok.as_bytes()].concat());
        let prk = hmac_sha256(&salt, z.raw_secret_bytes());
        hmac_sha256(&prk, b"MAP1 offline code\0\x01")
    };
    let with = |aid: u8, ok: &str, public: &[u8], k_off: [u8; 32]| {
        let mut value = FIRST.to_value();
        for (name, text) in
            [("aid", hex(&[aid; 16])), ("ok", ok.to_owned()), ("off", hex(public)), ("k_off", hex(&k_off))]
        {
            value[name] = text.into();
        }
        value["z"] = hex(z.raw_secret_bytes()).into();
        value
    };
    let public = *off().public().as_sec1();
    let mut twisted = public;
    twisted[64] ^= 1;
    vec![
        good("as published", with(6, "off1", &public, key(6, "off1"))),
        good("another key id", with(6, "off2", &public, key(6, "off2"))),
        bad("of another phone", "WrongValue", with(7, "off1", &public, key(6, "off1"))),
        bad("a point that is not on the curve", "Key", with(6, "off1", &twisted, key(6, "off1"))),
        bad("zero", "Key", with(6, "off1", &[0; 65], key(6, "off1"))),
        bad("compressed", "Key", with(6, "off1", &[&[2], &public[1..33]].concat(), key(6, "off1"))),
        bad("the point at infinity", "Key", with(6, "off1", &[0], key(6, "off1"))),
    ]
}

fn offline_codes() -> Vec<Case> {
    let k_off = unhex::<32>("7fc23f2f9de8e9a49c5a297baf5608be8d1389aa1b2018cdc435e2b1012a5336");
    let with = |key: [u8; 32], jws: &str, code: &str| json!({"k_off": hex(&key), "jws": jws, "code": code});
    let short = "eyJhbGciOiJFUzI1NiJ9.eyJ2IjoxfQ.AAAA";
    let published = by_server("map-oqr+jws", OFFLINE).signed(&sign());
    let mut other_key = k_off;
    other_key[0] ^= 1;
    let mut cases = vec![
        good("the short text", with(k_off, short, "89850940")),
        good("the published request", with(k_off, &published, "85900250")),
        bad("another key", "WrongValue", with(other_key, short, "89850940")),
        bad("another text", "WrongValue", with(k_off, &format!("{short}A"), "89850940")),
        bad("seven digits", "Form", with(k_off, short, "8985094")),
        bad("a digit too many", "Form", with(k_off, short, "089850940")),
    ];
    for byte in 0..8 {
        let text = format!("{short}{byte}");
        let code = code::offline_code(&[byte; 32], &text);
        cases.push(good(format!("key of {byte}s"), with([byte; 32], &text, code.expose())));
    }
    cases
}

fn codes() -> Vec<Case> {
    let (tid, aid, eid) =
        (Tid::from_bytes([0x13; 16]), Aid::from_bytes([6; 16]), Eid::from_bytes([0x11; 16]));
    let (handle, secret) = (Handle::from_bytes([0x14; 16]), EnrolSecret::from_bytes([0x12; 16]));
    let jkt = Thumbprint::parse(&dev().jkt()).unwrap();
    let frame = code::frame_mac(&[0x18; 32], &handle, 7);
    let all = [
        ("sign_in_code", json!({"tid": id(0x13, 16)}), code::sign_in_code(&tid)),
        ("device_hint", json!({"aid": id(6, 16)}), code::device_hint(&aid)),
        (
            "transfer_hash",
            json!({"h": id(0x14, 16), "tid": id(0x13, 16)}),
            code::transfer_hash(&handle, &tid).to_string(),
        ),
        ("frame_mac", json!({"k_qr": id(0x18, 32), "h": id(0x14, 16), "t": 7}), b64u(frame.expose())),
        (
            "offer_mac",
            json!({"es": id(0x12, 16), "eid": id(0x11, 16)}),
            code::offer_mac(&secret, &eid).to_string(),
        ),
        (
            "enrol_mac",
            json!({"es": id(0x12, 16), "eid": id(0x11, 16), "jkt": dev().jkt()}),
            code::enrol_mac(&secret, &eid, &jkt).to_string(),
        ),
        (
            "attestation_challenge",
            json!({"binding": id(0x11, 16), "nonce": id(0x16, 32)}),
            b64u(&code::attestation_challenge(&[0x11; 16], &[0x16; 32])),
        ),
    ];
    let mut cases = Vec::new();
    for (name, inputs, value) in all {
        let with = |value: &str| json!({"of": name, "inputs": inputs, "value": value});
        cases.push(good(name, with(&value)));
        let (head, last) = value.split_at(value.len() - 1);
        let changed = format!("{head}{}", if last == "A" { "Q" } else { "A" });
        cases.push(bad(format!("{name}: another last symbol"), "WrongValue", with(&changed)));
        cases.push(bad(format!("{name}: cut off"), "Truncated", with(head)));
        let mut moved = inputs.clone();
        let (member, _) = inputs.as_object().unwrap().iter().next().unwrap();
        moved[member] = id(0x77, if member == "k_qr" { 32 } else { 16 }).into();
        cases.push(bad(
            format!("{name}: of another {member}"),
            "WrongValue",
            json!({"of": name, "inputs": moved, "value": value}),
        ));
    }
    cases
}

fn fsh() -> Vec<Case> {
    let pair = |protected: &str, signature: &str| json!({"protected": protected, "signature": signature});
    let hash = |text: &str| b64u(&sha256(text.as_bytes()));
    let two = json!([pair("AAAA", "BBBB"), pair("CCCC", "DDDD")]);
    let with = |list: &Value, fsh: String| json!({"factors": list, "fsh": fsh});
    vec![
        good("one factor", with(&json!([pair("AAAA", "BBBB")]), hash("AAAA.BBBB\n"))),
        good("two factors", with(&two, hash("AAAA.BBBB\nCCCC.DDDD\n"))),
        good(
            "three factors",
            with(&json!([pair("a", "b"), pair("c", "d"), pair("e", "f")]), hash("a.b\nc.d\ne.f\n")),
        ),
        bad("no line feed at the end", "WrongValue", with(&two, hash("AAAA.BBBB\nCCCC.DDDD"))),
        bad("the other order", "WrongValue", with(&two, hash("CCCC.DDDD\nAAAA.BBBB\n"))),
        bad("signatures only", "WrongValue", with(&two, hash("BBBB\nDDDD\n"))),
        bad("the first factor only", "WrongValue", with(&two, hash("AAAA.BBBB\n"))),
    ]
}

fn rows() -> Vec<Case> {
    let key = VaultKey::from_bytes([7; 32]).row_key().unwrap();
    let place = RowPlace { table: "binding", id: &[0, 1], schema_version: 1 };
    let row = key.seal(place, [9; 12], b"u-1001").unwrap();
    let base = json!({
        "vault_key": hex(&[7; 32]), "table": "binding", "id": "0001", "schema_version": 1, "plain": hex(b"u-1001"),
        "nonce": hex(&[9; 12]), "row": hex(&row),
    });
    let change = |name: &str, to: Value| {
        let mut changed = base.clone();
        changed[name] = to;
        changed
    };
    let mut cases = vec![
        good("as written", base.clone()),
        bad("in another table", "Signature", change("table", "history".into())),
        bad("under another id", "Signature", change("id", "0002".into())),
        bad("of another schema", "Signature", change("schema_version", 2.into())),
        bad("under another key", "Signature", change("vault_key", hex(&[8; 32]).into())),
        bad("a table name with a zero", "Form", change("table", "bin\0ding".into())),
        bad("cut off", "Truncated", change("row", hex(&row[..row.len() - 1]).into())),
        bad("shorter than a nonce", "Truncated", change("row", hex(&row[..11]).into())),
        bad("nothing", "Truncated", change("row", "".into())),
    ];
    for index in [0, 11, 12, 17, 18, 33] {
        let mut changed = row.clone();
        changed[index] ^= 1;
        cases.push(bad(format!("byte {index} changed"), "Signature", change("row", hex(&changed).into())));
    }
    cases
}
