//! What the link in the letter leads to: another password. It ends every session and forgets every browser, because somebody
//! else may have known the old one.
//!
//! A mailbox alone opens nothing that a phone guards: where two factors are asked for, nobody is signed in by this, and the
//! session that it gives elsewhere pairs no phone with an account that ever had one.

use super::{Kept, Typed, sign_in_by_password, wrong};
use crate::app::{AppFault, Shared};
use crate::pages::form::Posted;
use crate::pages::link_token::hash_of;
use crate::pages::session::Visit;
use crate::pages::view::password::{ChoosePage, OverPage, Purpose, Wrong};
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::password::Chosen;
use crate::reply::Refusal;
use crate::store::account::{self, Account};
use crate::store::link::{self, Use};
use crate::store::{StoreFault, Tx};
use axum::extract::{Path, State};
use axum::response::Response;

/// `GET /password/new/{token}`: asks, and uses nothing up.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    match find(&app, &token)? {
        Some((_, owner)) => show(&app, visit, (&token, &owner), None).await,
        None => over(&app, visit).await,
    }
}

async fn show(
    app: &Shared,
    visit: Visit,
    (token, owner): (&str, &Owner),
    wrong: Option<Wrong>,
) -> Result<Response, Refusal> {
    let page = ChoosePage {
        page: visit.page(app),
        purpose: Purpose::Forgotten,
        address: owner.account.email.clone(),
        submit: visit.post(format!("/password/new/{token}")),
        least: owner.least,
        wrong,
    };
    visit.show(app, page.render()).await
}

async fn over(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    let start_again = visit.path("/password/forgotten");
    let page = OverPage { page: visit.page(app), purpose: Purpose::Forgotten, start_again };
    visit.show(app, page.render()).await
}

/// `POST /password/new/{token}`.
pub async fn set(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { mut visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let Some((hash, owner)) = find(&app, &token)? else { return over(&app, visit).await };
    if let Some(wrong) = wrong(&app, &[&owner.account.email], owner.least, &fields) {
        return show(&app, visit, (&token, &owner), Some(wrong)).await;
    }
    let chosen = match Chosen::make(&app, &fields.password, owner.least).await {
        Ok(chosen) => chosen,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let shared = app.clone();
    let taken = app.store.write(move |tx| replace(tx, &shared, (&hash, &chosen))).await?;
    let Some(account) = taken else { return over(&app, visit).await };
    if owner.is_guarded {
        visit.sign_out(&app).await?;
        let next = Next::link(Step::SignIn, visit.path("/"));
        let page = StatePage::end(visit.page(&app), Outcome::PasswordChanged, next);
        return visit.show(&app, page.render()).await;
    }
    sign_in_by_password(&app, &mut visit, &account).await?;
    visit.go(&app, "/me").await
}

/// Nothing if the link was used meanwhile.
fn replace(
    tx: &Tx<'_>,
    app: &Shared,
    (hash, chosen): (&[u8; 32], &Chosen),
) -> Result<Option<String>, AppFault> {
    let Some(account) = link::take(tx, hash, Use::Reset, app.now())? else { return Ok(None) };
    let kept = Kept { by: "letter", session: None };
    super::replace(tx, app, (&account, chosen), &kept)?;
    Ok(Some(account))
}

/// Whose link it is.
struct Owner {
    account: Account,
    least: u32,
    /// Whether a phone guards the account, so that a password alone signs nobody in.
    is_guarded: bool,
}

fn find(app: &Shared, token: &str) -> Result<Option<([u8; 32], Owner)>, Refusal> {
    let Some(hash) = hash_of(token) else { return Ok(None) };
    let now = app.now();
    Ok(app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(id) = link::find(tx, &hash, Use::Reset, now)? else { return Ok(None) };
        let Some(account) = account::by_id(tx, &id)?.filter(|account| account.state == "active") else {
            return Ok(None);
        };
        let two_factors = account::wants_two_factors(tx, &id)?;
        let least = super::least(two_factors && account::has_active_phone(tx, &id)?);
        let is_guarded = two_factors && account.had_phone;
        Ok(Some((hash, Owner { account, least, is_guarded })))
    })?)
}
