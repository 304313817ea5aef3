//! The sign-ins of the last months, each by its code, and "It wasn't me" (W8).

use super::gate::{self, Need};
use crate::app::{App, Shared};
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::me::{CameTo, PastPage, Place, SignInLine, SignInsPage, UsedKey};
use crate::pages::view::{Moment, Next, Outcome, StatePage, Step};
use crate::refusals::{self, Reporter, Through};
use crate::reply::Refusal;
use crate::store::history::{self, Past};
use crate::store::{StoreFault, Tx, audit, service, session};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::code::sign_in_code;
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;
use serde::Deserialize;
use serde_json::json;

/// Sign-ins on a page.
const ON_A_PAGE: u32 = 25;
/// The last page that is looked at.
const LAST: u32 = 1000;

/// Which page of the list.
#[derive(Deserialize)]
pub struct Which {
    page: Option<String>,
}

/// `GET /me/sign-ins?page=`.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Refusal> {
    let account = match gate::pass(&app, &visit, Need::Look, "") {
        Ok(account) => account.id,
        Err(answer) => return Ok(*answer),
    };
    let number = which.page.and_then(|text| text.parse::<u32>().ok()).unwrap_or(0).min(LAST);
    let mut lines = lines(&app, &visit, &account, (number * ON_A_PAGE, ON_A_PAGE + 1))?;
    let has_more = lines.len() > ON_A_PAGE as usize;
    lines.truncate(ON_A_PAGE as usize);
    let path = |number: u32| visit.path(format!("/me/sign-ins?page={number}"));
    let page = SignInsPage {
        page: visit.page(&app).within(Place::SignIns),
        lines,
        later: number.checked_sub(1).map(path),
        earlier: has_more.then(|| path(number + 1)),
    };
    visit.show(&app, page.render()).await
}

/// Sign-ins of an account as they are drawn: so many after the first ones.
pub(super) fn lines(
    app: &App,
    visit: &Visit,
    account: &str,
    (skip, most): (u32, u32),
) -> Result<Vec<SignInLine>, Refusal> {
    let now = app.now();
    Ok(app.store.read(|tx| -> Result<_, StoreFault> {
        let past = history::of_account(tx, account, skip, most)?;
        past.into_iter().map(|past| line(tx, visit, past, now)).collect()
    })?)
}

fn line(tx: &Tx<'_>, visit: &Visit, past: Past, now: Time) -> Result<SignInLine, StoreFault> {
    let code = sign_in_code(&past.tid);
    Ok(SignInLine {
        service: service::by_id(tx, &past.service)?.map_or(past.service, |service| service.name),
        at: Moment { at: past.at, now },
        key: used_key(&past.key),
        place: past.place,
        agent: past.agent,
        came_to: came_to(&past.result),
        href: visit.path(format!("/me/sign-ins/{code}")),
        code,
    })
}

fn used_key(name: &str) -> UsedKey {
    match name {
        "number" => UsedKey::Number,
        "qr" => UsedKey::Qr,
        "here" => UsedKey::Here,
        "offline" => UsedKey::Offline,
        history::PASSWORD => UsedKey::Password,
        _ => UsedKey::Other,
    }
}

/// What still waited when it was noted last has got no answer.
fn came_to(state: &str) -> CameTo {
    let is = |wanted: SignInState| wanted.as_str() == state;
    match () {
        () if is(SignInState::Completed) => CameTo::SignedIn,
        () if is(SignInState::Denied) => CameTo::Denied,
        () if is(SignInState::Cancelled) => CameTo::Cancelled,
        () if is(SignInState::Failed) => CameTo::Failed,
        () if is(SignInState::Reported) => CameTo::Reported,
        () => CameTo::Nothing,
    }
}

/// The sign-in of this browser's account that an address names.
fn named(app: &Shared, visit: &Visit, code: &str) -> Result<Past, Box<Response>> {
    let account = gate::pass(app, visit, Need::Look, "")?;
    let found = app.store.read(|tx| -> Result<_, StoreFault> { history::by_code(tx, &account.id, code) });
    match found {
        Ok(Some(past)) => Ok(past),
        Ok(None) => Err(Box::new(visit.refusal(app, Code::NotFound.into()))),
        Err(fault) => Err(Box::new(visit.refusal(app, fault.into()))),
    }
}

/// `GET /me/sign-ins/{code}`.
pub async fn one(
    State(app): State<Shared>,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let past = match named(&app, &visit, &code) {
        Ok(past) => past,
        Err(answer) => return Ok(*answer),
    };
    let now = app.now();
    let line = app.store.read(|tx| line(tx, &visit, past, now))?;
    let report =
        (line.came_to != CameTo::Reported).then(|| visit.post(format!("/me/sign-ins/{}/report", line.code)));
    let back = visit.path("/me/sign-ins");
    let page = PastPage { page: visit.page(&app).within(Place::SignIns), line, report, back };
    visit.show(&app, page.render()).await
}

/// `POST /me/sign-ins/{code}/report`: any session may say so, it takes away and gives nothing. A second time changes
/// nothing.
pub async fn report(
    State(app): State<Shared>,
    Path(code): Path<String>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let past = match named(&app, &visit, &code) {
        Ok(past) => past,
        Err(answer) => return Ok(*answer),
    };
    let (shared, service) = (app.clone(), past.service.clone());
    let own = visit.session().map(|session| session.id);
    let goes_on = app
        .store
        .write(move |tx| -> Result<bool, StoreFault> {
            let (now, idle) = (shared.now(), shared.policy().session_idle);
            reported(tx, &shared, &past, now)?;
            let own = own.map_or(Ok(None), |id| session::live(tx, &id, now, idle))?;
            Ok(own.is_some())
        })
        .await?;
    refusals::announce(&app, &service);
    let (page, next) = if goes_on {
        (visit.page(&app).within(Place::SignIns), Next::link(Step::Account, visit.path("/me")))
    } else {
        (visit.page_of_nobody(&app), Next::link(Step::SignIn, visit.path("/")))
    };
    visit.show(&app, StatePage::end(page, Outcome::ReportedByMail, next).render()).await
}

fn reported(tx: &Tx<'_>, app: &App, past: &Past, now: Time) -> Result<(), StoreFault> {
    let by = Reporter { account: &past.account, through: Through::Account };
    if refusals::report_any(tx, app, &past.tid, &by, now)?.is_some() {
        let about = json!({"tid": past.tid, "account": past.account, "by": "owner"});
        audit::append(tx, &app.keys().audit, "sign_in_reported", &about, now)?;
    }
    Ok(())
}
