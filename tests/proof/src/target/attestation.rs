//! What a phone's platform says of its keys: certificates, key descriptions, statements of App Attest.
//!
//! A real chain stands around the bytes under attack, so that they get as far as they can; it is genuine for its own
//! certificate and for no other.

use countersign_attestation::android::{self, Usage};
use countersign_attestation::description::KeyDescription;
use countersign_attestation::{AppId, Flaw, Roots, Trust, apple, pem_certificates};
use serde_json::Value;
use std::sync::LazyLock;

const CHAIN: &str = include_str!("../../../attestation/chains/xperia-tee.pem");
const ROOTS: &str = include_str!("../../../attestation/chains/google-roots.json");
const APPLE_ROOT: &str = include_str!("../../../attestation/chains/apple-root.pem");
const STATEMENT: &str = include_str!("../../../attestation/chains/apple-development.json");
/// September 2026.
const NOW: u64 = 1_790_000_000;

/// A phone, and everything that makes it genuine.
struct Phone {
    chain: Vec<Vec<u8>>,
    challenge: Vec<u8>,
    key: Vec<u8>,
    trust: Trust,
}

static PHONE: LazyLock<Phone> = LazyLock::new(|| {
    let chain = pem_certificates(CHAIN).unwrap();
    let description = KeyDescription::parse(description(&chain[0]).unwrap()).unwrap();
    let app = description.software.application.unwrap();
    let package = String::from_utf8(app.packages[0].clone()).unwrap();
    let apps = vec![AppId { package, digest: app.digests[0].clone().try_into().unwrap() }];
    let key = chain[0].windows(4).position(|bytes| bytes == [0x03, 0x42, 0x00, 0x04]).unwrap() + 3;
    Phone {
        challenge: description.challenge,
        key: chain[0][key..key + 65].to_vec(),
        trust: Trust { roots: Roots::parse(ROOTS).unwrap(), apps, ..Trust::default() },
        chain,
    }
});

/// The key description in a certificate, found by its name.
pub fn description(certificate: &[u8]) -> Option<&[u8]> {
    const NAME: [u8; 12] = [0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xd6, 0x79, 0x02, 0x01, 0x11];
    let start = certificate.windows(NAME.len()).position(|bytes| bytes == NAME)? + NAME.len();
    // An octet string of 256 bytes or more: 04 82, and its length.
    let head = certificate.get(start..start + 4)?;
    let length = usize::from(head[2]) << 8 | usize::from(head[3]);
    (head[..2] == [0x04, 0x82]).then(|| certificate.get(start + 4..start + 4 + length)).flatten()
}

/// Any bytes as the attested key's certificate, or as the one above it.
pub fn certificate(data: &[u8]) {
    let phone = &*PHONE;
    let expected =
        android::Expected { challenge: &phone.challenge, key: &phone.key, usage: Usage::Device, at: NOW };
    for place in 0..2 {
        let mut chain = phone.chain.clone();
        chain[place] = data.to_vec();
        let judged = android::judge(&chain, &expected, &phone.trust);
        assert_eq!(judged.verdict.is_ok(), data == phone.chain[place]);
    }
    let _ = android::judge(&[data.to_vec(), data.to_vec()], &expected, &phone.trust);
    let _ = Roots::parse(&String::from_utf8_lossy(data));
}

/// Any bytes as a key description; one that is taken ends where the bytes end.
pub fn key_description(data: &[u8]) {
    let Some(read) = KeyDescription::parse(data) else { return };
    assert_eq!(KeyDescription::parse(data), Some(read));
    assert_eq!(KeyDescription::parse(&[data, &[0]].concat()), None);
    assert_eq!(KeyDescription::parse(&data[..data.len() - 1]), None);
}

/// A statement of App Attest and what it is about.
pub struct Sample {
    /// The statement.
    pub object: Vec<u8>,
    client_data: [u8; 32],
    kid: Vec<u8>,
    trust: Trust,
}

/// A real statement of a developer's build.
pub static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let value: Value = serde_json::from_str(STATEMENT).unwrap();
    let bytes = |name: &str| base64(value[name].as_str().unwrap());
    let apple_apps = vec![value["app"].as_str().unwrap().to_owned()];
    Sample {
        object: bytes("object"),
        client_data: bytes("client_data_hash").try_into().unwrap(),
        kid: bytes("kid"),
        trust: Trust { roots: Roots::parse(APPLE_ROOT).unwrap(), apple_apps, ..Trust::default() },
    }
});

fn base64(text: &str) -> Vec<u8> {
    let url: String = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    countersign_protocol::encoding::from_b64u(&url).unwrap()
}

/// Any bytes as a statement; what Apple confirmed is confirmed for its own bytes only.
pub fn app_attest(data: &[u8]) {
    let sample = &*SAMPLE;
    let expected = apple::Expected { client_data: &sample.client_data, kid: &sample.kid, at: NOW };
    let judged = apple::judge(data, &expected, &sample.trust);
    assert!(judged.verdict.is_err(), "the sample is a developer's, and nobody else can sign");
    if data == sample.object {
        assert_eq!(judged.verdict, Err(Flaw::Development));
    }
    if let Some(statement) = judged.statement {
        assert_eq!(apple::Statement::parse(data), Some(statement));
        assert_eq!(apple::Statement::parse(&[data, &[0]].concat()), None);
    }
}

/// The statement's own members around other certificates: none, and one that is none.
pub fn variants() -> [Vec<u8>; 2] {
    let object = &SAMPLE.object;
    let statement = object.windows(7).position(|bytes| bytes == b"attStmt").unwrap() + 7;
    let data = object.windows(9).position(|bytes| bytes == b"\x68authData").unwrap();
    let (none, one): (&[u8], &[u8]) = (b"\xa1\x63x5c\x80", b"\xa2\x63x5c\x81\x42\x30\x00\x67receipt\x40");
    [none, one].map(|members| [&object[..statement], members, &object[data..]].concat())
}
