//! base64url, hexadecimal and Crockford's base 32, strictly (protocol 3.0.1).
//!
//! base64url has no padding, no white space and zero in its unused bits; anything else is refused.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

/// The 32 symbols of the sign-in code, the typed pairing code and the recovery code: no I, L, O, U.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Text that is not the encoding of anything, or of something of another size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the expected encoding")]
pub struct BadEncoding;

/// base64url of `bytes`, without padding (RFC 7515 section 2).
pub fn b64u(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// The bytes of strict base64url.
pub fn from_b64u(text: &str) -> Result<Vec<u8>, BadEncoding> {
    BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| BadEncoding)
}

/// Exactly `N` bytes of strict base64url.
pub fn array_from_b64u<const N: usize>(text: &str) -> Result<[u8; N], BadEncoding> {
    from_b64u(text)?.try_into().map_err(|_| BadEncoding)
}

/// Lower-case hexadecimal of `bytes`.
pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// The first `symbols` symbols of base 32 over `bytes`, most significant bit first.
///
/// Bits beyond the end of `bytes` read as zero.
pub fn crockford(bytes: &[u8], symbols: usize) -> String {
    (0..symbols).map(|index| char::from(CROCKFORD[usize::from(five_bits(bytes, index * 5))])).collect()
}

fn five_bits(bytes: &[u8], from: usize) -> u8 {
    (from..from + 5).fold(0, |value, bit| {
        let byte = bytes.get(bit / 8).copied().unwrap_or(0);
        (value << 1) | ((byte >> (7 - bit % 8)) & 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n07_padding_alphabet_line_breaks_and_unused_bits_are_refused() {
        assert_eq!(from_b64u("AQ").unwrap(), [1]);
        for bad in ["AQ==", "A+==", "+w", "AQ\n", "A Q", "AR", "A"] {
            assert_eq!(from_b64u(bad), Err(BadEncoding), "{bad:?}");
        }
    }

    #[test]
    fn sizes_are_exact() {
        assert!(array_from_b64u::<2>("AQI").is_ok());
        assert!(array_from_b64u::<3>("AQI").is_err());
    }

    #[test]
    fn crockford_reads_the_most_significant_bits_first() {
        assert_eq!(crockford(&[0xff, 0xc0], 2), "ZZ");
        assert_eq!(crockford(&[0b0000_1000], 1), "1");
    }
}
