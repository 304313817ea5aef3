//! App Attest (2.3): shows that a genuine copy of the app ran when the key was made, and no more than that. The key that
//! it vouches for is Apple's own; the enrolled one is only named in what Apple's key was asked to confirm.

use crate::cbor::{BadCbor, Reader};
use crate::certificate::Certificate;
use crate::chain::{Chain, Maker};
use crate::fields::{bytes, members};
use crate::{Flaw, Trust};
use der::asn1::AnyRef;
use der::{Decode, Tag, Tagged};
use ring::digest::{SHA256, digest};

/// Longest statement.
const MAX: usize = 32_768;
/// Leaf and intermediate; the root is not sent.
const MAX_CERTIFICATES: u64 = 4;
/// An app of the App Store, or of TestFlight.
const PRODUCTION: [u8; 16] = *b"appattest\0\0\0\0\0\0\0";
/// An app that its developer signed.
const DEVELOPMENT: [u8; 16] = *b"appattestdevelop";

/// What a statement has to be about.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// `clientDataHash` (2.3).
    pub client_data: &'a [u8; 32],
    /// Id of Apple's key, as the message gives it beside the statement.
    pub kid: &'a [u8],
    /// Seconds since 1970.
    pub at: u64,
}

/// A parsed statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    certificates: Vec<Vec<u8>>,
    authenticator: Vec<u8>,
    /// SHA-256 of the app's id, `TEAM.BUNDLE`.
    pub app: [u8; 32],
    /// How often the key was used.
    pub counter: u32,
    /// Which of Apple's environments it comes from.
    pub environment: [u8; 16],
    /// Id of Apple's key.
    pub credential: Vec<u8>,
}

/// What came out.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The statement, if it is one.
    pub statement: Option<Statement>,
    /// The first thing that is wrong, if any.
    pub verdict: Result<(), Flaw>,
}

/// Judges a statement.
pub fn judge(object: &[u8], expected: &Expected<'_>, trust: &Trust) -> Judged {
    let Some(statement) = Statement::parse(object) else {
        return Judged { statement: None, verdict: Err(Flaw::Form) };
    };
    let verdict = check(&statement, expected, trust);
    Judged { statement: Some(statement), verdict }
}

impl Statement {
    /// Reads a statement; `None` if anything of it has not its form.
    pub fn parse(object: &[u8]) -> Option<Self> {
        if object.len() > MAX {
            return None;
        }
        let (certificates, data) = read(object).ok()?;
        let (app, rest) = data.split_first_chunk::<32>()?;
        let (_flags, rest) = rest.split_first()?;
        let (counter, rest) = rest.split_first_chunk::<4>()?;
        let (environment, rest) = rest.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let credential = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
        Some(Self {
            certificates,
            authenticator: data.to_vec(),
            app: *app,
            counter: u32::from_be_bytes(*counter),
            environment: *environment,
            credential: credential.to_vec(),
        })
    }

    /// The environment in a word.
    pub const fn environment_name(&self) -> &'static str {
        match self.environment {
            PRODUCTION => "production",
            DEVELOPMENT => "development",
            _ => "unknown",
        }
    }
}

type Parts<'a> = (Vec<Vec<u8>>, &'a [u8]);

/// Certificates and authenticator data; each member once, in any order.
fn read(object: &[u8]) -> Result<Parts<'_>, BadCbor> {
    let mut reader = Reader::new(object);
    let (mut format, mut certificates, mut data) = (None, None, None);
    if reader.map()? != 3 {
        return Err(BadCbor);
    }
    for _ in 0..3 {
        match reader.text()? {
            "fmt" => format = Some(reader.text()?),
            "attStmt" => certificates = Some(read_statement(&mut reader)?),
            "authData" => data = Some(reader.bytes()?),
            _ => return Err(BadCbor),
        }
    }
    reader.end()?;
    match (format, certificates, data) {
        (Some("apple-appattest"), Some(certificates), Some(data)) => Ok((certificates, data)),
        _ => Err(BadCbor),
    }
}

/// Certificates, and a receipt that only Apple can read.
fn read_statement(reader: &mut Reader<'_>) -> Result<Vec<Vec<u8>>, BadCbor> {
    let mut certificates = None;
    let members = reader.map()?;
    if members > 2 {
        return Err(BadCbor);
    }
    for _ in 0..members {
        match reader.text()? {
            "x5c" => {
                let count = reader.list()?;
                if count > MAX_CERTIFICATES {
                    return Err(BadCbor);
                }
                let chain = (0..count).map(|_| reader.bytes().map(<[u8]>::to_vec));
                certificates = Some(chain.collect::<Result<Vec<_>, _>>()?);
            }
            "receipt" => {
                reader.bytes()?;
            }
            _ => return Err(BadCbor),
        }
    }
    certificates.ok_or(BadCbor)
}

fn check(statement: &Statement, expected: &Expected<'_>, trust: &Trust) -> Result<(), Flaw> {
    let chain = Chain::verify(Maker::Apple, &statement.certificates, trust, expected.at)?;
    let (leaf, _) = chain.parts().ok_or(Flaw::Length)?;
    let named = statement.credential == expected.kid && sha256(&[leaf.key()]) == *expected.kid;
    let is_app = trust.apple_apps.iter().any(|app| sha256(&[app.as_bytes()]) == statement.app);
    let checks = [
        (nonce_of(leaf)? == sha256(&[&statement.authenticator, expected.client_data]), Flaw::Challenge),
        (named, Flaw::Key),
        (is_app, Flaw::App),
        (statement.environment == PRODUCTION, environment_flaw(&statement.environment)),
        (statement.counter == 0, Flaw::Form),
    ];
    checks.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, flaw)| Err(flaw))
}

fn environment_flaw(environment: &[u8; 16]) -> Flaw {
    if *environment == DEVELOPMENT { Flaw::Development } else { Flaw::Form }
}

/// What Apple confirmed: one octet string, explicitly tagged, in a sequence.
fn nonce_of(leaf: &Certificate) -> Result<[u8; 32], Flaw> {
    let extension = leaf.apple_nonce.as_deref().ok_or(Flaw::Extended)?;
    let read = || -> der::Result<Vec<u8>> {
        let [tagged] = members::<1>(AnyRef::from_der(extension)?, Tag::Sequence)?;
        tagged.tag().assert_eq(Tag::ContextSpecific { constructed: true, number: der::TagNumber(1) })?;
        Ok(bytes(AnyRef::from_der(tagged.value())?)?.to_vec())
    };
    read().ok().and_then(|nonce| nonce.try_into().ok()).ok_or(Flaw::Form)
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, &parts.concat()).as_ref());
    hash
}
