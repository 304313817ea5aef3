//! Accounts: found, shown, stopped, let go on, and the removal of a phone. Every change needs a reason and a sign-in of the
//! last minutes, and none is made to one's own account.

use super::change::{self, Came, Change, Given, Subject};
use super::{Key, Op, frame, look, operator};
use crate::app::{AppFault, Shared};
use crate::operator::acts::{self, By};
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::operator::{AccountPage, AccountsPage, Asked, FoundAccount, OnePhone, Place, Wrong};
use crate::reply::Refusal;
use crate::store::account::{self, Account};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, Tx, audit, overview};
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
pub struct Form {
    #[serde(default)]
    act: String,
    #[serde(default)]
    phone: String,
    #[serde(flatten)]
    given: Given,
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
    let text = wanted.clone();
    let found = look(&app, move |tx| overview::find(tx, &text, MOST)).await?;
    let (shared, about) = (app.clone(), json!({"by": op.account, "found": found.len()}));
    let note = move |tx: &Tx<'_>| -> Result<_, StoreFault> {
        audit::append(tx, &shared.keys().audit, "accounts_searched", &about, shared.now())
    };
    app.store.write(note).await?;
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
    wrong: Option<Wrong>,
) -> Result<Response, Refusal> {
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(account) = account::by_id(tx, id)? else { return Ok(None) };
        let names = account::names(tx, id)?;
        Ok(Some((account, names, phone::of_account(tx, id)?)))
    })?;
    let Some((account, names, phones)) = found else { return Ok(super::nothing(app, &visit)) };
    let now = app.now();
    let may_go_on = can_go_on(&account, &phones);
    let phones = phones.into_iter().map(|phone| OnePhone {
        id: phone.r#ref.to_string(),
        name: format!("{}, {}", phone.name, phone.os),
        locked: phone.state == PhoneState::Locked,
        last: phone.last_used.map(|at| Moment { at, now }),
    });
    let page = AccountPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Accounts),
        name: names.into_iter().flatten().collect::<Vec<_>>().join(" "),
        email: account.email.clone(),
        state: account.state.clone(),
        may_go_on,
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
    Posted { visit, fields }: Posted<Form>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (given, change) = (fields.given, OnAccount { id, act: fields.act, phone: fields.phone });
    let address = change.address();
    match change::change(&app, visit, &op, given, change.clone()).await? {
        Came::Wrong(visit, wrong) => show_one(&app, visit, (&op, &change.id), wrong).await,
        Came::Answered(answer) => Ok(answer),
        Came::Done(visit, ()) => {
            app.hub.all();
            visit.go(&app, &address).await
        }
    }
}

/// What is to be done to an account.
#[derive(Clone)]
struct OnAccount {
    id: String,
    act: String,
    phone: String,
}

impl OnAccount {
    fn address(&self) -> String {
        format!("/operator/accounts/{}", self.id)
    }

    fn question(&self, account: &Account, phones: &[Phone]) -> Option<(Asked, String)> {
        let email = &account.email;
        match self.act.as_str() {
            "lock" => {
                matches!(account.state.as_str(), "active" | "closing").then(|| (Asked::Lock, email.clone()))
            }
            "unlock" => can_go_on(account, phones).then(|| (Asked::Unlock, email.clone())),
            "remove" => {
                let phone = phones.iter().find(|phone| phone.r#ref.to_string() == self.phone)?;
                Some((Asked::Remove, format!("{}, {} · {email}", phone.name, phone.os)))
            }
            _ => None,
        }
    }
}

/// Whether an operator stopped it, or its phones alone: a restore without an audit log does that.
fn can_go_on(account: &Account, phones: &[Phone]) -> bool {
    let stopped =
        |phone: &Phone| phone.state == PhoneState::Locked && phone.why.as_deref() == Some("operator");
    account.state == "locked" || (account.state == "active" && phones.iter().any(stopped))
}

impl Change for OnAccount {
    type Done = ();

    fn subject(&self, tx: &Tx<'_>) -> Result<Option<Subject>, StoreFault> {
        let Some(account) = account::by_id(tx, &self.id)? else { return Ok(None) };
        let phones = phone::of_account(tx, &self.id)?;
        let state = |phone: &Phone| format!("{} {}", phone.r#ref, phone.state.as_str());
        let states: Vec<String> = phones.iter().map(state).collect();
        Ok(self.question(&account, &phones).map(|(asked, on)| Subject {
            asked,
            on,
            stands: format!("{}\0{}", account.state, states.join("\0")),
            account: Some(account.id),
        }))
    }

    fn make(&self, tx: &Tx<'_>, app: &Shared, by: &By) -> Result<Option<()>, AppFault> {
        let Some(account) = account::by_id(tx, &self.id)? else { return Ok(None) };
        let done = match self.act.as_str() {
            "lock" => acts::lock(tx, app, &account, by)?,
            "unlock" => acts::unlock(tx, app, &account, by)?,
            "remove" => match PhoneRef::parse(&self.phone) {
                Ok(target) => acts::remove_phone(tx, app, (&account, target), by)?,
                Err(_) => false,
            },
            _ => false,
        };
        Ok(done.then_some(()))
    }

    fn form(&self) -> (Place, String, Vec<(&'static str, String)>) {
        let hidden = vec![("act", self.act.clone()), ("phone", self.phone.clone())];
        (Place::Accounts, self.address(), hidden)
    }
}
