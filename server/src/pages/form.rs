//! A form that was posted by the browser it was made for: the token is checked before a handler sees anything.

use super::problem;
use super::session::Visit;
use super::setting::Setting;
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
        let Ok(setting) = Setting::from_request_parts(&mut parts, app).await;
        let form = Form::<Tokened<T>>::from_request(Request::from_parts(parts, body), app).await;
        // Only now: while a body was on its way, the session may have ended.
        let visit = Visit::of(app, &headers, setting.clone()).map_err(IntoResponse::into_response)?;
        if visit.is_new() {
            // Each of these may become a row.
            let (caller, limit) = (limiter::Caller::network("pages", peer.0), app.policy().anon_ip_min);
            let counted = app.limiter.count(caller, limit, app.now());
            counted.map_err(|secs| problem::refusal(app, &setting, rate_limited(secs).into(), None))?;
        }
        let Ok(Form(Tokened { csrf, fields })) = form else {
            return Err(refused(app, &visit, Code::Malformed.into()));
        };
        match visit.check_csrf(csrf.as_deref()) {
            Ok(()) => Ok(Self { visit, fields }),
            Err(fault) => Err(refused(app, &visit, fault)),
        }
    }
}

/// Whoever came without a cookie has no form of ours that could start again.
fn refused(app: &Shared, visit: &Visit, fault: Refusal) -> Response {
    if visit.is_stranger() { visit.refusal(app, fault) } else { visit.start_again(app, fault) }
}
