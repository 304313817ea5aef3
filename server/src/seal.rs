//! Sealing of values that stand in the database (2.1): AES-256-GCM under a key derived from the KEK for each value.

use countersign_protocol::id::{Aid, Eid, Fid, Jti, Thumbprint};
use countersign_protocol::label::sha256;
use ring::{aead, hkdf};
use zeroize::Zeroizing;

const SALT: usize = 16;
const NONCE: usize = 12;

/// A sealed value that does not open: damaged, exchanged, or of another key. Answered as `unavailable`, with an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed value does not open")]
pub struct SealFault;

/// What a sealed value is and which row it belongs to: its additional data.
pub struct Purpose {
    name: &'static str,
    row: Vec<u8>,
}

impl Purpose {
    /// PIN public keys of a phone.
    pub fn pin(aid: &Aid, fid: &Fid) -> Self {
        Self { name: "pin", row: [&aid.as_bytes()[..], fid.as_bytes()].concat() }
    }

    /// Secret of an enrolment.
    pub fn enrolment(eid: &Eid, account: &str) -> Self {
        Self { name: "es", row: [&eid.as_bytes()[..], &sha256(account.as_bytes())].concat() }
    }

    /// What a letter says.
    pub fn mail(id: i64) -> Self {
        Self { name: "mail", row: id.to_be_bytes().to_vec() }
    }

    /// Password of an account.
    pub fn password(account: &str) -> Self {
        Self { name: "password", row: account.as_bytes().to_vec() }
    }

    /// Stored answer of a phone's message.
    pub fn answer(jkt: &Thumbprint, jti: &Jti) -> Self {
        Self { name: "answer", row: [&jkt.as_bytes()[..], jti.as_bytes()].concat() }
    }

    /// Any other stored answer, named by the key of its row.
    pub fn stored(row: &[u8]) -> Self {
        Self { name: "answer", row: row.to_vec() }
    }

    fn aad(&self) -> Vec<u8> {
        [self.name.as_bytes(), &[0], &self.row].concat()
    }
}

/// The key encryption key and those before it; not in the database. The first byte of a sealed value says which.
pub struct Kek {
    id: u8,
    current: Zeroizing<[u8; 32]>,
    former: Vec<(u8, Zeroizing<[u8; 32]>)>,
}

impl Kek {
    /// The key of this generation, and those before it that are still there: an old backup may need them.
    pub fn new(
        generation: u32,
        current: Zeroizing<[u8; 32]>,
        former: impl IntoIterator<Item = (u32, Zeroizing<[u8; 32]>)>,
    ) -> Self {
        let former = former.into_iter().map(|(generation, key)| (id_of(generation), key)).collect();
        Self { id: id_of(generation), current, former }
    }

    /// The first byte of what is sealed now.
    pub const fn id(&self) -> u8 {
        self.id
    }

    /// Seals `plain`; `salt_and_nonce` are fresh random bytes.
    pub fn seal(
        &self,
        purpose: &Purpose,
        plain: &[u8],
        salt_and_nonce: [u8; SALT + NONCE],
    ) -> Result<Vec<u8>, SealFault> {
        let (salt, nonce) = salt_and_nonce.split_at(SALT);
        let key = derive(&self.current, purpose, salt)?;
        let nonce_bytes = aead::Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealFault)?;
        let mut body = plain.to_vec();
        key.seal_in_place_append_tag(nonce_bytes, aead::Aad::from(purpose.aad()), &mut body)
            .map_err(|_| SealFault)?;
        Ok([&[self.id], salt, nonce, &body].concat())
    }

    /// Opens what [`Self::seal`] made for the same purpose and row.
    pub fn open(&self, purpose: &Purpose, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
        let (id, rest) = sealed.split_first().ok_or(SealFault)?;
        let former = || self.former.iter().find(|(own, _)| own == id).map(|(_, key)| key);
        let key = if *id == self.id { Some(&self.current) } else { former() };
        let (salt, rest) = rest.split_at_checked(SALT).ok_or(SealFault)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(SealFault)?;
        let key = derive(key.ok_or(SealFault)?, purpose, salt)?;
        let nonce = aead::Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealFault)?;
        let mut body = body.to_vec();
        let plain =
            key.open_in_place(nonce, aead::Aad::from(purpose.aad()), &mut body).map_err(|_| SealFault)?;
        Ok(plain.to_vec())
    }
}

/// Generations are told apart by a byte; two that are 255 apart never live together.
fn id_of(generation: u32) -> u8 {
    u8::try_from((generation - 1) % 255 + 1).unwrap_or(1)
}

fn derive(key: &[u8; 32], purpose: &Purpose, salt: &[u8]) -> Result<aead::LessSafeKey, SealFault> {
    let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(key);
    let info: &[&[u8]] = &[b"MAP1 seal ", purpose.name.as_bytes(), &[0]];
    let key = prk.expand(info, &aead::AES_256_GCM).map_err(|_| SealFault)?;
    Ok(aead::LessSafeKey::new(aead::UnboundKey::from(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aid() -> Aid {
        Aid::from_bytes([6; 16])
    }

    #[test]
    fn vector_seal_key() {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, &[0x19; 16]).extract(&[0x1c; 32]);
        let info: &[&[u8]] = &[b"MAP1 seal pin\0"];
        let mut key = [0; 32];
        prk.expand(info, hkdf::HKDF_SHA256).unwrap().fill(&mut key).unwrap();
        let expected = "0d7e7daa646dd9d312d0142d6ea5f16dc190042a38eecdabe07160b6ff84dd89";
        assert_eq!(countersign_protocol::encoding::hex(&key), expected);
        let sealed = Kek::new(1, Zeroizing::new([0x1c; 32]), [])
            .seal(&Purpose::pin(&aid(), &Fid::from_bytes([3; 16])), b"x", [0x19; 28])
            .unwrap();
        let nonce = aead::Nonce::assume_unique_for_key([0x19; 12]);
        let by_hand = aead::LessSafeKey::new(aead::UnboundKey::new(&aead::AES_256_GCM, &key).unwrap());
        let mut body = sealed[29..].to_vec();
        let aad = [&b"pin\0"[..], &[6; 16], &[3; 16]].concat();
        assert_eq!(by_hand.open_in_place(nonce, aead::Aad::from(aad), &mut body).unwrap(), b"x");
    }

    #[test]
    fn n211_a_value_opens_only_in_its_own_row() {
        let kek = Kek::new(1, Zeroizing::new([1; 32]), []);
        let (one, two) = (Fid::from_bytes([1; 16]), Fid::from_bytes([2; 16]));
        let sealed = kek.seal(&Purpose::pin(&aid(), &one), b"keys", [9; 28]).unwrap();
        assert_eq!(kek.open(&Purpose::pin(&aid(), &one), &sealed).unwrap(), b"keys");
        assert_eq!(kek.open(&Purpose::pin(&aid(), &two), &sealed), Err(SealFault));
        assert_eq!(kek.open(&Purpose::pin(&aid(), &one), &sealed[..20]), Err(SealFault));
        assert_eq!(kek.open(&Purpose::pin(&aid(), &one), b""), Err(SealFault));
    }

    #[test]
    fn every_key_that_is_still_there_opens_what_it_sealed_and_no_other_does() {
        let purpose = || Purpose::pin(&aid(), &Fid::from_bytes([1; 16]));
        let key = |byte| Zeroizing::new([byte; 32]);
        let sealed = Kek::new(1, key(1), []).seal(&purpose(), b"keys", [9; 28]).unwrap();
        let third = Kek::new(3, key(3), [(1, key(1)), (2, key(2))]);
        assert_eq!(third.open(&purpose(), &sealed).unwrap(), b"keys");
        assert_ne!(sealed[0], third.id());
        // The operator has deleted the first.
        let third = Kek::new(3, key(3), [(2, key(2))]);
        assert_eq!(third.open(&purpose(), &sealed), Err(SealFault));
    }
}
