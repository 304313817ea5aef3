//! HTTPS by `reqwest`, blocking: TLS 1.3, web roots and pins, no redirects, no proxy, no cookies (protocol 3.0.8).
//!
//! Plain http is refused unless it was allowed when the transport was made, and then goes to loopback only. It must
//! not be used from inside an asynchronous runtime. Nothing of a body is logged.

mod pins;

use crate::port::{
    CONNECT_TIMEOUT, MAX_ANSWER, Method, Pins, Reply, Request, TOTAL_TIMEOUT, Transport, TransportFault,
};
use countersign_failpoint as failpoint;
use countersign_protocol::issuer::Profile;
use countersign_protocol::time::Time;
use pins::{PinnedVerifier, UNTRUSTED};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::HeaderMap;
use rustls::pki_types::CertificateDer;
use std::collections::HashMap;
use std::error::Error;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

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
    // One client for each set of pins, because the pins live in its certificate verifier.
    clients: Mutex<HashMap<Vec<String>, Client>>,
}

impl HttpTransport {
    /// A transport; connects to nothing yet.
    pub fn new(options: TransportOptions) -> Self {
        Self { options, total: TOTAL_TIMEOUT, clients: Mutex::new(HashMap::new()) }
    }

    /// The same with another time for a whole exchange: for tests, which cannot wait as long as people do.
    #[must_use]
    pub fn within(self, total: Duration) -> Self {
        Self { total, ..self }
    }

    /// A client under the web's rules alone, for a tool that plays the browser beside the phone. No message goes by it.
    pub fn web_client(&self) -> Result<Client, TransportFault> {
        self.client(Pins::WebOnly)
    }

    fn client(&self, pins: Pins<'_>) -> Result<Client, TransportFault> {
        let key = match pins {
            Pins::WebOnly => Vec::new(),
            Pins::Only(pins) => pins.to_vec(),
        };
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&key) {
            return Ok(client.clone());
        }
        let client = self.build(pins)?;
        clients.insert(key, client.clone());
        Ok(client)
    }

    fn build(&self, pins: Pins<'_>) -> Result<Client, TransportFault> {
        let verifier = PinnedVerifier::new(&self.options.extra_roots, pins)?;
        let tls = rustls::ClientConfig::builder_with_provider(verifier.provider())
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(|_| TransportFault::NotConnected)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(self.options.profile == Profile::Production)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(self.total)
            .user_agent(&self.options.user_agent)
            .build()
            .map_err(|_| TransportFault::NotConnected)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: &Request<'_>) -> Result<Reply, TransportFault> {
        if request.iss.is_loopback_http() && self.options.profile == Profile::Production {
            return Err(TransportFault::Untrusted);
        }
        let client = self.client(request.pins)?;
        failpoint::reached("phone/wire/before-send");
        // The time of the client begins anew with each part of a body, so that an answer of one byte at a time would never
        // end; that of the request runs from connecting to the last byte.
        let request = prepare(&client, request).timeout(self.total);
        let reply = request.send().map_err(|error| fault(&error)).and_then(read);
        failpoint::reached("phone/wire/after-answer");
        reply
    }
}

fn prepare(client: &Client, request: &Request<'_>) -> RequestBuilder {
    let url = format!("{}{}", request.iss, request.path);
    let builder = match request.method {
        Method::Get => client.get(url),
        Method::PostJose(body) => post(client, url, "application/jose+json", body),
        Method::PostJson(body) => post(client, url, "application/json", body),
    };
    match request.map_enrol {
        Some(mac) => builder.header("MAP-Enrol", mac),
        None => builder,
    }
}

fn post(client: &Client, url: String, content_type: &str, body: &[u8]) -> RequestBuilder {
    client.post(url).header("Content-Type", content_type).body(body.to_vec())
}

fn read(response: Response) -> Result<Reply, TransportFault> {
    let mut reply = Reply {
        status: response.status().as_u16(),
        nonce: header(response.headers(), "map-nonce").map(str::to_owned),
        date: header(response.headers(), "date").and_then(http_date),
        content_type: header(response.headers(), "content-type").map(bare_type),
        retry_after: header(response.headers(), "retry-after").and_then(|text| text.trim().parse().ok()),
        body: Vec::new(),
    };
    let limit = u64::try_from(MAX_ANSWER).unwrap_or(u64::MAX) + 1;
    response.take(limit).read_to_end(&mut reply.body).map_err(|_| TransportFault::NoAnswer)?;
    if reply.body.len() > MAX_ANSWER { Err(TransportFault::BadAnswer) } else { Ok(reply) }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn bare_type(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A date of RFC 9110 (`Sun, 06 Nov 1994 08:49:37 GMT`), which is one of RFC 2822 as well.
fn http_date(text: &str) -> Option<Time> {
    let moment = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    u64::try_from(moment.as_second()).ok().map(Time::from_secs)
}

fn fault(error: &reqwest::Error) -> TransportFault {
    if is_untrusted(error) {
        TransportFault::Untrusted
    } else if error.is_connect() || error.is_builder() {
        TransportFault::NotConnected
    } else {
        TransportFault::NoAnswer
    }
}

/// Whether a certificate was refused anywhere below `error`.
fn is_untrusted(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let certificate = error.downcast_ref::<rustls::Error>().is_some_and(|error| {
            matches!(error, rustls::Error::InvalidCertificate(_)) || *error == UNTRUSTED
        });
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .is_some_and(|inner| is_untrusted(inner));
        if certificate || wrapped {
            return true;
        }
        next = error.source();
    }
    false
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
