//! The set-up link that the operator gives to an account's owner: it lets one browser pair a phone, where no phone of
//! the account is active.
//!
//! Opening the link changes nothing (mail scanners open links); the button uses it up. A second phone needs a sign-in.

use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::link_token::hash_of;
use crate::pages::me;
use crate::pages::session::Visit;
use crate::pages::view::letters::StartPage;
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::session::NewSession;
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::mask::masked_email;
use countersign_protocol::problem::Code;

/// `GET /start/{token}`.
pub async fn ask(
    State(app): State<Shared>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let (_, account) = match find(&app, &token) {
        Ok(found) => found,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let begin = visit.post(format!("/start/{token}"));
    let (page, first) = (visit.page(&app), !account.had_phone);
    let page = StartPage { page, first, account: masked_email(&account.email), begin };
    visit.show(&app, page.render()).await
}

/// `POST /start/{token}`.
pub async fn begin(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let (hash, account) = match find(&app, &token) {
        Ok(found) => found,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    // The pairing first: a link that was used up for nothing would be a person without a way in.
    let eid = me::begin_pairing(&app, &visit, &account.id, false).await?;
    if let Err(fault) = use_up(&app, hash).await {
        me::cancel_pairing(&app, &eid).await?;
        return Ok(visit.refusal(&app, fault));
    }
    visit.sign_in(&app, NewSession::by_link(&account.id)).await?;
    visit.change(|browser| browser.eid = Some(eid));
    visit.go(&app, "/me/phones/add").await
}

/// The account of a link that lives; one with an active phone needs none.
fn find(app: &Shared, token: &str) -> Result<([u8; 32], Account), Refusal> {
    let hash = hash_of(token).ok_or(Code::NotFound)?;
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(account) = account::by_setup_link(tx, &hash, now)? else { return Ok(None) };
        Ok((!account::has_active_phone(tx, &account.id)?).then_some(account))
    })?;
    Ok((hash, found.ok_or(Code::NotFound)?))
}

async fn use_up(app: &Shared, hash: [u8; 32]) -> Result<(), Refusal> {
    let now = app.now();
    let taken = app
        .store
        .write(move |tx| -> Result<_, StoreFault> { account::take_setup_link(tx, &hash, now) })
        .await?;
    if taken { Ok(()) } else { Err(Code::NotFound.into()) }
}
