//! `GET /v1/enrolments/{eid}`: the pairing offer, for who shows knowledge of the secret in the QR (3.3 step 3).

use super::count_anonymous;
use crate::app::Shared;
use crate::caller::Caller;
use crate::reply::{self, Refusal};
use crate::seal::Purpose;
use crate::store::StoreFault;
use crate::store::enrolment::{self, Enrolment, EnrolmentState};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::answer::OfferAnswer;
use countersign_protocol::code::offer_mac;
use countersign_protocol::id::{Eid, EnrolMac};
use countersign_protocol::problem::Code;
use countersign_protocol::secret::EnrolSecret;
use subtle::ConstantTimeEq;

/// Handler.
pub async fn offer(
    State(app): State<Shared>,
    Path(eid): Path<String>,
    peer: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    count_anonymous(&app, peer)?;
    let enrolment = find(&app, &eid)?;
    if !matches!(enrolment.state, EnrolmentState::Open | EnrolmentState::Claimed) {
        return Err(over(enrolment.state).into());
    }
    let given = headers.get("map-enrol").and_then(|value| EnrolMac::parse(value.to_str().ok()?).ok());
    let expected = offer_mac(&secret(&app, &enrolment)?, &enrolment.eid);
    if !given.is_some_and(|given| matches(&given, &expected)) {
        return Err(Code::EnrolmentUnknown.into());
    }
    reply::json(200, &OfferAnswer { keysets: app.published().keysets.clone(), offer: enrolment.offer })
}

/// E2: the enrolment of the path.
pub fn find(app: &Shared, eid: &str) -> Result<Enrolment, Refusal> {
    let eid = Eid::parse(eid).map_err(|_| Code::EnrolmentUnknown)?;
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::by_eid(tx, &eid, now) })?;
    Ok(found.ok_or(Code::EnrolmentUnknown)?)
}

/// E2: what an enrolment that is over answers.
pub fn over(state: EnrolmentState) -> Code {
    match state {
        EnrolmentState::Expired => Code::EnrolmentExpired,
        EnrolmentState::Cancelled => Code::EnrolmentCancelled,
        _ => Code::EnrolmentClaimed,
    }
}

/// The secret of a living enrolment.
pub fn secret(app: &Shared, enrolment: &Enrolment) -> Result<EnrolSecret, Refusal> {
    let sealed = enrolment.es.as_deref().ok_or(Code::EnrolmentUnknown)?;
    let plain = app.keys().kek.open(&Purpose::enrolment(&enrolment.eid, &enrolment.account), sealed)?;
    let bytes = <[u8; 16]>::try_from(&plain[..]).map_err(|_| StoreFault::Damaged("enrolment.es"))?;
    Ok(EnrolSecret::from_bytes(bytes))
}

/// Equality of MACs in constant time.
pub fn matches(one: &EnrolMac, other: &EnrolMac) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
