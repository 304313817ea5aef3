//! A phone without a camera (3.3.2): the keys that follow from a typed code, and the box that they open.

use crate::http::{Answer, Http};
use argon2::{Algorithm, Argon2, Params, Version};
use countersign_conformance::phone::pairing::Invitation;
use countersign_protocol::encoding::{b64u, from_b64u};
use countersign_protocol::issuer::Issuer;
use countersign_protocol::typed::{STRETCH, TypedCode, TypedKeys, salt};

/// Stretches a code as somebody typed it.
#[track_caller]
pub fn keys(iss: &Issuer, code: &str) -> TypedKeys {
    let code = TypedCode::parse(code).expect("a typed code");
    let (memory, passes, lanes) = STRETCH;
    let params = Params::new(memory, passes, lanes, Some(32)).expect("parameters");
    let mut stretched = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(code.symbols(), &salt(iss), &mut stretched)
        .expect("stretching");
    TypedKeys::from_stretched(&stretched, iss).expect("keys")
}

/// Asks for the box of this name.
pub fn fetch(http: &Http, lookup: &[u8; 16]) -> Answer {
    http.get(&format!("/v1/typed/{}", b64u(lookup)), &[])
}

/// What a code leads to at this server.
#[track_caller]
pub fn invitation(http: &Http, iss: Issuer, code: &str) -> Invitation {
    let keys = keys(&iss, code);
    let answer = fetch(http, keys.lookup()).ok();
    let sealed = from_b64u(answer["box"].as_str().expect("a box")).expect("base64url");
    let pairing = keys.open(&iss, &sealed).expect("the box of this code");
    Invitation::of(iss, pairing)
}
