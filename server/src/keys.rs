//! The server's keys: files beside the database, never in it, made at the first start (0600 in a folder of 0700).
//!
//! One file a key, base64url of 32 bytes. All are made together and appear by one rename, so a crash leaves either no
//! keys or all of them.

use crate::random;
use crate::seal::Kek;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::key::PublicKey;
use countersign_protocol::signer::Signer;
use p256::elliptic_curve::sec1::ToSec1Point;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Key id of the first sign key.
pub const SIGN_KID: &str = "s1";
/// Key id of the first off key.
pub const OFF_KID: &str = "off1";

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
    /// Signs key sets.
    pub root: SigningKey,
    /// Committed to as the next root.
    pub next_root: PublicKey,
    /// Signs messages.
    pub sign: SigningKey,
    /// Offline codes.
    pub off: p256::SecretKey,
    /// Two spare TLS keys, pinned in advance.
    pub tls_backups: [PublicKey; 2],
    /// Seals values in the database.
    pub kek: Kek,
    /// Server nonces.
    pub nonce: Zeroizing<[u8; 32]>,
    /// MACs of bodies.
    pub idem: Zeroizing<[u8; 32]>,
    /// Recovery codes.
    pub recovery: Zeroizing<[u8; 32]>,
    /// Frames of rotating QRs.
    pub qr: Zeroizing<[u8; 32]>,
    /// Row and approval tags.
    pub evid: Zeroizing<[u8; 32]>,
    /// Audit chain.
    pub audit: Zeroizing<[u8; 32]>,
}

impl Keys {
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
        let off = p256::SecretKey::from_slice(&secret("off-off1")?[..])
            .map_err(|_| KeysFault::Damaged(file(&folder, "off-off1")))?;
        Ok(Self {
            root: pair("root")?,
            next_root: *pair("next-root")?.public(),
            sign: pair("sign-s1")?,
            off,
            tls_backups: [*pair("tls-backup-1")?.public(), *pair("tls-backup-2")?.public()],
            kek: Kek::new(*secret("kek")?),
            nonce: secret("nonce")?,
            idem: secret("idem")?,
            recovery: secret("recovery")?,
            qr: secret("qr")?,
            evid: secret("evid")?,
            audit: secret("audit")?,
        })
    }

    /// Draws some of the secrets anew, each in one step. What was made under the old ones counts no more.
    pub fn renew(data: &Path, names: &[&str]) -> Result<(), KeysFault> {
        let folder = data.join("keys");
        for name in names {
            let (path, fresh) = (file(&folder, name), file(&folder, &format!("{name}.new")));
            let _ = fs::remove_file(&fresh);
            write(&fresh, &Zeroizing::new(random::bytes()))?;
            fs::rename(&fresh, &path).map_err(|source| KeysFault::File { path, source })?;
        }
        Ok(())
    }

    /// The public off key, for the key set.
    pub fn off_public(&self) -> Option<PublicKey> {
        PublicKey::from_sec1(self.off.public_key().to_sec1_point(false).as_bytes()).ok()
    }
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
    match fs::rename(&fresh, folder) {
        Ok(()) => Ok(()),
        // Another process was first: its keys are the keys.
        Err(_) if folder.exists() => fs::remove_dir_all(&fresh).map_err(fault(&fresh)),
        Err(source) => Err(KeysFault::File { path: folder.to_owned(), source }),
    }
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
