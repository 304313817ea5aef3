//! Whole messages of protocol 2.9, byte for byte.

use crate::keys::{PK_KA, REQUEST, Rfc6979, dev, hex_hash, pin, unhex};
use crate::messages::{answer, enrol, op, oqr_jws, rekey, request_jws, sent};
use countersign_protocol::code;
use countersign_protocol::id::{Aid, Fid};
use countersign_protocol::jose::envelope::Envelope;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::message::op::{Op, Operation};
use countersign_protocol::message::request::{Request, request_hash};
use countersign_protocol::message::response::{Decision, DenyWhy};
use countersign_protocol::secret::Number;

#[test]
fn thumbprints() {
    assert_eq!(dev().public().thumbprint().to_string(), "gWjt7nmB1udyFpLYVp0SxJnI8lJEvl7q8AFYZRqnGV8");
    let root = Rfc6979::scalar(&[9; 32]).public().thumbprint();
    assert_eq!(root.to_string(), "wn8-axFKnOFEnnaYJBgkGYUyDjm328I-jp-j7aegW-k");
}

#[test]
fn request_is_signed_and_written_as_published() {
    assert_eq!(request_hash(&request_jws()).to_string(), "hu6mdRPiPGavZejFGYK_NEu-jG_wqT_0PGs9N2L2BU8");
    let request: Request = serde_json::from_str(REQUEST).unwrap();
    assert_eq!(serde_json::to_string(&request).unwrap(), REQUEST.trim_end());
}

#[test]
fn approve_and_deny() {
    let approve = answer(Decision::ApproveNumber(Number::parse("483920").unwrap())).to_payload().unwrap();
    let bytes = sent(&approve, DeviceTyp::Response, true);
    assert_eq!(hex_hash(&bytes), "73c71f9bf4481e218d8e45fc5bcb1f031f735d4ab5a7bee126e19faa5788b6c9");
    let verified = Envelope::parse(&bytes, DeviceTyp::Response).unwrap().verify(&dev().public()).unwrap();
    assert!(verified.factor_verifies(&verified.factors()[0], &pin().public()));

    let deny = answer(Decision::Deny(DenyWhy::NotMe)).to_payload().unwrap();
    let bytes = sent(&deny, DeviceTyp::Response, false);
    assert_eq!(hex_hash(&bytes), "f89b7f6463448e4f8899ee8fcd261d8dcbbcb31cfeb8f7925f573bec33b37fe8");
}

#[test]
fn op_self() {
    let bytes = sent(&op(Operation::SelfState).to_payload().unwrap(), DeviceTyp::Op, false);
    assert_eq!(hex_hash(&bytes), "705633750b2eccf29a1502fffa109bf565a6bf98e4fb340b208ab96f4c82b931");
}

#[test]
fn op_rekey_with_a_new_device_key() {
    let (_, bytes) = rekey();
    assert_eq!(hex_hash(&bytes), "6ca177479305182357e77da68343aea2850575dae245334a85a65cf400dcd0cc");
    let verified = Envelope::parse(&bytes, DeviceTyp::Op).unwrap().verify(&dev().public()).unwrap();
    let new_dev = Rfc6979::scalar(&[0x0b; 32]).public();
    assert_eq!(verified.factors()[2].kid(), new_dev.thumbprint().to_string());
    assert!(Op::parse(verified.payload()).is_ok());
}

#[test]
fn enrolment() {
    let (_, bytes) = enrol();
    assert_eq!(hex_hash(&bytes), "b86fa1c79b6152448ad05cb6327b7eb4042e01beb5006612ff14c78cf85523f6");
}

#[test]
fn offline_request_and_code() {
    let oqr = oqr_jws();
    assert_eq!(hex_hash(oqr.as_bytes()), "0ea5805aec134c3bd4399a7cf0cb67937c0718f2d88745b892dc9303e6fea326");
    let off = p256::SecretKey::from_slice(&[5; 32]).unwrap();
    let ka = p256::PublicKey::from_sec1_bytes(&unhex(PK_KA)).unwrap();
    let shared = p256::ecdh::diffie_hellman(off.to_nonzero_scalar(), ka.as_affine());
    let key = code::offline_key(
        shared.raw_secret_bytes(),
        &Aid::from_bytes([6; 16]),
        &Fid::from_bytes([3; 16]),
        "off1",
    );
    assert_eq!(code::offline_code(&key, &oqr).expose(), "85900250");
}
