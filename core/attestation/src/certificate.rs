//! One certificate: the few fields that a verdict needs, out of a library that reads X.509 strictly.

use crate::Flaw;
use data_encoding::HEXLOWER;
use der::asn1::ObjectIdentifier;
use der::{Decode, Encode, Reader, SliceReader};
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::{Certificate as X509, TbsCertificate};

/// Longest certificate. Those of phones have one or two thousand bytes.
const MAX: usize = 16_384;

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const KEY_DESCRIPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11129.2.1.17");
const APPLE_NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113635.100.8.2");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const EC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const RSA_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");

/// A parsed certificate.
#[derive(Debug, Clone)]
pub struct Certificate {
    signed: Vec<u8>,
    signature: Vec<u8>,
    algorithm: ObjectIdentifier,
    key_kind: KeyKind,
    /// The key's own bytes: a point, or an RSA key.
    key: Vec<u8>,
    /// The key with its algorithm.
    pub spki: Vec<u8>,
    /// Serial in the form of [`serial_text`].
    pub serial: String,
    /// First second.
    pub not_before: u64,
    /// Last second.
    pub not_after: u64,
    /// Basic constraints, where there are any.
    pub constraints: Option<BasicConstraints>,
    /// Whether it may sign certificates, where it says what it may.
    pub may_sign: Option<bool>,
    /// Key description of Android.
    pub description: Option<Vec<u8>>,
    /// What Apple confirmed of an app.
    pub apple_nonce: Option<Vec<u8>>,
    /// Whether its subject is named by a serial number, as in chains that were made in a factory.
    pub has_serial_name: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyKind {
    P256,
    P384,
    Rsa,
    Other,
}

impl Certificate {
    /// Reads a certificate.
    pub fn parse(der: &[u8]) -> Result<Self, Flaw> {
        if der.len() > MAX {
            return Err(Flaw::Form);
        }
        let (cert, signed) = read(der).map_err(|_| Flaw::Form)?;
        let tbs = cert.tbs_certificate();
        if tbs.signature() != cert.signature_algorithm() {
            return Err(Flaw::Form);
        }
        let info = tbs.subject_public_key_info();
        let mut parsed = Self {
            signed,
            signature: cert.signature().as_bytes().ok_or(Flaw::Form)?.to_vec(),
            algorithm: cert.signature_algorithm().oid,
            key_kind: key_kind(&info.algorithm),
            key: info.subject_public_key.as_bytes().ok_or(Flaw::Form)?.to_vec(),
            spki: info.to_der().map_err(|_| Flaw::Form)?,
            serial: serial_text(&HEXLOWER.encode(tbs.serial_number().as_bytes())),
            not_before: tbs.validity().not_before.to_unix_duration().as_secs(),
            not_after: tbs.validity().not_after.to_unix_duration().as_secs(),
            constraints: None,
            may_sign: None,
            description: None,
            apple_nonce: None,
            has_serial_name: has_serial_name(tbs),
        };
        let extensions = tbs.extensions().map(Vec::as_slice).unwrap_or_default();
        for (place, extension) in extensions.iter().enumerate() {
            if extensions.iter().skip(place + 1).any(|other| other.extn_id == extension.extn_id) {
                return Err(Flaw::Form);
            }
            parsed.take(extension)?;
        }
        Ok(parsed)
    }

    /// A critical extension that nobody here understands may mean anything.
    fn take(&mut self, extension: &Extension) -> Result<(), Flaw> {
        let value = extension.extn_value.as_bytes();
        match extension.extn_id {
            BASIC_CONSTRAINTS => {
                self.constraints = Some(BasicConstraints::from_der(value).map_err(|_| Flaw::Form)?);
            }
            KEY_USAGE => {
                let usage = KeyUsage::from_der(value).map_err(|_| Flaw::Form)?;
                self.may_sign = Some(usage.key_cert_sign());
            }
            KEY_DESCRIPTION => self.description = Some(value.to_vec()),
            APPLE_NONCE => self.apple_nonce = Some(value.to_vec()),
            _ if extension.critical => return Err(Flaw::Form),
            _ => {}
        }
        Ok(())
    }

    /// The key's own bytes.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Whether it has this P-256 key, as an uncompressed point.
    pub fn has_key(&self, point: &[u8]) -> bool {
        self.key_kind == KeyKind::P256 && self.key == point
    }

    /// Whether `issuer` signed it.
    pub fn is_signed_by(&self, issuer: &Self) -> bool {
        let Some(algorithm) = verification(self.algorithm, issuer.key_kind) else { return false };
        UnparsedPublicKey::new(algorithm, &issuer.key).verify(&self.signed, &self.signature).is_ok()
    }
}

/// A serial in small hexadecimal digits without zeros in front.
pub fn serial_text(digits: &str) -> String {
    digits.trim_start_matches('0').to_ascii_lowercase()
}

/// The certificate, and what of it was signed, byte for byte.
fn read(bytes: &[u8]) -> der::Result<(X509, Vec<u8>)> {
    let mut reader = SliceReader::new(bytes)?;
    let signed = reader.sequence(|inner| {
        let signed = inner.tlv_bytes()?.to_vec();
        inner.tlv_bytes()?;
        inner.tlv_bytes()?;
        Ok::<_, der::Error>(signed)
    })?;
    reader.finish()?;
    Ok((X509::from_der(bytes)?, signed))
}

fn has_serial_name(tbs: &TbsCertificate) -> bool {
    tbs.subject().iter().any(|attribute| attribute.oid == SERIAL_NUMBER)
}

fn key_kind(algorithm: &AlgorithmIdentifierOwned) -> KeyKind {
    let curve = algorithm.parameters.as_ref().and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
    match (algorithm.oid, curve) {
        (EC_KEY, Some(P256)) => KeyKind::P256,
        (EC_KEY, Some(P384)) => KeyKind::P384,
        (RSA_KEY, _) => KeyKind::Rsa,
        _ => KeyKind::Other,
    }
}

/// SHA-1 and keys below 2048 bits are not among them.
fn verification(algorithm: ObjectIdentifier, key: KeyKind) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (algorithm, key) {
        (ECDSA_SHA256, KeyKind::P256) => &signature::ECDSA_P256_SHA256_ASN1,
        (ECDSA_SHA384, KeyKind::P256) => &signature::ECDSA_P256_SHA384_ASN1,
        (ECDSA_SHA256, KeyKind::P384) => &signature::ECDSA_P384_SHA256_ASN1,
        (ECDSA_SHA384, KeyKind::P384) => &signature::ECDSA_P384_SHA384_ASN1,
        (RSA_SHA256, KeyKind::Rsa) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (RSA_SHA384, KeyKind::Rsa) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (RSA_SHA512, KeyKind::Rsa) => &signature::RSA_PKCS1_2048_8192_SHA512,
        _ => return None,
    })
}
