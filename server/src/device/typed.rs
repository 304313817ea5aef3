//! `GET /v1/typed/{lookup}`: the box of a typed pairing code (3.3.2). Whoever has the code has the key of the box; whoever
//! guesses a lookup learns nothing but that it is one.

use super::answered;
use crate::app::Shared;
use crate::caller::Caller as Peer;
use crate::limiter::Caller;
use crate::reply::{self, Refusal, rate_limited};
use crate::store::{StoreFault, enrolment};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::answer::TypedAnswer;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::problem::Code;

/// Handler.
pub async fn lookup(State(app): State<Shared>, Path(lookup): Path<String>, peer: Peer) -> Response {
    answered(find(&app, &lookup, peer))
}

fn find(app: &Shared, lookup: &str, peer: Peer) -> Result<Response, Refusal> {
    let limit = app.policy().typed_ip_min;
    app.limiter.count(Caller::network("typed", peer.0), limit, app.now()).map_err(rate_limited)?;
    let lookup = array_from_b64u::<16>(lookup).map_err(|_| Code::EnrolmentUnknown)?;
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::boxed(tx, &lookup, now) })?;
    let sealed = found.ok_or(Code::EnrolmentUnknown)?;
    reply::json(200, &TypedAnswer { r#box: b64u(&sealed) })
}
