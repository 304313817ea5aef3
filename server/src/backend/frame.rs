//! `GET /sign-ins/{tid}/frame`: the present frame of a rotating QR (3.5.1 step 2). The MAC key never leaves the server.

use super::sign_ins::own;
use crate::app::Shared;
use crate::reply::{self, Refusal};
use crate::store::sign_in::SignIn;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::code::frame_mac;
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::qr::frame_text;
use serde::Serialize;
use std::time::{SystemTime, UNIX_EPOCH};

/// One frame.
#[derive(Serialize)]
pub struct Frame {
    /// The text of the QR.
    pub qr: String,
    /// Its step.
    pub step: u32,
    /// Milliseconds until the next one.
    pub next_in_ms: u64,
}

/// `GET …/frame`.
pub async fn show(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(tid): Path<String>,
) -> Result<Response, Refusal> {
    let sign_in = own(&app, &headers, &tid)?;
    reply::json(200, &frame(&app, &sign_in)?)
}

/// The present frame, or why there is none (column `frame` of 3.13.1).
pub fn frame(app: &Shared, sign_in: &SignIn) -> Result<Frame, Refusal> {
    let handle = sign_in.handle.as_ref().filter(|_| sign_in.method == "qr");
    if sign_in.method != "qr" {
        return Err(Code::NotFound.into());
    }
    refuse_over(sign_in.state)?;
    let handle = handle.ok_or(Code::TransactionExpired)?;
    let life = app.policy().lifetimes.frame;
    let age = app.now().since(sign_in.created);
    let step = u32::try_from(age / life).map_err(|_| Code::TransactionExpired)?;
    let mac = frame_mac(&app.keys().qr.current[..], handle, step);
    // The part of the present second is the machine's, whatever a lab advanced: steps are whole seconds.
    let part =
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::from(since.subsec_millis()));
    let next_in_ms = ((life - age % life) * 1000).saturating_sub(part).max(1);
    Ok(Frame { qr: frame_text(&app.iss, handle, step, &mac), step, next_in_ms })
}

fn refuse_over(state: SignInState) -> Result<(), Problem> {
    match state {
        SignInState::Created => Ok(()),
        SignInState::Claimed | SignInState::Pending => Err(Code::TransactionClaimed.into()),
        SignInState::Failed => Err(Code::TransactionFailed.into()),
        SignInState::Cancelled => Err(Code::TransactionCancelled.into()),
        SignInState::Expired => Err(Code::TransactionExpired.into()),
        decided => {
            Err(Problem::with(Code::TransactionDecided, |m| m.state = Some(decided.as_str().to_owned())))
        }
    }
}
