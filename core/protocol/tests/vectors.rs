//! Whole messages of protocol 2.9, byte for byte: RFC 6979 signatures, for vectors only.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

use countersign_protocol::code;
use countersign_protocol::id::{Aid, Eid, Fid, Jti, Nonce, Tid};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::jose::compact;
use countersign_protocol::jose::envelope::Envelope;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::key::PublicKey;
use countersign_protocol::label::sha256;
use countersign_protocol::message::enrol::{Attestation, DeviceInfo, Enrol, PhoneInfo, PinFactor};
use countersign_protocol::message::op::{NewDevice, Op, Operation, Rekey};
use countersign_protocol::message::request::{Request, request_hash};
use countersign_protocol::message::response::{Decision, DenyWhy, Response};
use countersign_protocol::message::{Flow, Level};
use countersign_protocol::secret::{EnrolSecret, Number};
use countersign_protocol::signer::Signer;
use countersign_protocol::time::Time;
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer as _;

const TIME: Time = Time::from_secs(1_790_000_000);
const REQUEST: &str = include_str!("request.json");
const OFFLINE: &str = include_str!("offline.json");
const SK_SIG: &str = "0361ade02e05b5c4fbe0afaca53cfc852bcbc2e6db2482fa957338e889968069";
const PK_KA: &str = "04bf7cd4d8a0a8b03ec7bb9469973050beb4686a9a8dc00d350df14db70d6eb60a44d6d64b23926f70baf73b149c9097a20ea04ca9f59c8432279b87c91eabd647";

// PIN 8315 under the new epoch; core/vault's vector tests derive both scalars.
const NEW_SK_SIG: &str = "306af44fbda96b71776ad80c6cb431e31f523abfb798ae8bc182d24e4bef450c";
const NEW_SK_KA: &str = "69cf63ed70c35b857a3d2720b6288ccc7674175345df33ec025da5ff181b3e48";

struct Rfc6979(SigningKey);

impl Rfc6979 {
    fn scalar(bytes: &[u8]) -> Self {
        Self(SigningKey::from_slice(bytes).unwrap())
    }

    fn public(&self) -> PublicKey {
        PublicKey::from_sec1(self.0.verifying_key().to_sec1_point(false).as_bytes()).unwrap()
    }
}

impl Signer for Rfc6979 {
    type Error = std::convert::Infallible;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        let signature: p256::ecdsa::Signature = self.0.sign(message);
        Ok(signature.to_bytes().into())
    }
}

fn unhex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
}

fn hex_hash(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&sha256(bytes))
}

fn iss() -> Issuer {
    Issuer::parse("https://id.example.eu", Profile::Production).unwrap()
}

fn dev() -> Rfc6979 {
    Rfc6979::scalar(&[7; 32])
}

fn pin() -> Rfc6979 {
    Rfc6979::scalar(&unhex(SK_SIG))
}

fn request_jws() -> String {
    let signer = Rfc6979::scalar(&[0x0a; 32]);
    compact::sign("map-request+jws", "s1", REQUEST.trim_end().as_bytes(), &signer).unwrap()
}

fn answer(decision: Decision) -> Response {
    Response {
        iss: Aid::from_bytes([6; 16]),
        aud: iss(),
        tid: Tid::from_bytes([0x13; 16]),
        nonce: Nonce::from_bytes([0x15; 32]),
        req: request_hash(&request_jws()),
        decision,
        flow: Flow::Push,
        jti: Jti::from_bytes([0x17; 16]),
        iat: TIME.plus(30),
    }
}

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
    let jkt = dev().public().thumbprint();
    let fid = Fid::from_bytes([3; 16]);
    let draft = Draft::new(&approve).factor(&fid, &pin()).unwrap();
    let bytes = draft.device(DeviceTyp::Response, &jkt, &dev()).unwrap();
    assert_eq!(hex_hash(&bytes), "73c71f9bf4481e218d8e45fc5bcb1f031f735d4ab5a7bee126e19faa5788b6c9");
    let verified = Envelope::parse(&bytes, DeviceTyp::Response).unwrap().verify(&dev().public()).unwrap();
    assert!(verified.factor_verifies(&verified.factors()[0], &pin().public()));

    let deny = answer(Decision::Deny(DenyWhy::NotMe)).to_payload().unwrap();
    let bytes = Draft::new(&deny).device(DeviceTyp::Response, &jkt, &dev()).unwrap();
    assert_eq!(hex_hash(&bytes), "f89b7f6463448e4f8899ee8fcd261d8dcbbcb31cfeb8f7925f573bec33b37fe8");
}

#[test]
fn op_self() {
    let op = Op {
        iss: Aid::from_bytes([6; 16]),
        aud: iss(),
        operation: Operation::SelfState,
        nonce: "n0".to_owned(),
        jti: Jti::from_bytes([0x17; 16]),
        iat: TIME,
    };
    let draft = Draft::new(&op.to_payload().unwrap());
    let bytes = draft.device(DeviceTyp::Op, &dev().public().thumbprint(), &dev()).unwrap();
    assert_eq!(hex_hash(&bytes), "705633750b2eccf29a1502fffa109bf565a6bf98e4fb340b208ab96f4c82b931");
}

#[test]
fn op_rekey_with_a_new_device_key() {
    let (new_dev, new_pin) = (Rfc6979::scalar(&[0x0b; 32]), Rfc6979::scalar(&unhex(NEW_SK_SIG)));
    let fid = Fid::from_bytes([0x25; 16]);
    let ka = Rfc6979::scalar(&unhex(NEW_SK_KA)).public().to_jwk();
    let jwk = new_dev.public().to_jwk();
    let rekey = Rekey {
        pin: PinFactor { fid, sig: new_pin.public().to_jwk(), ka },
        new_dev: Some(NewDevice { jwk, level: Level::Software, att: Attestation::None {} }),
    };
    let op = Op {
        iss: Aid::from_bytes([6; 16]),
        aud: iss(),
        operation: Operation::Rekey(Box::new(rekey)),
        nonce: "n0".to_owned(),
        jti: Jti::from_bytes([0x17; 16]),
        iat: TIME,
    };
    let payload = op.to_payload().unwrap();
    let draft = Draft::new(&payload).factor(&Fid::from_bytes([3; 16]), &pin()).unwrap();
    let draft = draft.factor(&fid, &new_pin).unwrap();
    let draft = draft.new_device(&new_dev.public().thumbprint(), &new_dev).unwrap();
    let bytes = draft.device(DeviceTyp::Op, &dev().public().thumbprint(), &dev()).unwrap();
    assert_eq!(hex_hash(&bytes), "6ca177479305182357e77da68343aea2850575dae245334a85a65cf400dcd0cc");
    let verified = Envelope::parse(&bytes, DeviceTyp::Op).unwrap().verify(&dev().public()).unwrap();
    assert_eq!(verified.factors()[2].kid(), new_dev.public().thumbprint().to_string());
    assert!(Op::parse(verified.payload()).is_ok());
}

#[test]
fn enrol() {
    let (secret, eid) = (EnrolSecret::from_bytes([0x12; 16]), Eid::from_bytes([0x11; 16]));
    let ka = PublicKey::from_sec1(&unhex(PK_KA)).unwrap();
    let fid = Fid::from_bytes([3; 16]);
    let message = Enrol {
        v: 1,
        aud: iss().as_str().to_owned(),
        eid,
        nonce: Nonce::from_bytes([0x16; 32]),
        es_mac: code::enrol_mac(&secret, &eid, &dev().public().thumbprint()),
        jti: Jti::from_bytes([0x17; 16]),
        iat: TIME,
        dev: DeviceInfo { level: Level::Software, att: Attestation::None {} },
        pin: PinFactor { fid, sig: pin().public().to_jwk(), ka: ka.to_jwk() },
        info: PhoneInfo { name: "Pixel 9".into(), os: "Android 17".into(), app: "1.0.0".into() },
        push: None,
    };
    let draft = Draft::new(&message.to_payload().unwrap()).factor(&fid, &pin()).unwrap();
    let bytes = draft.enrolling_device(&dev().public(), &dev()).unwrap();
    assert_eq!(hex_hash(&bytes), "b86fa1c79b6152448ad05cb6327b7eb4042e01beb5006612ff14c78cf85523f6");
}

#[test]
fn offline_request_and_code() {
    let signer = Rfc6979::scalar(&[0x0a; 32]);
    let oqr = compact::sign("map-oqr+jws", "s1", OFFLINE.trim_end().as_bytes(), &signer).unwrap();
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
