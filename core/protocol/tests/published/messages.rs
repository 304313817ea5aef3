//! The whole messages of 2.9 and one of every other kind, under the published keys.

use crate::keys::{NEW_SK_KA, NEW_SK_SIG, OFFLINE, PK_KA, REQUEST, Rfc6979, TIME, dev, iss, pin, unhex};
use countersign_protocol::code;
use countersign_protocol::id::{Aid, Eid, Fid, Jti, Nonce, Tid};
use countersign_protocol::jose::compact;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::enrol::{Attestation, DeviceInfo, Enrol, PhoneInfo, PinFactor};
use countersign_protocol::message::op::{NewDevice, Op, Operation, Rekey};
use countersign_protocol::message::request::request_hash;
use countersign_protocol::message::response::{Decision, Response};
use countersign_protocol::message::{Flow, Level};
use countersign_protocol::secret::EnrolSecret;

/// A message of the server: its payload, and the compact JWS by the sign key `s1`.
pub fn by_server(typ: &str, payload: &str) -> String {
    compact::sign(typ, "s1", payload.trim_end().as_bytes(), &sign()).unwrap()
}

/// The sign key `s1`.
pub fn sign() -> Rfc6979 {
    Rfc6979::scalar(&[0x0a; 32])
}

/// The root key.
pub fn root() -> Rfc6979 {
    Rfc6979::scalar(&[9; 32])
}

pub fn request_jws() -> String {
    by_server("map-request+jws", REQUEST)
}

pub fn oqr_jws() -> String {
    by_server("map-oqr+jws", OFFLINE)
}

/// An answer to [`request_jws`].
pub fn answer(decision: Decision) -> Response {
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

/// The bytes that a phone sends with one PIN signature, or with none.
pub fn sent(payload: &[u8], typ: DeviceTyp, with_pin: bool) -> Vec<u8> {
    let draft = Draft::new(payload);
    let draft = if with_pin { draft.factor(&Fid::from_bytes([3; 16]), &pin()).unwrap() } else { draft };
    draft.device(typ, &dev().public().thumbprint(), &dev()).unwrap()
}

pub fn op(operation: Operation) -> Op {
    let (iss_aid, jti) = (Aid::from_bytes([6; 16]), Jti::from_bytes([0x17; 16]));
    Op { iss: iss_aid, aud: iss(), operation, nonce: "n0".to_owned(), jti, iat: TIME }
}

/// The payload of a re-key to PIN 8315 and a new device key, and the bytes that are sent.
pub fn rekey() -> (Vec<u8>, Vec<u8>) {
    let (new_dev, new_pin) = (Rfc6979::scalar(&[0x0b; 32]), Rfc6979::scalar(&unhex(NEW_SK_SIG)));
    let fid = Fid::from_bytes([0x25; 16]);
    let ka = Rfc6979::scalar(&unhex(NEW_SK_KA)).public().to_jwk();
    let jwk = new_dev.public().to_jwk();
    let rekey = Rekey {
        pin: PinFactor { fid, sig: new_pin.public().to_jwk(), ka },
        new_dev: Some(NewDevice { jwk, level: Level::Software, att: Attestation::None {} }),
    };
    let payload = op(Operation::Rekey(Box::new(rekey))).to_payload().unwrap();
    let draft = Draft::new(&payload).factor(&Fid::from_bytes([3; 16]), &pin()).unwrap();
    let draft = draft.factor(&fid, &new_pin).unwrap();
    let draft = draft.new_device(&new_dev.public().thumbprint(), &new_dev).unwrap();
    let bytes = draft.device(DeviceTyp::Op, &dev().public().thumbprint(), &dev()).unwrap();
    (payload, bytes)
}

/// The payload of the enrolment, and the bytes that are sent.
pub fn enrol() -> (Vec<u8>, Vec<u8>) {
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
    let payload = message.to_payload().unwrap();
    let draft = Draft::new(&payload).factor(&fid, &pin()).unwrap();
    let bytes = draft.enrolling_device(&dev().public(), &dev()).unwrap();
    (payload, bytes)
}
