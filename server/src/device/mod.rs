//! The device interface (3.1): what phones call. Every check in the order of 3.0.7.

mod attempt;
mod authenticate;
mod enrol;
pub mod factor;
mod judge;
mod notice;
mod offer;
mod op;
mod respond;
mod scan;
mod typed;
mod verdict;
mod version;

use crate::app::Shared;
use crate::caller::Caller as Peer;
use crate::limiter::Caller;
use crate::reply::{self, Refusal, rate_limited};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use countersign_protocol::answer::KeysetsAnswer;
use countersign_protocol::problem::Code;
pub use judge::PinKeys;
pub use notice::stopped as phone_stopped;
pub use offer::secret as offer_secret;

/// Largest body of any message (3.0.7 step 1).
const MAX_BODY: usize = 64 * 1024;
/// Largest body of an answer or operation.
const MAX_MESSAGE: usize = 16 * 1024;

/// The routes, with the headers of 3.0.8 on every answer.
pub fn routes(app: &Shared) -> Router<Shared> {
    Router::new()
        .route("/.well-known/map-keyset", get(keyset))
        .route("/v1/enrolments/{eid}", get(offer::offer).post(enrol::enrol))
        .route("/v1/typed/{lookup}", get(typed::lookup))
        .route("/v1/transactions/{tid}/response", post(respond::respond))
        .route("/v1/scan", post(scan::scan))
        .route("/v1/ops", post(op::op))
        .layer(DefaultBodyLimit::max(MAX_BODY + 1))
        .layer(from_fn_with_state(app.clone(), protocol_headers))
}

async fn protocol_headers(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = match version::refuse_old(&app, request.headers()) {
        Some(problem) => reply::problem(&problem),
        None => next.run(request).await,
    };
    if response.status() == 413 {
        response = reply::problem(&Code::Malformed.into());
    }
    if response.status() == 405 {
        response = reply::problem(&Code::NotFound.into());
    }
    reply::add_protocol_headers(&app, response.headers_mut());
    response
}

async fn keyset(State(app): State<Shared>, peer: Peer) -> Result<Response, Refusal> {
    count_anonymous(&app, peer)?;
    reply::json(200, &KeysetsAnswer { keysets: app.published().keysets.clone() })
}

/// Counts an unauthenticated call of an address.
fn count_anonymous(app: &Shared, peer: Peer) -> Result<(), Refusal> {
    let limit = app.policy().anon_ip_min;
    let counted = app.limiter.count(Caller::network("anon", peer.0), limit, app.now());
    counted.map_err(|secs| rate_limited(secs).into())
}

/// Step 1: media type, no content encoding, size.
fn check_form(headers: &HeaderMap, body: &[u8], limit: usize) -> Result<(), Refusal> {
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let plain = !headers.contains_key(header::CONTENT_ENCODING);
    if essence.eq_ignore_ascii_case("application/jose+json") && plain && body.len() <= limit {
        Ok(())
    } else {
        Err(Code::Malformed.into())
    }
}

/// Turns a handler's outcome into an answer.
fn answered(outcome: Result<Response, Refusal>) -> Response {
    outcome.unwrap_or_else(IntoResponse::into_response)
}
