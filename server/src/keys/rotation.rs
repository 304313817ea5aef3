//! Which generation of each key is in use: `ring.json` in the key folder (3.8).
//!
//! A rotation writes new key files first and the ring last, by one rename: a crash before leaves unused files, a crash
//! after it a finished rotation. A running server looks at the ring again and again.

use super::{KeysFault, file, scalar, write};
use crate::random;
use countersign_protocol::time::Time;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::Path;
use zeroize::Zeroizing;

/// Seconds that a sign key stands in the key set before it signs (3.8).
pub const LEAD: u64 = 30 * 86_400;

/// The generations in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// Sign keys, oldest first.
    pub sign: Vec<SignEntry>,
    /// Off keys, oldest first.
    pub off: Vec<String>,
    /// Generation of the key encryption key; the one before still opens.
    pub kek: u32,
    /// Generations of the HMAC keys; of each the one before still counts.
    pub nonce: u32,
    /// See `nonce`.
    pub idem: u32,
    /// See `nonce`.
    pub qr: u32,
    /// Generation of the root.
    pub root: u32,
}

/// One sign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignEntry {
    /// Its id.
    pub kid: String,
    /// From when on it signs, in seconds since 1970.
    pub from: u64,
}

/// What can be rotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Another key for messages, in 30 days; at once if the old one is not to be trusted: it leaves the set then.
    Sign {
        /// Without the 30 days, and without the old keys.
        at_once: bool,
    },
    /// Another key for offline codes; old ones stay for phones that do not know it.
    Off,
    /// Another key encryption key; what is sealed under the old one is sealed anew, bit by bit.
    Kek,
    /// Another key for nonces.
    Nonce,
    /// Another key for the MACs of bodies.
    Idem,
    /// Another key for the frames of QR codes.
    Qr,
    /// The root that was committed to becomes the root, and another one is committed to.
    Root,
}

impl Rotation {
    /// Its name, as an operator types it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sign { .. } => "sign",
            Self::Off => "off",
            Self::Kek => "kek",
            Self::Nonce => "nonce",
            Self::Idem => "idem",
            Self::Qr => "qr",
            Self::Root => "root",
        }
    }
}

impl Default for Ring {
    fn default() -> Self {
        Self {
            sign: vec![SignEntry { kid: "s1".to_owned(), from: 0 }],
            off: vec!["off1".to_owned()],
            kek: 1,
            nonce: 1,
            idem: 1,
            qr: 1,
            root: 1,
        }
    }
}

/// File name of a generation: the first has no number.
pub fn generation(name: &str, number: u32) -> String {
    if number == 1 { name.to_owned() } else { format!("{name}-{number}") }
}

impl Ring {
    /// The ring of a key folder; the first generations where there is none.
    pub fn read(folder: &Path) -> Result<Self, KeysFault> {
        let path = folder.join("ring.json");
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| KeysFault::Damaged(path)),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(KeysFault::File { path, source }),
        }
    }

    /// Makes the next generation and takes it into use.
    pub fn rotate(folder: &Path, rotation: Rotation, now: Time) -> Result<Self, KeysFault> {
        let mut ring = Self::read(folder)?;
        match rotation {
            Rotation::Sign { at_once } => ring.next_sign(folder, at_once, now)?,
            Rotation::Off => {
                let kid = next_id("off", ring.off.len());
                write_new(folder, &format!("off-{kid}"), &scalar())?;
                ring.off.push(kid);
            }
            Rotation::Kek => ring.kek = next_secret(folder, "kek", ring.kek)?,
            Rotation::Nonce => ring.nonce = next_secret(folder, "nonce", ring.nonce)?,
            Rotation::Idem => ring.idem = next_secret(folder, "idem", ring.idem)?,
            Rotation::Qr => ring.qr = next_secret(folder, "qr", ring.qr)?,
            Rotation::Root => {
                let committed = super::read(folder, &generation("next-root", ring.root))?;
                ring.root += 1;
                write_new(folder, &generation("root", ring.root), &committed)?;
                write_new(folder, &generation("next-root", ring.root), &scalar())?;
            }
        }
        ring.write(folder)?;
        Ok(ring)
    }

    fn next_sign(&mut self, folder: &Path, at_once: bool, now: Time) -> Result<(), KeysFault> {
        let highest = self.sign.iter().filter_map(|entry| entry.kid.get(1..)?.parse::<usize>().ok()).max();
        let kid = next_id("s", highest.unwrap_or(self.sign.len()));
        write_new(folder, &format!("sign-{kid}"), &scalar())?;
        let from = if at_once { now.secs() } else { now.plus(LEAD).secs() };
        if at_once {
            self.sign.clear();
        }
        self.sign.push(SignEntry { kid, from });
        Ok(())
    }

    fn write(&self, folder: &Path) -> Result<(), KeysFault> {
        let (path, fresh) = (folder.join("ring.json"), folder.join("ring.json.new"));
        let written = || -> Result<(), std::io::Error> {
            let mut file = fs::File::create(&fresh)?;
            file.write_all(&serde_json::to_vec_pretty(self)?)?;
            file.sync_all()?;
            fs::rename(&fresh, &path)?;
            super::sync(folder)
        };
        written().map_err(|source| KeysFault::File { path: path.clone(), source })
    }
}

fn next_id(prefix: &str, count: usize) -> String {
    format!("{prefix}{}", count + 1)
}

fn next_secret(folder: &Path, name: &str, number: u32) -> Result<u32, KeysFault> {
    write_new(folder, &generation(name, number + 1), &Zeroizing::new(random::bytes()))?;
    Ok(number + 1)
}

/// A file that a crash left before its ring was written is of no use to anybody.
fn write_new(folder: &Path, name: &str, key: &Zeroizing<[u8; 32]>) -> Result<(), KeysFault> {
    let path = file(folder, name);
    let _ = fs::remove_file(&path);
    write(&path, key)
}
