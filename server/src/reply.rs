//! HTTP answers: problem bodies with their headers, JSON, and what every answer of the interface carries (3.0.8).

use crate::app::{App, AppFault};
use crate::keys::SignFault;
use crate::seal::SealFault;
use crate::store::StoreFault;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use countersign_protocol::json::BadJson;
use countersign_protocol::problem::{Code, Problem};
use serde::Serialize;

/// Why a handler refuses: a problem for the caller, or a fault of the server that the caller hears as `unavailable`.
pub enum Refusal {
    /// Said as it is.
    Problem(Problem),
    /// Logged, said as `unavailable`.
    Fault(AppFault),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::Problem(code.into())
    }
}

macro_rules! faults {
    ($($fault:ty),*) => {$(
        impl From<$fault> for Refusal {
            fn from(fault: $fault) -> Self {
                Self::Fault(fault.into())
            }
        }
    )*};
}

faults!(AppFault, StoreFault, SealFault, SignFault, BadJson);

impl Refusal {
    /// The problem that the caller hears. Faults are logged here, once.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            Self::Fault(fault) => {
                tracing::error!(%fault, alarm = matches!(fault, AppFault::Seal(_)), "unavailable");
                unavailable(1)
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        problem(&self.into_problem())
    }
}

/// `503 unavailable`, to be tried again after `secs`.
pub fn unavailable(secs: u64) -> Problem {
    Problem::with(Code::Unavailable, |m| m.retry_after = Some(secs))
}

/// `429 rate_limited`.
pub fn rate_limited(secs: u64) -> Problem {
    Problem::with(Code::RateLimited, |m| m.retry_after = Some(secs))
}

/// A problem body.
pub fn problem(problem: &Problem) -> Response {
    let mut response = raw(problem.code.status(), "application/problem+json", problem.to_body());
    if let Some(secs) = problem.members.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
    }
    response
}

/// A JSON body.
pub fn json<T: Serialize>(status: u16, value: &T) -> Result<Response, Refusal> {
    Ok(raw(status, "application/json", countersign_protocol::json::to_vec(value)?))
}

/// A body that was made or stored before: a problem from 400 on, else JSON.
pub fn stored(status: u16, body: Vec<u8>) -> Response {
    if status < 400 {
        return raw(status, "application/json", body);
    }
    // `Retry-After` belongs to the body and comes back with it.
    Problem::from_body(&body).map_or_else(|| raw(status, "application/problem+json", body), |p| problem(&p))
}

fn raw(status: u16, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Headers of every answer of the device and key set interface.
pub fn add_protocol_headers(app: &App, headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(nonce) = HeaderValue::from_str(&app.fresh_nonce()) {
        headers.insert("map-nonce", nonce);
    }
    // With a lab's clock, `Date` follows it: phones take their countdowns from here.
    if let Ok(date) = HeaderValue::from_str(&http_date(app.now().secs())) {
        headers.insert(header::DATE, date);
    }
}

/// RFC 9110 date.
fn http_date(secs: u64) -> String {
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(secs))
}
