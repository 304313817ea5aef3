//! Whatever stands in a chain, there is a verdict and no more.

use crate::scene::{CHALLENGE, Scene};
use countersign_attestation::Flaw;
use countersign_attestation::description::KeyDescription;
use countersign_attestation_lab::Description;

/// Bytes that look like nothing, and come out the same each time.
pub fn noise(length: usize, mut state: u64) -> Vec<u8> {
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u8::try_from(state >> 56).unwrap()
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn garbage_of_one_byte_to_sixty_four_kibibytes_is_no_certificate() {
    let scene = Scene::new();
    let good = scene.maker.chain(&scene.key, &Description::device(&CHALLENGE));
    for length in [1, 2, 10, 100, 1000, 4096, 16_384, 16_385, 65_536] {
        let seed = u64::try_from(length).unwrap();
        for head in [&[][..], &[0x30, 0x82, 0xff, 0xff], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[0x30, 0x80]]
        {
            let bytes = [head, &noise(length, seed)].concat();
            for place in 0..good.len() {
                let mut chain = good.clone();
                chain[place] = bytes.clone();
                assert_eq!(scene.verdict(&chain), Err(Flaw::Form));
            }
        }
    }
    assert_eq!(scene.verdict(&vec![Vec::new(); 4]), Err(Flaw::Form));
}

#[test]
fn a_certificate_cut_short_or_continued_is_none() {
    let scene = Scene::new();
    let good = scene.maker.chain(&scene.key, &Description::device(&CHALLENGE));
    for length in 0..good[0].len() {
        let mut chain = good.clone();
        chain[0].truncate(length);
        assert_eq!(scene.verdict(&chain), Err(Flaw::Form));
    }
    let mut longer = good;
    longer[0].push(0);
    assert_eq!(scene.verdict(&longer), Err(Flaw::Form));
}

#[test]
fn a_description_that_a_phone_did_sign_is_still_read_with_care() {
    let scene = Scene::new();
    let good = Description::device(&CHALLENGE).to_der();
    for length in 0..good.len() {
        let leaf = scene.maker.phone.attest(&scene.key, Some(&good[..length]));
        if length % 16 == 0 {
            assert_eq!(scene.verdict(&scene.maker.chain_of(leaf)), Err(Flaw::Form));
        }
        assert_eq!(KeyDescription::parse(&good[..length]), None);
    }
    for length in [8, 64, 8192, 8193, 65_536] {
        assert_eq!(KeyDescription::parse(&noise(length, 7)), None);
    }
    assert_eq!(KeyDescription::parse(&[&good[..], &[0]].concat()), None);
    // Nested as deep as it goes: nothing here calls itself.
    let nested: Vec<u8> = (0..2000).flat_map(|_| [0x30, 0x80]).collect();
    assert_eq!(KeyDescription::parse(&nested), None);
}

#[test]
fn no_single_changed_byte_makes_a_good_description_better() {
    let good = Description::device(&CHALLENGE).to_der();
    for place in 0..good.len() {
        for bit in 0..8 {
            let mut bent = good.clone();
            bent[place] ^= 1 << bit;
            // Read or refused, but never a panic.
            let _ = KeyDescription::parse(&bent);
        }
    }
}
