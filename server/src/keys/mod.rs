//! The server's keys: files beside the database, never in it, made at the first start (0600 in a folder of 0700).
//!
//! One file a key, base64url of 32 bytes. All are made together and appear by one rename, so a crash leaves either no
//! keys or all of them.

pub mod reseal;
mod rotation;

use crate::random;
use crate::seal::Kek;
use countersign_protocol::encoding::{array_from_b64u, b64u, from_b64u};
use countersign_protocol::key::PublicKey;
use countersign_protocol::label::hmac_sha256;
use countersign_protocol::signer::Signer;
use countersign_protocol::time::Time;
use p256::elliptic_curve::sec1::ToSec1Point;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use rotation::generation;
pub use rotation::{LEAD, Ring, Rotation, SignEntry};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const SCALARS: [&str; 6] = ["root", "next-root", "sign-s1", "off-off1", "tls-backup-1", "tls-backup-2"];
const SECRETS: [&str; 7] = ["kek", "nonce", "idem", "recovery", "qr", "evid", "audit"];

/// Why the keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeysFault {
    /// The folder or a file in it.
    #[error("keys in {path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that holds no key.
    #[error("{0} holds no key")]
    Damaged(PathBuf),
    /// A file of the published key set that cannot be read.
    #[error(
        "{0} is damaged; put it back from a copy, or remove it: the next key set is newer than any that a phone has"
    )]
    NoKeySet(PathBuf),
}

/// A P-256 key of the server. ring signs with a nonce hedged by its random source.
pub struct SigningKey {
    pair: EcdsaKeyPair,
    public: PublicKey,
}

impl SigningKey {
    fn from_scalar(scalar: &[u8; 32]) -> Option<Self> {
        let secret = p256::SecretKey::from_slice(scalar).ok()?;
        let public = PublicKey::from_sec1(secret.public_key().to_sec1_point(false).as_bytes()).ok()?;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            scalar,
            public.as_sec1(),
            &SystemRandom::new(),
        );
        Some(Self { pair: pair.ok()?, public })
    }

    /// The public key.
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }
}

impl Signer for SigningKey {
    type Error = SignFault;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        let signature = self.pair.sign(&SystemRandom::new(), message).map_err(|_| SignFault)?;
        signature.as_ref().try_into().map_err(|_| SignFault)
    }
}

/// A signature could not be made.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("signing failed")]
pub struct SignFault;

/// Every key of the server.
pub struct Keys {
    /// Which generations these are.
    pub ring: Ring,
    /// Signs key sets.
    pub root: SigningKey,
    /// Committed to as the next root.
    pub next_root: PublicKey,
    /// The root before, which signs the change to this one with it.
    pub former_root: Option<SigningKey>,
    /// Keys that sign messages, oldest first.
    pub sign: Vec<SignKey>,
    /// Keys of offline codes, oldest first.
    pub off: Vec<OffKey>,
    /// Two spare TLS keys, pinned in advance.
    pub tls_backups: [PublicKey; 2],
    /// Seals values in the database.
    pub kek: Kek,
    /// Server nonces.
    pub nonce: Generations,
    /// MACs of bodies.
    pub idem: Generations,
    /// Recovery codes.
    pub recovery: Zeroizing<[u8; 32]>,
    /// Frames of rotating QRs.
    pub qr: Generations,
    /// Row and approval tags.
    pub evid: Zeroizing<[u8; 32]>,
    /// Audit chain.
    pub audit: Zeroizing<[u8; 32]>,
}

/// A key that signs messages, from some time on.
pub struct SignKey {
    /// Its id.
    pub kid: String,
    /// From when on it signs.
    pub from: Time,
    /// The key.
    pub key: SigningKey,
}

/// A key of offline codes.
pub struct OffKey {
    /// Its id.
    pub kid: String,
    /// The key.
    pub secret: p256::SecretKey,
}

impl OffKey {
    /// The public key, for the key set.
    pub fn public(&self) -> Option<PublicKey> {
        PublicKey::from_sec1(self.secret.public_key().to_sec1_point(false).as_bytes()).ok()
    }
}

/// An HMAC key and the one before it: what was made under that still counts.
pub struct Generations {
    /// What new values are made under.
    pub current: Zeroizing<[u8; 32]>,
    /// What was in use before.
    pub former: Option<Zeroizing<[u8; 32]>>,
}

impl Generations {
    /// Both, the current one first.
    pub fn all(&self) -> impl Iterator<Item = &[u8; 32]> {
        std::iter::once(&*self.current).chain(self.former.iter().map(|key| &**key))
    }
}

/// The MAC of a body under the key in use, and under the one before it: a repeat may have come before the change.
#[derive(Clone, Copy)]
pub struct BodyMacs {
    /// What is stored.
    pub current: [u8; 32],
    former: Option<[u8; 32]>,
}

impl BodyMacs {
    /// A MAC under the one key that there has been.
    #[cfg(test)]
    pub const fn only(current: [u8; 32]) -> Self {
        Self { current, former: None }
    }

    /// Whether a stored MAC is of the same body.
    pub fn fits(&self, stored: &[u8]) -> bool {
        let equal = |mac: &[u8; 32]| bool::from(mac.ct_eq(stored));
        equal(&self.current) | self.former.as_ref().is_some_and(equal)
    }
}

impl Keys {
    /// The MACs of a body.
    pub fn body_macs(&self, body: &[u8]) -> BodyMacs {
        let former = self.idem.former.as_ref().map(|key| hmac_sha256(&key[..], body));
        BodyMacs { current: hmac_sha256(&self.idem.current[..], body), former }
    }

    /// Reads the keys beside the database in `data`, after making them if there are none.
    pub fn open(data: &Path) -> Result<Self, KeysFault> {
        let folder = data.join("keys");
        if !folder.exists() {
            make(data, &folder)?;
        }
        let secret = |name: &str| read(&folder, name);
        let pair = |name: &str| {
            let scalar = secret(name)?;
            SigningKey::from_scalar(&scalar).ok_or_else(|| KeysFault::Damaged(file(&folder, name)))
        };
        let ring = Ring::read(&folder)?;
        let generations = |name: &str, number: u32| -> Result<Generations, KeysFault> {
            let former = if number > 1 { Some(secret(&generation(name, number - 1))?) } else { None };
            Ok(Generations { current: secret(&generation(name, number))?, former })
        };
        let former_root = match ring.root {
            1 => None,
            number => Some(pair(&generation("root", number - 1))?),
        };
        Ok(Self {
            root: pair(&generation("root", ring.root))?,
            next_root: *pair(&generation("next-root", ring.root))?.public(),
            former_root,
            sign: ring.sign.iter().map(|entry| sign_key(&folder, entry)).collect::<Result<_, _>>()?,
            off: ring.off.iter().map(|kid| off_key(&folder, kid)).collect::<Result<_, _>>()?,
            tls_backups: [*pair("tls-backup-1")?.public(), *pair("tls-backup-2")?.public()],
            kek: kek(&folder, ring.kek)?,
            nonce: generations("nonce", ring.nonce)?,
            idem: generations("idem", ring.idem)?,
            recovery: secret("recovery")?,
            qr: generations("qr", ring.qr)?,
            evid: secret("evid")?,
            audit: secret("audit")?,
            ring,
        })
    }

    /// The key that signs messages now.
    pub fn signing(&self, now: Time) -> Result<&SignKey, SignFault> {
        let used = self.sign.iter().rev().find(|key| key.from <= now);
        used.or_else(|| self.sign.first()).ok_or(SignFault)
    }

    /// Whether the key that a message names is still in the key set.
    pub fn still_signs(&self, jws: &str) -> bool {
        let header = jws.split('.').next().and_then(|part| from_b64u(part).ok());
        let header: Option<serde_json::Value> = header.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        header.is_some_and(|header| self.sign.iter().any(|key| header["kid"] == key.kid.as_str()))
    }

    /// The newest of the keys that sign now which a phone knows.
    pub fn signing_known(&self, now: Time, known: impl Fn(&str) -> bool) -> Option<&SignKey> {
        self.sign.iter().rev().find(|key| key.from <= now && known(&key.kid))
    }

    /// The newest key for offline codes that a phone knows.
    pub fn off_known(&self, known: impl Fn(&str) -> bool) -> Option<&OffKey> {
        self.off.iter().rev().find(|key| known(&key.kid))
    }

    /// The off key of this id.
    pub fn off(&self, kid: &str) -> Option<&OffKey> {
        self.off.iter().find(|key| key.kid == kid)
    }

    /// Draws some of the secrets anew, each in one step. What was made under the old ones counts no more.
    pub fn renew(data: &Path, names: &[&str]) -> Result<(), KeysFault> {
        let folder = data.join("keys");
        let ring = Ring::read(&folder)?;
        let numbers = |name: &str| match name {
            "nonce" => ring.nonce,
            "qr" => ring.qr,
            _ => 1,
        };
        // The one before counts no more either: it takes the same new value.
        let all = names.iter().flat_map(|name| {
            let number = numbers(name);
            (number.saturating_sub(1).max(1)..=number).map(|number| generation(name, number))
        });
        for name in all {
            let (path, fresh) = (file(&folder, &name), file(&folder, &format!("{name}.new")));
            let _ = fs::remove_file(&fresh);
            write(&fresh, &Zeroizing::new(random::bytes()))?;
            fs::rename(&fresh, &path).map_err(|source| KeysFault::File { path, source })?;
        }
        Ok(())
    }
}

/// Generations of the key encryption key that are told apart by a byte.
const KEKS: u32 = 255;

/// The key encryption key in use, and those before it that nobody has deleted.
fn kek(folder: &Path, number: u32) -> Result<Kek, KeysFault> {
    let mut former = Vec::new();
    for before in number.saturating_sub(KEKS - 1).max(1)..number {
        let name = generation("kek", before);
        if file(folder, &name).exists() {
            former.push((before, read(folder, &name)?));
        }
    }
    Ok(Kek::new(number, read(folder, &generation("kek", number))?, former))
}

fn sign_key(folder: &Path, entry: &SignEntry) -> Result<SignKey, KeysFault> {
    let name = format!("sign-{}", entry.kid);
    let key = SigningKey::from_scalar(&*read(folder, &name)?);
    let key = key.ok_or_else(|| KeysFault::Damaged(file(folder, &name)))?;
    Ok(SignKey { kid: entry.kid.clone(), from: Time::from_secs(entry.from), key })
}

fn off_key(folder: &Path, kid: &str) -> Result<OffKey, KeysFault> {
    let name = format!("off-{kid}");
    let secret = p256::SecretKey::from_slice(&read(folder, &name)?[..]);
    let secret = secret.map_err(|_| KeysFault::Damaged(file(folder, &name)))?;
    Ok(OffKey { kid: kid.to_owned(), secret })
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.key"))
}

fn read(folder: &Path, name: &str) -> Result<Zeroizing<[u8; 32]>, KeysFault> {
    let path = file(folder, name);
    let text = fs::read_to_string(&path).map(Zeroizing::new);
    let text = text.map_err(|source| KeysFault::File { path: path.clone(), source })?;
    array_from_b64u(text.trim_end()).map(Zeroizing::new).map_err(|_| KeysFault::Damaged(path))
}

fn make(data: &Path, folder: &Path) -> Result<(), KeysFault> {
    let fresh = data.join(format!("keys.new-{}", std::process::id()));
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source| KeysFault::File { path, source }
    };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&fresh).map_err(fault(&fresh))?;
    for name in SCALARS {
        write(&file(&fresh, name), &scalar())?;
    }
    for name in SECRETS {
        write(&file(&fresh, name), &Zeroizing::new(random::bytes()))?;
    }
    sync(&fresh).map_err(fault(&fresh))?;
    match fs::rename(&fresh, folder) {
        Ok(()) => sync(data).map_err(fault(data)),
        // Another process was first: its keys are the keys.
        Err(_) if folder.exists() => fs::remove_dir_all(&fresh).map_err(fault(&fresh)),
        Err(source) => Err(KeysFault::File { path: folder.to_owned(), source }),
    }
}

/// A name in a folder is on disk only when the folder is.
pub fn sync(folder: &Path) -> std::io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

fn scalar() -> Zeroizing<[u8; 32]> {
    loop {
        let bytes = Zeroizing::new(random::bytes::<32>());
        if p256::SecretKey::from_slice(&bytes[..]).is_ok() {
            return bytes;
        }
    }
}

fn write(path: &Path, key: &Zeroizing<[u8; 32]>) -> Result<(), KeysFault> {
    let text = Zeroizing::new(format!("{}\n", b64u(&key[..])));
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut out| out.write_all(text.as_bytes()).and_then(|()| out.sync_all()));
    written.map_err(|source| KeysFault::File { path: path.to_owned(), source })
}
