//! HTTPS by `ureq`: TLS 1.3, web roots and pins, no redirects, no proxy, no cookies (protocol 3.0.8).
//!
//! Plain http is refused unless it was allowed when the transport was made, and then goes to loopback only. Nothing is
//! logged: the library's log lines, which would show headers, are compiled out (the feature of `log` in Cargo.toml).

mod dial;
mod pins;

use crate::port::{
    CONNECT_TIMEOUT, MAX_ANSWER, Method, Pins, Reply, Request, TOTAL_TIMEOUT, Transport, TransportFault,
};
use countersign_failpoint as failpoint;
use countersign_protocol::issuer::Profile;
use countersign_protocol::time::Time;
use dial::Dial;
use pins::PinnedVerifier;
use rustls::pki_types::CertificateDer;
use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};
use ureq::config::Config;
use ureq::http::request::Builder;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::{Agent, Body, Timeout};

/// How the transport is set up.
pub struct TransportOptions {
    /// Whether loopback http is allowed.
    pub profile: Profile,
    /// Root certificates beside the web's, for a server inside an organisation.
    pub extra_roots: Vec<CertificateDer<'static>>,
    /// `countersign/<semver> (android|ios|cli)`.
    pub user_agent: String,
}

/// The way to servers over the network.
pub struct HttpTransport {
    options: TransportOptions,
    total: Duration,
    // One agent for each set of pins, because the pins live in its certificate verifier. It keeps connections.
    agents: Mutex<HashMap<Vec<String>, Agent>>,
}

impl HttpTransport {
    /// A transport; connects to nothing yet.
    pub fn new(options: TransportOptions) -> Self {
        Self { options, total: TOTAL_TIMEOUT, agents: Mutex::new(HashMap::new()) }
    }

    /// The same with another time for a whole exchange: for tests, which cannot wait as long as people do.
    #[must_use]
    pub fn within(self, total: Duration) -> Self {
        Self { total, ..self }
    }

    /// TLS under the web's rules alone, for a tool that plays the browser beside the phone. No message goes by it.
    pub fn web_tls(&self) -> Result<rustls::ClientConfig, TransportFault> {
        self.tls(Pins::WebOnly)
    }

    fn agent(&self, pins: Pins<'_>) -> Result<Agent, TransportFault> {
        let key = match pins {
            Pins::WebOnly => Vec::new(),
            Pins::Only(pins) => pins.to_vec(),
        };
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(agent) = agents.get(&key) {
            return Ok(agent.clone());
        }
        let agent = Agent::with_parts(self.config(), Dial::new(self.tls(pins)?), DefaultResolver::default());
        agents.insert(key, agent.clone());
        Ok(agent)
    }

    fn tls(&self, pins: Pins<'_>) -> Result<rustls::ClientConfig, TransportFault> {
        let verifier = PinnedVerifier::new(&self.options.extra_roots, pins)?;
        let versions = rustls::ClientConfig::builder_with_provider(verifier.provider())
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(|_| TransportFault::NotConnected)?;
        let verified = versions.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        Ok(verified.with_no_client_auth())
    }

    /// Nothing is taken from the environment: a proxy of the system would see which servers a phone asks.
    fn config(&self) -> Config {
        Agent::config_builder()
            .https_only(self.options.profile == Profile::Production)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_resolve(Some(CONNECT_TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(self.total))
            .user_agent(&self.options.user_agent)
            .build()
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: &Request<'_>) -> Result<Reply, TransportFault> {
        if request.iss.is_loopback_http() && self.options.profile == Profile::Production {
            return Err(TransportFault::Untrusted);
        }
        let agent = self.agent(request.pins)?;
        failpoint::reached("phone/wire/before-send");
        let reply = exchange(&agent, request).map_err(|error| fault(&error)).and_then(read);
        failpoint::reached("phone/wire/after-answer");
        reply
    }
}

fn exchange(agent: &Agent, request: &Request<'_>) -> Result<Response<Body>, ureq::Error> {
    let mut head = ureq::http::Request::builder().uri(format!("{}{}", request.iss, request.path));
    if let Some(mac) = request.map_enrol {
        head = head.header("MAP-Enrol", mac);
    }
    match request.method {
        Method::Get => agent.run(head.body(())?),
        Method::PostJose(body) => agent.run(post(head, "application/jose+json").body(body)?),
        Method::PostJson(body) => agent.run(post(head, "application/json").body(body)?),
    }
}

fn post(head: Builder, content_type: &str) -> Builder {
    head.method("POST").header("Content-Type", content_type)
}

fn read(response: Response<Body>) -> Result<Reply, TransportFault> {
    let mut reply = Reply {
        status: response.status().as_u16(),
        nonce: header(response.headers(), "map-nonce").map(str::to_owned),
        date: header(response.headers(), "date").and_then(http_date),
        content_type: header(response.headers(), "content-type").map(bare_type),
        retry_after: header(response.headers(), "retry-after").and_then(|text| text.trim().parse().ok()),
        body: Vec::new(),
    };
    let limit = u64::try_from(MAX_ANSWER).unwrap_or(u64::MAX) + 1;
    response
        .into_body()
        .into_reader()
        .take(limit)
        .read_to_end(&mut reply.body)
        .map_err(|_| TransportFault::NoAnswer)?;
    if reply.body.len() > MAX_ANSWER { Err(TransportFault::BadAnswer) } else { Ok(reply) }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn bare_type(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A date of RFC 9110 (`Sun, 06 Nov 1994 08:49:37 GMT`).
fn http_date(text: &str) -> Option<Time> {
    let since = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Time::from_secs(since.as_secs()))
}

fn fault(error: &ureq::Error) -> TransportFault {
    match error {
        // While a connection was made; it says itself what was wrong.
        ureq::Error::Other(error) => {
            error.downcast_ref::<TransportFault>().copied().unwrap_or(TransportFault::NoAnswer)
        }
        // Before there was an address to connect to.
        ureq::Error::HostNotFound
        | ureq::Error::BadUri(_)
        | ureq::Error::RequireHttpsOnly(_)
        | ureq::Error::Timeout(Timeout::Resolve) => TransportFault::NotConnected,
        _ => TransportFault::NoAnswer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_answer_is_read_and_nonsense_is_none() {
        assert_eq!(http_date("Mon, 21 Sep 2026 14:13:20 GMT"), Some(Time::from_secs(1_790_000_000)));
        assert_eq!(http_date("yesterday"), None);
        assert_eq!(http_date("Thu, 01 Jan 1969 00:00:00 GMT"), None);
    }

    #[test]
    fn parameters_of_the_content_type_are_ignored() {
        assert_eq!(bare_type("Application/Problem+JSON; charset=utf-8"), "application/problem+json");
    }
}
