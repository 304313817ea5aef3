//! Who signs is the caller's business: a hardware key on the phone, a file-backed key at the server.

/// An ECDSA P-256 key that signs messages (not digests) with SHA-256.
pub trait Signer {
    /// Why a signature could not be made.
    type Error;

    /// The 64 bytes r‖s of a signature over `message` (RFC 7518 section 3.4).
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error>;
}

impl<E, F: Fn(&[u8]) -> Result<[u8; 64], E>> Signer for F {
    type Error = E;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], E> {
        self(message)
    }
}
