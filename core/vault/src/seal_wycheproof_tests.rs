//! Wycheproof's AES-GCM cases with a key of 256, a nonce of 96 and a tag of 128 bits: the only ones a row has.

use super::{open_under, seal_under};
use wycheproof::{TestResult, aead};

#[test]
fn aes_gcm_of_wycheproof() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let groups = set.test_groups.iter();
    let ours = groups.filter(|group| (group.key_size, group.nonce_size, group.tag_size) == (256, 96, 128));
    let mut ran = 0;
    for test in ours.flat_map(|group| &group.tests) {
        let key: [u8; 32] = test.key.as_ref().try_into().unwrap();
        let row = [&test.nonce[..], &test.ct[..], &test.tag[..]].concat();
        let opened = open_under(&key, &test.aad, &row);
        let valid = test.result == TestResult::Valid;
        assert_eq!(opened.is_ok(), valid, "tcId {} {}", test.tc_id, test.comment);
        if valid {
            assert_eq!(opened.unwrap()[..], test.pt[..], "tcId {}", test.tc_id);
            let nonce = test.nonce.as_ref().try_into().unwrap();
            assert_eq!(seal_under(&key, &test.aad, nonce, &test.pt).unwrap(), row, "tcId {}", test.tc_id);
        }
        ran += 1;
    }
    println!("{ran} AES-GCM cases ran");
    assert!(ran >= 60, "{ran}");
}
