//! Accounts: found, shown, stopped, let go on, and the removal of a phone. Every change needs a reason and a sign-in of the
//! last minutes, and none is made to one's own account.

use super::{Key, Op, frame, operator};
use crate::app::{AppFault, Shared};
use crate::operator::acts::{self, By};
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::operator::{
    AccountPage, AccountsPage, AskPage, Asked, FoundAccount, OnePhone, Place, WrongAct,
};
use crate::reply::Refusal;
use crate::store::account::{self, Account};
use crate::store::{StoreFault, audit, overview, phone};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::id::PhoneRef;
use countersign_protocol::text::is_clean;
use serde::Deserialize;
use serde_json::json;

/// Accounts on one page.
const MOST: u32 = 50;
/// Fewer letters would find everybody.
const LEAST: usize = 3;
/// Longest search, in characters.
const LONGEST: usize = 200;

/// The form of the search.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    wanted: String,
}

/// The form of a change.
#[derive(Deserialize)]
pub struct Change {
    #[serde(default)]
    act: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    sure: String,
}

/// `GET /operator/accounts`.
pub async fn page(State(app): State<Shared>, visit: Visit, key: Key) -> Result<Response, Refusal> {
    if let Err(elsewhere) = operator(&app, &visit, &key).await? {
        return Ok(elsewhere);
    }
    show(&app, visit, String::new(), None).await
}

async fn show(
    app: &Shared,
    visit: Visit,
    wanted: String,
    found: Option<Vec<overview::Found>>,
) -> Result<Response, Refusal> {
    let now = app.now();
    let line = |one: overview::Found| FoundAccount {
        open: visit.path(format!("/operator/accounts/{}", one.id)),
        name: one.name,
        email: one.email,
        state: one.state,
        phones: one.phones,
        last: one.last.map(|at| Moment { at, now }),
    };
    let page = AccountsPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Accounts),
        submit: visit.post("/operator/accounts"),
        too_short: found.is_none() && !wanted.is_empty(),
        wanted,
        found: found.map(|all| all.into_iter().map(line).collect()),
        most: MOST,
    };
    visit.show(app, page.render()).await
}

/// `POST /operator/accounts`: looking for somebody stands in the log as well.
pub async fn find(
    State(app): State<Shared>,
    key: Key,
    Posted { visit, fields }: Posted<Search>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let wanted = fields.wanted.trim().to_owned();
    if wanted.chars().count() < LEAST || !is_clean(&wanted, LONGEST) {
        let wanted = if wanted.is_empty() { " ".to_owned() } else { wanted };
        return show(&app, visit, wanted, None).await;
    }
    let (shared, text) = (app.clone(), wanted.clone());
    let found = app
        .store
        .write(move |tx| -> Result<_, AppFault> {
            let found = overview::find(tx, &text, MOST)?;
            let about = json!({"by": op.account, "found": found.len()});
            audit::append(tx, &shared.keys().audit, "accounts_searched", &about, shared.now())?;
            Ok(found)
        })
        .await?;
    show(&app, visit, wanted, Some(found)).await
}

/// `GET /operator/accounts/{account}`.
pub async fn one(
    State(app): State<Shared>,
    visit: Visit,
    key: Key,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    match operator(&app, &visit, &key).await? {
        Ok(op) => show_one(&app, visit, (&op, &id), None).await,
        Err(elsewhere) => Ok(elsewhere),
    }
}

async fn show_one(
    app: &Shared,
    visit: Visit,
    (op, id): (&Op, &str),
    wrong: Option<WrongAct>,
) -> Result<Response, Refusal> {
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(account) = account::by_id(tx, id)? else { return Ok(None) };
        let names = account::names(tx, id)?;
        Ok(Some((account, names, phone::of_account(tx, id)?)))
    })?;
    let Some((account, names, phones)) = found else { return Ok(super::nothing(app, &visit)) };
    let now = app.now();
    let phones = phones.into_iter().map(|phone| OnePhone {
        id: phone.r#ref.to_string(),
        name: format!("{}, {}", phone.name, phone.os),
        locked: phone.state == phone::PhoneState::Locked,
        last: phone.last_used.map(|at| Moment { at, now }),
    });
    let page = AccountPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Accounts),
        name: names.into_iter().flatten().collect::<Vec<_>>().join(" "),
        email: account.email.clone(),
        state: account.state.clone(),
        closing: account.closing,
        own: account.id == op.account,
        may_change: op.may_change(app),
        submit: visit.post(format!("/operator/accounts/{id}")),
        again: visit.post("/operator/sign-in"),
        phones: phones.collect(),
        wrong,
    };
    visit.show(app, page.render()).await
}

/// `POST /operator/accounts/{account}`: asks first, then does it.
pub async fn change(
    State(app): State<Shared>,
    Path(id): Path<String>,
    key: Key,
    Posted { visit, fields }: Posted<Change>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if id == op.account || !op.may_change(&app) {
        return show_one(&app, visit, (&op, &id), None).await;
    }
    let Some(reason) = super::reason(&fields.reason) else {
        return show_one(&app, visit, (&op, &id), Some(WrongAct::Reason)).await;
    };
    if fields.sure.is_empty() {
        return ask(&app, visit, (&op, &id), (fields, reason)).await;
    }
    let (shared, wanted, by) =
        (app.clone(), id.clone(), By { who: op.account.clone(), reason: Some(reason) });
    let work = move |tx: &crate::store::Tx<'_>| -> Result<bool, AppFault> {
        let Some(account) = account::by_id(tx, &wanted)? else { return Ok(false) };
        act(tx, &shared, (&account, &fields), &by)
    };
    if !app.store.write(work).await? {
        return show_one(&app, visit, (&op, &id), Some(WrongAct::Gone)).await;
    }
    app.hub.all();
    visit.go(&app, &format!("/operator/accounts/{id}")).await
}

/// "Really?", if it can be done at all.
async fn ask(
    app: &Shared,
    visit: Visit,
    (op, id): (&Op, &str),
    (change, reason): (Change, String),
) -> Result<Response, Refusal> {
    let Some((asked, on)) = meant(app, id, &change)? else {
        return show_one(app, visit, (op, id), Some(WrongAct::Gone)).await;
    };
    let address = format!("/operator/accounts/{id}");
    let page = AskPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Accounts),
        asked,
        on,
        reason,
        submit: visit.post(&address),
        hidden: vec![("act", change.act), ("phone", change.phone)],
        back: visit.path(&address),
    };
    visit.show(app, page.render()).await
}

/// What is to be done, and to whom or what.
fn meant(app: &Shared, id: &str, change: &Change) -> Result<Option<(Asked, String)>, StoreFault> {
    app.store.read(|tx| {
        let Some(account) = account::by_id(tx, id)? else { return Ok(None) };
        let email = account.email;
        Ok(match change.act.as_str() {
            "lock" => Some((Asked::Lock, email)),
            "unlock" => Some((Asked::Unlock, email)),
            "remove" => {
                let phones = phone::of_account(tx, id)?;
                let phone = phones.into_iter().find(|phone| phone.r#ref.to_string() == change.phone);
                phone.map(|phone| (Asked::Remove, format!("{}, {} · {email}", phone.name, phone.os)))
            }
            _ => None,
        })
    })
}

fn act(
    tx: &crate::store::Tx<'_>,
    app: &Shared,
    (account, change): (&Account, &Change),
    by: &By,
) -> Result<bool, AppFault> {
    match change.act.as_str() {
        "lock" => acts::lock(tx, app, account, by),
        "unlock" => acts::unlock(tx, app, account, by),
        "remove" => match PhoneRef::parse(&change.phone) {
            Ok(target) => acts::remove_phone(tx, app, (account, target), by),
            Err(_) => Ok(false),
        },
        _ => Ok(false),
    }
}
