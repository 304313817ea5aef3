//! What an operator trusts: roots, revoked serials, apps. Read from the text of files, never from a network.

use crate::certificate::{Certificate, serial_text};
use data_encoding::{BASE64, HEXLOWER};
use std::collections::HashSet;

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BadTrust {
    /// Not a list of certificates.
    #[error("no list of certificates: PEM, or a JSON list of PEM texts")]
    Roots,
    /// Not a status list.
    #[error("no status list: JSON with `entries`, each a serial in hexadecimal digits with its `status`")]
    Revoked,
    /// Not an app.
    #[error("an app has the form PACKAGE=SHA256 of its signing certificate, in hexadecimal digits")]
    App,
}

/// Everything that a verdict depends on besides the attestation.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Roots.
    pub roots: Roots,
    /// Revoked serials.
    pub revoked: Revoked,
    /// Android apps whose keys are taken.
    pub apps: Vec<AppId>,
    /// Apple apps, `TEAM.BUNDLE`.
    pub apple_apps: Vec<String>,
}

/// Public keys that chains may end in. Their certificates' dates and serials do not count: platforms issue them anew.
#[derive(Debug, Clone, Default)]
pub struct Roots(Vec<Certificate>);

impl Roots {
    /// Reads PEM certificates, or the JSON list of PEM texts that Google publishes.
    pub fn parse(text: &str) -> Result<Self, BadTrust> {
        let pem = match serde_json::from_str::<Vec<String>>(text) {
            Ok(list) => list.join("\n"),
            Err(_) => text.to_owned(),
        };
        let mut roots = Vec::new();
        for der in pem_certificates(&pem)? {
            roots.push(Certificate::parse(&der).map_err(|_| BadTrust::Roots)?);
        }
        if roots.is_empty() { Err(BadTrust::Roots) } else { Ok(Self(roots)) }
    }

    /// Whether nothing is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a certificate has the key of a root.
    pub(crate) fn has(&self, cert: &Certificate) -> bool {
        self.0.iter().any(|root| root.spki == cert.spki)
    }

    /// Whether a root signed it.
    pub(crate) fn signed(&self, cert: &Certificate) -> bool {
        self.0.iter().any(|root| cert.is_signed_by(root))
    }
}

/// The DER of each certificate in a PEM text.
pub fn pem_certificates(text: &str) -> Result<Vec<Vec<u8>>, BadTrust> {
    let mut found = Vec::new();
    for part in text.split("-----BEGIN CERTIFICATE-----").skip(1) {
        let (body, _) = part.split_once("-----END CERTIFICATE-----").ok_or(BadTrust::Roots)?;
        let digits: String = body.split_whitespace().collect();
        found.push(BASE64.decode(digits.as_bytes()).map_err(|_| BadTrust::Roots)?);
    }
    Ok(found)
}

/// Serials of certificates that no longer count, whatever the reason: a suspended one may come back, but not today.
#[derive(Debug, Clone, Default)]
pub struct Revoked(HashSet<String>);

impl Revoked {
    /// Reads the status list that Google publishes.
    pub fn parse(text: &str) -> Result<Self, BadTrust> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|_| BadTrust::Revoked)?;
        let entries = value["entries"].as_object().ok_or(BadTrust::Revoked)?;
        let serials = entries.iter().map(|(serial, entry)| {
            let known = matches!(entry["status"].as_str(), Some("REVOKED" | "SUSPENDED"));
            let digits = !serial.is_empty() && serial.bytes().all(|digit| digit.is_ascii_hexdigit());
            if known && digits { Ok(serial_text(serial)) } else { Err(BadTrust::Revoked) }
        });
        Ok(Self(serials.collect::<Result<_, _>>()?))
    }

    /// Whether the serial, in the form of [`serial_text`], is on the list.
    pub(crate) fn has(&self, serial: &str) -> bool {
        self.0.contains(serial)
    }
}

/// An Android app: its package and the SHA-256 of the certificate that signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppId {
    /// `org.example.app`.
    pub package: String,
    /// SHA-256 of its signing certificate.
    pub digest: [u8; 32],
}

impl AppId {
    /// Reads `PACKAGE=DIGEST`; the digest may have colons between its bytes, as Android's tools print it.
    pub fn parse(text: &str) -> Result<Self, BadTrust> {
        let (package, digest) = text.split_once('=').ok_or(BadTrust::App)?;
        let digits = digest.replace(':', "").to_ascii_lowercase();
        let bytes = HEXLOWER.decode(digits.as_bytes()).map_err(|_| BadTrust::App)?;
        let digest = bytes.try_into().map_err(|_| BadTrust::App)?;
        if package.is_empty() { Err(BadTrust::App) } else { Ok(Self { package: package.to_owned(), digest }) }
    }
}
