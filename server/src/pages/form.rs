//! A form that was posted by the browser it was made for: the token is checked before a handler sees anything.

use super::refusal;
use super::session::Visit;
use crate::app::Shared;
use crate::caller::Caller;
use crate::limiter;
use crate::reply::{Refusal, rate_limited};
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The browser, and the fields of its form.
pub struct Posted<T> {
    /// The browser.
    pub visit: Visit,
    /// The fields besides the token.
    pub fields: T,
}

/// Any form that has nothing but its token.
#[derive(Deserialize)]
pub struct Nothing {}

#[derive(Deserialize)]
struct Tokened<T> {
    csrf: Option<String>,
    #[serde(flatten)]
    fields: T,
}

impl<T: DeserializeOwned> FromRequest<Shared> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let (mut parts, body) = request.into_parts();
        let Ok(peer) = Caller::from_request_parts(&mut parts, app).await;
        let form = Form::<Tokened<T>>::from_request(Request::from_parts(parts, body), app).await;
        // Only now: while a body was on its way, the session may have ended.
        let visit = Visit::of(app, &headers).map_err(IntoResponse::into_response)?;
        if visit.is_new() {
            // Each of these may become a row.
            let (caller, limit) = (limiter::Caller::network("pages", peer.0), app.policy().anon_ip_min);
            let counted = app.limiter.count(caller, limit, app.now());
            counted.map_err(|secs| refusal(app, rate_limited(secs).into(), None))?;
        }
        let again = (!visit.is_stranger()).then(|| visit.csrf());
        let Ok(Form(Tokened { csrf, fields })) = form else {
            return Err(refusal(app, Refusal::from(Code::Malformed), again));
        };
        match visit.check_csrf(csrf.as_deref()) {
            Ok(()) => Ok(Self { visit, fields }),
            Err(fault) => Err(refusal(app, fault, again)),
        }
    }
}
