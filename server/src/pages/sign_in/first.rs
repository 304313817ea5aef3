//! Who wants to sign in (W2).

use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::keys_of;
use crate::pages::relying::{self, along};
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
    if visit.signed_in().is_some() && visit.arrived().is_none() {
        return Ok(visit.see("/me"));
    }
    let page = sign_in_page(&app, &visit, String::new(), None)?.render();
    visit.show(&app, page).await
}

fn sign_in_page(
    app: &Shared,
    visit: &Visit,
    identifier: String,
    error: Option<IdentifierError>,
) -> Result<SignInPage, Refusal> {
    let arrival = visit.arrived();
    Ok(SignInPage {
        page: visit.page(app),
        target: relying::target(app, arrival)?,
        submit: visit.post_along("/sign-in", arrival),
        qr: relying::takes(app, arrival, keys_of::qr())?.then(|| visit.post_along("/sign-in/qr", arrival)),
        identifier,
        remember: visit.browser.remember,
        error,
    })
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
        let page = sign_in_page(&app, &visit, typed, error)?.render();
        return visit.show(&app, page).await;
    }
    visit.change(|browser| browser.identifier = Some(typed));
    let keys = along("/sign-in/keys", visit.arrived());
    visit.go(&app, &keys).await
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
        browser.next = None;
        browser.tid = None;
    });
    let first = along("/", visit.arrived());
    visit.go(&app, &first).await
}
