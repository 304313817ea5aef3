//! SHA-256, HMAC and HKDF over `ring`, in the shapes in which MAP/1 uses them.
//!
//! `ring` does not wipe its HMAC keys and contexts: accepted by 2.7, they live for microseconds.

use ring::{digest, error::Unspecified, hkdf, hmac};
use zeroize::Zeroizing;

/// SHA-256 over the concatenation of `parts`.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    parts.iter().for_each(|part| context.update(part));
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

/// HMAC-SHA256 over the concatenation of `parts`; HKDF's extract step is this with the salt as key.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    parts.iter().for_each(|part| context.update(part));
    let mut out = Zeroizing::new([0; 32]);
    out.copy_from_slice(context.sign().as_ref());
    out
}

/// HKDF-SHA256's expand step; `info` is the concatenation of its parts. Fails only for more than 8160 bytes.
pub fn hkdf_expand<const N: usize>(
    prk: &[u8; 32],
    info: &[&[u8]],
) -> Result<Zeroizing<[u8; N]>, Unspecified> {
    let mut out = Zeroizing::new([0; N]);
    hkdf::Prk::new_less_safe(hkdf::HKDF_SHA256, prk).expand(info, Bytes(N))?.fill(out.as_mut())?;
    Ok(out)
}

/// Extract and expand with 32 bytes out.
pub fn hkdf(salt: &[u8], ikm: &[u8], info: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>, Unspecified> {
    hkdf_expand(&hmac_sha256(salt, &[ikm]), info)
}

struct Bytes(usize);

impl hkdf::KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
#[path = "hash_wycheproof_tests.rs"]
mod wycheproof_tests;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hex;

    #[test]
    fn hkdf_is_that_of_rfc_5869_appendix_a_1() {
        let prk = hmac_sha256(&hex::<13>("000102030405060708090a0b0c"), &[&[0x0b; 11], &[0x0b; 11]]);
        assert_eq!(*prk, hex::<32>("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        let info = hex::<10>("f0f1f2f3f4f5f6f7f8f9");
        let okm = hkdf_expand::<42>(&prk, &[&info[..4], &info[4..]]).unwrap();
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
        assert_eq!(*okm, hex::<42>(expected));
    }
}
