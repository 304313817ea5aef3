//! A maker of phones, for tests: it certifies keys as Android's platforms do, and as a forger would.
//!
//! It writes its DER with a writer of its own, so that it shares no mistake with what it tests. No part of the product.

#![allow(clippy::unwrap_used, reason = "it serves tests: a step that fails shows its place")]

mod apple;
mod description;
mod writer;

pub use apple::{AppleKey, Statement};
pub use description::{DIGEST, Description, PACKAGE};

use data_encoding::BASE64;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, DnValue, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PublicKeyData, SerialNumber,
    SignatureAlgorithm, date_time_ymd,
};

/// Key description of Android.
const KEY_DESCRIPTION: [u64; 10] = [1, 3, 6, 1, 4, 1, 11129, 2, 1, 17];
/// A public key whose private half is elsewhere.
struct Point<'a>(&'a [u8]);

impl PublicKeyData for Point<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

/// A certificate's holder, who can certify others.
pub struct Holder {
    params: CertificateParams,
    key: KeyPair,
    der: Vec<u8>,
}

/// How a holder is made.
#[derive(Clone, Copy)]
pub struct Form {
    /// Its name.
    pub name: &'static str,
    /// Whether its name is a serial number, as in a factory.
    pub factory: bool,
    /// Whether it says that it may certify.
    pub authority: bool,
    /// How many may stand between it and the leaf.
    pub path: Option<u8>,
    /// Its serial.
    pub serial: u8,
    /// First year.
    pub from: i32,
    /// Year that is no longer.
    pub until: i32,
}

impl Form {
    /// One that may certify, from 2020 to 2100.
    pub const fn authority(name: &'static str, serial: u8) -> Self {
        Self { name, factory: false, authority: true, path: None, serial, from: 2020, until: 2100 }
    }

    fn params(self) -> CertificateParams {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        let (kind, name) = if self.factory {
            let serial = DnValue::PrintableString(self.name.try_into().unwrap());
            (DnType::CustomDnType(vec![2, 5, 4, 5]), serial)
        } else {
            (DnType::CommonName, DnValue::Utf8String(self.name.to_owned()))
        };
        params.distinguished_name.push(kind, name);
        let path = self.path.map_or(BasicConstraints::Unconstrained, BasicConstraints::Constrained);
        params.is_ca = if self.authority { IsCa::Ca(path) } else { IsCa::ExplicitNoCa };
        let usage =
            if self.authority { KeyUsagePurpose::KeyCertSign } else { KeyUsagePurpose::DigitalSignature };
        params.key_usages = vec![usage];
        params.serial_number = Some(SerialNumber::from_slice(&[0x5e, self.serial]));
        params.not_before = date_time_ymd(self.from, 1, 1);
        params.not_after = date_time_ymd(self.until, 1, 1);
        params
    }
}

impl Holder {
    /// A root with a P-384 key.
    pub fn root() -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap();
        let params = Form::authority("Root", 1).params();
        let made = params.self_signed(&key).unwrap();
        Self { params, key, der: made.der().to_vec() }
    }

    /// The same root key under another certificate: another serial, other dates.
    pub fn issued_again(&self) -> Self {
        let params = Form { until: 2025, ..Form::authority("Root, again", 8) }.params();
        let key = KeyPair::try_from(self.key.serialize_der()).unwrap();
        let der = params.self_signed(&key).unwrap().der().to_vec();
        Self { params, key, der }
    }

    /// Somebody whom this one certifies.
    pub fn certify(&self, form: Form) -> Self {
        let (params, key) = (form.params(), KeyPair::generate().unwrap());
        let made = params.signed_by(&key, &self.issuer()).unwrap();
        Self { params, key, der: made.der().to_vec() }
    }

    /// Somebody who holds an attested key, and certifies others with it.
    pub fn certify_attested(&self, form: Form, description: &[u8]) -> Self {
        let (mut params, key) = (form.params(), KeyPair::generate().unwrap());
        params.custom_extensions.push(extension(description));
        let made = params.signed_by(&key, &self.issuer()).unwrap();
        Self { params, key, der: made.der().to_vec() }
    }

    /// The certificate of an attested P-256 key (an uncompressed point) with these extension bytes.
    pub fn attest(&self, point: &[u8], description: Option<&[u8]>) -> Vec<u8> {
        let mut params = Form { authority: false, ..Form::authority("Android Keystore Key", 0) }.params();
        params.not_before = date_time_ymd(1970, 1, 1);
        params.is_ca = IsCa::NoCa;
        params.custom_extensions.extend(description.map(extension));
        params.signed_by(&Point(point), &self.issuer()).unwrap().der().to_vec()
    }

    /// Its certificate.
    pub fn der(&self) -> Vec<u8> {
        self.der.clone()
    }

    /// Its certificate as PEM.
    pub fn pem(&self) -> String {
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64.encode(&self.der))
    }

    /// Its public key, as an uncompressed point.
    pub fn point(&self) -> Vec<u8> {
        self.key.public_key_raw().to_vec()
    }

    fn confirm(&self, params: &CertificateParams, key: &KeyPair) -> Vec<u8> {
        params.signed_by(key, &self.issuer()).unwrap().der().to_vec()
    }

    fn issuer(&self) -> Issuer<'_, &KeyPair> {
        Issuer::from_params(&self.params, &self.key)
    }
}

fn extension(description: &[u8]) -> CustomExtension {
    CustomExtension::from_oid_content(&KEY_DESCRIPTION, description.to_vec())
}

/// A maker whose phones were certified at a distance: root, two between, and each phone's attestation key.
pub struct Maker {
    /// Root.
    pub root: Holder,
    /// Between the root and the phone.
    pub between: Holder,
    /// The phone's attestation key.
    pub phone: Holder,
}

impl Maker {
    /// A new one.
    pub fn new() -> Self {
        let root = Holder::root();
        let between = root.certify(Form::authority("Between", 2));
        let phone = between.certify(Form::authority("Phone", 3));
        Self { root, between, phone }
    }

    /// The chain for a key, leaf first.
    pub fn chain(&self, point: &[u8], description: &Description) -> Vec<Vec<u8>> {
        self.chain_of(self.phone.attest(point, Some(&description.to_der())))
    }

    /// A leaf with this maker's chain above it.
    pub fn chain_of(&self, leaf: Vec<u8>) -> Vec<Vec<u8>> {
        vec![leaf, self.phone.der(), self.between.der(), self.root.der()]
    }
}

impl Default for Maker {
    fn default() -> Self {
        Self::new()
    }
}
