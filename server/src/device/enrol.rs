//! `POST /v1/enrolments/{eid}`: a phone claims an enrolment, in the order E1 to E11 of 3.0.7. No failure counts.

use super::attempt::{self, Begun, Keyed, Outcome, Undone};
use super::authenticate::envelope_problem;
use super::{MAX_BODY, answered, check_form, count_anonymous, offer};
use crate::app::{AppFault, Shared};
use crate::attestation::{self, Accepted, Subject};
use crate::caller::Caller;
use crate::reply::{self, Refusal};
use crate::seal::Purpose;
use crate::store::attempt::Ticket;
use crate::store::enrolment::{self, Enrolment, EnrolmentState};
use crate::store::phone::{self, BioUse, NewPhone, Phone, PhoneState};
use crate::store::{StoreFault, Tx, audit};
use crate::{random, tag};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::answer::EnrolAnswer;
use countersign_protocol::code::enrol_mac;
use countersign_protocol::id::{Aid, Fid, Jti, PhoneRef, Thumbprint};
use countersign_protocol::jose::envelope::{Envelope, VerifiedEnvelope};
use countersign_protocol::jose::header::{DeviceTyp, KeyName};
use countersign_protocol::json;
use countersign_protocol::key::PublicKey;
use countersign_protocol::label::sha256;
use countersign_protocol::message::enrol::Enrol;
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::{ConfirmCode, ReturnCode};

/// Handler.
pub async fn enrol(
    State(app): State<Shared>,
    Path(eid): Path<String>,
    peer: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answered(receive(&app, &eid, peer, &headers, &body).await)
}

/// The three keys of a pairing message.
struct Keys {
    dev: PublicKey,
    sig: PublicKey,
    ka: PublicKey,
}

/// What E11 stores.
struct Claim {
    app: Shared,
    enrolment: Enrolment,
    message: Enrol,
    keys: Keys,
    accepted: Accepted,
    ticket: Ticket,
}

async fn receive(
    app: &Shared,
    eid: &str,
    peer: Caller,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response, Refusal> {
    count_anonymous(app, peer)?;
    check_form(headers, body, MAX_BODY)?;
    let envelope = Envelope::parse(body, DeviceTyp::Enrol).map_err(envelope_problem)?;
    let KeyName::Key(dev) = *envelope.key() else { return Err(Code::UnsupportedJose.into()) };
    let enrolment = offer::find(app, eid)?;
    if !matches!(enrolment.state, EnrolmentState::Open | EnrolmentState::Claimed) {
        return Err(offer::over(enrolment.state).into());
    }
    let (message, envelope) = check_message(app, &enrolment, envelope, &dev)?;
    let keyed =
        Keyed { jkt: dev.thumbprint(), jti: message.jti, aid: None, body_mac: app.keys().body_macs(body) };
    let keep_until = enrolment.exp.plus(app.policy().lifetimes.attempt);
    let ticket = match attempt::begin(app, &keyed, keep_until).await? {
        Begun::Mine(ticket) => ticket,
        Begun::Answered(response) => return Ok(response),
    };
    let caller = (keyed.jkt, message.pin.fid);
    if enrolment.state == EnrolmentState::Claimed {
        return again(app, &keyed, ticket, &enrolment, caller).await;
    }
    let (accepted, keys) = match check_keys(app, &envelope, &message, dev)
        .and_then(|keys| Ok((check_protection(app, &message, &keys.dev)?, keys)))
    {
        Ok(judged) => judged,
        Err(refusal) => return Err(attempt::withdraw(app, &keyed, ticket, refusal).await),
    };
    let eid = enrolment.eid;
    let claim = Claim { app: app.clone(), enrolment, message, keys, accepted, ticket: ticket.clone() };
    match app.store.write(move |tx| claim.commit(tx)).await {
        Ok(outcome) => {
            app.enrolment_changed(&eid);
            Ok(reply::stored(outcome.http, outcome.body))
        }
        Err(Undone::Overtaken) => match attempt::overtaken(app, &keyed) {
            Ok(response) => Ok(response),
            // Another phone was faster, or another message of this one.
            Err(_) => again(app, &keyed, ticket, &offer::find(app, &eid.to_string())?, caller).await,
        },
        Err(Undone::Fault(fault)) => Err(attempt::withdraw(app, &keyed, ticket, fault.into()).await),
    }
}

/// E3 to E6: members, the MAC of the secret, the nonce, the device signature, the audience.
fn check_message(
    app: &Shared,
    enrolment: &Enrolment,
    envelope: Envelope,
    dev: &PublicKey,
) -> Result<(Enrol, VerifiedEnvelope), Refusal> {
    // E3 and E4 come before the device signature, so that a stranger learns nothing of the enrolment.
    let message = Enrol::parse(&envelope.unverified_payload()).map_err(|_| Code::Malformed)?;
    if message.eid != enrolment.eid || !is_push_allowed(app, &message) {
        return Err(Code::Malformed.into());
    }
    let expected = enrol_mac(&offer::secret(app, enrolment)?, &enrolment.eid, &dev.thumbprint());
    if !offer::matches(&expected, &message.es_mac) || message.nonce != enrolment.nonce {
        return Err(Code::EnrolmentUnknown.into());
    }
    let envelope = envelope.verify(dev).map_err(|_| Code::InvalidDeviceSignature)?;
    if message.aud != app.iss.as_str() {
        return Err(Code::WrongAudience.into());
    }
    Ok((message, envelope))
}

fn is_push_allowed(app: &Shared, message: &Enrol) -> bool {
    let Some(push) = &message.push else { return true };
    push.origin().is_some_and(|origin| app.policy().push_origins.iter().any(|own| own == origin.as_str()))
}

/// E8 for a message whose row is open: its row goes, whatever is answered.
async fn again(
    app: &Shared,
    keyed: &Keyed,
    ticket: Ticket,
    enrolment: &Enrolment,
    caller: (Thumbprint, Fid),
) -> Result<Response, Refusal> {
    let answer = repeated(app, enrolment, caller).await;
    let withdrawn = attempt::withdraw(app, keyed, ticket, Code::EnrolmentClaimed.into()).await;
    answer.map_err(|refusal| match withdrawn {
        Refusal::Fault(fault) => Refusal::Fault(fault),
        Refusal::Problem(_) => refusal,
    })
}

/// E8: the same phone with the same PIN key gets the same answer; any other contests the enrolment.
async fn repeated(
    app: &Shared,
    enrolment: &Enrolment,
    (jkt, fid): (Thumbprint, Fid),
) -> Result<Response, Refusal> {
    let owner = app.store.read(|tx| -> Result<_, StoreFault> {
        enrolment.aid.map_or(Ok(None), |aid| phone::by_aid(tx, &aid))
    })?;
    let same_phone = owner.as_ref().is_some_and(|phone| phone.jkt == jkt);
    if !same_phone {
        let eid = enrolment.eid;
        app.store.write(move |tx| -> Result<_, StoreFault> { enrolment::contest(tx, &eid) }).await?;
        app.enrolment_changed(&eid);
    }
    let same_pin = owner.is_some_and(|phone| phone.fid == fid);
    let (true, true, Some(jti)) = (same_phone, same_pin, enrolment.claim_jti) else {
        return Err(Code::EnrolmentClaimed.into());
    };
    let stored = app
        .store
        .read(|tx| -> Result<_, StoreFault> { crate::store::attempt::outcome(tx, &jkt, &jti, None) })?;
    let stored = stored.ok_or(Code::EnrolmentClaimed)?;
    let body = app.keys().kek.open(&Purpose::answer(&jkt, &jti), &stored.answer)?;
    Ok(reply::stored(stored.http, body))
}

/// E9: forms, differences, unknown before, proof of possession.
fn check_keys(
    app: &Shared,
    envelope: &VerifiedEnvelope,
    message: &Enrol,
    dev: PublicKey,
) -> Result<Keys, Refusal> {
    let rejected = |reason: &str| Problem::with(Code::KeyRejected, |m| m.reason = Some(reason.to_owned()));
    let key = |jwk| PublicKey::from_jwk(jwk).map_err(|_| rejected("jwk"));
    let keys = Keys { dev, sig: key(&message.pin.sig)?, ka: key(&message.pin.ka)? };
    if keys.dev == keys.sig || keys.sig == keys.ka || keys.dev == keys.ka {
        return Err(rejected("equal").into());
    }
    let known =
        app.store.read(|tx| -> Result<_, StoreFault> { phone::is_key_known(tx, &keys.dev.thumbprint()) })?;
    if known {
        return Err(rejected("known").into());
    }
    let [factor] = envelope.factors() else { return Err(rejected("pop").into()) };
    if factor.fid() != Some(message.pin.fid) || !envelope.factor_verifies(factor, &keys.sig) {
        return Err(rejected("pop").into());
    }
    Ok(keys)
}

/// E10: level, then attestation.
fn check_protection(app: &Shared, message: &Enrol, dev: &PublicKey) -> Result<Accepted, Refusal> {
    let subject = Subject { binding: message.eid.as_bytes(), nonce: message.nonce.as_bytes(), key: dev };
    Ok(attestation::device(app, &subject, (message.dev.level, &message.dev.att), None)?)
}

impl Claim {
    /// E11, one transaction: phone, enrolment, stored answer, audit.
    fn commit(self, tx: &Tx<'_>) -> Result<Outcome, Undone> {
        let now = self.app.now();
        let aid = Aid::from_bytes(random::bytes());
        let code = ConfirmCode::from_value(random::below(1_000_000));
        let jti = self.message.jti;
        let rc = self.enrolment.return_url.as_ref().map(|_| ReturnCode::from_bytes(random::bytes()));
        let hash = rc.as_ref().map(|rc| sha256(rc.expose()));
        let claim = enrolment::Claim { aid: &aid, jti: &jti, cc: code.expose(), rc: hash };
        if !enrolment::claim(tx, &self.enrolment.eid, &claim, now)? {
            return Err(Undone::Overtaken);
        }
        phone::insert(tx, &self.phone(aid, now)?)?;
        let body = json::to_vec(&EnrolAnswer { aid, cc: code, rc }).map_err(AppFault::from)?;
        let sealed = self.app.seal_answer(&self.ticket.jkt, &jti, &body)?;
        if !crate::store::attempt::close(tx, &self.ticket, 200, &sealed)? {
            return Err(Undone::Overtaken);
        }
        self.audit(tx, &aid, &jti, now)?;
        Ok(Outcome::ok(body))
    }

    fn phone(&self, aid: Aid, now: countersign_protocol::time::Time) -> Result<NewPhone, AppFault> {
        let fid = self.message.pin.fid;
        let plain = [&self.keys.sig.as_sec1()[..], self.keys.ka.as_sec1()].concat();
        let pin_keys = self.app.keys().kek.seal(&Purpose::pin(&aid, &fid), &plain, random::bytes())?;
        let mut phone = Phone {
            aid,
            r#ref: PhoneRef::from_bytes(random::bytes()),
            account: self.enrolment.account.clone(),
            state: PhoneState::Enrolling,
            why: None,
            why_at: None,
            jkt: self.keys.dev.thumbprint(),
            pk_dev: self.keys.dev,
            fid,
            pin_keys,
            level: self.accepted.level.tag(),
            attested: self.accepted.attested,
            attestation: self.accepted.record.as_ref().map(ToString::to_string),
            row_tag: Vec::new(),
            name: self.message.info.name.clone(),
            os: self.message.info.os.clone(),
            push_url: self.message.push.as_ref().map(|push| push.url.clone()),
            created: now,
            last_used: None,
            acked_ver: 0,
            bio: None,
            bio_use: BioUse::default(),
        };
        phone.row_tag = tag::of_phone(&self.app.keys().evid, &phone).to_vec();
        Ok(NewPhone { phone, app: self.message.info.app.clone() })
    }

    /// Ids only: payload, header and signature of a pairing message each test a PIN guess (2.5).
    fn audit(
        &self,
        tx: &Tx<'_>,
        aid: &Aid,
        jti: &Jti,
        now: countersign_protocol::time::Time,
    ) -> Result<(), StoreFault> {
        let about = serde_json::json!({
            "aid": aid,
            "account": self.enrolment.account,
            "service": self.enrolment.service,
            "jkt": self.keys.dev.thumbprint(),
            "fid": self.message.pin.fid,
            "jti": jti,
            "level": self.accepted.level,
            "attestation": self.accepted.record,
        });
        audit::append(tx, &self.app.keys().audit, "phone_claimed", &about, now)
    }
}
