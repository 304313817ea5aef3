//! A JOSE writer of its own: writes what the product's writer would, and everything that it never would.

use countersign_protocol::encoding::b64u;
use countersign_protocol::key::PublicKey;
use countersign_protocol::label::sha256;
use countersign_vault::device_key::DeviceKey;
use p256::ecdsa::Signature;
use serde_json::{Value, json};

/// A signing key; its signatures are those of RFC 6979.
pub struct Key(DeviceKey);

impl Key {
    pub fn new(scalar: [u8; 32]) -> Self {
        Self(DeviceKey::from_bytes(&scalar).unwrap())
    }

    pub fn scalar(&self) -> [u8; 32] {
        *self.0.to_bytes()
    }

    pub fn public(&self) -> PublicKey {
        PublicKey::from_sec1(&self.0.public()).unwrap()
    }

    pub fn jwk(&self) -> Value {
        serde_json::to_value(self.public().to_jwk()).unwrap()
    }

    pub fn jkt(&self) -> String {
        self.public().thumbprint().to_string()
    }

    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message)
    }
}

/// A compact JWS in the making.
#[derive(Clone)]
pub struct Compact {
    pub header: String,
    pub payload: Vec<u8>,
}

impl Compact {
    pub fn new(typ: &str, kid: &str, payload: &str) -> Self {
        let header = json!({"alg": "ES256", "typ": typ, "kid": kid}).to_string();
        Self { header, payload: payload.as_bytes().to_vec() }
    }

    pub fn self_keyed(typ: &str, key: &Key, payload: &str) -> Self {
        let header = json!({"alg": "ES256", "typ": typ, "jwk": key.jwk()}).to_string();
        Self { header, payload: payload.as_bytes().to_vec() }
    }

    pub fn input(&self) -> String {
        format!("{}.{}", b64u(self.header.as_bytes()), b64u(&self.payload))
    }

    pub fn signed(&self, key: &Key) -> String {
        self.with(&key.sign(self.input().as_bytes()))
    }

    pub fn with(&self, signature: &[u8]) -> String {
        format!("{}.{}", self.input(), b64u(signature))
    }
}

/// A signature of a general JWS: its header as text, and its bytes.
#[derive(Clone)]
pub struct Signed {
    pub protected: String,
    pub signature: Vec<u8>,
}

impl Signed {
    pub fn new(header: &Value, payload: &[u8], key: &Key) -> Self {
        let protected = header.to_string();
        let input = format!("{}.{}", b64u(protected.as_bytes()), b64u(payload));
        Self { protected, signature: key.sign(input.as_bytes()).to_vec() }
    }

    pub fn to_value(&self) -> Value {
        json!({"protected": b64u(self.protected.as_bytes()), "signature": b64u(&self.signature)})
    }
}

/// `fsh` over the signatures before the device's.
pub fn factor_hash(factors: &[Signed]) -> String {
    let lines = factors
        .iter()
        .map(|factor| format!("{}.{}\n", b64u(factor.protected.as_bytes()), b64u(&factor.signature)));
    b64u(&sha256(lines.collect::<String>().as_bytes()))
}

/// The body of a phone's message.
pub fn body(payload: &[u8], signatures: &[Signed]) -> String {
    let signatures: Vec<Value> = signatures.iter().map(Signed::to_value).collect();
    json!({"payload": b64u(payload), "signatures": signatures}).to_string()
}

/// Order of P-256.
const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// Signatures that must not verify, made from a good one.
pub fn broken(signature: &[u8; 64]) -> Vec<(&'static str, Vec<u8>)> {
    let order = crate::published::unhex::<32>(ORDER);
    let (r, s) = signature.split_at(32);
    let mut flipped = signature.to_vec();
    flipped[63] ^= 1;
    vec![
        ("a bit of s flipped", flipped),
        ("r = 0", [&[0; 32], s].concat()),
        ("s = 0", [r, &[0; 32]].concat()),
        ("r = n", [&order, s].concat()),
        ("s = n", [r, &order].concat()),
        ("r and s changed over", [s, r].concat()),
        ("as DER", der(signature)),
        ("one byte cut off", signature[..63].to_vec()),
        ("one byte more", [&signature[..], &[0]].concat()),
        ("empty", Vec::new()),
        ("all zero", vec![0; 64]),
    ]
}

/// The same signature with n − s, which is as good.
pub fn other_s(signature: &[u8; 64]) -> [u8; 64] {
    let (r, s) = Signature::from_slice(signature).unwrap().split_scalars();
    Signature::from_scalars(r, -s).unwrap().to_bytes().into()
}

/// The form of a signature whose s is above n/2.
pub fn high_s(signature: &[u8; 64]) -> [u8; 64] {
    let high = Signature::from_slice(&other_s(signature)).unwrap();
    let chosen = if high.normalize_s() == high { Signature::from_slice(signature).unwrap() } else { high };
    chosen.to_bytes().into()
}

/// The DER form of a signature.
pub fn der(signature: &[u8; 64]) -> Vec<u8> {
    Signature::from_slice(signature).unwrap().to_der().as_bytes().to_vec()
}
