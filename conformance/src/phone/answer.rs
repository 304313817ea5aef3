//! Requests of the server and a phone's answers to them (protocol 3.4).

use super::keys::Factor;
use super::{PHONE_TIME, Phone, jti};
use crate::http::Answer;
use crate::script::{Script, Typ};
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::keyset::Verified;
use countersign_protocol::message::Flow;
use countersign_protocol::message::receipt::ResponseReceipt;
use countersign_protocol::message::request::{self, request_hash};
use serde_json::{Value, json};

/// A verified request and its bytes.
pub struct Request {
    /// As received.
    pub jws: String,
    /// What it says.
    pub content: Verified<request::Request>,
}

impl Request {
    /// Its sign-in.
    pub fn tid(&self) -> String {
        self.content.tid.to_string()
    }

    /// Where answers go.
    pub fn path(&self) -> String {
        response_path(&self.tid())
    }
}

/// Where answers to a sign-in go.
pub fn response_path(tid: &str) -> String {
    format!("/v1/transactions/{tid}/response")
}

impl Phone {
    /// Reads a request, verified to be for this phone.
    #[track_caller]
    pub fn read_request(&self, jws: &Value) -> Request {
        let content: Verified<request::Request> = self.open(jws);
        assert_eq!(content.aud.to_string(), self.aid);
        Request { jws: jws.as_str().expect("a compact JWS").to_owned(), content }
    }

    /// Op `list`.
    #[track_caller]
    pub fn list(&self) -> Vec<Request> {
        let answer = self.op("list", &json!({})).ok();
        answer["requests"].as_array().expect("requests").iter().map(|jws| self.read_request(jws)).collect()
    }

    /// The listed request of a sign-in.
    #[track_caller]
    pub fn request(&self, tid: &str) -> Request {
        self.list().into_iter().find(|request| request.tid() == tid).expect("a listed request")
    }

    /// Op `get`.
    #[track_caller]
    pub fn get(&self, tid: &str) -> Answer {
        self.op("get", &json!({"tid": tid}))
    }

    /// Payload of an approval with the number.
    pub fn approval(&self, request: &Request, number: &str) -> Value {
        self.answer(request, &json!({"dec": "approve", "num": number}))
    }

    /// Payload of an approval of a scanned sign-in.
    pub fn transfer(&self, request: &Request, xh: &str) -> Value {
        self.answer(request, &json!({"dec": "approve", "xh": xh}))
    }

    /// Payload of a refusal.
    pub fn denial(&self, request: &Request, why: &str) -> Value {
        self.answer(request, &json!({"dec": "deny", "why": why}))
    }

    fn answer(&self, request: &Request, decision: &Value) -> Value {
        let mut payload = json!({
            "v": 1, "iss": self.aid, "aud": self.aud(), "tid": request.content.tid,
            "nonce": request.content.nonce, "req": request_hash(&request.jws),
            "flow": request.content.flow, "jti": jti(), "iat": PHONE_TIME,
        });
        for (name, value) in decision.as_object().expect("members") {
            payload[name] = value.clone();
        }
        payload
    }

    /// An answer under the test's control, with the right PIN.
    pub fn answer_script(&self, payload: &Value) -> Script {
        Script {
            path: response_path(payload["tid"].as_str().expect("tid")),
            typ: Typ::Response,
            payload: payload.to_string().into_bytes(),
            factors: vec![(self.keys.fid.clone(), self.keys.sig.clone())],
            device: self.keys.dev.clone(),
        }
    }

    /// The bytes of an answer with these factors.
    pub fn answer_body(&self, payload: &Value, factors: &[Factor]) -> Vec<u8> {
        self.seal(DeviceTyp::Response, payload, factors)
    }

    /// Sends an answer with these factors to the sign-in that it names.
    #[track_caller]
    pub fn send(&self, payload: &Value, factors: &[Factor]) -> Answer {
        let path = response_path(payload["tid"].as_str().expect("tid"));
        self.post(&path, self.answer_body(payload, factors))
    }

    /// Approves with a number and the right PIN.
    #[track_caller]
    pub fn approve(&self, request: &Request, number: &str) -> Answer {
        self.send(&self.approval(request, number), &[self.keys.pin()])
    }

    /// Approves with a number and a wrong PIN.
    #[track_caller]
    pub fn approve_wrongly(&self, request: &Request, number: &str) -> Answer {
        self.send(&self.approval(request, number), &[self.keys.wrong_pin()])
    }

    /// Refuses.
    #[track_caller]
    pub fn deny(&self, request: &Request, why: &str) -> Answer {
        self.send(&self.denial(request, why), &[])
    }

    /// The receipt in a successful answer, verified to be about this request.
    #[track_caller]
    pub fn receipt(&self, request: &Request, answer: &Answer) -> Verified<ResponseReceipt> {
        let body = answer.ok();
        let link = request.content.flow == Flow::Link;
        assert_eq!(body["rc"].is_string(), link, "{body}");
        let receipt: Verified<ResponseReceipt> = self.open(&body["receipt"]);
        assert_eq!((receipt.tid, receipt.req), (request.content.tid, request_hash(&request.jws)));
        assert_eq!(receipt.aud.to_string(), self.aid);
        receipt
    }
}
