//! The published values (2.9) that concern this crate.

use crate::derive::{PinEpoch, PinKeys, extracted, prf_input};
use crate::device_key::DeviceKey;
use crate::hwprf::{ENCLAVE_PEER, SoftwarePrf, enclave_prf};
use crate::kcv::{prf_kcv, prf_kcv_input};
use crate::kdf::KdfParams;
use crate::testing::{hex, typed};
use p256::{PublicKey, SecretKey};
use std::convert::Infallible;

const ISS: &str = "https://id.example.eu";
const FID: [u8; 16] = [3; 16];
const A: &str = "80d420fe1cebd71d6e76e0ed544da3f6badbf02b3c41b96da05f339418550a94";
const X: &str = "9f04ccb5f3dae150df731478edd02b34e136637a726835df983e38f67cf77b86";
const B: &str = "88e755fec3ad18af00754c36f84bd3b5c9ec3d50a9cfa892ccd532cc9c972926";

fn stretched(pin: &str, kdf: KdfParams) -> [u8; 32] {
    *kdf.stretch(pin.as_bytes(), &[1; 16]).unwrap()
}

fn software(x: &[u8; 32]) -> [u8; 32] {
    SoftwarePrf::from_bytes([4; 32]).evaluate(x)
}

#[test]
fn the_steps_of_the_derivation() {
    let a = stretched("4927", KdfParams::LADDER[0]);
    assert_eq!(a, hex(A));
    let x = prf_input(ISS, &FID, &a).unwrap();
    assert_eq!(*x, hex(X));
    let b = software(&x);
    assert_eq!(b, hex(B));
    let prk = "a3565c620bd1fa97c14ad37be87a19a5162ee03c94df61f0411704e1e95653c7";
    assert_eq!(*extracted(&[2; 32], &a, &b), hex(prk));
}

#[test]
fn the_keys_and_the_offline_key() {
    let epoch = PinEpoch { salt: [1; 16], seed: [2; 32], fid: FID, kdf: KdfParams::LADDER[0] };
    let prf = |x: &[u8; 32]| {
        assert_eq!(*x, hex(X));
        Ok::<_, Infallible>(software(x))
    };
    let keys = PinKeys::derive(&mut typed("4927"), &epoch, ISS, prf).ok().unwrap();
    let sk_sig = hex("0361ade02e05b5c4fbe0afaca53cfc852bcbc2e6db2482fa957338e889968069");
    let sk_ka = hex("7a1ddfcf5cab60766de2c8b2c192aa2a5fc54f0b5fef1c1730a449c7961a7119");
    assert_eq!(keys.scalars(), [sk_sig, sk_ka]);
    let pk_sig = "04564193179bb45b8c6dc5194f6ca078cb960a991e427aef19177fe35f202624f7\
                  88935d094c3441b1f91aa230184b6a479a43d014ec48aafbacd0e1cd85abd549";
    let pk_ka = "04bf7cd4d8a0a8b03ec7bb9469973050beb4686a9a8dc00d350df14db70d6eb60a\
                 44d6d64b23926f70baf73b149c9097a20ea04ca9f59c8432279b87c91eabd647";
    assert_eq!(keys.sig_public(), hex(pk_sig));
    assert_eq!(keys.ka_public(), hex(pk_ka));
    let off = DeviceKey::from_bytes(&[5; 32]).unwrap().public();
    let k_off = keys.offline_key(&[6; 16], "off1", &off).ok().unwrap();
    let expected = "7fc23f2f9de8e9a49c5a297baf5608be8d1389aa1b2018cdc435e2b1012a5336";
    assert_eq!(*k_off.as_bytes(), hex(expected));
}

#[test]
fn stretching_with_the_other_parameters() {
    let cases = [
        (KdfParams::LADDER[1], "4701f9c1b5d7dae6dd6c2819ec1d31e588da63f359d673285ff90239283993a8"),
        (KdfParams::LADDER[2], "33b3758bae5848f730e08f677e9e45e0236b7ac87dd9fde4ed96c6c6428c3fcd"),
        (KdfParams::PBKDF2, "ae3b992ddd4e96adc22a95f0b6e1866761b54b8ce485b5cec914f9e1a7af6b71"),
    ];
    for (params, a) in cases {
        assert_eq!(stretched("4927", params), hex(a), "{params:?}");
    }
}

#[test]
fn the_input_of_the_prf_for_a_long_pin_and_an_issuer_with_a_port() {
    let long = stretched("314159265358", KdfParams::LADDER[0]);
    let x = "ed1d1c4e4cf293e18df598f61d24ae357db041ec7bb5ecb593dc9db7b2dedd2d";
    assert_eq!(*prf_input(ISS, &FID, &long).unwrap(), hex(x));
    let x = "ad696fd75eff807f3263d57af848e420afaa9202c5840a596bc16de4c412deb1";
    assert_eq!(*prf_input("https://id.example.eu:8443", &FID, &hex(A)).unwrap(), hex(x));
}

#[test]
fn the_check_value_and_the_construction_of_ios() {
    let input = prf_kcv_input(&FID);
    assert_eq!(prf_kcv(&software(&input)), hex("60881723c3be6924"));
    let enclave = SecretKey::from_slice(&[8; 32]).unwrap();
    let z = enclave.diffie_hellman(&PublicKey::from_sec1_bytes(&ENCLAVE_PEER).unwrap());
    let z: [u8; 32] = (*z.raw_secret_bytes()).into();
    let b = "b370280d9ebbf6aded506f37d5e9eb568fb36816501ac173e90b6a3e71f0e0c5";
    assert_eq!(enclave_prf(&z, &hex(X)), Some(hex(b)));
    assert_eq!(prf_kcv(&enclave_prf(&z, &input).unwrap()), hex("81421cdef81948bf"));
}

/// The new PIN keys of the published `rekey` message, whose bytes `core/protocol` checks.
#[test]
fn the_keys_of_a_new_epoch() {
    let epoch = PinEpoch { salt: [0x23; 16], seed: [0x24; 32], fid: [0x25; 16], kdf: KdfParams::LADDER[0] };
    let prf = |x: &[u8; 32]| Ok::<_, Infallible>(SoftwarePrf::from_bytes([0x26; 32]).evaluate(x));
    let keys = PinKeys::derive(&mut typed("8315"), &epoch, ISS, prf).ok().unwrap();
    let sk_sig = hex("306af44fbda96b71776ad80c6cb431e31f523abfb798ae8bc182d24e4bef450c");
    let sk_ka = hex("69cf63ed70c35b857a3d2720b6288ccc7674175345df33ec025da5ff181b3e48");
    assert_eq!(keys.scalars(), [sk_sig, sk_ka]);
}
