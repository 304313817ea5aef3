//! Sealing of the vault's rows and blind indices for finding them (2.4).
//!
//! Nonces are drawn by the caller, new for each call; a sealed row is the nonce (12 bytes), then ciphertext and tag.

use crate::hash::{hkdf, hmac_sha256};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, Tag, UnboundKey};
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A row that was not sealed, or does not open: damaged, moved to another place, or under another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the row cannot be sealed or opened")]
pub struct SealError;

/// Where a row stands. It is authenticated, so a row copied elsewhere does not open.
#[derive(Debug, Clone, Copy)]
pub struct RowPlace<'a> {
    /// Name of the table, without a zero byte.
    pub table: &'a str,
    /// The row's id, as bytes.
    pub id: &'a [u8],
    /// Version of the schema in which the row was written.
    pub schema_version: u32,
}

/// `K_vault`: one per installation, wrapped by the key store of the system. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct VaultKey([u8; 32]);

impl VaultKey {
    /// Takes 32 random bytes, or those that the key store unwrapped.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for wrapping.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `K_rows`.
    pub fn row_key(&self) -> Result<RowKey, SealError> {
        self.derived(b"MAP1 vault rows\0").map(RowKey)
    }

    /// `K_idx`.
    pub fn index_key(&self) -> Result<IndexKey, SealError> {
        self.derived(b"MAP1 vault index\0").map(IndexKey)
    }

    fn derived(&self, info: &[u8]) -> Result<[u8; 32], SealError> {
        hkdf(&[], &self.0, &[info]).map(|key| *key).map_err(|_| SealError)
    }
}

/// `K_rows`: seals rows that belong to no binding, and the keys of those that do. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RowKey([u8; 32]);

impl RowKey {
    /// Seals one row; see [`Dek::seal`].
    pub fn seal(&self, place: RowPlace<'_>, nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal(&self.0, place, nonce, plain)
    }

    /// Opens what [`Self::seal`] made for the same place.
    pub fn open(&self, place: RowPlace<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        open(&self.0, place, sealed)
    }

    /// Seals a binding's key; `place` is where the wrapped key itself is stored.
    pub fn wrap(&self, place: RowPlace<'_>, nonce: [u8; 12], dek: &Dek) -> Result<Vec<u8>, SealError> {
        seal(&self.0, place, nonce, &dek.0)
    }

    /// Opens what [`Self::wrap`] made for the same place.
    pub fn unwrap(&self, place: RowPlace<'_>, wrapped: &[u8]) -> Result<Dek, SealError> {
        let bytes = open(&self.0, place, wrapped)?;
        bytes.as_slice().try_into().map(Dek).map_err(|_| SealError)
    }
}

/// The key of one binding's rows: deleting its wrapped form erases the account. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Dek([u8; 32]);

impl Dek {
    /// Takes 32 random bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Seals one row under a random nonce that is never used again: nonce, ciphertext, tag.
    pub fn seal(&self, place: RowPlace<'_>, nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal(&self.0, place, nonce, plain)
    }

    /// Opens what [`Self::seal`] made for the same place.
    pub fn open(&self, place: RowPlace<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        open(&self.0, place, sealed)
    }
}

/// `K_idx`: finds rows without telling what they are about. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct IndexKey([u8; 32]);

impl IndexKey {
    /// `bidx`: the index of the row of `table` that `key` names.
    pub fn bidx(&self, table: &str, key: &[u8]) -> [u8; 16] {
        let mut index = [0; 16];
        index.copy_from_slice(&hmac_sha256(&self.0, &[table.as_bytes(), key])[..16]);
        index
    }
}

fn seal(
    key: &[u8; 32],
    place: RowPlace<'_>,
    nonce: [u8; NONCE_LEN],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    seal_under(key, &aad(place)?, nonce, plain)
}

fn seal_under(
    key: &[u8; 32],
    aad: &[u8],
    nonce: [u8; NONCE_LEN],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let key = aead(key)?;
    // Sized at once: growing would leave a copy of the plain row in freed memory.
    let mut row = Vec::with_capacity(NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
    row.extend_from_slice(&nonce);
    row.extend_from_slice(plain);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let sealed = key.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut row[NONCE_LEN..]);
    match sealed {
        Ok(tag) => row.extend_from_slice(Tag::as_ref(&tag)),
        Err(_) => {
            row.zeroize();
            return Err(SealError);
        }
    }
    Ok(row)
}

fn open(key: &[u8; 32], place: RowPlace<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    open_under(key, &aad(place)?, sealed)
}

fn open_under(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError)?;
    let mut plain = Zeroizing::new(body.to_vec());
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = aead(key)?.open_in_place(nonce, Aad::from(aad), &mut plain);
    let length = opened.map_err(|_| SealError)?.len();
    plain.truncate(length);
    Ok(plain)
}

fn aead(key: &[u8; 32]) -> Result<LessSafeKey, SealError> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(|_| SealError)
}

/// The place, written so that no two places give the same bytes.
fn aad(place: RowPlace<'_>) -> Result<Vec<u8>, SealError> {
    if place.table.contains('\0') {
        return Err(SealError);
    }
    let version = place.schema_version.to_be_bytes();
    Ok([b"MAP1 row\0", place.table.as_bytes(), &[0], place.id, &version].concat())
}

#[cfg(test)]
#[path = "seal_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "seal_wycheproof_tests.rs"]
mod wycheproof_tests;
