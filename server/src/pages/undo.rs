//! The link in a letter about a phone (3.3 step 11, 3.7.1): it asks, and its button removes that phone. Who has lost the
//! phone, or never had it, needs no sign-in for that; it can do nothing else.

use super::form::{Nothing, Posted};
use super::session::Visit;
use super::view::{Next, Outcome, Page, Post, StatePage, Step, UndoPage};
use super::{html, refusal};
use crate::app::Shared;
use crate::removal::{self, Removal};
use crate::reply::Refusal;
use crate::signed_link::{self, Purpose};
use crate::store::StoreFault;
use crate::store::phone::{self, Phone};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::id::Aid;
use countersign_protocol::problem::Code;

/// `GET /undo/{token}`: asks.
pub async fn ask(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let visit = Visit::of(&app, &headers)?;
    let phone = match find(&app, &token) {
        Ok(phone) => phone,
        Err(fault) => return Ok(refusal(&app, fault, None)),
    };
    let page = UndoPage {
        page: Page::new(&app.name),
        phone: format!("{}, {}", phone.name, phone.os),
        submit: Post::new(format!("/undo/{token}"), visit.csrf()),
    };
    let response = html(page.render())?;
    visit.leave(&app, response).await
}

/// `POST /undo/{token}`: removes; a second time changes nothing.
pub async fn undo(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let phone = match find(&app, &token) {
        Ok(phone) => phone,
        Err(fault) => return Ok(refusal(&app, fault, None)),
    };
    let shared = app.clone();
    app.store
        .write(move |tx| -> Result<bool, StoreFault> {
            let removal = Removal { phone: &phone, why: "web", by: "letter", through: None };
            removal::revoke(tx, &shared, &removal, shared.now())
        })
        .await?;
    app.hub.all();
    let page = StatePage {
        page: Page::new(&app.name),
        target: None,
        outcome: Outcome::PhoneRemoved,
        countdown: None,
        wait: None,
        next: vec![Next::link(Step::SignIn, "/")],
    };
    let response = html(page.render())?;
    visit.leave(&app, response).await
}

fn find(app: &Shared, token: &str) -> Result<Phone, Refusal> {
    let aid = Aid::from_bytes(signed_link::read(app, Purpose::Undo, token).ok_or(Code::NotFound)?);
    let phone = app.store.read(|tx| -> Result<_, StoreFault> { phone::by_aid(tx, &aid) })?;
    Ok(phone.ok_or(Code::NotFound)?)
}
