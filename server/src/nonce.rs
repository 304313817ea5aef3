//! Server nonces (3.0.4): stateless, under a key of this server, valid for a time.

use countersign_protocol::encoding::{b64u, from_b64u};
use countersign_protocol::label::labelled_hmac;
use countersign_protocol::time::Time;
use subtle::ConstantTimeEq;

const BODY: usize = 16;

/// A nonce made now; `random` is fresh.
pub fn make(key: &[u8; 32], now: Time, random: [u8; 8]) -> String {
    let body = [now.secs().to_be_bytes(), random].concat();
    b64u(&[&body[..], &mac(key, &body)].concat())
}

/// Whether a nonce is this server's and not older than `life` seconds.
pub fn is_fresh<'a>(keys: impl Iterator<Item = &'a [u8; 32]>, nonce: &str, now: Time, life: u64) -> bool {
    let Ok(bytes) = from_b64u(nonce) else { return false };
    let Some((body, tag)) = bytes.split_at_checked(BODY) else { return false };
    let Some(made) = body.first_chunk().map(|secs| Time::from_secs(u64::from_be_bytes(*secs))) else {
        return false;
    };
    let mut keys = keys;
    keys.any(|key| bool::from(mac(key, body)[..].ct_eq(tag))) && made <= now && now.since(made) <= life
}

fn mac(key: &[u8; 32], body: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&labelled_hmac(key, "nonce", &[body])[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n18_foreign_broken_and_old_nonces_are_not_fresh() {
        let now = Time::from_secs(1000);
        let nonce = make(&[1; 32], now, [2; 8]);
        assert!(is_fresh([[1; 32]].iter(), &nonce, now.plus(300), 300));
        assert!(!is_fresh([[1; 32]].iter(), &nonce, now.plus(301), 300));
        assert!(!is_fresh([[3; 32]].iter(), &nonce, now, 300));
        for bad in ["", "AAAA", &nonce[1..], "=?"] {
            assert!(!is_fresh([[1; 32]].iter(), bad, now, 300), "{bad:?}");
        }
    }
}
