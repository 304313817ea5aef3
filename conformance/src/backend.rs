//! A service that drives the server through the backend interface (protocol 3.11).

use crate::http::{Answer, Http};
use crate::sign_in::SignIn;
use reqwest::Method;
use serde_json::{Value, json};

/// A client with a service's secret.
#[derive(Clone)]
pub struct Backend {
    http: Http,
    id: String,
    authorization: String,
}

impl Backend {
    /// The service `id` with its secret.
    pub fn new(http: Http, id: String, secret: &str) -> Self {
        Self { http, id, authorization: format!("Bearer {secret}") }
    }

    /// The same calls under another `Authorization`.
    #[must_use]
    pub fn with_authorization(&self, authorization: &str) -> Self {
        Self { authorization: authorization.to_owned(), ..self.clone() }
    }

    /// The service's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The header that proves who calls.
    pub fn authorization(&self) -> &str {
        &self.authorization
    }

    /// Any call below `/backend/v1`.
    #[track_caller]
    pub fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.call_with(method, path, body, &[])
    }

    /// A call with further headers.
    #[track_caller]
    pub fn call_with(&self, method: Method, path: &str, body: &Value, more: &[(&str, &str)]) -> Answer {
        self.try_call(method, path, body, more).expect("an answer")
    }

    /// A call to a server that may not live to answer it.
    pub fn try_call(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        more: &[(&str, &str)],
    ) -> Option<Answer> {
        let mut headers = vec![("authorization", self.authorization.as_str())];
        headers.extend_from_slice(more);
        let mut bytes = Vec::new();
        if !body.is_null() {
            headers.push(("content-type", "application/json"));
            bytes = body.to_string().into_bytes();
        }
        self.http.try_send(method, &format!("/backend/v1{path}"), &headers, bytes)
    }

    /// A `GET`.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, &Value::Null)
    }

    /// A `POST`.
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call(Method::POST, path, body)
    }

    /// A `DELETE`.
    #[track_caller]
    pub fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, &Value::Null)
    }

    /// Makes an account and gives its id.
    #[track_caller]
    pub fn add_account(&self, email: &str) -> String {
        let made = self.post("/accounts", &json!({"email": email})).is(201);
        made["account"].as_str().expect("account").to_owned()
    }

    /// Starts an enrolment and gives its `eid` and pairing link.
    #[track_caller]
    pub fn enrolment(&self, account: &str) -> (String, String) {
        let body = json!({"account": account, "same_device": false, "typed": false});
        let made = self.post("/enrolments", &body).is(201);
        let text = |name: &str| made[name].as_str().expect("eid and link").to_owned();
        (text("eid"), text("link"))
    }

    /// The state of an enrolment.
    #[track_caller]
    pub fn enrolment_state(&self, eid: &str) -> Value {
        self.get(&format!("/enrolments/{eid}")).ok()
    }

    /// Types a confirm code.
    #[track_caller]
    pub fn confirm(&self, eid: &str, code: &str) -> Answer {
        self.post(&format!("/enrolments/{eid}/confirm"), &json!({"code": code}))
    }

    /// Starts a sign-in.
    #[track_caller]
    pub fn start(&self, body: &Value) -> SignIn {
        serde_json::from_value(self.post("/sign-ins", body).is(201)).expect("a sign-in")
    }

    /// A sign-in as the service sees it: `tid`, `state`, `reason`, `expires_at`, `ended`.
    #[track_caller]
    pub fn state(&self, tid: &str) -> Value {
        self.get(&format!("/sign-ins/{tid}")).ok()
    }

    /// Name of the state of a sign-in.
    #[track_caller]
    pub fn state_name(&self, tid: &str) -> String {
        self.state(tid)["state"].as_str().expect("state").to_owned()
    }

    /// Asks for the present frame of a rotating QR and gives its text.
    #[track_caller]
    pub fn frame(&self, tid: &str) -> String {
        self.get(&format!("/sign-ins/{tid}/frame")).ok()["qr"].as_str().expect("qr").to_owned()
    }

    /// Brings an offline code.
    #[track_caller]
    pub fn code(&self, tid: &str, code: &str) -> Answer {
        self.post(&format!("/sign-ins/{tid}/code"), &json!({"code": code}))
    }

    /// Completes a sign-in.
    #[track_caller]
    pub fn complete(&self, tid: &str) -> Answer {
        self.post(&format!("/sign-ins/{tid}/complete"), &json!({}))
    }

    /// Completes a same-device sign-in with what the app brought back.
    #[track_caller]
    pub fn complete_returned(&self, tid: &str, rc: &str) -> Answer {
        self.post(&format!("/sign-ins/{tid}/complete"), &json!({"rc": rc}))
    }

    /// The events since the beginning.
    #[track_caller]
    pub fn events(&self) -> Vec<Value> {
        self.get("/events").ok().as_array().expect("events").clone()
    }
}

/// Body of a start with a first factor: what a service sends most of the time.
pub fn start_body(method: &str, account: Option<&str>) -> Value {
    let mut body = json!({
        "method": method,
        "kind": "login",
        "text": [],
        "factors": ["pin"],
        "first_factor": true,
        "recognised": false,
        "browser": {"ip": "203.0.113.7", "agent": "Firefox on Windows", "place": "Brussels, BE"},
    });
    if let Some(account) = account {
        body["account"] = json!(account);
    }
    body
}
