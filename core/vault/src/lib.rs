//! PIN rules, derivation of the PIN keys and sealing of the vault's rows: the part of the phone to audit first.
//!
//! Nothing here does I/O, reads a clock, logs or draws randomness: random bytes, random sources and the hardware's
//! PRF are passed in. No type that holds a secret has `Debug` or `Clone`, and each is wiped on drop. Section
//! numbers are those of `docs/protocol.md`.

pub mod derive;
pub mod device_key;
mod hash;
pub mod hwprf;
pub mod kcv;
pub mod kdf;
pub mod pin_entry;
pub mod pin_rules;
pub mod seal;
mod stack;

#[cfg(test)]
mod secrecy_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod vector_tests;
