//! What a PIN gives, and what is left of it afterwards.

use super::*;
use crate::device_key::{DeviceKey, verify};
use crate::hash::sha256;
use crate::hwprf::SoftwarePrf;
use crate::testing::typed;
use getrandom::SysRng;
use std::collections::HashSet;
use std::convert::Infallible;

/// The weakest parameters, for speed.
fn epoch(fid: u8) -> PinEpoch {
    PinEpoch { salt: [1; 16], seed: [2; 32], fid: [fid; 16], kdf: KdfParams::FLOOR }
}

fn software(x: &[u8; 32]) -> Result<[u8; 32], Infallible> {
    Ok(SoftwarePrf::from_bytes([4; 32]).evaluate(x))
}

fn keys(pin: &str, fid: u8, iss: &str) -> PinKeys {
    PinKeys::derive(&mut typed(pin), &epoch(fid), iss, software).ok().unwrap()
}

const ISS: &str = "https://id.example.eu";

#[test]
fn every_pin_gives_valid_keys_and_each_input_changes_them() {
    let first = keys("4927", 3, ISS);
    assert_eq!(first.sig_public(), keys("4927", 3, ISS).sig_public(), "same inputs, same keys");
    assert_ne!(first.sig_public(), first.ka_public());
    for other in [keys("4928", 3, ISS), keys("4927", 9, ISS), keys("4927", 3, "https://id.example.com")] {
        assert_ne!(first.sig_public(), other.sig_public());
        assert_ne!(first.ka_public(), other.ka_public());
    }
}

#[test]
fn the_entry_is_empty_after_every_error() {
    let mut pin = typed("4927");
    let failed = PinKeys::derive(&mut pin, &epoch(3), ISS, |_| Err("locked"));
    assert_eq!(failed.err(), Some(DeriveError::Prf("locked")));
    assert!(pin.is_empty());

    let mut pin = typed("4927");
    let mut weak = epoch(3);
    weak.kdf = KdfParams::Argon2id { m_kib: 64, t: 1, p: 1 };
    let failed = PinKeys::derive(&mut pin, &weak, ISS, software);
    assert_eq!(failed.err(), Some(DeriveError::Kdf(KdfError::OutOfRange)));
    assert!(pin.is_empty());
}

#[test]
fn n42_three_digits_are_refused_before_anything_is_derived() {
    let mut pin = typed("492");
    let refused = PinKeys::derive(&mut pin, &epoch(3), ISS, |_| -> Result<_, Infallible> {
        panic!("the hardware must not be asked")
    });
    assert_eq!(refused.err(), Some(DeriveError::Pin(PinRejected::TooShort { min: 4 })));
    assert!(pin.is_empty());
}

#[test]
fn an_issuer_whose_length_does_not_fit_is_refused() {
    let long = "x".repeat(256);
    let refused = PinKeys::derive(&mut typed("4927"), &epoch(3), &long, software);
    assert_eq!(refused.err(), Some(DeriveError::Issuer));
}

#[test]
fn n141_the_same_message_signed_twice_gives_two_valid_signatures() {
    let keys = keys("4927", 3, ISS);
    let first = keys.sign_hedged(b"payload", &mut SysRng).unwrap();
    let second = keys.sign_hedged(b"payload", &mut SysRng).unwrap();
    assert_ne!(first, second);
    assert_ne!(first, keys.sign_rfc6979(b"payload"));
    for signature in [first, second] {
        assert_eq!(verify(&keys.sig_public(), b"payload", &signature), Ok(()));
    }
}

#[test]
fn without_random_bytes_nothing_is_signed() {
    let signed = keys("4927", 3, ISS).sign_hedged(b"payload", &mut Exhausted);
    assert_eq!(signed, Err(PinKeyError::Random));
}

#[test]
fn the_offline_key_depends_on_account_and_server_key_and_needs_a_real_point() {
    let keys = keys("4927", 3, ISS);
    let off = DeviceKey::from_bytes(&[5; 32]).unwrap().public();
    let key = |aid: u8, ok: &str| *keys.offline_key(&[aid; 16], ok, &off).ok().unwrap().as_bytes();
    assert_eq!(key(6, "off1"), key(6, "off1"));
    assert_ne!(key(6, "off1"), key(7, "off1"));
    assert_ne!(key(6, "off1"), key(6, "off2"));
    let mut off_the_curve = off;
    off_the_curve[64] ^= 1;
    for bad in [[0; 65], off_the_curve] {
        assert_eq!(keys.offline_key(&[6; 16], "off1", &bad).err(), Some(PinKeyError::OfflineKey));
    }
}

#[test]
fn wide_numbers_are_reduced_as_hash_to_field_does() {
    use p256::elliptic_curve::array::{Array, sizes::U48};
    for wide in [[0xff; 48], [0x01; 48], std::array::from_fn(|i| u8::try_from(i * 5).unwrap())] {
        let expected = <Scalar as Reduce<Array<u8, U48>>>::reduce(&Array(wide));
        assert_eq!(**scalar(&wide).unwrap(), expected);
    }
    assert!(scalar(&[0; 48]).is_none(), "zero is no key");
}

/// A random source that is broken.
struct Exhausted;

#[derive(Debug)]
struct NoEntropy;

impl std::fmt::Display for NoEntropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no entropy")
    }
}

impl std::error::Error for NoEntropy {}

impl rand_core::TryRng for Exhausted {
    type Error = NoEntropy;

    fn try_next_u32(&mut self) -> Result<u32, NoEntropy> {
        Err(NoEntropy)
    }

    fn try_next_u64(&mut self) -> Result<u64, NoEntropy> {
        Err(NoEntropy)
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), NoEntropy> {
        Err(NoEntropy)
    }
}

impl TryCryptoRng for Exhausted {}

/// All PINs of four digits.
fn all_pins() -> impl Iterator<Item = String> {
    (0..10_000).map(|value| format!("{value:04}"))
}

#[test]
fn n135_each_of_ten_thousand_pins_gives_keys_of_its_own_and_no_error() {
    let (prf, of) = (SoftwarePrf::from_bytes([4; 32]), epoch(3));
    let (mut publics, mut ones) = (HashSet::new(), [0_u32; 256]);
    for pin in all_pins() {
        // A cheap stretch in the place of Argon2id; everything after it as it is.
        let a = sha256(&[pin.as_bytes(), &of.salt]);
        let b = prf.evaluate(&prf_input(ISS, &of.fid, &a).unwrap());
        let keys = PinKeys::from_prk(&extracted(&of.seed, &a, &b), of.fid).unwrap();
        let [sig, _] = keys.scalars();
        for (bit, count) in ones.iter_mut().enumerate() {
            *count += u32::from(sig[bit / 8] >> (bit % 8) & 1);
        }
        assert!(publics.insert(keys.sig_public()) && publics.insert(keys.ka_public()), "{pin}");
    }
    assert_eq!(publics.len(), 20_000);
    // Six standard deviations of 10 000 throws of a coin: no bit says anything of a PIN.
    assert!(ones.iter().all(|count| count.abs_diff(5000) < 300), "{ones:?}");
}

#[test]
fn n135_two_hundred_pins_at_full_cost_are_as_good_as_one_another() {
    let [kdf, ..] = KdfParams::LADDER;
    let of = PinEpoch { kdf, ..epoch(3) };
    let pins: Vec<_> = all_pins().step_by(50).collect();
    let half = |pins: &[String]| -> Vec<[u8; 65]> {
        let good = |pin: &String| {
            let keys = PinKeys::derive(&mut typed(pin), &of, ISS, software).ok().unwrap();
            let signature = keys.sign_hedged(b"payload", &mut SysRng).ok().unwrap();
            verify(&keys.sig_public(), b"payload", &signature).unwrap();
            keys.sig_public()
        };
        pins.iter().map(good).collect()
    };
    let (left, right) = pins.split_at(100);
    let publics: HashSet<_> = std::thread::scope(|scope| {
        let left = scope.spawn(|| half(left));
        half(right).into_iter().chain(left.join().unwrap()).collect()
    });
    assert_eq!(publics.len(), 200);
}
