//! `POST /v1/transactions/{tid}/response`: approve and deny (3.4.5, 3.4.6).

use super::attempt::{self, Begun, Keyed, Undone};
use super::authenticate::{Spoken, authenticate};
use super::{answered, judge, verdict};
use crate::app::Shared;
use crate::caller::Caller;
use crate::points::Point;
use crate::reply::{self, Refusal};
use crate::store::StoreFault;
use crate::store::accounting::{self, Reservation};
use crate::store::attempt::Ticket;
use crate::store::phone;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::problem::{Code, Problem};

/// Handler.
pub async fn respond(
    State(app): State<Shared>,
    Path(tid): Path<String>,
    peer: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answered(receive(&app, &tid, peer, &headers, &body).await)
}

async fn receive(
    app: &Shared,
    tid: &str,
    peer: Caller,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response, Refusal> {
    let spoken = authenticate(app, peer, headers, body, DeviceTyp::Response)?;
    let keyed = Keyed::of(app, &spoken, body);
    let found = judge::look(app, &spoken, tid)?;
    // The row outlives its sign-in by the time in which a phone may still send the same bytes.
    let end = found.as_ref().map_or_else(|| app.now(), |(sign_in, _)| sign_in.exp.max(app.now()));
    let keep_until = end.plus(app.policy().lifetimes.attempt);
    let ticket = match attempt::begin(app, &keyed, keep_until).await? {
        Begun::Mine(ticket) => ticket,
        Begun::Answered(response) => return Ok(response),
    };
    let case = match judge::judge(app, &spoken, tid, found) {
        Ok(case) => case,
        Err(refusal) => return Err(attempt::withdraw(app, &keyed, ticket, refusal).await),
    };
    if case.is_pin_try() {
        if let Err(refusal) = reserve(app, &spoken, &ticket).await {
            return Err(attempt::withdraw(app, &keyed, ticket, refusal).await);
        }
        app.points.reach(Point::AfterReserve).await;
    }
    let finding = if case.is_approval() { case.verify(app, &spoken)? } else { verdict::Finding::Denied };
    app.points.reach(Point::BeforeCommit).await;
    let tid = case.tid();
    let outcome = match verdict::commit(app, case, finding, &spoken, ticket).await {
        Ok(outcome) => outcome,
        Err(Undone::Overtaken) => return attempt::overtaken(app, &keyed),
        Err(Undone::Fault(fault)) => return Err(fault.into()),
    };
    app.points.reach(Point::AfterCommit).await;
    app.sign_in_changed(&tid);
    outcome.wake_others(app);
    Ok(reply::stored(outcome.http, outcome.body))
}

/// A of 3.9.1: one try is counted and on disk before the factor is looked at.
pub(super) async fn reserve(app: &Shared, spoken: &Spoken, ticket: &Ticket) -> Result<(), Refusal> {
    app.points.reach(Point::BeforeReserve).await;
    let (aid, ticket, now, limits) =
        (spoken.phone.aid, ticket.clone(), app.now(), app.policy().limits.clone());
    let reservation = app
        .store
        .write(move |tx| -> Result<_, StoreFault> {
            accounting::reserve_online(tx, &aid, &ticket, now, &limits)
        })
        .await?;
    match reservation {
        Reservation::Reserved => Ok(()),
        Reservation::Lost => Err(reply::unavailable(1).into()),
        Reservation::Wait(secs) => Err(Problem::with(Code::PinWait, |m| m.retry_after = Some(secs)).into()),
        Reservation::Locked | Reservation::Revoked => {
            let phone = app.store.read(|tx| -> Result<_, StoreFault> { phone::by_aid(tx, &aid) })?;
            let phone = phone.ok_or(Code::InvalidDeviceSignature)?;
            Err(super::notice::problem(app, &phone)?.into())
        }
    }
}
