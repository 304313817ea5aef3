//! The published values of 2.9, and what a code and a box refuse.

use super::*;
use crate::encoding::{b64u, from_b64u};
use crate::issuer::Profile;

const BOX_TEXT: &str = "Hx8fHx8fHx8fHx8fmcJ-ACYjype9RLXrRxwI9mwwHtNXzZ6i51GBahfAlZEJCmD4ivFdF5yTstqHNgQhOVJ0kAd2NhWasGeGkRWH63AVMmFE-bCgugiVdrdtpuok";

fn iss() -> Issuer {
    Issuer::parse("https://id.example.eu", Profile::Production).unwrap()
}

fn keys(iss: &Issuer) -> TypedKeys {
    let code = TypedCode::parse("RF1W-7GY3-RF1W-7GY7").unwrap();
    let params = argon2::Params::new(STRETCH.0, STRETCH.1, STRETCH.2, Some(32)).unwrap();
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut stretched = [0; 32];
    argon.hash_password_into(code.symbols(), &salt(iss), &mut stretched).unwrap();
    TypedKeys::from_stretched(&stretched, iss).unwrap()
}

fn pairing() -> Pairing {
    Pairing {
        eid: Eid::from_bytes([0x11; 16]),
        secret: EnrolSecret::from_bytes([0x12; 16]),
        root: Thumbprint::parse("wn8-axFKnOFEnnaYJBgkGYUyDjm328I-jp-j7aegW-k").unwrap(),
        same_device: false,
    }
}

#[test]
fn vector_code_lookup_and_box() {
    assert_eq!(TypedCode::from_random(&[0x1e; 10]).shown().as_str(), "RF1W-7GY3-RF1W-7GY7");
    let keys = keys(&iss());
    assert_eq!(b64u(keys.lookup()), "RmMAcOHl2iFY1PmzdUPMYA");
    assert_eq!(b64u(&keys.seal(&iss(), &pairing(), [0x1f; 12]).unwrap()), BOX_TEXT);
    let opened = keys.open(&iss(), &from_b64u(BOX_TEXT).unwrap()).unwrap();
    assert_eq!(opened.eid, pairing().eid);
    assert!(opened.secret.matches(&pairing().secret));
    assert_eq!(opened.root, pairing().root);
}

#[test]
fn what_people_mistype_is_forgiven() {
    for typed in ["rf1w 7gy3 rf1w 7gy7", "RFIW7GY3RFLW7GY7", " rf1w\u{2013}7gy3-RF1W-7GY7 "] {
        assert_eq!(TypedCode::parse(typed).unwrap().shown().as_str(), "RF1W-7GY3-RF1W-7GY7", "{typed}");
    }
}

#[test]
fn n143_a_code_whose_check_symbol_does_not_fit_is_refused() {
    let bad = [
        "RF1W-7GY3-RF1W-7GY8",
        "RF1W-7GY3-RF1V-7GY7",
        "RF1W-7GY3-RF1W-7GY",
        "RF1W-7GY3-RF1W-7GY77",
        "RF1W-7GY3-RF1W-7GYU",
        "RF1W-7GY3-RF1W-7GY\u{ff17}",
        "",
    ];
    for typed in bad {
        assert_eq!(TypedCode::parse(typed).err(), Some(BadCode), "{typed:?}");
    }
}

#[test]
fn n146_a_box_of_another_server_or_with_a_flipped_bit_stays_shut() {
    let keys = keys(&iss());
    let sealed = from_b64u(BOX_TEXT).unwrap();
    let other = Issuer::parse("https://id.example.com", Profile::Production).unwrap();
    assert!(keys.open(&other, &sealed).is_err());
    for index in 0..sealed.len() {
        let mut flipped = sealed.clone();
        flipped[index] ^= 1;
        assert!(keys.open(&iss(), &flipped).is_err(), "byte {index}");
    }
    assert!(keys.open(&iss(), &sealed[1..]).is_err());
    let mut same_device = pairing();
    same_device.same_device = true;
    let sealed = keys.seal(&iss(), &same_device, [1; 12]).unwrap();
    assert!(keys.open(&iss(), &sealed).is_err(), "no flag fits a typed code");
}
