//! The keys of a scripted server, and its key sets.

use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::jose::compact;
use countersign_protocol::key::PublicKey;
use countersign_protocol::keyset::{Content, MinApp, OffKey, OfflinePolicy, PolicyView, SignKey, TYP};
use countersign_protocol::message::Factor;
use countersign_protocol::time::Time;
use countersign_vault::device_key::DeviceKey;
use p256::SecretKey;
use serde::Serialize;
use std::convert::Infallible;

/// Keys of one server, from constant scalars.
pub struct ServerKeys {
    pub roots: Vec<DeviceKey>,
    pub sign: DeviceKey,
    pub sign_kid: String,
    pub off: SecretKey,
}

pub fn key(fill: u8) -> DeviceKey {
    DeviceKey::from_bytes(&[fill; 32]).unwrap()
}

pub fn public(key: &DeviceKey) -> PublicKey {
    PublicKey::from_sec1(&key.public()).unwrap()
}

fn signer(key: &DeviceKey) -> impl Fn(&[u8]) -> Result<[u8; 64], Infallible> {
    |message| Ok(key.sign(message))
}

/// A compact JWS of a message.
pub fn jws<T: Serialize>(typ: &str, kid: &str, payload: &T, key: &DeviceKey) -> String {
    let payload = serde_json::to_vec(payload).unwrap();
    compact::sign(typ, kid, &payload, &signer(key)).unwrap()
}

impl ServerKeys {
    pub fn new() -> Self {
        Self {
            roots: vec![key(0x31), key(0x32), key(0x33), key(0x34)],
            sign: key(0x41),
            sign_kid: "s1".to_owned(),
            off: SecretKey::from_slice(&[0x51; 32]).unwrap(),
        }
    }

    pub fn off_public(&self) -> PublicKey {
        use p256::elliptic_curve::sec1::ToSec1Point;
        PublicKey::from_sec1(self.off.public_key().to_sec1_point(false).as_bytes()).unwrap()
    }

    /// Content of a key set of version `ver` whose next root is `roots[next]`.
    pub fn content(&self, iss: &str, ver: u64, next: usize, now: Time) -> Content {
        let pins = ["A", "B"].map(|fill| fill.repeat(43));
        Content {
            v: 1,
            versions: vec![1],
            iss: Issuer::parse(iss, Profile::Development).unwrap(),
            name: "Example ID".to_owned(),
            ver,
            iat: now,
            exp: now.plus(7_776_000),
            sign: vec![SignKey {
                kid: self.sign_kid.clone(),
                jwk: public(&self.sign).to_jwk(),
                nbf: now.minus(1000),
                exp: now.plus(31_536_000),
            }],
            off: vec![OffKey {
                kid: "off1".to_owned(),
                jwk: self.off_public().to_jwk(),
                exp: now.plus(31_536_000),
            }],
            tls_pins: pins.to_vec(),
            return_origins: vec!["https://grants.example.eu".to_owned()],
            next_root: public(&self.roots[next]).thumbprint(),
            policy: PolicyView {
                pin_min: 4,
                factors: vec![Factor::Pin],
                bio_days: 14,
                offline: OfflinePolicy { on: true },
                tx_ttl: 180,
                min_app: MinApp { android: "1.0.0".to_owned(), ios: "1.0.0".to_owned() },
            },
        }
    }

    /// The same payload signed by each of `roots`.
    pub fn signed(&self, content: &Content, roots: &[usize]) -> Vec<String> {
        let payload = serde_json::to_vec(content).unwrap();
        let sign = |root: &usize| {
            let key = &self.roots[*root];
            compact::sign_self_keyed(TYP, &public(key), &payload, &signer(key)).unwrap()
        };
        roots.iter().map(sign).collect()
    }
}
