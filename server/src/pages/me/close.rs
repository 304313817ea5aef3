//! "Close my account" (W6): it says what is lost, asks for the address, and takes a sign-in of the last minutes.

use super::gate::{self, Need};
use crate::app::Shared;
use crate::closing;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::me::{ClosePage, Place};
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::reply::Refusal;
use crate::store::{StoreFault, Tx, history, phone, session};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::time::Time;
use serde::Deserialize;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
}

/// `GET /me/close`.
pub async fn ask(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    match gate::pass(&app, &visit, Need::Fresh, "close") {
        Ok(account) => show(&app, visit, &account.id, false).await,
        Err(answer) => Ok(*answer),
    }
}

async fn show(app: &Shared, visit: Visit, account: &str, wrong: bool) -> Result<Response, Refusal> {
    let (services, phones) = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok((history::services(tx, account)?, phone::of_account(tx, account)?.len()))
    })?;
    let page = ClosePage {
        page: visit.page(app).within(Place::Options),
        submit: visit.post("/me/close"),
        days: app.policy().closing_days,
        services,
        phones: u32::try_from(phones).unwrap_or(u32::MAX),
        keep: visit.path("/me/options"),
        wrong,
    };
    visit.show(app, page.render()).await
}

/// `POST /me/close`.
pub async fn close(
    State(app): State<Shared>,
    Posted { mut visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let account = match gate::pass(&app, &visit, Need::Fresh, "close") {
        Ok(account) => account,
        Err(answer) => return Ok(*answer),
    };
    if !fields.email.trim().eq_ignore_ascii_case(&account.email) {
        return show(&app, visit, &account.id, true).await;
    }
    let own = visit.session().map(|session| session.id);
    let (shared, id) = (app.clone(), account.id);
    let work = move |tx: &Tx<'_>| -> Result<Option<Time>, StoreFault> {
        let (now, idle) = (shared.now(), shared.policy().session_idle);
        // A session that was ended meanwhile closes nothing.
        match own.map_or(Ok(None), |own| session::live(tx, &own, now, idle))? {
            Some(_) => closing::begin(tx, &shared, &id, now),
            None => Ok(None),
        }
    };
    let Some(until) = app.store.write(work).await? else { return Ok(visit.see("/")) };
    app.hub.all();
    visit.sign_out(&app).await?;
    let next = Next::link(Step::GetHelp, visit.path("/help"));
    let page = StatePage::end(visit.page(&app), Outcome::Closing(until), next);
    visit.show(&app, page.render()).await
}
