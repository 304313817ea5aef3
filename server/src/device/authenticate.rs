//! Steps 1 to 5 of 3.0.7: from bytes to a message that a known phone signed.

use super::{MAX_BODY, MAX_MESSAGE, check_form};
use crate::app::Shared;
use crate::caller::Caller as Peer;
use crate::limiter::Caller;
use crate::reply::{Refusal, rate_limited};
use crate::store::enrolment::{self, EnrolmentState};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, Tx};
use crate::tag;
use axum::http::HeaderMap;
use countersign_protocol::id::Thumbprint;
use countersign_protocol::jose::EnvelopeFault;
use countersign_protocol::jose::envelope::{Envelope, VerifiedEnvelope};
use countersign_protocol::jose::header::{DeviceTyp, KeyName};
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::PhoneMessage;
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;

/// A message that was signed by the device key of a known phone.
pub struct Spoken {
    /// The phone, as it was when the message arrived.
    pub phone: Phone,
    /// The message.
    pub envelope: VerifiedEnvelope,
    /// What every message says.
    pub message: PhoneMessage,
    /// Bytes of the whole message.
    pub size: usize,
}

/// The generator of the curve: verified against when there is no key, so that both take the same time.
const DUMMY_KEY: [u8; 65] = [
    0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
    0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f,
    0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce,
    0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
];

/// Reads and authenticates an answer or operation.
pub fn authenticate(
    app: &Shared,
    peer: Peer,
    headers: &HeaderMap,
    body: &[u8],
    typ: DeviceTyp,
) -> Result<Spoken, Refusal> {
    check_form(headers, body, if typ == DeviceTyp::Op { MAX_BODY } else { MAX_MESSAGE })?;
    let envelope = Envelope::parse(body, typ).map_err(envelope_problem)?;
    let (phone, envelope) = identify(app, peer, envelope)?;
    let limit = app.policy().msg_aid_min;
    let counted = app.limiter.count(Caller::Phone(*phone.aid.as_bytes()), limit, app.now());
    counted.map_err(rate_limited)?;
    let message = PhoneMessage::parse(envelope.payload()).map_err(|_| Code::Malformed)?;
    if message.aud != app.iss.as_str() || !message.is_from(&phone.aid) {
        return Err(Code::WrongAudience.into());
    }
    Ok(Spoken { phone, envelope, message, size: body.len() })
}

/// The problem of a message that is outside the envelope's rules.
pub fn envelope_problem(fault: EnvelopeFault) -> Code {
    match fault {
        EnvelopeFault::Malformed => Code::Malformed,
        EnvelopeFault::UnsupportedJose => Code::UnsupportedJose,
    }
}

/// Steps 3 and 4: the phone by its key id, then its signature. Unknown and wrong look and take the same.
fn identify(app: &Shared, peer: Peer, envelope: Envelope) -> Result<(Phone, VerifiedEnvelope), Refusal> {
    let limit = app.policy().anon_ip_min;
    let caller = Caller::network("signature", peer.0);
    if let Some(secs) = app.limiter.is_over(&caller, limit, app.now()) {
        return Err(rate_limited(secs).into());
    }
    let phone = match envelope.key() {
        KeyName::Kid(kid) => find(app, kid)?,
        KeyName::Key(_) => None,
    };
    let key = match &phone {
        Some(phone) => phone.pk_dev,
        None => PublicKey::from_sec1(&DUMMY_KEY).map_err(|_| Code::InvalidDeviceSignature)?,
    };
    match (phone, envelope.verify(&key)) {
        (Some(phone), Ok(envelope)) => Ok((phone, envelope)),
        _ => {
            let counted = app.limiter.count(caller, limit, app.now());
            counted.map_err(rate_limited)?;
            Err(Code::InvalidDeviceSignature.into())
        }
    }
}

fn find(app: &Shared, kid: &str) -> Result<Option<Phone>, Refusal> {
    let Ok(jkt) = Thumbprint::parse(kid) else { return Ok(None) };
    let now = app.now();
    let phone = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(phone) = phone::by_jkt(tx, &jkt)? else { return Ok(None) };
        Ok(is_reachable(tx, &phone, now)?.then_some(phone))
    })?;
    if let Some(row) = &phone
        && !tag::phone_is_genuine(&app.keys().evid, row)
    {
        tracing::error!(aid = %row.aid, alarm = true, "the row of a phone does not fit its tag");
        return Ok(None);
    }
    Ok(phone)
}

/// A phone whose enrolment is over before it was confirmed does not exist any more (3.3).
fn is_reachable(tx: &Tx<'_>, phone: &Phone, now: Time) -> Result<bool, StoreFault> {
    if phone.state != PhoneState::Enrolling {
        return Ok(true);
    }
    let enrolment = enrolment::of_phone(tx, &phone.aid, now)?;
    Ok(enrolment.is_some_and(|enrolment| enrolment.state == EnrolmentState::Claimed))
}
