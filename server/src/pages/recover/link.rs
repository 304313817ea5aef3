//! In the place of the password: a link to the address. Behind it the code alone is asked for.

use super::{go_on, try_code};
use crate::app::Shared;
use crate::caller::Caller;
use crate::pages::form::Posted;
use crate::pages::link_token::hash_of;
use crate::pages::password::link::{self as sent, Sent};
use crate::pages::session::Visit;
use crate::pages::view::password::{OverPage, Purpose};
use crate::pages::view::recover::{AskPage, BehindPage};
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::link::{self, Use};
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

/// The form behind the link.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// `GET /recover/link`.
pub async fn ask(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let address = visit.browser.identifier.clone().unwrap_or_default();
    show_ask(&app, visit, address, (false, false)).await
}

async fn show_ask(
    app: &Shared,
    visit: Visit,
    address: String,
    (sent, wrong): (bool, bool),
) -> Result<Response, Refusal> {
    let page = AskPage { page: visit.page(app), submit: visit.post("/recover/link"), address, sent, wrong };
    visit.show(app, page.render()).await
}

/// `POST /recover/link`.
pub async fn send(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, fields }: Posted<sent::Typed>,
) -> Result<Response, Refusal> {
    let address = fields.email.trim().to_owned();
    match sent::send(&app, peer, &address, Use::Recover).await {
        Ok(Sent::Whatever) => show_ask(&app, visit, address, (true, false)).await,
        Ok(Sent::NoAddress) => show_ask(&app, visit, address, (false, true)).await,
        Err(fault) => Ok(visit.refusal(&app, fault)),
    }
}

/// `GET /recover/{token}`: asks, and uses nothing up.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    match find(&app, &token)? {
        Some((_, account)) => show(&app, visit, (&token, &account), false).await,
        None => over(&app, visit).await,
    }
}

async fn show(
    app: &Shared,
    visit: Visit,
    (token, account): (&str, &Account),
    refused: bool,
) -> Result<Response, Refusal> {
    let submit = visit.post(format!("/recover/{token}"));
    let page = BehindPage { page: visit.page(app), submit, address: account.email.clone(), refused };
    visit.show(app, page.render()).await
}

async fn over(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    let start_again = visit.path("/recover/link");
    let page = OverPage { page: visit.page(app), purpose: Purpose::Recovery, start_again };
    visit.show(app, page.render()).await
}

/// `POST /recover/{token}`: a wrong code leaves the link, a right one uses it up.
pub async fn recover(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { mut visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let Some((hash, account)) = find(&app, &token)? else { return over(&app, visit).await };
    if try_code(&app, &mut visit, (account.clone(), &fields.code), Some(hash)).await? {
        return go_on(&app, visit).await;
    }
    show(&app, visit, (&token, &account), true).await
}

fn find(app: &Shared, token: &str) -> Result<Option<([u8; 32], Account)>, Refusal> {
    let Some(hash) = hash_of(token) else { return Ok(None) };
    let now = app.now();
    Ok(app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(id) = link::find(tx, &hash, Use::Recover, now)? else { return Ok(None) };
        let account = account::by_id(tx, &id)?.filter(|account| account.state == "active");
        Ok(account.map(|account| (hash, account)))
    })?)
}
