//! Randomness, as a port so that a test can repeat itself.

/// No random bytes could be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no randomness")]
pub struct RandomFault;

/// A cryptographic random source.
pub trait Random: Send + Sync {
    /// Fills `out` with random bytes.
    fn fill(&self, out: &mut [u8]) -> Result<(), RandomFault>;
}

/// The operating system's source.
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, out: &mut [u8]) -> Result<(), RandomFault> {
        getrandom::fill(out).map_err(|_| RandomFault)
    }
}
