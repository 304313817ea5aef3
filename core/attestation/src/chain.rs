//! A chain from the attested key up to a root: signatures, issuers, dates, revoked serials.
//!
//! Chains of Android differ from RFC 5280 in two places, and so does this: the key that signs the first certificate
//! often calls itself no authority, and certificates that were put into a phone in its factory are never renewed.

use crate::certificate::Certificate;
use crate::{Flaw, Trust};

/// A root, up to three between, the phone's attestation key, the attested key; a little room for platforms to come.
const MAX: usize = 8;

/// Whose chain it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// Ends with its root.
    Android,
    /// Ends below its root.
    Apple,
}

/// A verified chain.
pub struct Chain(Vec<Certificate>);

impl Chain {
    /// Parses and verifies, leaf first.
    pub fn verify(maker: Maker, ders: &[Vec<u8>], trust: &Trust, at: u64) -> Result<Self, Flaw> {
        if !(2..=MAX).contains(&ders.len()) {
            return Err(Flaw::Length);
        }
        let certs: Vec<Certificate> =
            ders.iter().map(|der| Certificate::parse(der)).collect::<Result<_, _>>()?;
        let top = certs.last().ok_or(Flaw::Length)?;
        let ends_well = match maker {
            Maker::Android => trust.roots.has(top),
            Maker::Apple => trust.roots.signed(top),
        };
        if !ends_well {
            return Err(Flaw::Root);
        }
        if !certs.iter().zip(certs.iter().skip(1)).all(|(cert, issuer)| cert.is_signed_by(issuer)) {
            return Err(Flaw::Signature);
        }
        if !certs.iter().skip(1).enumerate().all(|(below, issuer)| may_issue(maker, issuer, below)) {
            return Err(Flaw::Issuer);
        }
        if !are_valid(maker, &certs, at) {
            return Err(Flaw::Expired);
        }
        if certs.iter().any(|cert| trust.revoked.has(&cert.serial)) {
            return Err(Flaw::Revoked);
        }
        Ok(Self(certs))
    }

    /// The certificate of the attested key and those above it.
    pub fn parts(&self) -> Option<(&Certificate, &[Certificate])> {
        self.0.split_first()
    }
}

/// Whether a certificate with `below` others between itself and the leaf may have issued. The first of them is an
/// Android phone's attestation key: makers certify it with no word of issuing, and it signs attested keys only.
fn may_issue(maker: Maker, issuer: &Certificate, below: usize) -> bool {
    let path = issuer.constraints.as_ref().and_then(|constraints| constraints.path_len_constraint);
    if path.is_some_and(|most| below > usize::from(most)) {
        return false;
    }
    let is_authority = issuer.constraints.as_ref().is_some_and(|constraints| constraints.ca);
    let is_phone = maker == Maker::Android && below == 0;
    is_phone || (is_authority && issuer.may_sign != Some(false))
}

/// The leaf's dates are set by the phone, the root's by who published it; neither counts.
fn are_valid(maker: Maker, certs: &[Certificate], at: u64) -> bool {
    let Some((_, above)) = certs.split_first() else { return false };
    let between = match maker {
        Maker::Android => above.split_last().map_or(above, |(_, between)| between),
        Maker::Apple => above,
    };
    let from_factory = maker == Maker::Android && between.last().is_some_and(|cert| cert.has_serial_name);
    between.iter().all(|cert| cert.not_before <= at && (from_factory || at <= cert.not_after))
}
