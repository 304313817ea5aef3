//! Labelled hashes and MACs: every label `MAP1 …` is followed by one zero byte, without exception (protocol 3.0.1).

use ring::{digest, hmac};

/// Plain SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    array(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// SHA-256 over `label ‖ 0x00 ‖ parts`.
pub fn labelled_sha256(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(label.as_bytes());
    context.update(&[0]);
    for part in parts {
        context.update(part);
    }
    array(context.finish().as_ref())
}

/// HMAC-SHA256 under `key` over `label ‖ 0x00 ‖ parts`.
pub fn labelled_hmac(key: &[u8], label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    context.update(label.as_bytes());
    context.update(&[0]);
    for part in parts {
        context.update(part);
    }
    array(context.sign().as_ref())
}

/// HMAC-SHA256 under `key` without a label, where the protocol names none.
pub fn hmac_sha256(key: &[u8], bytes: &[u8]) -> [u8; 32] {
    array(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), bytes).as_ref())
}

fn array(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(bytes);
    out
}
