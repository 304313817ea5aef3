//! The pictures of a sign-in: the present frame of a rotating QR, or the QR of an offline sign-in.

use super::{actions, wait};
use crate::app::Shared;
use crate::pages::picture as qr;
use crate::pages::session::Visit;
use crate::reply::{self, Refusal};
use crate::store::sign_in::SignIn;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::problem::Code;
use countersign_protocol::qr::offline_text;
use serde::Serialize;

/// What the script needs for the next picture.
#[derive(Serialize)]
pub struct Frame {
    /// Address of the picture; the step in it makes every frame another address.
    pub src: String,
    /// How long the frame lasts.
    pub next_in_ms: u32,
    /// State of the sign-in.
    pub state: &'static str,
}

/// The present frame.
pub fn now(app: &Shared, visit: &Visit, sign_in: &SignIn) -> Result<Frame, Refusal> {
    let frame = actions::frame(app, sign_in)?;
    let src = visit.path(format!("/sign-in/qr.svg?t={}", frame.step));
    Ok(Frame {
        src,
        next_in_ms: u32::try_from(frame.next_in_ms).unwrap_or(3000),
        state: sign_in.state.as_str(),
    })
}

/// `GET /sign-in/frame`.
pub async fn next(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let sign_in = wait::own(&app, &visit)?;
    if sign_in.state != SignInState::Created {
        let over = Frame { src: String::new(), next_in_ms: 3000, state: sign_in.state.as_str() };
        return reply::json(200, &over);
    }
    reply::json(200, &now(&app, &visit, &sign_in)?)
}

/// `GET /sign-in/qr.svg`.
pub async fn picture(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let sign_in = wait::own(&app, &visit)?;
    let text = match (&sign_in.oqr, sign_in.state) {
        (Some(oqr), SignInState::Pending) => offline_text(&app.iss, oqr),
        (None, SignInState::Created) => actions::frame(&app, &sign_in)?.qr,
        _ => return Err(Code::NotFound.into()),
    };
    qr::svg(&text)
}
