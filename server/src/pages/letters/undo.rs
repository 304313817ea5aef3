//! The link in a letter about a phone (3.3 step 11, 3.7.1): it asks, and its button removes that phone. Who has lost the
//! phone, or never had it, needs no sign-in for that; it can do nothing else.

use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::letters::UndoPage;
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::removal::{self, Removal};
use crate::reply::Refusal;
use crate::signed_link::{Purpose, Unproven};
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, account};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::id::Aid;
use countersign_protocol::problem::Code;

/// `GET /undo/{token}`: asks.
pub async fn ask(
    State(app): State<Shared>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let phone = match find(&app, &token) {
        Ok(phone) => phone,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let page = UndoPage {
        page: visit.page(&app),
        phone: format!("{}, {}", phone.name, phone.os),
        submit: visit.post(format!("/undo/{token}")),
    };
    visit.show(&app, page.render()).await
}

/// `POST /undo/{token}`: removes; a second time changes nothing.
pub async fn undo(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let phone = match find(&app, &token) {
        Ok(phone) => phone,
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let shared = app.clone();
    app.store
        .write(move |tx| -> Result<bool, StoreFault> {
            let removal = Removal { phone: &phone, why: "web", by: "letter", through: None };
            removal::revoke(tx, &shared, &removal, shared.now())
        })
        .await?;
    app.hub.all();
    let page =
        StatePage::end(visit.page(&app), Outcome::PhoneRemoved, Next::link(Step::SignIn, visit.path("/")));
    visit.show(&app, page.render()).await
}

fn find(app: &Shared, token: &str) -> Result<Phone, Refusal> {
    let link = Unproven::read(Purpose::Undo, token).ok_or(Code::NotFound)?;
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(phone) = phone::by_aid(tx, &Aid::from_bytes(link.id()))? else { return Ok(None) };
        let owner = account::by_id(tx, &phone.account)?;
        Ok(owner.and_then(|owner| link.prove(app, &owner.email)).map(|_| phone))
    })?;
    Ok(found.ok_or(Code::NotFound)?)
}
