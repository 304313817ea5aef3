//! Wycheproof's HMAC-SHA-256 and HKDF-SHA-256 cases. Our MAC has 32 bytes, so the cases with a shorter tag are left out.

use super::{hkdf, hkdf_expand, hmac_sha256};
use wycheproof::{TestResult, hkdf as hkdf_cases, mac};

/// The most that HKDF gives: 255 blocks.
const MOST: usize = 255 * 32;

#[test]
fn hmac_of_wycheproof() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let mut ran = 0;
    for test in set.test_groups.iter().filter(|group| group.tag_size == 256).flat_map(|group| &group.tests) {
        let (head, tail) = test.msg.split_at(test.msg.len() / 2);
        let same = hmac_sha256(&test.key, &[head, tail])[..] == test.tag[..];
        assert_eq!(same, test.result == TestResult::Valid, "tcId {} {}", test.tc_id, test.comment);
        ran += 1;
    }
    println!("{ran} HMAC cases ran");
    assert!(ran >= 80, "{ran}");
}

#[test]
fn hkdf_of_wycheproof() {
    let set = hkdf_cases::TestSet::load(hkdf_cases::TestName::HkdfSha256).unwrap();
    let mut ran = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let prk = hmac_sha256(&test.salt, &[&test.ikm]);
        if test.result == TestResult::Valid {
            // Each block follows from those before it, so a shorter output is the head of a longer one.
            let most = hkdf_expand::<MOST>(&prk, &[&test.info]).unwrap();
            assert_eq!(most[..test.size], test.okm[..], "tcId {} {}", test.tc_id, test.comment);
            let ours = hkdf(&test.salt, &test.ikm, &[&test.info]).unwrap();
            let shared = test.size.min(32);
            assert_eq!(ours[..shared], test.okm[..shared], "tcId {} {}", test.tc_id, test.comment);
        } else {
            assert!(test.size > MOST, "tcId {} {}", test.tc_id, test.comment);
            assert!(hkdf_expand::<{ MOST + 1 }>(&prk, &[&test.info]).is_err());
        }
        ran += 1;
    }
    println!("{ran} HKDF cases ran");
    assert!(ran >= 80, "{ran}");
}
