//! Stretching of the PIN: Argon2id, or PBKDF2 where only approved algorithms are allowed (2.2).
//!
//! A speed bump for the one case in which phone storage and server are both lost, not the protection itself.

use crate::stack;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use ring::pbkdf2;
use std::num::NonZeroU32;
use thiserror::Error;
use zeroize::Zeroizing;

/// How a binding stretches its PIN; stored with it and raised only when the PIN changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KdfParams {
    /// `kdf:"argon2id"`, version 0x13.
    Argon2id {
        /// Memory in KiB (`m`).
        m_kib: u32,
        /// Passes over it (`t`).
        t: u32,
        /// Lanes (`p`), computed one after the other.
        p: u32,
    },
    /// `kdf:"pbkdf2-sha256"`.
    Pbkdf2Sha256 {
        /// Rounds (`c`).
        iterations: u32,
    },
}

/// Why nothing was stretched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KdfError {
    /// Parameters below the lower bound, or absurdly high.
    #[error("the parameters of the key derivation are out of range")]
    OutOfRange,
    /// The system did not give the memory.
    #[error("not enough memory for the key derivation")]
    OutOfMemory,
}

/// Milliseconds that one stretch may take when a phone is calibrated; above it the next rung is tried.
pub const CALIBRATION_BUDGET_MS: u64 = 1000;

impl KdfParams {
    /// The rungs of calibration, the wanted one first (64, 32 and 19 MiB).
    pub const LADDER: [Self; 3] = [
        Self::Argon2id { m_kib: 65_536, t: 3, p: 1 },
        Self::Argon2id { m_kib: 32_768, t: 4, p: 1 },
        Self::Argon2id { m_kib: 19_456, t: 5, p: 1 },
    ];
    /// The weakest Argon2id that is still used.
    pub const FLOOR: Self = Self::Argon2id { m_kib: 19_456, t: 2, p: 1 };
    /// For deployments that must claim approved algorithms only; also the fewest rounds that are used.
    pub const PBKDF2: Self = Self::Pbkdf2Sha256 { iterations: 600_000 };

    /// The next lower rung of [`Self::LADDER`], for a phone that is too slow or too small for this one.
    pub fn easier(self) -> Option<Self> {
        Self::LADDER.get(self.rung()? + 1).copied()
    }

    /// Its place on [`Self::LADDER`], 0 being the strongest.
    pub fn rung(self) -> Option<usize> {
        Self::LADDER.iter().position(|params| *params == self)
    }

    /// Stretches a constant once, so that a caller with a clock can calibrate.
    pub fn probe(self) -> Result<(), KdfError> {
        self.stretch(b"0000", &[0; 16]).map(drop)
    }

    /// Refuses parameters that no version of the app has chosen: a damaged vault, not an old one.
    pub fn check(self) -> Result<(), KdfError> {
        let fits = match self {
            Self::Argon2id { m_kib, t, p } => {
                (19_456..=1_048_576).contains(&m_kib) && (2..=16).contains(&t) && (1..=4).contains(&p)
            }
            Self::Pbkdf2Sha256 { iterations } => (600_000..=10_000_000).contains(&iterations),
        };
        if fits { Ok(()) } else { Err(KdfError::OutOfRange) }
    }

    /// Stretches the symbols of a typed pairing code with its fixed parameters, the first rung (3.3.2).
    pub fn stretch_typed(symbols: &[u8], salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, KdfError> {
        let [typed, ..] = Self::LADDER;
        typed.stretch(symbols, salt)
    }

    /// `a` of 2.2: 32 bytes from the digits and the salt.
    pub(crate) fn stretch(self, pin: &[u8], salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, KdfError> {
        self.check()?;
        stack::wiped(|| match self {
            Self::Argon2id { m_kib, t, p } => argon2id(pin, salt, (m_kib, t, p)),
            Self::Pbkdf2Sha256 { iterations } => pbkdf2_sha256(pin, salt, iterations),
        })
    }
}

fn argon2id(pin: &[u8], salt: &[u8; 16], cost: (u32, u32, u32)) -> Result<Zeroizing<[u8; 32]>, KdfError> {
    let params = Params::new(cost.0, cost.1, cost.2, Some(32)).map_err(|_| KdfError::OutOfRange)?;
    let mut memory = wiped_blocks(params.block_count())?;
    let mut out = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(pin, salt, out.as_mut(), &mut memory[..])
        .map_err(|_| KdfError::OutOfRange)?;
    Ok(out)
}

/// Memory that is wiped on drop. A boxed slice and not a `Vec`: a `Vec` would be wiped twice, elements and capacity.
fn wiped_blocks(count: usize) -> Result<Zeroizing<Box<[Block]>>, KdfError> {
    let mut blocks = Vec::new();
    blocks.try_reserve_exact(count).map_err(|_| KdfError::OutOfMemory)?;
    blocks.resize(count, Block::new());
    Ok(Zeroizing::new(blocks.into_boxed_slice()))
}

fn pbkdf2_sha256(pin: &[u8], salt: &[u8; 16], iterations: u32) -> Result<Zeroizing<[u8; 32]>, KdfError> {
    let rounds = NonZeroU32::new(iterations).ok_or(KdfError::OutOfRange)?;
    let mut out = Zeroizing::new([0; 32]);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, rounds, salt, pin, out.as_mut());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_goes_down_the_ladder_and_ends_above_the_floor() {
        let mut rungs = vec![KdfParams::LADDER[0]];
        while let Some(next) = rungs.last().and_then(|params| params.easier()) {
            rungs.push(next);
        }
        assert_eq!(rungs, KdfParams::LADDER);
        assert!(rungs.iter().all(|params| params.check().is_ok()));
    }

    #[test]
    fn nothing_weaker_than_the_floor_is_computed() {
        let weak = [
            KdfParams::Argon2id { m_kib: 19_455, t: 2, p: 1 },
            KdfParams::Argon2id { m_kib: 65_536, t: 1, p: 1 },
            KdfParams::Argon2id { m_kib: 65_536, t: 3, p: 0 },
            KdfParams::Argon2id { m_kib: u32::MAX, t: 3, p: 1 },
            KdfParams::Pbkdf2Sha256 { iterations: 599_999 },
            KdfParams::Pbkdf2Sha256 { iterations: 0 },
        ];
        for params in weak {
            assert_eq!(params.probe(), Err(KdfError::OutOfRange), "{params:?}");
        }
        assert_eq!(KdfParams::FLOOR.probe(), Ok(()));
        assert_eq!(KdfParams::PBKDF2.check(), Ok(()));
    }
}
