//! A phone's message under the test's control: every header, payload and signature can be another than it should.
//!
//! What [`Script::seal`] makes is right; [`crate::phone`] seals with the protocol crate, so each checks the other.

use crate::edit::edited;
use crate::http::{Answer, Http};
use crate::key::Key;
use crate::witness;
use countersign_protocol::encoding::b64u;
use countersign_protocol::jose::envelope::hash_signatures;
use serde_json::{Value, json};

/// Which endpoint a message is for, and so its `typ`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typ {
    /// Pairing.
    Enrol,
    /// Approve or deny.
    Response,
    /// An operation.
    Op,
}

impl Typ {
    /// The header value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrol => "map-enrol+jws",
            Self::Response => "map-response+jws",
            Self::Op => "map-op+jws",
        }
    }
}

/// A message before it is signed.
#[derive(Clone)]
pub struct Script {
    /// Where it is posted.
    pub path: String,
    /// Its `typ`.
    pub typ: Typ,
    /// JSON text of the payload.
    pub payload: Vec<u8>,
    /// `kid` and key of each signature before the device's.
    pub factors: Vec<(String, Key)>,
    /// The device key.
    pub device: Key,
}

/// A signed message.
#[derive(Clone)]
pub struct Envelope {
    /// base64url.
    pub payload: String,
    /// In their order.
    pub signatures: Vec<Entry>,
}

/// One signature.
#[derive(Clone)]
pub struct Entry {
    /// base64url.
    pub protected: String,
    /// base64url.
    pub signature: String,
    /// An unprotected header.
    pub header: Option<Value>,
}

impl Script {
    /// The same message after a change of its payload.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Value)) -> Self {
        let text = String::from_utf8(self.payload.clone()).expect("UTF-8");
        self.with_payload(edited(&text, change))
    }

    /// The same message with another payload.
    #[must_use]
    pub fn with_payload(&self, payload: impl Into<Vec<u8>>) -> Self {
        Self { payload: payload.into(), ..self.clone() }
    }

    /// The payload.
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.payload).expect("JSON")
    }

    /// The message as it should be.
    pub fn seal(&self) -> Envelope {
        self.seal_header(|header| header)
    }

    /// The message with another device header: its JSON text goes through `change` before it is signed.
    pub fn seal_header(&self, change: impl FnOnce(String) -> String) -> Envelope {
        let mut envelope = self.unfinished();
        envelope.push(&change(self.device_header(&envelope)), &self.device);
        envelope
    }

    /// The message with another header of its first factor; hash and device signature are made over it.
    pub fn seal_factor_header(&self, change: impl FnOnce(String) -> String) -> Envelope {
        let mut envelope = Envelope { payload: b64u(&self.payload), signatures: Vec::new() };
        let (kid, key) = self.factors.first().expect("a factor");
        envelope.push_factor(&change(factor_header(kid)), key);
        envelope.push(&self.device_header(&envelope), &self.device);
        envelope
    }

    /// Payload and factor signatures, without the device's.
    pub fn unfinished(&self) -> Envelope {
        let mut envelope = Envelope { payload: b64u(&self.payload), signatures: Vec::new() };
        for (kid, key) in &self.factors {
            envelope.push_factor(&factor_header(kid), key);
        }
        envelope
    }

    /// The device header that belongs behind the signatures of `envelope`.
    pub fn device_header(&self, envelope: &Envelope) -> String {
        let mut header = json!({"alg": "ES256", "typ": self.typ.as_str()});
        if self.typ == Typ::Enrol {
            header["jwk"] = self.device.jwk();
        } else {
            header["kid"] = json!(self.device.thumbprint());
        }
        if !envelope.signatures.is_empty() {
            header["fsh"] = json!(envelope.fsh());
            header["crit"] = json!(["fsh"]);
        }
        header.to_string()
    }

    /// Posts bytes to where this message goes.
    #[track_caller]
    pub fn post(&self, http: &Http, body: Vec<u8>) -> Answer {
        http.post_jose(&self.path, body)
    }

    /// Posts the message as it should be.
    #[track_caller]
    pub fn send(&self, http: &Http) -> Answer {
        self.post(http, self.seal().body())
    }
}

/// The header of a factor signature.
pub fn factor_header(kid: &str) -> String {
    json!({"alg": "ES256", "typ": "map-factor+jws", "kid": kid}).to_string()
}

impl Envelope {
    /// Signs the payload under a header.
    pub fn push(&mut self, header: &str, key: &Key) {
        let protected = b64u(header.as_bytes());
        let signature = b64u(&key.signature(format!("{protected}.{}", self.payload).as_bytes()));
        self.signatures.push(Entry { protected, signature, header: None });
    }

    /// Signs the payload as a factor: the signature must never turn up in a log.
    pub fn push_factor(&mut self, header: &str, key: &Key) {
        self.push(header, key);
        self.signatures.iter().for_each(|entry| witness::remember(&entry.signature));
    }

    /// The hash of all signatures so far (3.0.3).
    pub fn fsh(&self) -> String {
        hash_signatures(
            self.signatures.iter().map(|entry| (entry.protected.as_str(), entry.signature.as_str())),
        )
        .to_string()
    }

    /// The device's signature.
    pub fn last(&mut self) -> &mut Entry {
        self.signatures.last_mut().expect("a signature")
    }

    /// The bytes to send.
    pub fn body(&self) -> Vec<u8> {
        let signatures: Vec<Value> = self.signatures.iter().map(Entry::to_json).collect();
        json!({"payload": self.payload, "signatures": signatures}).to_string().into_bytes()
    }
}

impl Entry {
    fn to_json(&self) -> Value {
        let mut value = json!({"protected": self.protected, "signature": self.signature});
        if let Some(header) = &self.header {
            value["header"] = header.clone();
        }
        value
    }
}
