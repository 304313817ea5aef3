//! The verdict on an Android key attestation: every check of 2.3, in one order.

use crate::chain::{Chain, Maker};
use crate::description::{Application, Authorizations, KeyDescription};
use crate::{AppId, Flaw, Level, Trust};

const SIGN: u64 = 2;
const EC: u64 = 3;
const P256: u64 = 1;
const GENERATED: u64 = 0;
const BIOMETRIC: u64 = 2;
const VERIFIED: u8 = 0;

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Device key: signs whatever the phone sends.
    Device,
    /// Biometric factor: each use needs the person (2.6).
    Biometric,
}

/// What an attestation has to be about.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The challenge.
    pub challenge: &'a [u8],
    /// The key that is enrolled, as an uncompressed point.
    pub key: &'a [u8],
    /// What it is for.
    pub usage: Usage,
    /// Seconds since 1970.
    pub at: u64,
}

/// What came out.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What the platform says of the key, as soon as a trusted chain vouches for it.
    pub description: Option<KeyDescription>,
    /// The key's level, or the first thing that is wrong.
    pub verdict: Result<Level, Flaw>,
}

/// Judges a chain, leaf first.
pub fn judge(chain: &[Vec<u8>], expected: &Expected<'_>, trust: &Trust) -> Judged {
    match described(chain, expected, trust) {
        Ok(description) => {
            let verdict = check(&description, expected, &trust.apps);
            Judged { description: Some(description), verdict }
        }
        Err(flaw) => Judged { description: None, verdict: Err(flaw) },
    }
}

/// The description of the enrolled key. A key that was attested can sign anything, a certificate with a description of
/// its own choice too; but then its own stands nearer to the root. So the leaf's has to be the only one.
fn described(ders: &[Vec<u8>], expected: &Expected<'_>, trust: &Trust) -> Result<KeyDescription, Flaw> {
    let chain = Chain::verify(Maker::Android, ders, trust, expected.at)?;
    let (leaf, above) = chain.parts().ok_or(Flaw::Length)?;
    if above.iter().any(|cert| cert.description.is_some()) {
        return Err(Flaw::Extended);
    }
    let extension = leaf.description.as_deref().ok_or(Flaw::Extended)?;
    if !leaf.has_key(expected.key) {
        return Err(Flaw::Key);
    }
    KeyDescription::parse(extension).ok_or(Flaw::Form)
}

fn check(description: &KeyDescription, expected: &Expected<'_>, apps: &[AppId]) -> Result<Level, Flaw> {
    let KeyDescription { attested_by, kept_by, software, hardware, .. } = description;
    let level = *attested_by.min(kept_by);
    let is_ours = software.application.as_ref().is_some_and(|app| apps.iter().any(|own| is_app(app, own)));
    let for_everyone = software.all_applications || hardware.all_applications;
    let checks = [
        (description.challenge == expected.challenge, Flaw::Challenge),
        (level > Level::Software, Flaw::Software),
        (hardware.purposes == [SIGN], Flaw::Purpose),
        (hardware.algorithm == Some(EC) && hardware.curve.is_none_or(|curve| curve == P256), Flaw::Purpose),
        (hardware.origin == Some(GENERATED), Flaw::Origin),
        (is_started_well(hardware), Flaw::Boot),
        (is_ours && !for_everyone, Flaw::App),
        (expected.usage == Usage::Device || needs_person(software, hardware), Flaw::Authentication),
    ];
    match checks.into_iter().find(|(holds, _)| !holds) {
        Some((_, flaw)) => Err(flaw),
        None => Ok(level),
    }
}

fn is_started_well(hardware: &Authorizations) -> bool {
    hardware.root_of_trust.is_some_and(|root| root.locked && root.boot_state == VERIFIED)
}

fn is_app(found: &Application, own: &AppId) -> bool {
    found.packages.iter().any(|package| package == own.package.as_bytes())
        && found.digests.iter().any(|digest| *digest == own.digest)
}

/// A fingerprint or a face, for each use, and nothing instead of it.
fn needs_person(software: &Authorizations, hardware: &Authorizations) -> bool {
    let free = software.no_auth_required || hardware.no_auth_required;
    let lasting = software.auth_timeout.is_some() || hardware.auth_timeout.is_some();
    hardware.user_auth_type == Some(BIOMETRIC) && !free && !lasting
}
