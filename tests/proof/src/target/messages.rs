//! Messages: the payload of each kind under a good signature, and the two envelopes with any bytes.

use crate::forge::Compact as Forged;
use crate::published::{ISS, TIME, dev, root, sign};
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::Thumbprint;
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::jose::compact::Compact;
use countersign_protocol::jose::envelope::Envelope;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::json;
use countersign_protocol::key::PublicKey;
use countersign_protocol::keyset::{self, KeySet, Pinned, accept};
use countersign_protocol::message::binding::Binding;
use countersign_protocol::message::enrol::Enrol;
use countersign_protocol::message::notice::Notice;
use countersign_protocol::message::offer::Offer;
use countersign_protocol::message::offline::OfflineRequest;
use countersign_protocol::message::op::Op;
use countersign_protocol::message::receipt::{OpReceipt, ResponseReceipt};
use countersign_protocol::message::request::Request;
use countersign_protocol::message::response::Response;
use countersign_protocol::message::{PhoneMessage, ServerMessage, VERSION};
use countersign_protocol::time::Time;
use serde_json::Value;
use std::sync::LazyLock;

static SET: LazyLock<KeySet> = LazyLock::new(|| {
    let pinned = Pinned::root_only(root().public().thumbprint());
    accept(&pinned, &issuer(), &[crate::make::published_key_set()], None).ok().unwrap().keyset
});

fn issuer() -> Issuer {
    Issuer::parse(ISS, Profile::Production).unwrap()
}

/// Any bytes as the payload of a message that the server did sign.
fn signed<T: ServerMessage>(payload: &[u8]) {
    if json::check(payload).is_err() {
        // Signing costs more than everything else; what is no JSON goes no further than the same check.
        return;
    }
    let forged = Forged { header: Forged::new(T::TYP, "s1", "").header, payload: payload.to_vec() };
    let text = forged.signed(&sign());
    if let Ok(message) = SET.open::<T>(&text) {
        assert_eq!(message.head().v, VERSION);
        assert_eq!(message.head().iss, issuer());
        assert!(message.is_well_formed());
    }
}

pub fn request(data: &[u8]) {
    signed::<Request>(data);
}

pub fn offer(data: &[u8]) {
    signed::<Offer>(data);
}

pub fn binding(data: &[u8]) {
    signed::<Binding>(data);
}

pub fn receipt(data: &[u8]) {
    signed::<ResponseReceipt>(data);
    signed::<OpReceipt>(data);
}

pub fn notice(data: &[u8]) {
    signed::<Notice>(data);
}

pub fn offline(data: &[u8]) {
    signed::<OfflineRequest>(data);
}

/// Any text as a compact JWS; none verifies under a key that never signed.
pub fn compact(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let stranger = crate::published::new_dev().public();
    for typ in ["map-request+jws", "map-oqr+jws"] {
        if let Ok(jws) = Compact::parse(&text, typ) {
            assert!(jws.kid().is_some());
            assert!(jws.verify(&stranger).is_none());
        }
    }
    if let Ok(jws) = Compact::parse_self_keyed(&text, keyset::TYP) {
        assert!(jws.header_key().is_some());
    }
}

/// Any lines as key sets; and any bytes as the content of one that the root did sign.
pub fn keyset(data: &[u8]) {
    let pinned = Pinned::root_only(root().public().thumbprint());
    let lines: Vec<String> = String::from_utf8_lossy(data).lines().map(str::to_owned).collect();
    let _ = accept(&pinned, &issuer(), &lines, Some(Time::from_secs(TIME)));
    if json::check(data).is_ok() {
        let forged =
            Forged { header: Forged::self_keyed(keyset::TYP, &root(), "").header, payload: data.to_vec() };
        let own = [forged.signed(&root())];
        if let Ok(accepted) = accept(&pinned, &issuer(), &own, None) {
            assert_eq!(accepted.keyset.content().iss, issuer());
            assert!(accepted.keyset.content().tls_pins.len() >= 2);
        }
    }
}

/// Any bytes as the body of a phone's message.
pub fn envelope(data: &[u8]) {
    for typ in [DeviceTyp::Enrol, DeviceTyp::Response, DeviceTyp::Op] {
        let Ok(envelope) = Envelope::parse(data, typ) else { continue };
        let _ = envelope.unverified_payload();
        if let Ok(verified) = envelope.verify(&dev().public()) {
            assert_eq!(b64u(verified.payload()), verified.payload_text());
            let _ = PhoneMessage::parse(verified.payload());
        }
    }
}

/// What was read and written again reads as the same; never has it fewer members than it had.
fn stable(data: &[u8], again: impl Fn(&[u8]) -> Option<Vec<u8>>) {
    let Some(written) = again(data) else { return };
    assert_eq!(again(&written).as_ref(), Some(&written));
    let members = |bytes: &[u8]| -> Value { serde_json::from_slice(bytes).unwrap() };
    assert_eq!(members(data), members(&written), "nothing is dropped or added");
}

pub fn enrol(data: &[u8]) {
    stable(data, |bytes| {
        let enrol = Enrol::parse(bytes).ok()?;
        let _ = PublicKey::from_jwk(&enrol.pin.sig)
            .map(|key| Thumbprint::from_bytes(*key.thumbprint().as_bytes()));
        enrol.to_payload().ok()
    });
}

pub fn response(data: &[u8]) {
    stable(data, |bytes| Response::parse(bytes).ok()?.to_payload().ok());
}

pub fn op(data: &[u8]) {
    stable(data, |bytes| Op::parse(bytes).ok()?.to_payload().ok());
}
