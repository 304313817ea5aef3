//! Wycheproof's ECDSA cases over P-256 with SHA-256, in both forms of a signature, as a key store hands them over.

use super::{normalise_signature, verify};
use wycheproof::{TestResult, ecdsa};

/// Runs a whole file; gives how many were taken and how many refused.
fn run(name: ecdsa::TestName) -> (usize, usize) {
    let (mut taken, mut refused) = (0, 0);
    for group in &ecdsa::TestSet::load(name).unwrap().test_groups {
        let public: [u8; 65] = group.key.key.as_ref().try_into().unwrap();
        for test in &group.tests {
            let raw = normalise_signature(&test.sig);
            let verified = raw.is_ok_and(|raw| verify(&public, &test.msg, &raw).is_ok());
            assert_ne!(test.result, TestResult::Acceptable, "tcId {}", test.tc_id);
            assert_eq!(verified, test.result == TestResult::Valid, "tcId {} {}", test.tc_id, test.comment);
            *(if verified { &mut taken } else { &mut refused }) += 1;
        }
    }
    println!("{taken} valid and {refused} invalid ECDSA cases ran");
    (taken, refused)
}

#[test]
fn ecdsa_of_wycheproof_in_der() {
    let (taken, refused) = run(ecdsa::TestName::EcdsaSecp256r1Sha256);
    assert!(taken >= 150 && refused >= 150, "{taken} {refused}");
}

#[test]
fn ecdsa_of_wycheproof_in_64_bytes() {
    let (taken, refused) = run(ecdsa::TestName::EcdsaSecp256r1Sha256P1363);
    assert!(taken >= 100 && refused >= 80, "{taken} {refused}");
}
