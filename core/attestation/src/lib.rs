//! Key attestation (2.3): what a phone's platform says of a key, parsed and judged.
//!
//! Bytes in, a verdict out: no clock, no files, no network; the server brings time, roots and revoked serials. A phone
//! never needs this crate. Parsers are total and bounded, and whatever has an odd form is refused, never guessed.

pub mod android;
pub mod apple;
mod cbor;
mod certificate;
mod chain;
pub mod description;
mod fields;
mod trust;

pub use trust::{AppId, BadTrust, Revoked, Roots, Trust, pem_certificates};

/// Where a key lives, as its platform attests it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// In the operating system.
    Software,
    /// In a trusted execution environment.
    Tee,
    /// In a chip of its own.
    StrongBox,
}

impl Level {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Tee => "tee",
            Self::StrongBox => "strongbox",
        }
    }
}

/// Declares [`Flaw`] with the word and the sentence of each.
macro_rules! flaws {
    ($($name:ident = $word:literal, $text:literal;)*) => {
        /// The first thing that an attestation fails on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        pub enum Flaw {
            $(#[doc = $text] #[error($text)] $name,)*
        }

        impl Flaw {
            /// One word for the audit log.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

flaws! {
    Missing = "missing", "there is no attestation";
    Length = "length", "the chain is too short or too long";
    Form = "form", "something has not the form that it should have";
    Root = "root", "the chain does not end in a root that the operator trusts";
    Signature = "signature", "a certificate is not signed by the next one";
    Issuer = "issuer", "a certificate signed another although it is not allowed to";
    Expired = "expired", "a certificate was not valid at that time";
    Revoked = "revoked", "a certificate was revoked or suspended";
    Extended = "extended", "what the platform says stands elsewhere than in the first certificate alone";
    Key = "key", "another key was attested";
    Challenge = "challenge", "it was made for another challenge";
    Software = "software", "the key lives in software";
    Purpose = "purpose", "the key is for something else than P-256 signatures alone";
    Origin = "origin", "the key was not made where it lives";
    Boot = "boot", "the phone's start was not verified, or its bootloader is open";
    App = "app", "the key belongs to another app";
    Development = "development", "the app was signed by its developer, not by the shop";
    Authentication = "authentication", "the key can be used without a fingerprint or face each time";
}
