//! The backend interface (protocol 3.11): what services drive, one file a kind of object.
//!
//! Handlers read HTTP and call the functions beneath, which take an [`Actor`]; the server's own pages call the same
//! functions as the actor `portal`.

pub mod accounts;
mod actor;
pub mod code;
pub mod complete;
mod describe;
pub mod enrolments;
pub mod events;
pub mod frame;
mod once;
mod phones;
pub mod proof;
pub mod recovery;
pub mod sign_ins;
pub mod start;
mod visits;

pub use actor::Actor;

use crate::app::Shared;
use crate::reply::{self, Refusal};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{delete, get, post};
use countersign_protocol::json;
use countersign_protocol::problem::Code;
use serde::de::DeserializeOwned;

/// Largest body of a call.
const MAX_BODY: usize = 16 * 1024;
/// Longest wait of a long poll, in seconds.
pub const MAX_WAIT: u64 = 25;

/// The routes below `/backend/v1`.
pub fn routes() -> Router<Shared> {
    let calls = Router::new()
        .route("/accounts", post(accounts::create))
        .route("/accounts/{account}", get(accounts::show))
        .route("/accounts/{account}/phones", get(accounts::phones))
        .route("/accounts/{account}/phones/{ref}", delete(phones::remove))
        .route("/accounts/{account}/phones/{ref}/unlock", post(phones::unlock))
        .route("/accounts/{account}/recovery-code", post(recovery::make))
        .route("/recovery", post(recovery::recover))
        .route("/enrolments", post(enrolments::create))
        .route("/enrolments/{eid}", get(enrolments::show).delete(enrolments::delete))
        .route("/enrolments/{eid}/confirm", post(enrolments::confirm_call))
        .route("/sign-ins", post(sign_ins::create))
        .route("/sign-ins/{tid}", get(sign_ins::show).delete(sign_ins::delete))
        .route("/sign-ins/{tid}/frame", get(frame::show))
        .route("/sign-ins/{tid}/code", post(code::call))
        .route("/sign-ins/{tid}/complete", post(complete::call))
        .route("/visits", post(visits::call))
        .route("/events", get(events::list));
    Router::new().nest("/backend/v1", calls).layer(DefaultBodyLimit::max(MAX_BODY)).layer(from_fn(headers))
}

/// Nothing of this interface may be kept by a cache; what axum says by itself becomes a problem.
async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == 413 {
        response = reply::problem(&Code::Malformed.into());
    }
    if response.status() == 405 {
        response = reply::problem(&Code::NotFound.into());
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Reads a strict JSON body; nothing at all reads as an empty object.
fn body<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    json::parse(bytes).map_err(|_| Code::Malformed.into())
}

/// `204`.
fn no_content() -> Response {
    let mut response = Response::default();
    *response.status_mut() = axum::http::StatusCode::NO_CONTENT;
    response
}
