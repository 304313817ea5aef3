//! "I did not make this sign-in" without signing in (W8): address and code lead to a letter to the owner, nothing else.
//!
//! The page says the same whatever was typed, and only the link in the letter reports. Limited per address of the caller
//! and per account, so that nobody is flooded with letters.

use crate::app::{App, Shared};
use crate::caller::Caller;
use crate::letters;
use crate::limiter;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::letters::{ReportMailPage, ReportPage};
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::refusals::{self, Reporter, Through};
use crate::reply::Refusal;
use crate::signed_link::{Purpose, Unproven};
use crate::store::history::{self, Past};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, account, audit, service};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde_json::json;

/// Sign-ins of an account that are looked through for a code.
const LOOKED_THROUGH: u32 = 1000;

/// A sign-in that is spoken of.
struct Told {
    tid: Tid,
    service: String,
}

impl From<Past> for Told {
    fn from(past: Past) -> Self {
        Self { tid: past.tid, service: past.service }
    }
}

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    code: String,
}

/// `GET /report`.
pub async fn form(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    show(&app, visit, false).await
}

async fn show(app: &Shared, visit: Visit, sent: bool) -> Result<Response, Refusal> {
    let submit = visit.post("/report");
    let page = ReportPage { page: visit.page(app), submit, sent }.render();
    visit.show(app, page).await
}

/// `POST /report`.
pub async fn send(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let limit = app.policy().report_hour;
    let network = limiter::Caller::network("report", peer.0);
    if app.limiter.count_hour(network, limit, app.now()).is_ok()
        && let Some((account, told)) = find(&app, &fields)?
        && app.limiter.count_hour(limiter::Caller::account("report", &account), limit, app.now()).is_ok()
    {
        write_letter(&app, account, told).await?;
    }
    show(&app, visit, true).await
}

/// The sign-in that address and code name together, and its account: one of the last day, or one that its owner can still
/// look up.
fn find(app: &Shared, typed: &Typed) -> Result<Option<(String, Told)>, Refusal> {
    let wanted: String =
        typed.code.to_uppercase().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let (now, policy) = (app.now(), app.policy());
    Ok(app.store.read(|tx| -> Result<_, StoreFault> {
        let account = account::by_email(tx, typed.email.trim())?;
        // Nobody has no sign-ins; looking takes as much for an address without an account.
        let id = account.map(|account| account.id).unwrap_or_default();
        let tids = sign_in::of_account(tx, &id, LOOKED_THROUGH)?;
        let meant = tids.into_iter().find(|tid| sign_in_code(tid).replace('-', "") == wanted);
        let fresh = meant.map_or(Ok(None), |tid| sign_in::by_tid(tx, &tid, now, &policy.lifetimes))?;
        let told = match fresh {
            Some(fresh) => Some(Told { tid: fresh.tid, service: fresh.service }),
            None => history::by_code(tx, &id, &wanted)?.map(Told::from),
        };
        Ok(told.map(|told| (id, told)))
    })?)
}

async fn write_letter(app: &Shared, account: String, told: Told) -> Result<(), Refusal> {
    let (shared, now) = (app.clone(), app.now());
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            letters::report_link(tx, &shared, &account, (&told.tid, &told.service), now)
        })
        .await?;
    Ok(())
}

/// `GET /report/{token}`: asks. Mail scanners open links.
pub async fn ask(
    State(app): State<Shared>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Response, Refusal> {
    let told = match read(&app, &text) {
        Ok((_, told)) => told,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let found = app.store.read(|tx| -> Result<_, StoreFault> { service::by_id(tx, &told.service) })?;
    let page = ReportMailPage {
        page: visit.page(&app),
        service: found.map_or(told.service, |service| service.name),
        code: sign_in_code(&told.tid),
        submit: visit.post(format!("/report/{text}")),
    };
    visit.show(&app, page.render()).await
}

/// `POST /report/{token}`: reports; a second time changes nothing.
pub async fn report(
    State(app): State<Shared>,
    Path(text): Path<String>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let (account, told) = match read(&app, &text) {
        Ok(found) => found,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let (shared, tid) = (app.clone(), told.tid);
    app.store.write(move |tx| -> Result<_, StoreFault> { reported(tx, &shared, &account, &tid) }).await?;
    refusals::announce(&app, &told.service);
    let page =
        StatePage::end(visit.page(&app), Outcome::ReportedByMail, Next::link(Step::SignIn, visit.path("/")));
    visit.show(&app, page.render()).await
}

fn reported(tx: &Tx<'_>, app: &App, account: &str, tid: &Tid) -> Result<(), StoreFault> {
    let (by, now) = (Reporter { account, through: Through::Letter }, app.now());
    if refusals::report_any(tx, app, tid, &by, now)?.is_some() {
        let about = json!({"tid": tid, "account": account, "by": "letter"});
        audit::append(tx, &app.keys().audit, "sign_in_reported", &about, now)?;
    }
    Ok(())
}

/// What a link is about: the account, and its sign-in.
fn read(app: &Shared, text: &str) -> Result<(String, Told), Refusal> {
    let link = Unproven::read(Purpose::Report, text).ok_or(Code::NotFound)?;
    let tid = Tid::from_bytes(link.id());
    let (now, policy) = (app.now(), app.policy());
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let found = match sign_in::by_tid(tx, &tid, now, &policy.lifetimes)? {
            Some(SignIn { account: Some(account), service, tid, .. }) => {
                Some((account, Told { tid, service }))
            }
            _ => history::find(tx, &tid)?.map(|past| (past.account.clone(), Told::from(past))),
        };
        let Some((account, told)) = found else { return Ok(None) };
        let owner = account::by_id(tx, &account)?;
        Ok(owner.and_then(|owner| link.prove(app, &owner.email)).map(|_| (account, told)))
    })?;
    Ok(found.ok_or(Code::NotFound)?)
}
