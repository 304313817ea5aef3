//! A form that was posted by the browser it was made for: the token is checked before a handler sees anything.

use super::refusal;
use super::session::Visit;
use crate::app::Shared;
use crate::reply::Refusal;
use axum::Form;
use axum::extract::{FromRequest, Request};
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
        let visit = Visit::of(app, request.headers()).map_err(IntoResponse::into_response)?;
        let again = Some(visit.csrf());
        let form = Form::<Tokened<T>>::from_request(request, app).await;
        let Ok(Form(Tokened { csrf, fields })) = form else {
            return Err(refusal(app, Refusal::from(Code::Malformed), again));
        };
        match visit.check_csrf(csrf.as_deref()) {
            Ok(()) => Ok(Self { visit, fields }),
            Err(fault) => Err(refusal(app, fault, again)),
        }
    }
}
