//! One's own recovery code: made soon after a sign-in by phone, shown once in the answer to the form, worth nothing any more
//! as soon as there is another.

use crate::app::Shared;
use crate::backend::{Actor, recovery};
use crate::limiter;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::me::Place;
use crate::pages::view::recover::{CodePage, OwnPage, file};
use crate::reply::{Refusal, rate_limited};
use crate::store::account::{self, Account};
use crate::store::{StoreFault, recovery as codes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use countersign_protocol::problem::Code;
use serde::Deserialize;

/// What the file is made of.
#[derive(Deserialize)]
pub struct Shown {
    #[serde(default)]
    code: String,
}

/// Whether the code was put away; the browser asks for it, and nothing hangs on it.
#[derive(Deserialize)]
pub struct Kept {}

/// `GET /me/recovery`: whether there is a code, and never which.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let Some(account) = owner(&app, &visit)? else { return Ok(visit.see("/")) };
    let has_code = app.store.read(|tx| -> Result<_, StoreFault> { codes::find(tx, &account.id) })?.is_some();
    let page = OwnPage {
        page: visit.page(&app).within(Place::Recovery),
        address: account.email,
        has_code,
        make: visit.is_fresh(&app).then(|| visit.post("/me/recovery")),
        sign_in: visit.post("/sign-in"),
    };
    visit.show(&app, page.render()).await
}

/// `POST /me/recovery`.
pub async fn make(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let Some(account) = owner(&app, &visit)? else { return Ok(visit.see("/")) };
    if !visit.is_fresh(&app) {
        return Ok(visit.see("/me/recovery"));
    }
    let made = limiter::Caller::account("recovery", &account.id);
    if let Err(secs) = app.limiter.count_hour(made, app.policy().mail_address_hour, app.now()) {
        return Ok(visit.refusal(&app, rate_limited(secs).into()));
    }
    let code = recovery::make_by(&app, &Actor::portal(&app), account, None).await?;
    let page = CodePage {
        page: visit.page(&app).within(Place::Recovery),
        code: code.to_string(),
        save: visit.post("/me/recovery/file"),
        done: visit.post("/me/recovery/done"),
    };
    visit.show(&app, page.render()).await
}

/// `POST /me/recovery/file`: the same as a file. The page that shows the code sends it; nothing else is written back.
pub async fn file(
    State(app): State<Shared>,
    Posted { visit, fields }: Posted<Shown>,
) -> Result<Response, Refusal> {
    let Some(account) = owner(&app, &visit)? else { return Ok(visit.see("/")) };
    if !recovery::is_present(&app, &account.id, &fields.code)? {
        return Ok(visit.refusal(&app, Code::NotFound.into()));
    }
    let text = file::text(&visit.page(&app), app.iss.as_str(), &account.email, &fields.code);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"recovery-code.txt\""),
    ];
    visit.leave(&app, (headers, text).into_response()).await
}

/// `POST /me/recovery/done`.
pub async fn done(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Kept>,
) -> Result<Response, Refusal> {
    visit.go(&app, "/me").await
}

fn owner(app: &Shared, visit: &Visit) -> Result<Option<Account>, Refusal> {
    let Some(session) = visit.signed_in() else { return Ok(None) };
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, &session.account) })?)
}
