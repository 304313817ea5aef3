//! HTTP to servers (protocol 3.0.8): one request, one answer, no redirects, answers of at most 64 KiB.

use countersign_protocol::issuer::Issuer;
use countersign_protocol::time::Time;
use std::time::Duration;

/// Longest answer that is read, in bytes.
pub const MAX_ANSWER: usize = 64 * 1024;
/// Time to connect.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Time for the whole exchange.
pub const TOTAL_TIMEOUT: Duration = Duration::from_secs(20);

/// Method and body.
#[derive(Clone, Copy)]
pub enum Method<'a> {
    /// GET without a body.
    Get,
    /// POST of a signed message (`application/jose+json`).
    PostJose(&'a [u8]),
    /// POST of plain JSON (`application/json`).
    PostJson(&'a [u8]),
}

/// Which certificates are trusted beside the web's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pins<'a> {
    /// None known yet: pairing, and the fetch of a key set after a pin failure (3.8).
    WebOnly,
    /// One of these SHA-256 hashes of a SubjectPublicKeyInfo (base64url) must be in the verified path.
    Only(&'a [String]),
}

/// One request to a server.
pub struct Request<'a> {
    /// The server; also the base address.
    pub iss: &'a Issuer,
    /// Path, beginning with `/`.
    pub path: &'a str,
    /// Method and body.
    pub method: Method<'a>,
    /// Header `MAP-Enrol`.
    pub map_enrol: Option<&'a str>,
    /// Pins.
    pub pins: Pins<'a>,
}

/// An answer, with the headers that MAP/1 uses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `MAP-Nonce`.
    pub nonce: Option<String>,
    /// `Date`.
    pub date: Option<Time>,
    /// `Content-Type`, without its parameters, in lower case.
    pub content_type: Option<String>,
    /// `Retry-After`, in whole seconds.
    pub retry_after: Option<u64>,
    /// At most [`MAX_ANSWER`] bytes.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportFault {
    /// No connection: nothing of the request left the phone.
    #[error("no connection")]
    NotConnected,
    /// Broken off, or out of time, after the request may have arrived.
    #[error("no answer")]
    NoAnswer,
    /// The server's certificate is not trusted, or none of the pins fits. Nothing was sent.
    #[error("not the paired server")]
    Untrusted,
    /// An answer that is too long or no HTTP.
    #[error("unreadable answer")]
    BadAnswer,
}

/// The way to servers.
pub trait Transport: Send + Sync {
    /// Sends a request and waits for its answer.
    fn send(&self, request: &Request<'_>) -> Result<Reply, TransportFault>;
}
