//! Passwords: which are taken (NIST SP 800-63B-4), how they are kept, and how one that somebody typed is checked.
//!
//! What is kept is Argon2id over the password in one normal form, sealed: a copy of the database alone is nothing to try
//! guesses on.

pub mod check;
pub mod guesses;
pub mod hash;
pub mod rules;

use crate::app::{App, AppFault, Shared};
use crate::random;
use crate::reply::Refusal;
use crate::seal::Purpose;
use crate::store::password::Password;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A password that was found good, and what is kept of it.
pub struct Chosen {
    hash: Vec<u8>,
    /// The least length that it was checked for.
    pub length_class: u32,
}

impl Chosen {
    /// Stretches a password. Whether it is good enough was asked before.
    pub async fn make(app: &Shared, password: &str, length_class: u32) -> Result<Self, Refusal> {
        let hash = app.hasher.make(normal(password), random::bytes()).await?;
        Ok(Self { hash, length_class })
    }

    /// The row of an account that has this password from now on.
    pub fn sealed(&self, app: &App, account: &str) -> Result<Password, AppFault> {
        let sealed = app.keys().kek.seal(&Purpose::password(account), &self.hash, random::bytes())?;
        Ok(Password { sealed, length_class: self.length_class })
    }
}

/// One form for what looks the same: keyboards differ in how they write an "é" (NFC, 800-63B-4 section 3.1.1.2).
fn normal(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}
