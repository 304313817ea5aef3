//! Wake-ups (3.4.2): one empty POST to the address that a phone gave, and nothing ever depends on it.
//!
//! A phone's address is a stranger's: it is resolved here, addresses that are not public are refused at connect time,
//! no redirect is followed, little of the answer is read, and all of it takes five seconds at the most.

mod address;
mod tally;

pub use tally::{Fate, Report};

use address::is_public;
use countersign_protocol::time::Time;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, redirect};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use tokio::sync::Semaphore;

/// All of a wake-up, from the name to the end of the answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Seconds that a gateway keeps a wake-up for a phone that is off (RFC 8030, section 5.2).
const TTL: &str = "120";
/// Most of an answer that is read.
const MOST: usize = 1024;
/// Wake-ups at the same time; beyond that they are dropped, and phones find their requests by asking.
const AT_ONCE: usize = 64;

/// Words for what failed.
const NO_ADDRESS: &str = "no address";
const NOT_PUBLIC: &str = "not a public address";
const NO_CONNECTION: &str = "no connection";

/// Sends wake-ups.
#[derive(Clone)]
pub struct Sender {
    client: Option<Client>,
    slots: Arc<Semaphore>,
    tally: Arc<Tally>,
}

impl Sender {
    /// A sender to public addresses only.
    pub fn new() -> Self {
        Self::with(Arc::new(PublicOnly))
    }

    fn with(resolver: Arc<impl Resolve + 'static>) -> Self {
        let client = tls().and_then(|tls| {
            let builder = Client::builder()
                .tls_backend_preconfigured(tls)
                .redirect(redirect::Policy::none())
                .no_proxy()
                .timeout(PATIENCE)
                .dns_resolver(resolver);
            builder.build().ok()
        });
        Self { client, slots: Arc::new(Semaphore::new(AT_ONCE)), tally: Arc::default() }
    }

    /// What became of all that were sent since the server started.
    pub fn report(&self) -> Report {
        self.tally.report()
    }

    /// Sends one without waiting for it. Its failure is nobody's: it is logged and counted without the address.
    pub fn wake(&self, url: String, now: Time) {
        let tally = self.tally.clone();
        let (Some(client), Ok(slot)) = (self.client.clone(), self.slots.clone().try_acquire_owned()) else {
            tracing::warn!("a wake-up was dropped");
            return tally.note(Fate::Dropped, now);
        };
        tokio::spawn(async move {
            let sent = tokio::time::timeout(PATIENCE, send(&client, &url)).await;
            tally.note(sent.as_ref().map_or(Fate::NoAnswer, Fate::of), now);
            match sent {
                Ok(Ok(status)) => tracing::info!(status, "wake-up"),
                Ok(Err(fault)) => tracing::warn!(fault, "wake-up"),
                Err(_) => tracing::warn!(fault = "no answer in time", "wake-up"),
            }
            drop(slot);
        });
    }
}

impl Default for Sender {
    fn default() -> Self {
        Self::new()
    }
}

/// The status, or what failed in a word that holds nothing of the address.
async fn send(client: &Client, url: &str) -> Result<u16, &'static str> {
    let target = reqwest::Url::parse(url).map_err(|_| NO_ADDRESS)?;
    // A number in the place of a name never comes to the resolver.
    if literal(&target).is_some_and(|ip| !is_public(ip)) {
        return Err(NOT_PUBLIC);
    }
    let sent = client.post(target).header("TTL", TTL).header("Content-Length", "0").send().await;
    let mut response = sent.map_err(|fault| if fault.is_connect() { NO_CONNECTION } else { "no answer" })?;
    let status = response.status().as_u16();
    let mut read = 0;
    while read < MOST {
        match response.chunk().await {
            Ok(Some(bytes)) => read += bytes.len(),
            _ => break,
        }
    }
    Ok(status)
}

fn literal(url: &reqwest::Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn tls() -> Option<rustls::ClientConfig> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    Some(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Names lead to public addresses or nowhere; a name with one that is not public has none at all.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.iter().any(|address| !is_public(address.ip())) {
                return Err(NOT_PUBLIC.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests;
