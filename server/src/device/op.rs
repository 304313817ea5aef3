//! `POST /v1/ops`: every other operation of a phone (3.7), with the reads of 3.0.6.

mod biometric;
mod change;
mod enrolment;
mod own;
mod read;
mod rekey;
mod with_pin;

use super::attempt::{self, Begun, Keyed};
use super::authenticate::{Spoken, authenticate};
use super::{MAX_MESSAGE, answered, notice};
use crate::app::Shared;
use crate::caller::Caller;
use crate::nonce;
use crate::reply::Refusal;
use crate::store::phone::PhoneState;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::message::op::{self, Op};
use countersign_protocol::problem::Code;

/// Operations that bring attestations with them and may be as long as any message (3.0.7 step 1).
const LONG: [&str; 2] = ["add_factor", "rekey"];
/// Operations that a locked phone may still use.
const WHILE_LOCKED: [&str; 7] = ["self", "settle", "list", "get", "report", "end_session", "revoke_self"];

/// Handler.
pub async fn op(State(app): State<Shared>, peer: Caller, headers: HeaderMap, body: Bytes) -> Response {
    answered(receive(&app, peer, &headers, &body).await)
}

async fn receive(app: &Shared, peer: Caller, headers: &HeaderMap, body: &[u8]) -> Result<Response, Refusal> {
    let spoken = authenticate(app, peer, headers, body, DeviceTyp::Op)?;
    let name = spoken.message.op.clone().ok_or(Code::Malformed)?;
    if op::is_read(&name) { read_op(app, &spoken, &name) } else { change_op(app, &spoken, &name, body).await }
}

/// Reads write nothing: a repeat is remembered in memory and told to sign again.
fn read_op(app: &Shared, spoken: &Spoken, name: &str) -> Result<Response, Refusal> {
    let life = app.policy().lifetimes.nonce;
    let (jkt, jti) = (&spoken.phone.jkt, &spoken.message.jti);
    if app.reads.is_repeat(jkt, jti, app.now(), life) {
        return Err(Code::UseNonce.into());
    }
    let op = check(app, spoken, name)?;
    let answer = read::answer(app, spoken, &op)?;
    app.reads.note(jkt, jti, app.now(), life);
    Ok(answer)
}

async fn change_op(app: &Shared, spoken: &Spoken, name: &str, body: &[u8]) -> Result<Response, Refusal> {
    let keyed = Keyed::of(app, spoken, body);
    let lifetimes = app.policy().lifetimes.clone();
    let ticket =
        match attempt::begin(app, &keyed, app.now().plus(lifetimes.nonce + lifetimes.attempt)).await? {
            Begun::Mine(ticket) => ticket,
            Begun::Answered(response) => return Ok(response),
        };
    let op = match check(app, spoken, name) {
        Ok(op) => op,
        Err(refusal) => return Err(attempt::withdraw(app, &keyed, ticket, refusal).await),
    };
    if op.operation.needs_pin() {
        return with_pin::perform(app, spoken, op, keyed, ticket).await;
    }
    change::perform(app, spoken, op, keyed, ticket).await
}

/// Steps 7, 8a and 8b.
fn check(app: &Shared, spoken: &Spoken, name: &str) -> Result<Op, Refusal> {
    match spoken.phone.state {
        PhoneState::Active => {}
        PhoneState::Enrolling if name == "self" => {}
        PhoneState::Enrolling => return Err(Code::EnrolmentPending.into()),
        PhoneState::Locked if WHILE_LOCKED.contains(&name) => {}
        PhoneState::Locked | PhoneState::Revoked => return Err(notice::problem(app, &spoken.phone)?.into()),
    }
    if spoken.size > MAX_MESSAGE && !LONG.contains(&name) {
        return Err(Code::Malformed.into());
    }
    let op = Op::parse(spoken.envelope.payload()).map_err(|_| Code::Malformed)?;
    if !nonce::is_fresh(app.keys().nonce.all(), &op.nonce, app.now(), app.policy().lifetimes.nonce) {
        return Err(Code::UseNonce.into());
    }
    Ok(op)
}

/// Step 8h for operations without a factor. Comes after the object's own checks (8c, 8d).
fn check_no_factor(spoken: &Spoken) -> Result<(), Refusal> {
    if spoken.envelope.factors().is_empty() { Ok(()) } else { Err(Code::FactorNotAllowed.into()) }
}
