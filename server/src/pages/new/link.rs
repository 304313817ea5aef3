//! What the link in the letter leads to: a password, then the account is there. Looking uses nothing up: mail scanners open
//! links.

use crate::app::{AppFault, Shared};
use crate::backend::accounts::new_id;
use crate::pages::form::Posted;
use crate::pages::link_token::hash_of;
use crate::pages::me;
use crate::pages::password::{Typed, sign_in_by_password, wrong};
use crate::pages::session::Visit;
use crate::pages::view::password::{ChoosePage, OverPage, Purpose, Wrong};
use crate::password::Chosen;
use crate::password::rules::ALONE;
use crate::reply::Refusal;
use crate::store::account::{self, NewAccount};
use crate::store::signup::{self, Signup};
use crate::store::{StoreFault, Tx, audit, password};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::time::Time;
use serde_json::json;

/// `GET /account/new/{token}`.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    match find(&app, &token)? {
        Some((_, signup)) => show(&app, visit, (&token, signup), None).await,
        None => over(&app, visit).await,
    }
}

async fn show(
    app: &Shared,
    visit: Visit,
    (token, signup): (&str, Signup),
    wrong: Option<Wrong>,
) -> Result<Response, Refusal> {
    let page = ChoosePage {
        page: visit.page(app),
        purpose: Purpose::NewAccount,
        address: signup.email,
        submit: visit.post(format!("/account/new/{token}")),
        least: ALONE,
        wrong,
    };
    visit.show(app, page.render()).await
}

/// The link has run out, was used, or never was: which of these, nobody is told.
async fn over(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    let start_again = visit.path("/account/new");
    let page = OverPage { page: visit.page(app), purpose: Purpose::NewAccount, start_again };
    visit.show(app, page.render()).await
}

/// `POST /account/new/{token}`.
pub async fn make(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { mut visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let Some((hash, signup)) = find(&app, &token)? else { return over(&app, visit).await };
    if let Some(wrong) = wrong(&app, &names(&signup), ALONE, &fields) {
        return show(&app, visit, (&token, signup), Some(wrong)).await;
    }
    let chosen = match Chosen::make(&app, &fields.password, ALONE).await {
        Ok(chosen) => chosen,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let (shared, now) = (app.clone(), app.now());
    let made = app.store.write(move |tx| make_account(tx, &shared, (&hash, &chosen), now)).await?;
    let Some(account) = made else { return over(&app, visit).await };
    sign_in(&app, &mut visit, account).await?;
    visit.go(&app, "/me/phones/add").await
}

fn names(signup: &Signup) -> [&str; 3] {
    let [given, family] =
        [&signup.given_name, &signup.family_name].map(|name| name.as_deref().unwrap_or_default());
    [given, family, &signup.email]
}

/// Nothing if the link was used meanwhile, or the address got an account.
fn make_account(
    tx: &Tx<'_>,
    app: &Shared,
    (hash, chosen): (&[u8; 32], &Chosen),
    now: Time,
) -> Result<Option<String>, AppFault> {
    let Some(signup) = signup::take(tx, hash, now)? else { return Ok(None) };
    let id = new_id();
    let new = NewAccount {
        email: signup.email,
        given_name: signup.given_name,
        family_name: signup.family_name,
        language: Some(signup.language),
        service: None,
    };
    if !account::insert(tx, &id, &new, now)? {
        return Ok(None);
    }
    password::set(tx, &id, &chosen.sealed(app, &id)?, now)?;
    let about = json!({"account": id, "by": "owner"});
    audit::append(tx, &app.keys().audit, "account_made", &about, now)?;
    Ok(Some(id))
}

/// The link proves the address, and the password was just chosen: that is enough to pair the very first phone.
async fn sign_in(app: &Shared, visit: &mut Visit, account: String) -> Result<(), Refusal> {
    sign_in_by_password(app, visit, &account).await?;
    let eid = me::begin_pairing(app, visit, &account, false).await?;
    visit.change(|browser| browser.eid = Some(eid));
    Ok(())
}

/// What a link that lives is for. An address that has an account by now needs none.
fn find(app: &Shared, token: &str) -> Result<Option<([u8; 32], Signup)>, Refusal> {
    let Some(hash) = hash_of(token) else { return Ok(None) };
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some((signup, _)) = signup::find(tx, &hash, now)? else { return Ok(None) };
        let taken = account::by_email(tx, &signup.email)?.is_some();
        Ok((!taken).then_some(signup))
    })?;
    Ok(found.map(|signup| (hash, signup)))
}
