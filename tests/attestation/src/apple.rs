//! Statements of App Attest, with every member under a test's control.

use crate::writer::{octets, sequence, tagged};
use crate::{Form, Holder};
use rcgen::{CustomExtension, KeyPair};

/// What Apple confirmed of an app.
const NONCE: [u64; 7] = [1, 2, 840, 113_635, 100, 8, 2];

/// A key that Apple's chip holds for one app.
pub struct AppleKey(KeyPair);

/// What a statement says.
#[derive(Clone)]
pub struct Statement {
    /// Format.
    pub format: String,
    /// SHA-256 of the app's id.
    pub app: [u8; 32],
    /// Uses of the key.
    pub counter: u32,
    /// Environment.
    pub environment: [u8; 16],
    /// Id of the key.
    pub credential: Vec<u8>,
}

impl AppleKey {
    /// A new one.
    pub fn new() -> Self {
        Self(KeyPair::generate().unwrap())
    }

    /// Its point.
    pub fn point(&self) -> Vec<u8> {
        self.0.public_key_raw().to_vec()
    }

    /// Its certificate below `issuer`, with this nonce confirmed.
    pub fn certify(&self, issuer: &Holder, nonce: &[u8]) -> Vec<u8> {
        let mut params = Form { authority: false, ..Form::authority("Credential", 0x0a) }.params();
        let content = sequence(&[tagged(1, &octets(nonce))]);
        params.custom_extensions.push(CustomExtension::from_oid_content(&NONCE, content));
        issuer.confirm(&params, &self.0)
    }
}

impl Default for AppleKey {
    fn default() -> Self {
        Self::new()
    }
}

impl Statement {
    /// A good one of the shop's app.
    pub fn production(app: [u8; 32], credential: &[u8]) -> Self {
        let environment = *b"appattest\0\0\0\0\0\0\0";
        let format = "apple-appattest".to_owned();
        Self { format, app, counter: 0, environment, credential: credential.to_vec() }
    }

    /// The authenticator data.
    pub fn authenticator(&self) -> Vec<u8> {
        let length = u16::try_from(self.credential.len()).unwrap();
        let key: &[u8] = &[0xa5, 1, 2, 3, 0x26];
        [
            &self.app[..],
            &[0x40],
            &self.counter.to_be_bytes(),
            &self.environment,
            &length.to_be_bytes(),
            &self.credential,
            key,
        ]
        .concat()
    }

    /// The whole object with these certificates.
    pub fn object(&self, certificates: &[Vec<u8>]) -> Vec<u8> {
        let chain: Vec<u8> = certificates.iter().flat_map(|der| bytes(der)).collect();
        let statement = [
            head(5, 2),
            text("x5c"),
            head(4, certificates.len()),
            chain,
            text("receipt"),
            bytes(b"a receipt"),
        ]
        .concat();
        [
            head(5, 3),
            text("fmt"),
            text(&self.format),
            text("attStmt"),
            statement,
            text("authData"),
            bytes(&self.authenticator()),
        ]
        .concat()
    }
}

/// A head in its shortest form.
fn head(major: u8, number: usize) -> Vec<u8> {
    let first = |low: u8| (major << 5) | low;
    match (u8::try_from(number), u16::try_from(number)) {
        (Ok(small @ 0..=23), _) => vec![first(small)],
        (Ok(byte), _) => vec![first(24), byte],
        (_, Ok(two)) => [&[first(25)][..], &two.to_be_bytes()].concat(),
        _ => [&[first(26)][..], &u32::try_from(number).unwrap().to_be_bytes()].concat(),
    }
}

fn text(text: &str) -> Vec<u8> {
    [head(3, text.len()), text.as_bytes().to_vec()].concat()
}

fn bytes(bytes: &[u8]) -> Vec<u8> {
    [head(2, bytes.len()), bytes.to_vec()].concat()
}
