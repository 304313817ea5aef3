//! `self`, `list` and `get`: they change nothing.

use super::super::authenticate::Spoken;
use super::check_no_factor;
use crate::app::Shared;
use crate::binding;
use crate::reply::{self, Refusal};
use crate::store::phone::PhoneState;
use crate::store::{StoreFault, request, sign_in};
use axum::response::Response;
use countersign_protocol::answer::{GetAnswer, ListAnswer, SelfAnswer};
use countersign_protocol::id::Tid;
use countersign_protocol::message::op::{Op, Operation};
use countersign_protocol::problem::Code;

/// Most requests in a list.
const MOST: u32 = 3;

/// Answers a read.
pub fn answer(app: &Shared, spoken: &Spoken, op: &Op) -> Result<Response, Refusal> {
    match &op.operation {
        Operation::SelfState => self_state(app, spoken, op),
        Operation::List => list(app, spoken),
        Operation::Get(tid) => get(app, spoken, tid),
        _ => Err(Code::Malformed.into()),
    }
}

fn self_state(app: &Shared, spoken: &Spoken, op: &Op) -> Result<Response, Refusal> {
    check_no_factor(spoken)?;
    let enrolling = spoken.phone.state == PhoneState::Enrolling;
    let binding = if enrolling { None } else { Some(binding::of(app, &spoken.phone, op.jti)?) };
    reply::json(200, &SelfAnswer { state: spoken.phone.state.as_str().to_owned(), binding })
}

fn list(app: &Shared, spoken: &Spoken) -> Result<Response, Refusal> {
    check_no_factor(spoken)?;
    let (aid, now) = (spoken.phone.aid, app.now());
    let mut requests =
        app.store.read(|tx| -> Result<_, StoreFault> { request::pending(tx, &aid, now, MOST) })?;
    // One that a key signed which was withdrawn since would make the phone doubt the whole list.
    let keys = app.keys();
    requests.retain(|jws| keys.still_signs(jws));
    reply::json(200, &ListAnswer { requests })
}

fn get(app: &Shared, spoken: &Spoken, tid: &Tid) -> Result<Response, Refusal> {
    let (aid, now, policy) = (spoken.phone.aid, app.now(), app.policy());
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok(sign_in::by_tid(tx, tid, now, &policy.lifetimes)?.map(|s| (s, request::find(tx, tid, &aid))))
    })?;
    let (sign_in, request) = found.ok_or(Code::TransactionUnknown)?;
    let request = request?;
    if request.is_none() && sign_in.aid != Some(aid) {
        return Err(Code::TransactionUnknown.into());
    }
    check_no_factor(spoken)?;
    let (request, receipt) = request.map_or((None, None), |request| (Some(request.jws), request.receipt));
    reply::json(
        200,
        &GetAnswer { state: sign_in.state.as_str().to_owned(), reason: sign_in.reason, request, receipt },
    )
}
