//! What a server reads: a phone's message up to its factors, in the order of 3.0.7.

use super::form::key;
use super::{must, text};
use countersign_protocol::code::enrol_mac;
use countersign_protocol::id::Aid;
use countersign_protocol::jose::envelope::{Envelope, VerifiedEnvelope, hash_signatures};
use countersign_protocol::jose::header::{DeviceTyp, KeyName};
use countersign_protocol::key::{Jwk, PublicKey};
use countersign_protocol::message::PhoneMessage;
use countersign_protocol::message::enrol::Enrol;
use countersign_protocol::message::op::{Op, Operation};
use countersign_protocol::message::request::request_hash;
use countersign_protocol::message::response::{Decision, Response};
use countersign_protocol::secret::EnrolSecret;
use serde_json::Value;

pub fn message(group: &Value, test: &Value) -> Option<()> {
    let typ = match text(group, "typ")? {
        "map-enrol+jws" => DeviceTyp::Enrol,
        "map-response+jws" => DeviceTyp::Response,
        _ => DeviceTyp::Op,
    };
    let body = text(test, "body")?;
    let envelope = Envelope::parse(body.as_bytes(), typ).ok()?;
    let device = device(&envelope, group)?;
    let verified = envelope.verify(&device).ok()?;
    let roles = match typ {
        DeviceTyp::Enrol => enrol(group, &verified, &device)?,
        DeviceTyp::Response => response(group, &verified)?,
        DeviceTyp::Op => op(group, &verified)?,
    };
    signed_by(&verified, &roles)?;
    stated_hash(body, test)
}

/// `fsh` as stated, from the body alone.
fn stated_hash(body: &str, test: &Value) -> Option<()> {
    let Some(stated) = test["fsh"].as_str() else { return Some(()) };
    let body: Value = serde_json::from_str(body).ok()?;
    let (_, factors) = body["signatures"].as_array()?.split_last()?;
    let pairs: Option<Vec<_>> =
        factors.iter().map(|s| text(s, "protected").zip(text(s, "signature"))).collect();
    must(hash_signatures(pairs?.into_iter()).to_string() == stated)
}

fn device(envelope: &Envelope, group: &Value) -> Option<PublicKey> {
    let known = key(&group["dev"])?;
    match envelope.key() {
        KeyName::Key(own) => Some(*own),
        KeyName::Kid(kid) => must(*kid == known.thumbprint().to_string()).map(|()| known),
    }
}

/// The `kid` and key of each signature before the device's.
type Roles = Vec<(String, PublicKey)>;

fn signed_by(verified: &VerifiedEnvelope, roles: &Roles) -> Option<()> {
    must(verified.factors().len() == roles.len())?;
    let mut pairs = verified.factors().iter().zip(roles);
    must(pairs.all(|(factor, (kid, key))| factor.kid() == kid && verified.factor_verifies(factor, key)))
}

fn point(jwk: &Jwk) -> Option<PublicKey> {
    PublicKey::from_jwk(jwk).ok()
}

fn pin(group: &Value) -> Option<(String, PublicKey)> {
    Some((text(group, "fid")?.to_owned(), key(&group["pin"])?))
}

fn enrol(group: &Value, verified: &VerifiedEnvelope, device: &PublicKey) -> Option<Roles> {
    let enrol = Enrol::parse(verified.payload()).ok()?;
    must(enrol.aud == text(group, "iss")?)?;
    must(
        enrol.eid.to_string() == text(group, "eid")?
            && enrol.nonce.to_string() == text(group, "offer_nonce")?,
    )?;
    let secret = EnrolSecret::parse(text(group, "es")?).ok()?;
    must(enrol.es_mac == enrol_mac(&secret, &enrol.eid, &device.thumbprint()))?;
    point(&enrol.pin.ka)?;
    Some(vec![(enrol.pin.fid.to_string(), point(&enrol.pin.sig)?)])
}

/// Step 5: whoever speaks, and to whom.
fn addressed(group: &Value, payload: &[u8]) -> Option<()> {
    let message = PhoneMessage::parse(payload).ok()?;
    let aid = Aid::parse(text(group, "aid")?).ok()?;
    must(message.aud == text(group, "iss")? && message.is_from(&aid))
}

fn response(group: &Value, verified: &VerifiedEnvelope) -> Option<Roles> {
    addressed(group, verified.payload())?;
    let response = Response::parse(verified.payload()).ok()?;
    must(
        response.tid.to_string() == text(group, "tid")?
            && response.nonce.to_string() == text(group, "nonce")?,
    )?;
    must(response.req == request_hash(text(group, "request")?))?;
    match response.decision {
        Decision::Deny(_) => Some(Vec::new()),
        _ => Some(vec![pin(group)?]),
    }
}

fn op(group: &Value, verified: &VerifiedEnvelope) -> Option<Roles> {
    addressed(group, verified.payload())?;
    let operation = Op::parse(verified.payload()).ok()?.operation;
    if !operation.needs_pin() {
        return Some(Vec::new());
    }
    let mut roles = vec![pin(group)?];
    match operation {
        Operation::AddFactor(add) => roles.push((add.fid.to_string(), point(&add.jwk)?)),
        Operation::Rekey(rekey) => {
            point(&rekey.pin.ka)?;
            roles.push((rekey.pin.fid.to_string(), point(&rekey.pin.sig)?));
            if let Some(device) = rekey.new_dev {
                let key = point(&device.jwk)?;
                roles.push((key.thumbprint().to_string(), key));
            }
        }
        _ => {}
    }
    Some(roles)
}
