//! A scripted phone: what a real one would send, with random keys in the place of those that a PIN gives.
//!
//! What arrives it verifies with the protocol crate as a real phone does; what it sends can be anything.

pub mod answer;
pub mod keys;
pub mod offline;
pub mod pairing;
pub mod scan;

use crate::http::{Answer, Http};
use crate::key::random;
use crate::script::{Script, Typ};
use countersign_protocol::encoding::b64u;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::keyset::{self, KeySet, Pinned, Verified};
use countersign_protocol::message::ServerMessage;
use countersign_protocol::message::binding::Binding;
use countersign_protocol::message::notice::Notice;
use countersign_protocol::message::receipt::OpReceipt;
use keys::{Factor, Keys};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Mutex;

/// The phone's clock: never judged (T17), so it stands still.
pub const PHONE_TIME: u64 = 1_790_000_000;

/// A phone that knows its server; paired or waiting for its confirm code.
pub struct Phone {
    /// Its id at the server.
    pub aid: String,
    /// Its keys.
    pub keys: Keys,
    http: Http,
    issuer: Issuer,
    keyset: KeySet,
    pinned: Pinned,
    nonce: Mutex<String>,
}

impl Phone {
    /// The server's name in messages.
    pub fn aud(&self) -> String {
        self.issuer.to_string()
    }

    /// How it reaches the server.
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// The same phone on another network.
    pub fn move_to(&mut self, http: Http) {
        self.http = http;
    }

    /// Fetches the key set and follows it from what is pinned; its version.
    #[track_caller]
    pub fn refresh(&mut self) -> u64 {
        let answer = self.http.get("/.well-known/map-keyset", &[]).ok();
        let keysets: Vec<String> = serde_json::from_value(answer["keysets"].clone()).expect("key sets");
        let accepted = keyset::accept(&self.pinned, &self.issuer, &keysets, None).expect("key set");
        (self.keyset, self.pinned) = (accepted.keyset, accepted.pinned);
        self.keyset.content().ver
    }

    /// Whether a message of the server verifies under the key set that this phone holds.
    pub fn trusts<T: ServerMessage>(&self, jws: &Value) -> bool {
        self.keyset.open::<T>(jws.as_str().expect("a compact JWS")).is_ok()
    }

    /// Reads a message of the server, verified.
    #[track_caller]
    pub fn open<T: ServerMessage>(&self, jws: &Value) -> Verified<T> {
        self.keyset.open(jws.as_str().expect("a compact JWS")).expect("a message of this server")
    }

    /// Payload of an operation, with the nonce of the latest answer.
    pub fn op_payload(&self, op: &str, args: &Value) -> Value {
        let nonce = self.nonce.lock().expect("nonce").clone();
        json!({"v": 1, "iss": self.aid, "aud": self.aud(), "op": op, "args": args, "nonce": nonce,
            "jti": jti(), "iat": PHONE_TIME})
    }

    /// An operation under the test's control.
    pub fn op_script(&self, op: &str, args: &Value) -> Script {
        Script {
            path: "/v1/ops".to_owned(),
            typ: Typ::Op,
            payload: self.op_payload(op, args).to_string().into_bytes(),
            factors: Vec::new(),
            device: self.keys.dev.clone(),
        }
    }

    /// An operation; asked for a nonce, it signs once more.
    #[track_caller]
    pub fn op(&self, op: &str, args: &Value) -> Answer {
        let once = || self.post("/v1/ops", self.seal(DeviceTyp::Op, &self.op_payload(op, args), &[]));
        let answer = once();
        if answer.code().as_deref() == Some("use_nonce") { once() } else { answer }
    }

    /// An operation that succeeds with a receipt for exactly it.
    #[track_caller]
    pub fn done(&self, op: &str, args: &Value) -> Value {
        let answer = self.op(op, args).ok();
        let receipt: Verified<OpReceipt> = self.open(&answer["receipt"]);
        assert_eq!((receipt.aud.to_string(), receipt.op.as_str()), (self.aid.clone(), op));
        answer
    }

    /// Op `self`: the state and, once active, the binding, verified to be this phone's.
    #[track_caller]
    pub fn binding(&self) -> Verified<Binding> {
        let answer = self.op("self", &json!({})).ok();
        let binding: Verified<Binding> = self.open(&answer["binding"]);
        assert_eq!(binding.cnf.jkt, self.keys.dev.thumbprint());
        assert_eq!(
            (binding.aid.to_string(), binding.fid.to_string()),
            (self.aid.clone(), self.keys.fid.clone())
        );
        binding
    }

    /// The notice in a refusal, verified to be for this phone.
    #[track_caller]
    pub fn notice(&self, refusal: &Value) -> Verified<Notice> {
        let notice: Verified<Notice> = self.open(&refusal["notice"]);
        assert_eq!((notice.aud.to_string(), notice.cnf.jkt), (self.aid.clone(), self.keys.dev.thumbprint()));
        notice
    }

    /// Seals a payload with these factors and the device key, as the protocol crate does it for a real phone.
    pub fn seal(&self, typ: DeviceTyp, payload: &Value, factors: &[Factor]) -> Vec<u8> {
        let sealed = || -> Result<Vec<u8>, Infallible> {
            let mut draft = Draft::new(payload.to_string().as_bytes());
            for factor in factors {
                draft = draft.factor(&factor.fid(), factor)?;
            }
            draft.device(typ, &self.keys.dev.thumbprint(), &self.keys.dev)
        };
        sealed().unwrap_or_else(|never| match never {})
    }

    /// Posts a message and keeps the nonce of the answer.
    #[track_caller]
    pub fn post(&self, path: &str, body: Vec<u8>) -> Answer {
        let answer = self.http.post_jose(path, body);
        if let Some(nonce) = answer.header("map-nonce") {
            nonce.clone_into(&mut self.nonce.lock().expect("nonce"));
        }
        answer
    }
}

/// A fresh message id.
pub fn jti() -> String {
    b64u(&random::<16>())
}
