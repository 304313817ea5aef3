//! Wycheproof's ECDH cases over P-256 with an uncompressed point: through the offline key, whose salt and label are
//! ours.

use super::{PinKeyError, PinKeys};
use crate::device_key::DeviceKey;
use crate::hash::{hkdf, sha256};
use p256::SecretKey;
use p256::ecdsa::SigningKey;
use wycheproof::{TestResult, ecdh};

const AID: [u8; 16] = [6; 16];
const FID: [u8; 16] = [3; 16];

/// Keys whose agreement key is the case's private one; a number may come with zeros in front, or without.
fn keys(private: &[u8]) -> PinKeys {
    let number = private.iter().skip_while(|byte| **byte == 0).copied().collect::<Vec<_>>();
    let mut scalar = [0; 32];
    scalar[32 - number.len()..].copy_from_slice(&number);
    let ka = SecretKey::from_slice(&scalar).unwrap();
    PinKeys {
        sig: SigningKey::from_slice(&*DeviceKey::from_bytes(&[7; 32]).unwrap().to_bytes()).unwrap(),
        ka,
        fid: FID,
    }
}

#[test]
fn ecdh_of_wycheproof() {
    let set = ecdh::TestSet::load(ecdh::TestName::EcdhSecp256r1Ecpoint).unwrap();
    let salt = sha256(&[&AID, &FID, b"off1"]);
    let (mut valid, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        // Our parameter is a point of 65 bytes by its type: a compressed one cannot be passed at all.
        let Ok(point) = <[u8; 65]>::try_from(test.public_key.as_ref()) else { continue };
        let key = keys(&test.private_key).offline_key(&AID, "off1", &point);
        if test.result == TestResult::Valid {
            let expected = hkdf(&salt, &test.shared_secret, &[b"MAP1 offline code\0"]).unwrap();
            assert_eq!(key.unwrap().as_bytes(), &*expected, "tcId {} {}", test.tc_id, test.comment);
            valid += 1;
        } else {
            assert_eq!(key.err(), Some(PinKeyError::OfflineKey), "tcId {} {}", test.tc_id, test.comment);
            refused += 1;
        }
    }
    println!("{valid} valid and {refused} invalid ECDH cases ran");
    assert!(valid >= 200 && refused >= 10, "{valid} {refused}");
}
