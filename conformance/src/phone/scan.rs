//! Scanned sign-ins (protocol 3.5): frame, ticket, claim, transfer hash.

use super::Phone;
use super::answer::Request;
use crate::http::{Answer, Http};
use crate::key::random;
use countersign_protocol::code::transfer_hash;
use countersign_protocol::encoding::b64u;
use countersign_protocol::issuer::Profile;
use countersign_protocol::qr::{Payload, parse_qr};
use countersign_protocol::secret::Handle;
use serde_json::{Value, json};

/// One scanned frame and the body to post for it.
#[derive(Clone)]
pub struct Scan {
    handle: Handle,
    /// Body of `POST /v1/scan`, to be changed at will.
    pub body: Value,
}

impl Scan {
    /// Reads a frame, as a scan of its own.
    #[track_caller]
    pub fn of(text: &str) -> Self {
        let qr = parse_qr(text.as_bytes(), Profile::Development).expect("a frame");
        let Payload::Frame { handle, step, mac } = qr.payload else { panic!("not a frame: {text}") };
        let body = json!({"h": handle.to_wire(), "t": step, "m": mac.to_wire(), "r": new_r()});
        Self { handle, body }
    }

    /// Reads a tapped link.
    #[track_caller]
    pub fn of_link(text: &str) -> Self {
        let qr = parse_qr(text.as_bytes(), Profile::Development).expect("a link");
        let Payload::Link(handle) = qr.payload else { panic!("not a link: {text}") };
        let body = json!({"h": handle.to_wire(), "r": new_r()});
        Self { handle, body }
    }

    /// Another scan of the same frame.
    #[must_use]
    pub fn again(&self) -> Self {
        let mut other = self.clone();
        other.body["r"] = json!(new_r());
        other
    }

    /// Posts the scan.
    #[track_caller]
    pub fn post(&self, http: &Http) -> Answer {
        http.post_json("/v1/scan", &self.body)
    }

    /// The ticket of a scan that succeeds.
    #[track_caller]
    pub fn ticket(&self, http: &Http) -> String {
        let answer = self.post(http).ok();
        assert!(answer["exp_in"].as_u64().is_some_and(|life| life <= 60), "{answer}");
        answer["ticket"].as_str().expect("ticket").to_owned()
    }

    /// What stands in the place of the number in the answer to a request of this sign-in.
    pub fn xh(&self, request: &Request) -> String {
        transfer_hash(&self.handle, &request.content.tid).to_string()
    }
}

/// A random value for a scan.
pub fn new_r() -> String {
    b64u(&random::<16>())
}

impl Phone {
    /// Op `claim`.
    #[track_caller]
    pub fn claim(&self, ticket: &str) -> Answer {
        self.op("claim", &json!({"ticket": ticket}))
    }

    /// Scans and claims: the request to answer.
    #[track_caller]
    pub fn take(&self, scan: &Scan) -> Request {
        let ticket = scan.ticket(self.http());
        let answer = self.done("claim", &json!({"ticket": ticket}));
        self.read_request(&answer["request"])
    }

    /// Approves a scanned request with the right PIN.
    #[track_caller]
    pub fn approve_scanned(&self, request: &Request, scan: &Scan) -> Answer {
        self.send(&self.transfer(request, &scan.xh(request)), &[self.keys.pin()])
    }
}
