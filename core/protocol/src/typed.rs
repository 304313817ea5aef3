//! Pairing by a typed code (3.3.2): its symbols, its lookup and key, and the sealed box of pairing data.
//!
//! The stretching (Argon2id) is the caller's: this crate neither waits nor spends memory. It stretches
//! [`TypedCode::symbols`] with [`salt`] and hands the 32 bytes to [`TypedKeys::from_stretched`].

use crate::encoding::{BadEncoding, CROCKFORD, crockford};
use crate::id::{Eid, Thumbprint};
use crate::issuer::Issuer;
use crate::label::{labelled_sha256, sha256};
use crate::qr::Pairing;
use crate::secret::EnrolSecret;
use ring::{aead, hkdf};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Argon2id: memory in KiB, passes, lanes (3.3.2). The output has 32 bytes.
pub const STRETCH: (u32, u32, u32) = (65_536, 3, 1);

/// Random symbols of a code, before the check symbol.
pub const SYMBOLS: usize = 15;

/// Size of a box: nonce, 65 bytes of pairing data, tag.
pub const BOX: usize = 12 + 65 + 16;

/// Text that is no typed code: another length, another symbol, or a check symbol that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a typed pairing code")]
pub struct BadCode;

/// A box that this code and server do not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the box of this code")]
pub struct BadBox;

/// The 15 random symbols of a code whose check symbol fitted.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct TypedCode([u8; SYMBOLS]);

impl TypedCode {
    /// A code from 75 random bits: the last 75 of ten random bytes.
    pub fn from_random(random: &[u8; 10]) -> Self {
        // Five bits in front are left out: shifted away, the 75 that stay fill 15 symbols exactly.
        let mut shifted = Zeroizing::new([0; 10]);
        for (index, byte) in shifted.iter_mut().enumerate() {
            let next = random.get(index + 1).copied().unwrap_or(0);
            *byte = (random[index] << 5) | (next >> 3);
        }
        let text = Zeroizing::new(crockford(shifted.as_ref(), SYMBOLS));
        let mut symbols = [0; SYMBOLS];
        symbols.copy_from_slice(text.as_bytes());
        Self(symbols)
    }

    /// Reads what a person typed: lower case, spaces, hyphens, and O, I, L for 0, 1, 1 are forgiven.
    pub fn parse(text: &str) -> Result<Self, BadCode> {
        let typed = Zeroizing::new(normalised(text, SYMBOLS + 1).map_err(|_| BadCode)?);
        let (check, symbols) = typed.split_last().ok_or(BadCode)?;
        let code = Self(symbols.try_into().map_err(|_| BadCode)?);
        if code.check() == *check { Ok(code) } else { Err(BadCode) }
    }

    /// What is stretched: 15 upper-case ASCII symbols.
    pub const fn symbols(&self) -> &[u8; SYMBOLS] {
        &self.0
    }

    /// Four groups of four, the last symbol checking the rest: `RF1W-7GY3-RF1W-7GY7`.
    pub fn shown(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(SYMBOLS + 4));
        for (index, symbol) in self.0.iter().copied().chain([self.check()]).enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(symbol));
        }
        text
    }

    fn check(&self) -> u8 {
        CROCKFORD[usize::from(sha256(&self.0)[0] >> 3)]
    }
}

/// Upper-case symbols of base 32 as a person types them, exactly `size` of them.
pub fn normalised(text: &str, size: usize) -> Result<Vec<u8>, BadEncoding> {
    let mut symbols = Vec::with_capacity(size);
    for typed in text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '\u{2010}'..='\u{2015}')) {
        let symbol = match typed.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let byte = u8::try_from(symbol).map_err(|_| BadEncoding)?;
        if symbols.len() == size || !CROCKFORD.contains(&byte) {
            symbols.zeroize();
            return Err(BadEncoding);
        }
        symbols.push(byte);
    }
    if symbols.len() == size { Ok(symbols) } else { Err(BadEncoding) }
}

/// Salt of the stretching at this server.
pub fn salt(iss: &Issuer) -> [u8; 16] {
    let hash = labelled_sha256("MAP1 typed salt", &[iss.as_str().as_bytes()]);
    let mut salt = [0; 16];
    salt.copy_from_slice(&hash[..16]);
    salt
}

/// What a stretched code gives: the name under which the server keeps the box, and the key of the box.
pub struct TypedKeys {
    lookup: [u8; 16],
    key: Zeroizing<[u8; 32]>,
}

struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

impl TypedKeys {
    /// Expands the 32 stretched bytes for this server.
    pub fn from_stretched(stretched: &[u8; 32], iss: &Issuer) -> Result<Self, BadBox> {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, &sha256(iss.as_str().as_bytes()));
        let prk = salt.extract(stretched);
        let info: &[&[u8]] = &[b"MAP1 typed\0"];
        let okm = prk.expand(info, Length(48)).map_err(|_| BadBox)?;
        let mut all = Zeroizing::new([0; 48]);
        okm.fill(all.as_mut()).map_err(|_| BadBox)?;
        let (mut lookup, mut key) = ([0; 16], Zeroizing::new([0; 32]));
        lookup.copy_from_slice(&all[..16]);
        key.copy_from_slice(&all[16..]);
        Ok(Self { lookup, key })
    }

    /// The name in `GET /v1/typed/{lookup}`, 16 bytes.
    pub const fn lookup(&self) -> &[u8; 16] {
        &self.lookup
    }

    /// Seals the pairing data for this server under a fresh random nonce.
    pub fn seal(&self, iss: &Issuer, pairing: &Pairing, nonce: [u8; 12]) -> Result<Vec<u8>, BadBox> {
        let mut sealed = nonce.to_vec();
        let mut plain = Zeroizing::new(pairing_bytes(pairing).to_vec());
        let aad = aead::Aad::from(iss.as_str().as_bytes());
        let tag = self
            .cipher()?
            .seal_in_place_separate_tag(aead::Nonce::assume_unique_for_key(nonce), aad, plain.as_mut())
            .map_err(|_| BadBox)?;
        sealed.extend_from_slice(&plain);
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens a box of this server.
    pub fn open(&self, iss: &Issuer, sealed: &[u8]) -> Result<Pairing, BadBox> {
        if sealed.len() != BOX {
            return Err(BadBox);
        }
        let (nonce, rest) = sealed.split_at_checked(12).ok_or(BadBox)?;
        let nonce = aead::Nonce::try_assume_unique_for_key(nonce).map_err(|_| BadBox)?;
        let mut rest = Zeroizing::new(rest.to_vec());
        let aad = aead::Aad::from(iss.as_str().as_bytes());
        let plain = self.cipher()?.open_in_place(nonce, aad, rest.as_mut()).map_err(|_| BadBox)?;
        read_pairing(plain)
    }

    fn cipher(&self) -> Result<aead::LessSafeKey, BadBox> {
        let key = aead::UnboundKey::new(&aead::AES_256_GCM, self.key.as_ref()).map_err(|_| BadBox)?;
        Ok(aead::LessSafeKey::new(key))
    }
}

fn pairing_bytes(pairing: &Pairing) -> Zeroizing<[u8; 65]> {
    let mut bytes = Zeroizing::new([0; 65]);
    bytes[..16].copy_from_slice(pairing.eid.as_bytes());
    bytes[16..32].copy_from_slice(pairing.secret.expose());
    bytes[32..64].copy_from_slice(pairing.root.as_bytes());
    bytes[64] = u8::from(pairing.same_device);
    bytes
}

/// A typed code is never a same-device link: its flags are zero (3.3.1, 3.11).
fn read_pairing(plain: &[u8]) -> Result<Pairing, BadBox> {
    let bytes = <&[u8; 65]>::try_from(plain).map_err(|_| BadBox)?;
    let (ids, rest) = bytes.split_at(32);
    let (root, flags) = rest.split_at(32);
    if flags != [0] {
        return Err(BadBox);
    }
    let (eid, secret) = ids.split_at(16);
    Ok(Pairing {
        eid: Eid::from_slice(eid).map_err(|_| BadBox)?,
        secret: EnrolSecret::from_bytes(secret.try_into().map_err(|_| BadBox)?),
        root: Thumbprint::from_slice(root).map_err(|_| BadBox)?,
        same_device: false,
    })
}

#[cfg(test)]
mod tests;
