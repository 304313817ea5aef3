//! Wycheproof's cases through the protocol's own functions: signatures of JOSE, public keys, and the MAC.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

use countersign_protocol::key::PublicKey;
use countersign_protocol::label::hmac_sha256;
use wycheproof::{TestResult, ecdh, ecdsa, mac};

#[test]
fn ecdsa_of_wycheproof_in_the_form_of_jose() {
    let (mut taken, mut refused) = (0, 0);
    for group in &ecdsa::TestSet::load(ecdsa::TestName::EcdsaSecp256r1Sha256P1363).unwrap().test_groups {
        let key = PublicKey::from_sec1(&group.key.key).unwrap();
        for test in &group.tests {
            let verified = key.verifies(&test.msg, &test.sig);
            assert_eq!(verified, test.result == TestResult::Valid, "tcId {} {}", test.tc_id, test.comment);
            *(if verified { &mut taken } else { &mut refused }) += 1;
        }
    }
    println!("{taken} valid and {refused} invalid ECDSA cases ran");
    assert!(taken >= 100 && refused >= 80, "{taken} {refused}");
}

#[test]
fn n08_no_signature_in_der_is_one_of_jose() {
    let mut ran = 0;
    for group in &ecdsa::TestSet::load(ecdsa::TestName::EcdsaSecp256r1Sha256).unwrap().test_groups {
        let key = PublicKey::from_sec1(&group.key.key).unwrap();
        for test in &group.tests {
            assert!(!key.verifies(&test.msg, &test.sig), "tcId {} {}", test.tc_id, test.comment);
            ran += 1;
        }
    }
    println!("{ran} signatures in DER refused");
    assert!(ran >= 300, "{ran}");
}

#[test]
fn n23_points_of_wycheproof_that_are_no_keys_are_refused() {
    let (mut taken, mut refused) = (0, 0);
    let set = ecdh::TestSet::load(ecdh::TestName::EcdhSecp256r1Ecpoint).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let key = PublicKey::from_sec1(&test.public_key);
        // A compressed point may be valid for others; a JWK has both coordinates.
        let ours = test.result == TestResult::Valid && test.public_key.len() == 65;
        assert_eq!(key.is_ok(), ours, "tcId {} {}", test.tc_id, test.comment);
        *(if ours { &mut taken } else { &mut refused }) += 1;
    }
    println!("{taken} points taken and {refused} refused");
    assert!(taken >= 200 && refused >= 10, "{taken} {refused}");
}

#[test]
fn hmac_of_wycheproof() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let mut ran = 0;
    for test in set.test_groups.iter().filter(|group| group.tag_size == 256).flat_map(|group| &group.tests) {
        let same = hmac_sha256(&test.key, &test.msg)[..] == test.tag[..];
        assert_eq!(same, test.result == TestResult::Valid, "tcId {} {}", test.tc_id, test.comment);
        ran += 1;
    }
    println!("{ran} HMAC cases ran");
    assert!(ran >= 80, "{ran}");
}
