//! The JWS profile of protocol 3.0.2 and 3.0.3: ES256 only, exact headers, two serialisations.
//!
//! Server to phone is Compact ([`compact`]); phone to server is General JSON with ordered signatures ([`envelope`],
//! [`seal`]). The received bytes are verified and never serialised again.

pub mod compact;
pub mod envelope;
pub mod header;
pub mod seal;

/// Why an envelope was refused before any signature was looked at (steps 1 and 2 of 3.0.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeFault {
    /// Size, JSON, base64url or the number of signatures.
    #[error("malformed")]
    Malformed,
    /// A header outside the profile.
    #[error("unsupported_jose")]
    UnsupportedJose,
}
