//! The inputs that protocol.md section 2.9 publishes: keys, ids, times and the payloads of its examples.

use crate::forge::Key;
use countersign_protocol::encoding::b64u;

pub const TIME: u64 = 1_790_000_000;
pub const ISS: &str = "https://id.example.eu";

const SK_SIG: &str = "0361ade02e05b5c4fbe0afaca53cfc852bcbc2e6db2482fa957338e889968069";
const SK_KA: &str = "7a1ddfcf5cab60766de2c8b2c192aa2a5fc54f0b5fef1c1730a449c7961a7119";
const NEW_SK_SIG: &str = "306af44fbda96b71776ad80c6cb431e31f523abfb798ae8bc182d24e4bef450c";
const NEW_SK_KA: &str = "69cf63ed70c35b857a3d2720b6288ccc7674175345df33ec025da5ff181b3e48";

pub const REQUEST: &str = r#"{"v":1,"iss":"https://id.example.eu","aud":"BgYGBgYGBgYGBgYGBgYGBg","tid":"ExMTExMTExMTExMTExMTEw","nonce":"FRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRU","iat":1790000000,"exp":1790000180,"kind":"login","flow":"push","client":{"id":"grants","name":"Grants Portal","origin":"https://grants.example.eu"},"ctx":{"ip":"203.0.113.7","geo":"Brussels, BE","agent":"Firefox on Windows","at":1789999990},"txt":[{"l":"Amount","t":"EUR 120.00"}],"factors":["pin","bio"],"ret":null}"#;
pub const OFFLINE: &str = r#"{"v":1,"iss":"https://id.example.eu","tid":"ExMTExMTExMTExMTExMTEw","n":"HR0dHR0dHR0dHR0dHR0dHQ","iat":1790000000,"exp":1790000300,"rp":"Grants Portal","usr":"a***e","geo":"Brussels, BE","dv":"3446","ok":"off1"}"#;

pub fn dev() -> Key {
    Key::new([7; 32])
}

pub fn new_dev() -> Key {
    Key::new([0x0b; 32])
}

pub fn root() -> Key {
    Key::new([9; 32])
}

pub fn sign() -> Key {
    Key::new([0x0a; 32])
}

pub fn off() -> Key {
    Key::new([5; 32])
}

pub fn bio() -> Key {
    Key::new([0x0c; 32])
}

pub fn pin_sig() -> Key {
    Key::new(unhex(SK_SIG))
}

pub fn pin_ka() -> Key {
    Key::new(unhex(SK_KA))
}

pub fn new_pin_sig() -> Key {
    Key::new(unhex(NEW_SK_SIG))
}

pub fn new_pin_ka() -> Key {
    Key::new(unhex(NEW_SK_KA))
}

/// `size` times `byte`, as base64url.
pub fn id(byte: u8, size: usize) -> String {
    b64u(&vec![byte; size])
}

/// Exactly `N` bytes of lower-case hexadecimal text.
pub fn unhex<const N: usize>(text: &str) -> [u8; N] {
    crate::check::from_hex(text).unwrap().try_into().unwrap()
}
