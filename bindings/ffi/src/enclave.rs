//! What a Secure Enclave cannot compute itself (2.2.1): its key store calls the system and, for the rest, these two.

use crate::keys::KeyStoreFault;
use countersign_engine::port;
use zeroize::Zeroizing;

/// The point, as 65 bytes of SEC 1, with which the key for PINs makes its Diffie-Hellman step.
#[uniffi::export]
pub fn enclave_peer() -> Result<Vec<u8>, KeyStoreFault> {
    Ok(port::ENCLAVE_PEER.to_vec())
}

/// What `prf` answers for `input`, from the 32 bytes that the step gave. Those are wiped here and must not be kept.
#[uniffi::export]
pub fn enclave_prf(shared: Vec<u8>, input: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault> {
    let (shared, input) = (Zeroizing::new(shared), Zeroizing::new(input));
    let z = shared.as_slice().try_into().map_err(|_| KeyStoreFault::Unexpected)?;
    let x = input.as_slice().try_into().map_err(|_| KeyStoreFault::Unexpected)?;
    port::enclave_prf(z, x).map(|output| output.to_vec()).ok_or(KeyStoreFault::Unexpected)
}
