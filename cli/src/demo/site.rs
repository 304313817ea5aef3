//! The service's side: what a backend team's own code would send over real HTTP, and what the browser would show.

use super::house::House;
use crate::failure::Failure;
use reqwest::blocking::Client;
use serde_json::{Value, json};
use std::time::Duration;

/// A service that drives the server.
pub struct Site {
    client: Client,
    base: String,
    secret: String,
}

impl Site {
    /// The demo's service.
    pub fn of(house: &House) -> Result<Self, Failure> {
        let client = Client::builder()
            .tls_backend_preconfigured(no_tls()?)
            .timeout(Duration::from_secs(30))
            .build()
            .map_err(|error| broken(&error.to_string()))?;
        Ok(Self { client, base: format!("{}/backend/v1", house.base), secret: house.secret.clone() })
    }

    /// A call with a body.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let request = self.client.post(format!("{}{path}", self.base)).body(body.to_string());
        self.send(request)
    }

    /// A call without one.
    pub fn get(&self, path: &str) -> Result<Value, Failure> {
        self.send(self.client.get(format!("{}{path}", self.base)))
    }

    fn send(&self, request: reqwest::blocking::RequestBuilder) -> Result<Value, Failure> {
        let answer = request.bearer_auth(&self.secret).send().map_err(|error| broken(&error.to_string()))?;
        let status = answer.status();
        let text = answer.text().map_err(|error| broken(&error.to_string()))?;
        if !status.is_success() {
            return Err(broken(&format!("{status}: {text}")));
        }
        serde_json::from_str(&text).map_err(|_| broken("an answer that is no JSON"))
    }

    /// Makes an account; another address if this one is taken.
    pub fn account(&self, email: &str) -> Result<String, Failure> {
        let made = self.post("/accounts", &json!({"email": email}));
        let made =
            made.or_else(|_| self.post("/accounts", &json!({"email": super::house::another(email)})))?;
        text(&made, "account")
    }

    /// Starts a sign-in from a browser in Brussels.
    pub fn start(&self, method: &str, account: Option<&str>, rows: &Value) -> Result<Value, Failure> {
        let kind = if rows.as_array().is_some_and(|rows| !rows.is_empty()) { "sign" } else { "login" };
        let mut body = json!({
            "method": method, "kind": kind, "text": rows, "factors": ["pin"],
            "first_factor": account.is_some(), "recognised": false,
            "browser": {"ip": "203.0.113.7", "agent": "Firefox on Windows", "place": "Brussels, BE"},
        });
        if let Some(account) = account {
            body["account"] = account.into();
        }
        self.post("/sign-ins", &body)
    }

    /// Takes an approved sign-in.
    pub fn complete(&self, tid: &str) -> Result<Value, Failure> {
        self.post(&format!("/sign-ins/{tid}/complete"), &json!({}))
    }
}

/// A text member of an answer.
pub fn text(value: &Value, name: &str) -> Result<String, Failure> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| broken(&format!("no {name} in the answer")))
}

/// Something that the demo itself needs did not work.
pub fn broken(what: &str) -> Failure {
    Failure::of("demo_broken").with("what", what.to_owned())
}

/// The service speaks to loopback only; a TLS configuration without any root keeps reqwest from looking for one.
fn no_tls() -> Result<rustls::ClientConfig, Failure> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(|error| broken(&error.to_string()))?;
    Ok(versions.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}
