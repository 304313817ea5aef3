//! Codes that both sides compute: offline code, sign-in code, transfer hash, frame MAC, enrolment MACs.

use crate::encoding::{b64u, crockford, hex};
use crate::id::{Aid, Eid, EnrolMac, Fid, Thumbprint, Tid, TransferHash};
use crate::label::{hmac_sha256, labelled_hmac, labelled_sha256, sha256};
use crate::secret::{EnrolSecret, FrameMac, Handle, OfflineCode};
use ring::hkdf;

/// Suite name of the offline code (RFC 6287 section 6).
const OCRA_SUITE: &str = "OCRA-1:HOTP-SHA256-8:QH64";

/// The eight digits for an offline QR under the key both sides derive (3.6 step 4).
///
/// `oqr` is the compact JWS exactly as in the QR after `#`.
pub fn offline_code(key: &[u8; 32], oqr: &str) -> OfflineCode {
    let question = sha256(oqr.as_bytes());
    OfflineCode::from_value(ocra(key, OCRA_SUITE, &question))
}

/// OCRA's data input with a question alone, and the dynamic truncation of RFC 4226 to 31 bits.
fn ocra(key: &[u8], suite: &str, question: &[u8]) -> u32 {
    let mut data = Vec::with_capacity(suite.len() + 129);
    data.extend_from_slice(suite.as_bytes());
    data.push(0);
    data.extend_from_slice(question);
    data.resize(suite.len() + 129, 0);
    truncate(&hmac_sha256(key, &data))
}

fn truncate(mac: &[u8]) -> u32 {
    let offset = usize::from(mac[mac.len() - 1] & 15);
    let word = [mac[offset], mac[offset + 1], mac[offset + 2], mac[offset + 3]];
    u32::from_be_bytes(word) & 0x7fff_ffff
}

/// The key of the offline code from the raw ECDH value (3.6 step 4), for the server's side.
pub fn offline_key(shared: &[u8], aid: &Aid, fid: &Fid, off_kid: &str) -> [u8; 32] {
    let salt = sha256(&[aid.as_bytes(), fid.as_bytes(), off_kid.as_bytes()].concat());
    let mut key = [0; 32];
    let info: &[&[u8]] = &[b"MAP1 offline code\0"];
    // A 32-byte output is always within HKDF's bound; the key would stay zero only if ring broke that promise.
    let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, &salt).extract(shared);
    if let Ok(okm) = prk.expand(info, hkdf::HKDF_SHA256) {
        let _ = okm.fill(&mut key);
    }
    key
}

/// The label of a sign-in, the same on both sides, shown `E8AP-QNR1` (3.4.8). Not a secret and not unique.
pub fn sign_in_code(tid: &Tid) -> String {
    let symbols = crockford(&labelled_sha256("MAP1 code", &[tid.as_bytes()]), 8);
    format!("{}-{}", &symbols[..4], &symbols[4..])
}

/// Picks the account of an offline QR among a phone's (`dv`, 3.6): four hexadecimal digits.
pub fn device_hint(aid: &Aid) -> String {
    hex(&sha256(aid.as_bytes())[..2])
}

/// What stands in the place of the number in an answer to a scanned or linked sign-in (3.5.1 step 7).
pub fn transfer_hash(handle: &Handle, tid: &Tid) -> TransferHash {
    TransferHash::from_bytes(labelled_sha256("MAP1 xfer", &[handle.expose(), tid.as_bytes()]))
}

/// The MAC of frame `step` of a rotating QR (3.5.1 step 2).
pub fn frame_mac(key: &[u8], handle: &Handle, step: u32) -> FrameMac {
    let mac = labelled_hmac(key, "MAP1 qr", &[handle.expose(), &step.to_be_bytes()]);
    let mut short = [0; 8];
    short.copy_from_slice(&mac[..8]);
    FrameMac::from_bytes(short)
}

/// The header `MAP-Enrol` that fetches an offer (3.3 step 3).
pub fn offer_mac(secret: &EnrolSecret, eid: &Eid) -> EnrolMac {
    EnrolMac::from_bytes(labelled_hmac(secret.expose(), "MAP1 offer", &[eid.as_bytes()]))
}

/// `es_mac` of the enrol message: ties the pairing QR to the device key.
pub fn enrol_mac(secret: &EnrolSecret, eid: &Eid, jkt: &Thumbprint) -> EnrolMac {
    EnrolMac::from_bytes(labelled_hmac(secret.expose(), "MAP1 enrol", &[eid.as_bytes(), jkt.as_bytes()]))
}

/// Challenge of an Android key attestation (2.3): `binding` is the eid, or the aid for a later key.
pub fn attestation_challenge(binding: &[u8; 16], nonce: &[u8]) -> [u8; 32] {
    labelled_sha256("MAP1 attest", &[binding, nonce])
}

/// What App Attest vouches for (2.3): `binding` is the eid, or the aid for a later key, whose thumbprint is `jkt`.
pub fn app_attest_client_data(binding: &[u8; 16], nonce: &[u8], jkt: &Thumbprint) -> [u8; 32] {
    labelled_sha256("MAP1 appattest", &[binding, nonce, jkt.as_bytes()])
}

/// The text form of a MAC that goes into a header.
pub fn header_value(mac: &EnrolMac) -> String {
    b64u(mac.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const K_OFF: [u8; 32] = [
        0x7f, 0xc2, 0x3f, 0x2f, 0x9d, 0xe8, 0xe9, 0xa4, 0x9c, 0x5a, 0x29, 0x7b, 0xaf, 0x56, 0x08, 0xbe, 0x8d,
        0x13, 0x89, 0xaa, 0x1b, 0x20, 0x18, 0xcd, 0xc4, 0x35, 0xe2, 0xb1, 0x01, 0x2a, 0x53, 0x36,
    ];

    #[test]
    fn vector_offline_code() {
        let code = offline_code(&K_OFF, "eyJhbGciOiJFUzI1NiJ9.eyJ2IjoxfQ.AAAA");
        assert_eq!(code.expose(), "89850940");
    }

    #[test]
    fn rfc_6287_sha1_with_a_question() {
        // Appendix C.1: key of 20 ASCII digits; the question is decimal, written as hexadecimal and padded right.
        let key = b"12345678901234567890";
        let expected = [
            "237653", "243178", "653583", "740991", "608993", "388898", "816933", "224598", "750600",
            "294470",
        ];
        for (digit, want) in expected.iter().enumerate() {
            let decimal: u64 = digit.to_string().repeat(8).parse().unwrap();
            let mut data = b"OCRA-1:HOTP-SHA1-6:QN08\0".to_vec();
            let mut hexed = format!("{decimal:x}");
            if hexed.len() % 2 == 1 {
                hexed.push('0');
            }
            data.extend(data_encoding::HEXLOWER.decode(hexed.as_bytes()).unwrap());
            data.resize("OCRA-1:HOTP-SHA1-6:QN08".len() + 129, 0);
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
            let mac = ring::hmac::sign(&key, &data);
            assert_eq!(format!("{:06}", truncate(mac.as_ref()) % 1_000_000), *want);
        }
    }

    #[test]
    fn vector_sign_in_code_device_hint_and_transfer_hash() {
        let tid = Tid::from_bytes([0x13; 16]);
        let handle = Handle::from_bytes([0x14; 16]);
        assert_eq!(sign_in_code(&tid), "E8AP-QNR1");
        assert_eq!(device_hint(&Aid::from_bytes([6; 16])), "3446");
        let xh = transfer_hash(&handle, &tid);
        assert_eq!(xh.to_string(), "GMG-AWNHojqbENQhjboRyNivoFT9TPkbVwGBe-4p1PI");
    }

    #[test]
    fn vector_macs_of_frame_and_enrolment() {
        let frame = frame_mac(&[0x18; 32], &Handle::from_bytes([0x14; 16]), 7);
        assert_eq!(hex(frame.expose()), "7c6a2995f6a9b0f6");
        let secret = EnrolSecret::from_bytes([0x12; 16]);
        let eid = Eid::from_bytes([0x11; 16]);
        assert_eq!(header_value(&offer_mac(&secret, &eid)), "lbiaHAwYQQJJMjn99V4gU6giP1-K7uNi2OShyxvz6oQ");
        let jkt = Thumbprint::parse("gWjt7nmB1udyFpLYVp0SxJnI8lJEvl7q8AFYZRqnGV8").unwrap();
        assert_eq!(enrol_mac(&secret, &eid, &jkt).to_string(), "mnbKhLih0eE9ezrC51JLVSTh4M5wwfrujjt03iK3z7k");
        let challenge = attestation_challenge(eid.as_bytes(), &[0x16; 32]);
        assert_eq!(hex(&challenge), "f61505be2545906b349fb47d98c544c71187226c982fa67f5463da3b14b87b60");
    }
}
