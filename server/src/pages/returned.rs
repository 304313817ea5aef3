//! The app comes back into a browser (S4, P2; 3.3.1, 3.5.2): only the one that started goes on. An `rc` that arrives in
//! another browser ends what it belongs to, with an alarm.

use super::form::{Nothing, Posted};
use super::phones::{account, own};
use super::session::Visit;
use super::view::{Next, Outcome, Page, Post, ReturnedPage, StatePage, Step};
use super::{actions, html, outcome, see, wait};
use crate::app::Shared;
use crate::binding::level;
use crate::pairing;
use crate::reply::Refusal;
use crate::store::enrolment::EnrolmentState;
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, enrolment};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::ReturnCode;
use serde::Deserialize;
use subtle::ConstantTimeEq;

/// What the app wrote into the address.
#[derive(Deserialize)]
pub struct Returned {
    #[serde(default)]
    rc: String,
}

impl Returned {
    /// The code, if it has the form of one.
    pub fn code(&self) -> Option<ReturnCode> {
        ReturnCode::parse(&self.rc).ok()
    }
}

/// `GET /sign-in/return?rc=`.
pub async fn sign_in(
    State(app): State<Shared>,
    headers: HeaderMap,
    Query(returned): Query<Returned>,
) -> Result<Response, Refusal> {
    let visit = Visit::of(&app, &headers)?;
    let Some(rc) = returned.code() else { return refused(&app, visit).await };
    match wait::own(&app, &visit) {
        Ok(own) if belongs(&own, &rc) => match own.state {
            SignInState::Approved => outcome::approved(&app, visit, &own, Some(rc)).await,
            _ => outcome::show(&app, visit, &own).await,
        },
        _ => {
            stop_sign_in(&app, &rc).await?;
            refused(&app, visit).await
        }
    }
}

fn belongs(sign_in: &SignIn, rc: &ReturnCode) -> bool {
    sign_in.rc.is_some_and(|hash| hash.ct_eq(&sha256(rc.expose())).into())
}

/// Somebody else's browser has it: whoever started that sign-in must not get it either (N89).
async fn stop_sign_in(app: &Shared, rc: &ReturnCode) -> Result<(), Refusal> {
    let (hash, now, policy) = (sha256(rc.expose()), app.now(), app.policy());
    let found = app
        .store
        .read(|tx| -> Result<_, StoreFault> { sign_in::by_return(tx, &hash, now, &policy.lifetimes) })?;
    if let Some(found) = found {
        tracing::error!(tid = %found.tid, alarm = true, "a return code arrived in another browser");
        actions::cancel(app, &found.tid).await?;
    }
    Ok(())
}

/// `GET /me/phones/return?rc=`: shows the phone and asks; confirms nothing by itself (N192).
pub async fn pairing(
    State(app): State<Shared>,
    headers: HeaderMap,
    Query(returned): Query<Returned>,
) -> Result<Response, Refusal> {
    let visit = Visit::of(&app, &headers)?;
    let Some(rc) = returned.code() else { return refused(&app, visit).await };
    let own = match own(&app, &visit) {
        Ok(own) if own.rc.is_some_and(|hash| hash.ct_eq(&sha256(rc.expose())).into()) => own,
        Ok(own) if own.state == EnrolmentState::Active => return Ok(see("/me/phones/add")),
        _ => {
            stop_pairing(&app, &rc).await?;
            return refused(&app, visit).await;
        }
    };
    let phone = pairing::claimed_by(&app, &own)?.ok_or(Code::NotFound)?;
    let page = ReturnedPage {
        page: Page::new(&app.name),
        phone: format!("{}, {} ({})", phone.name, phone.os, level(phone.level).as_str()),
        confirm: Post::new(format!("/me/phones/returned?rc={}", rc.to_wire()), visit.csrf()),
        not_mine: Post::new("/me/phones/cancel", visit.csrf()),
    };
    let response = html(page.render())?;
    visit.leave(&app, response).await
}

async fn stop_pairing(app: &Shared, rc: &ReturnCode) -> Result<(), Refusal> {
    let (hash, now) = (sha256(rc.expose()), app.now());
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::by_return(tx, &hash, now) })?;
    if let Some(found) = found {
        tracing::error!(eid = %found.eid, alarm = true, "a return code arrived in another browser");
        pairing::cancel(app, &found).await?;
    }
    Ok(())
}

/// `POST /me/phones/returned?rc=`: "Yes, pair this phone".
pub async fn confirm_pairing(
    State(app): State<Shared>,
    Query(returned): Query<Returned>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let eid = own(&app, &visit)?.eid;
    account(&app, &visit)?;
    let Some(rc) = returned.code() else { return refused(&app, visit).await };
    match actions::confirm_returned(&app, &eid, rc).await.map_err(Refusal::into_problem) {
        // Contested or late: the six digits still count, and the page of the pairing asks for them.
        Err(problem) if problem.code != Code::ReturnRefused => Ok(super::refusal(&app, problem.into(), None)),
        _ => visit.leave(&app, see("/me/phones/add")).await,
    }
}

async fn refused(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    let page = StatePage {
        page: Page::new(&app.name),
        target: None,
        outcome: Outcome::ReturnRefused,
        countdown: None,
        wait: None,
        next: vec![Next::link(Step::SignIn, "/")],
    };
    let mut response = html(page.render())?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    visit.leave(app, response).await
}
