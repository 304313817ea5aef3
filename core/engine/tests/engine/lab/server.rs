//! One scripted server: what it holds, and where each request goes.

use super::answers::{problem, signed_json};
use super::keys::{ServerKeys, jws};
use countersign_engine::port::Reply;
use countersign_protocol::encoding::from_b64u;
use countersign_protocol::id::{Aid, Eid, Fid, Jti, Nonce, Tid};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::Head;
use countersign_protocol::message::enrol::Attestation;
use countersign_protocol::message::offer::AttestPolicy;
use countersign_protocol::message::request::Request;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::{ConfirmCode, EnrolSecret, Handle, Number, ReturnCode};
use countersign_protocol::time::Time;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// One server.
pub struct Server {
    pub iss: Issuer,
    pub now: Time,
    pub keys: ServerKeys,
    pub keysets: Vec<String>,
    pub ver: u64,
    pub enrolments: HashMap<Eid, Enrolment>,
    pub phones: Vec<Phone>,
    pub sign_ins: HashMap<Tid, SignIn>,
    pub stored: HashMap<Jti, Reply>,
    pub settled: HashSet<Jti>,
    pub counter: u8,
    pub min_level: countersign_protocol::message::Level,
    /// What its offers say of attestations.
    pub attest: AttestPolicy,
    /// What came with the keys that were taken.
    pub vouched: Vec<Vouched>,
    /// The nonce that operations have to name.
    pub nonce: String,
    /// Whether biometrics are enough now, or the PIN has to come again (2.6).
    pub takes_bio: bool,
    /// Which root a new enrolment names.
    pub shown_root: usize,
    /// Sealed pairing data by the text it is looked up by.
    pub typed: HashMap<String, String>,
    /// What the browser on the same phone gets back, for enrolments and links.
    pub return_code: Option<ReturnCode>,
    /// Where that browser waits.
    pub back: String,
}

/// An attestation with what it has to be about.
pub struct Vouched {
    pub att: Attestation,
    pub key: PublicKey,
    pub binding: [u8; 16],
    pub nonce: Vec<u8>,
}

/// One pairing.
pub struct Enrolment {
    pub secret: EnrolSecret,
    pub nonce: Nonce,
    pub account: String,
    pub exp: Time,
    pub code: ConfirmCode,
    pub claimed: Option<Aid>,
}

/// One phone.
#[derive(Clone)]
pub struct Phone {
    pub aid: Aid,
    pub account: String,
    pub name: String,
    pub push: Option<String>,
    pub device: PublicKey,
    pub fid: Fid,
    pub bio: Option<(Fid, PublicKey)>,
    pub pin_sig: PublicKey,
    pub pin_ka: PublicKey,
    pub active: bool,
    pub pin_fail: u32,
    pub acked: u64,
}

/// One sign-in.
pub struct SignIn {
    pub account: Option<String>,
    pub state: &'static str,
    pub number: Number,
    pub handle: Handle,
    pub aid: Option<Aid>,
    pub request: Option<(Request, String)>,
    pub receipt: Option<String>,
    pub number_fail: u32,
    pub exp: Time,
    pub ended: bool,
}

impl Server {
    pub fn new(iss: &str, now: Time) -> Self {
        let keys = ServerKeys::new();
        let keysets = keys.signed(&keys.content(iss, 7, 1, now), &[0]);
        Self {
            iss: Issuer::parse(iss, Profile::Development).unwrap(),
            now,
            keys,
            keysets,
            ver: 7,
            enrolments: HashMap::new(),
            phones: Vec::new(),
            sign_ins: HashMap::new(),
            stored: HashMap::new(),
            settled: HashSet::new(),
            counter: 0,
            min_level: countersign_protocol::message::Level::Software,
            attest: AttestPolicy::Off,
            vouched: Vec::new(),
            nonce: "n1".to_owned(),
            takes_bio: true,
            shown_root: 0,
            typed: HashMap::new(),
            return_code: None,
            back: "https://grants.example.eu/back".to_owned(),
        }
    }

    /// A value that no other call gets.
    pub fn fresh<const N: usize>(&mut self) -> [u8; N] {
        self.counter += 1;
        // The server's name is in it, so that ids of two servers differ.
        let mut bytes = [self.iss.as_str().len().to_le_bytes()[0]; N];
        bytes[0] = self.counter;
        bytes
    }

    pub fn head(&self) -> Head {
        Head { v: 1, iss: self.iss.clone() }
    }

    /// Signs a message with the server's key.
    pub fn jws<T: Serialize>(&self, typ: &str, payload: &T) -> String {
        jws(typ, &self.keys.sign_kid, payload, &self.keys.sign)
    }

    /// Changes a message inside an answer and signs it again.
    pub(super) fn resign(&self, reply: &mut Reply, member: &str, edit: impl FnOnce(&mut serde_json::Value)) {
        let mut body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        let text = body[member].as_str().unwrap().to_owned();
        let part = |index: usize| -> serde_json::Value {
            serde_json::from_slice(&from_b64u(text.split('.').nth(index).unwrap()).unwrap()).unwrap()
        };
        let (header, mut payload) = (part(0), part(1));
        edit(&mut payload);
        body[member] = self.jws(header["typ"].as_str().unwrap(), &payload).into();
        reply.body = body.to_string().into_bytes();
    }

    pub(super) fn handle(&mut self, path: &str, mac: Option<&str>, body: &[u8]) -> Reply {
        let reply = match path.trim_start_matches('/').split('/').collect::<Vec<_>>().as_slice() {
            [".well-known", "map-keyset"] => signed_json(&serde_json::json!({"keysets": self.keysets})),
            ["v1", "enrolments", eid] if body.is_empty() => self.offer(eid, mac),
            ["v1", "enrolments", eid] => self.enrol(eid, body),
            ["v1", "typed", lookup] => self.typed_box(lookup),
            ["v1", "ops"] => self.op(body),
            ["v1", "scan"] => self.scan(body),
            ["v1", "transactions", tid, "response"] => self.respond(tid, body),
            _ => problem(Code::NotFound),
        };
        Reply { date: Some(self.now), nonce: Some(self.nonce.clone()), ..reply }
    }
}
