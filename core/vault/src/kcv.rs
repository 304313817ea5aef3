//! The check value of the hardware's PRF key (2.2.3): finds a key that was silently made anew, before a wrong
//! derivation costs a try at the server. It does not depend on the PIN, so it tests no guess.

use crate::hash::sha256;
use subtle::ConstantTimeEq;

/// What the PRF is asked for the check value.
pub fn prf_kcv_input(fid: &[u8; 16]) -> [u8; 32] {
    sha256(&[b"MAP1 kcv in\0", fid])
}

/// `prf_kcv`, from the PRF's answer to [`prf_kcv_input`].
pub fn prf_kcv(answer: &[u8; 32]) -> [u8; 8] {
    let digest = sha256(&[b"MAP1 kcv\0", answer]);
    let mut value = [0; 8];
    value.copy_from_slice(&digest[..8]);
    value
}

/// Whether the PRF's answer to [`prf_kcv_input`] is still that of the key for which `stored` was computed; to be
/// asked before every derivation.
pub fn is_same_prf(answer: &[u8; 32], stored: &[u8; 8]) -> bool {
    prf_kcv(answer).ct_eq(stored).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hwprf::SoftwarePrf;

    /// N133 without its network part: the engine asks this before it derives anything.
    #[test]
    fn a_prf_key_that_was_made_anew_is_found() {
        let input = prf_kcv_input(&[3; 16]);
        let stored = prf_kcv(&SoftwarePrf::from_bytes([4; 32]).evaluate(&input));
        assert!(is_same_prf(&SoftwarePrf::from_bytes([4; 32]).evaluate(&input), &stored));
        assert!(!is_same_prf(&SoftwarePrf::from_bytes([5; 32]).evaluate(&input), &stored));
    }
}
