//! Where it is asked for. The page says the same whether the new address is another account's or not; letters say the rest.

use crate::app::{AppFault, Shared};
use crate::backend::accounts::is_email;
use crate::letters;
use crate::limiter::Caller;
use crate::pages::form::{Nothing, Posted};
use crate::pages::link_token::LinkToken;
use crate::pages::session::Visit;
use crate::pages::view::address::{Asked, OwnPage, Wrong};
use crate::pages::view::me::Place;
use crate::reply::{Refusal, rate_limited};
use crate::store::account::{self, Account};
use crate::store::address::{self, Change, Side};
use crate::store::session::Right;
use crate::store::{StoreFault, audit};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    again: String,
}

/// `GET /me/address`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    show(&app, visit, (String::new(), String::new()), None).await
}

async fn show(
    app: &Shared,
    visit: Visit,
    (typed, again): (String, String),
    wrong: Option<Wrong>,
) -> Result<Response, Refusal> {
    let Some((account, change)) = owner(app, &visit)? else { return Ok(visit.see("/")) };
    let page = OwnPage {
        page: visit.page(app).within(Place::Address),
        address: account.email,
        asked: change.map(|change| Asked { to: change.to, old: change.old, new: change.new }),
        submit: visit.is_fresh(app).then(|| visit.post("/me/address")),
        stop: visit.post("/me/address/stop"),
        sign_in: visit.post("/sign-in"),
        typed,
        again,
        wrong,
    };
    visit.show(app, page.render()).await
}

/// `POST /me/address`.
pub async fn ask(
    State(app): State<Shared>,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let Some((account, _)) = owner(&app, &visit)? else { return Ok(visit.see("/")) };
    if !visit.is_fresh(&app) {
        return Ok(visit.see("/me/address"));
    }
    let [to, again] = [fields.email, fields.again].map(|text| text.trim().to_owned());
    let wrong = wrong(&account, &to, &again);
    if wrong.is_some() {
        return show(&app, visit, (to, again), wrong).await;
    }
    if let Err(fault) = begin(&app, account, to).await {
        return Ok(visit.refusal(&app, fault));
    }
    visit.go(&app, "/me/address").await
}

/// The first thing that is wrong.
fn wrong(account: &Account, to: &str, again: &str) -> Option<Wrong> {
    if !is_email(to) || to.parse::<lettre::Address>().is_err() {
        return Some(Wrong::NoAddress);
    }
    if to.eq_ignore_ascii_case(&account.email) {
        return Some(Wrong::Same);
    }
    (!to.eq_ignore_ascii_case(again)).then_some(Wrong::Differ)
}

/// Two links and two letters. What the new address gets is counted as everything that anybody can have sent there.
async fn begin(app: &Shared, account: Account, to: String) -> Result<(), Refusal> {
    let (now, policy) = (app.now(), app.policy());
    let caller = Caller::account("address", &account.id);
    app.limiter.count_hour(caller, policy.mail_address_hour, now).map_err(rate_limited)?;
    let (shared, new, old) = (app.clone(), LinkToken::draw(), LinkToken::draw());
    let end = now.plus(policy.lifetimes.address);
    app.store
        .write(move |tx| -> Result<_, AppFault> {
            let id = &account.id;
            let links = [(Side::New, &new.hash()), (Side::Old, &old.hash())];
            address::begin(tx, (id, &to), links, end)?;
            if letters::take_allowance(tx, &shared, (letters::Occasion::Address, &to), now)? {
                letters::ask_new_address(tx, &shared, (id, &to), &new.text(), now)?;
            }
            letters::ask_old_address(tx, &shared, (id, &to), &old.text(), now)?;
            let about = json!({"account": id});
            Ok(audit::append(tx, &shared.keys().audit, "email_change_asked", &about, now)?)
        })
        .await?;
    Ok(())
}

/// `POST /me/address/stop`.
pub async fn stop(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let Some((account, _)) = owner(&app, &visit)? else { return Ok(visit.see("/")) };
    let shared = app.clone();
    app.store
        .write(move |tx| -> Result<_, AppFault> {
            if !address::stop(tx, &account.id)? {
                return Ok(());
            }
            let about = json!({"account": account.id, "by": "owner"});
            Ok(audit::append(tx, &shared.keys().audit, "email_change_stopped", &about, shared.now())?)
        })
        .await?;
    visit.go(&app, "/me/address").await
}

/// Whoever is signed in and may manage the account, and the change that goes on.
fn owner(app: &Shared, visit: &Visit) -> Result<Option<(Account, Option<Change>)>, Refusal> {
    let Some(session) = visit.signed_in() else { return Ok(None) };
    if session.right() == Right::Look {
        return Ok(None);
    }
    let now = app.now();
    Ok(app.store.read(|tx| -> Result<_, StoreFault> {
        let account = account::by_id(tx, &session.account)?;
        Ok(account.zip(Some(address::of_account(tx, &session.account, now)?)))
    })?)
}
