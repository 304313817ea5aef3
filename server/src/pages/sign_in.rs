//! Identifier and choice of keys (W2). An unrecognised browser is offered the same for every identifier, so that
//! nothing here tells which accounts exist.

use super::form::{Nothing, Posted};
use super::session::Visit;
use super::view::{IdentifierError, KeysPage, Page, Post, SignInPage, Way, WayKind};
use super::{actions, html, refusal, see};
use crate::app::Shared;
use crate::caller::Caller;
use crate::reply::{Refusal, rate_limited};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::time::Time;
use serde::Deserialize;

/// Longest address that is taken (RFC 5321 section 4.5.3.1.3).
const MAX_ADDRESS: usize = 254;
/// Starts of one browser, and in how many seconds (3.9.2).
const STARTS: usize = 5;
const STARTS_IN: u64 = 300;

/// The form of the first page.
#[derive(Deserialize)]
pub struct Identify {
    #[serde(default)]
    identifier: String,
    remember: Option<String>,
}

/// `GET /`.
pub async fn first(State(app): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    let visit = Visit::of(&app, &headers)?;
    if visit.browser.may.is_signed_in() {
        return Ok(see("/me"));
    }
    let response = html(sign_in_page(&app, &visit, String::new(), None).render())?;
    visit.leave(&app, response).await
}

fn sign_in_page(
    app: &Shared,
    visit: &Visit,
    identifier: String,
    error: Option<IdentifierError>,
) -> SignInPage {
    SignInPage {
        page: Page::new(&app.name),
        target: None,
        submit: Post::new("/sign-in", visit.csrf()),
        qr: Some(Post::new("/sign-in/qr", visit.csrf())),
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
        let response = html(sign_in_page(&app, &visit, typed, error).render())?;
        return visit.leave(&app, response).await;
    }
    visit.change(|browser| browser.identifier = Some(typed));
    visit.leave(&app, see("/sign-in/keys")).await
}

fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= MAX_ADDRESS
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && parts
            .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !domain.contains('@'))
}

/// `GET /sign-in/keys`.
pub async fn keys(State(app): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    let visit = Visit::of(&app, &headers)?;
    let Some(identifier) = visit.browser.identifier.clone() else { return Ok(see("/")) };
    let way = |kind, path: &str| Way { kind, post: Post::new(path, visit.csrf()), last_used: false };
    let mut ways = vec![way(WayKind::Qr, "/sign-in/qr"), way(WayKind::Here, "/sign-in/here")];
    if actions::recognised_account(&app, &visit)?.is_some() {
        ways.insert(0, way(WayKind::Number, "/sign-in/number"));
        ways.push(way(WayKind::Offline, "/sign-in/offline"));
    }
    let not_you = Post::new("/sign-in/forget", visit.csrf());
    let page = KeysPage { page: Page::new(&app.name), target: None, identifier, not_you, ways };
    let response = html(page.render())?;
    visit.leave(&app, response).await
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
    visit.leave(&app, see("/")).await
}

/// `POST /sign-in/number` (S1, S2).
pub async fn by_number(
    State(app): State<Shared>,
    peer: Caller,
    headers: HeaderMap,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, &headers, visit, WayKind::Number).await
}

/// `POST /sign-in/qr` (S3).
pub async fn by_qr(
    State(app): State<Shared>,
    peer: Caller,
    headers: HeaderMap,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, &headers, visit, WayKind::Qr).await
}

/// `POST /sign-in/here` (S4).
pub async fn here(
    State(app): State<Shared>,
    peer: Caller,
    headers: HeaderMap,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, &headers, visit, WayKind::Here).await
}

/// `POST /sign-in/offline` (S5).
pub async fn offline(
    State(app): State<Shared>,
    peer: Caller,
    headers: HeaderMap,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, &headers, visit, WayKind::Offline).await
}

async fn begin(
    app: &Shared,
    peer: Caller,
    headers: &HeaderMap,
    mut visit: Visit,
    way: WayKind,
) -> Result<Response, Refusal> {
    if let Err(fault) = count_start(&mut visit, app.now()) {
        return Ok(refusal(app, fault, Some(visit.csrf())));
    }
    match actions::start(app, &visit, peer, headers, way).await {
        Ok(tid) => {
            visit.start(app, tid).await?;
            visit.leave(app, see("/sign-in/wait")).await
        }
        Err(fault) => {
            let response = super::outcome::unavailable(app, &visit, fault);
            visit.leave(app, response).await
        }
    }
}

/// At most five starts in five minutes from one browser.
fn count_start(visit: &mut Visit, now: Time) -> Result<(), Refusal> {
    let starts: Vec<u64> = serde_json::from_str(&visit.browser.starts).unwrap_or_default();
    let mut recent: Vec<u64> = starts.into_iter().filter(|at| now.secs() < at + STARTS_IN).collect();
    if recent.len() >= STARTS {
        let oldest = recent.first().copied().unwrap_or_default();
        return Err(rate_limited((oldest + STARTS_IN).saturating_sub(now.secs())).into());
    }
    recent.push(now.secs());
    visit.change(|browser| browser.starts = serde_json::json!(recent).to_string());
    Ok(())
}
