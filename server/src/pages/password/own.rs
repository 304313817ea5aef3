//! Another password for somebody who is signed in: with the old one, or soon after a sign-in by phone. It ends every other
//! session.

use super::{Kept, least, replace, wrong};
use crate::app::{AppFault, Shared};
use crate::caller::Caller;
use crate::limiter;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::me::Place;
use crate::pages::view::password::{OwnPage, Wrong};
use crate::password::Chosen;
use crate::password::check::check;
use crate::password::guesses::{self, By};
use crate::reply::{Refusal, rate_limited};
use crate::store::account::{self, Account};
use crate::store::session::{self, Session};
use crate::store::{StoreFault, Tx, password};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    old: String,
    #[serde(flatten)]
    new: super::Typed,
}

/// Who changes it, and what is asked of them.
struct Asked {
    account: Account,
    session: Session,
    least: u32,
    has_password: bool,
    /// Whether the sign-in by phone was just now; one by code or password says less than the old password.
    is_fresh: bool,
}

/// `GET /me/password`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    match asked(&app, &visit)? {
        Some(asked) => show(&app, visit, &asked, (None, false)).await,
        None => Ok(visit.see("/")),
    }
}

async fn show(
    app: &Shared,
    visit: Visit,
    asked: &Asked,
    (wrong, done): (Option<Wrong>, bool),
) -> Result<Response, Refusal> {
    let page = OwnPage {
        page: visit.page(app).within(Place::Password),
        address: asked.account.email.clone(),
        submit: visit.post("/me/password"),
        sign_in: visit.post("/sign-in"),
        least: asked.least,
        has_password: asked.has_password,
        is_fresh: asked.is_fresh,
        wrong,
        done,
    };
    visit.show(app, page.render()).await
}

/// `POST /me/password`.
pub async fn change(
    State(app): State<Shared>,
    peer: Caller,
    Posted { mut visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let Some(asked) = asked(&app, &visit)? else { return Ok(visit.see("/")) };
    if !asked.is_fresh
        && let Err(wrong) = give_old(&app, peer, &asked, &fields.old).await?
    {
        return show(&app, visit, &asked, (Some(wrong), false)).await;
    }
    if let Some(wrong) = wrong(&app, &[&asked.account.email], asked.least, &fields.new) {
        return show(&app, visit, &asked, (Some(wrong), false)).await;
    }
    let changes = limiter::Caller::account("password", &asked.account.id);
    if let Err(secs) = app.limiter.count_hour(changes, app.policy().mail_address_hour, app.now()) {
        return Ok(visit.refusal(&app, rate_limited(secs).into()));
    }
    let chosen = match Chosen::make(&app, &fields.new.password, asked.least).await {
        Ok(chosen) => chosen,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let (shared, account, own) = (app.clone(), asked.account.id.clone(), asked.session.id);
    let work = move |tx: &Tx<'_>| -> Result<bool, AppFault> {
        // Stretching took its time: a session that was ended meanwhile sets nothing.
        let idle = shared.policy().session_idle;
        if session::live(tx, &own, shared.now(), idle)?.is_none() {
            return Ok(false);
        }
        replace(tx, &shared, (&account, &chosen), &Kept { by: "owner", session: Some(own) })?;
        Ok(true)
    };
    if !app.store.write(work).await? {
        return Ok(visit.see("/"));
    }
    // Whoever copied the cookie would have a part in the one session that goes on.
    visit.renew(&app).await?;
    show(&app, visit, &asked, (None, true)).await
}

/// The old password, counted as a guess before it is looked at. An account without one has nothing to give.
async fn give_old(
    app: &Shared,
    peer: Caller,
    asked: &Asked,
    old: &str,
) -> Result<Result<(), Wrong>, Refusal> {
    if !asked.has_password {
        return Ok(Err(Wrong::Old));
    }
    let who = guesses::bucket(app, &asked.account.id, By::Owner);
    if let Err(secs) = guesses::may_guess(app, peer, who).await? {
        return Ok(Err(Wrong::Wait(secs)));
    }
    if check(app, &asked.account.email, old).await?.is_none() {
        return Ok(Err(Wrong::Old));
    }
    guesses::forget(app, who).await?;
    Ok(Ok(()))
}

fn asked(app: &Shared, visit: &Visit) -> Result<Option<Asked>, Refusal> {
    let Some(session) = visit.signed_in().cloned() else { return Ok(None) };
    let is_fresh = visit.is_fresh(app);
    Ok(app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(account) = account::by_id(tx, &session.account)? else { return Ok(None) };
        let id = &account.id;
        let least = least(account::wants_two_factors(tx, id)? && account::has_active_phone(tx, id)?);
        let has_password = password::sealed(tx, id)?.is_some();
        Ok(Some(Asked { account, session, least, has_password, is_fresh }))
    })?)
}
