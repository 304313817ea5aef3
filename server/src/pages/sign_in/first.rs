//! Who wants to sign in (W2).

use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::sign_in::{IdentifierError, SignInPage};
use crate::reply::Refusal;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// Longest address that is taken (RFC 5321 section 4.5.3.1.3).
const MAX_ADDRESS: usize = 254;

/// The form of the first page.
#[derive(Deserialize)]
pub struct Identify {
    #[serde(default)]
    identifier: String,
    remember: Option<String>,
}

/// `GET /`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    if visit.signed_in().is_some() {
        return Ok(visit.see("/me"));
    }
    let page = sign_in_page(&app, &visit, String::new(), None).render();
    visit.show(&app, page).await
}

fn sign_in_page(
    app: &Shared,
    visit: &Visit,
    identifier: String,
    error: Option<IdentifierError>,
) -> SignInPage {
    SignInPage {
        page: visit.page(app),
        target: None,
        submit: visit.post("/sign-in"),
        qr: Some(visit.post("/sign-in/qr")),
        identifier,
        remember: visit.browser.remember,
        error,
    }
}

/// `POST /sign-in`.
pub async fn identify(
    State(app): State<Shared>,
    Posted { mut visit, fields }: Posted<Identify>,
) -> Result<Response, Refusal> {
    let typed = fields.identifier.trim().to_owned();
    let error = if typed.is_empty() {
        Some(IdentifierError::Missing)
    } else if !is_address(&typed) {
        Some(IdentifierError::NotAnAddress)
    } else {
        None
    };
    visit.change(|browser| browser.remember = fields.remember.is_some());
    if error.is_some() {
        let page = sign_in_page(&app, &visit, typed, error).render();
        return visit.show(&app, page).await;
    }
    visit.change(|browser| browser.identifier = Some(typed));
    visit.go(&app, "/sign-in/keys").await
}

fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= MAX_ADDRESS
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && parts
            .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !domain.contains('@'))
}

/// `POST /sign-in/forget`: "Not you?" and "Start again".
pub async fn forget(
    State(app): State<Shared>,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    visit.change(|browser| {
        browser.identifier = None;
        browser.tid = None;
    });
    visit.go(&app, "/").await
}
