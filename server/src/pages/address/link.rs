//! What the links in the two letters lead to: yes, or stop it. Looking uses nothing up, because mail scanners open links.

use crate::app::{AppFault, Shared};
use crate::letters;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::address::{Behind, BehindPage};
use crate::pages::view::password::{OverPage, Purpose};
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::reply::Refusal;
use crate::store::account;
use crate::store::address::{self, Change, Side};
use crate::store::link::{self as links, Use};
use crate::store::{StoreFault, Tx, audit};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::encoding::array_from_b64u;
use countersign_protocol::label::sha256;
use serde::Deserialize;
use serde_json::json;

/// The form.
#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    answer: String,
}

/// `GET /address/{token}`.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let Some(hash) = hash(&token) else { return over(&app, visit).await };
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> { address::find(tx, &hash, now) })?;
    let Some((change, side)) = found else { return over(&app, visit).await };
    let behind = match side {
        Side::Old => Behind::Old,
        Side::New => Behind::New,
    };
    let submit = visit.post(format!("/address/{token}"));
    let page = BehindPage { page: visit.page(&app), behind, to: change.to, submit };
    visit.show(&app, page.render()).await
}

async fn over(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    let start_again = visit.path("/me/address");
    let page = OverPage { page: visit.page(app), purpose: Purpose::Address, start_again };
    visit.show(app, page.render()).await
}

fn hash(token: &str) -> Option<[u8; 32]> {
    array_from_b64u::<32>(token).ok().map(|token| sha256(&token))
}

/// `POST /address/{token}`.
pub async fn answer(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { visit, fields }: Posted<Given>,
) -> Result<Response, Refusal> {
    let Some(hash) = hash(&token) else { return over(&app, visit).await };
    let (shared, yes) = (app.clone(), fields.answer == "yes");
    let work = move |tx: &Tx<'_>| if yes { prove(tx, &shared, &hash) } else { stop(tx, &shared, &hash) };
    let Some(outcome) = app.store.write(work).await? else { return over(&app, visit).await };
    let next = Next::link(Step::Account, visit.path("/me"));
    let page = StatePage::end(visit.page(&app), outcome, next);
    visit.show(&app, page.render()).await
}

/// One of the two is proven; with the other one the address is changed.
fn prove(tx: &Tx<'_>, app: &Shared, hash: &[u8; 32]) -> Result<Option<Outcome>, AppFault> {
    let Some(change) = address::prove(tx, hash, app.now())? else { return Ok(None) };
    if !(change.old && change.new) {
        return Ok(Some(Outcome::AddressProven));
    }
    // Not changed after all: that it is somebody's by now is told to that one alone.
    Ok(Some(if swap(tx, app, &change)? { Outcome::AddressChanged } else { Outcome::AddressStopped }))
}

/// The old mailbox has no part in the account any more: its links are over. An address that is another account's by now stays
/// that one's, and its owner is told; whoever asked hears nothing of it.
fn swap(tx: &Tx<'_>, app: &Shared, change: &Change) -> Result<bool, AppFault> {
    let (now, id) = (app.now(), &change.account);
    let before = account::by_id(tx, id)?.map(|account| account.email).unwrap_or_default();
    address::stop(tx, id)?;
    if !address::set(tx, id, &change.to)? {
        letters::address_taken(tx, app, &change.to, now)?;
        return Ok(false);
    }
    for purpose in [Use::Reset, Use::Recover] {
        links::end_all(tx, id, purpose)?;
    }
    letters::address_changed(tx, app, (id, &before), now)?;
    let about = json!({"account": id, "email": change.to, "by": "owner"});
    audit::append(tx, &app.keys().audit, "email_changed", &about, now)?;
    Ok(true)
}

fn stop(tx: &Tx<'_>, app: &Shared, hash: &[u8; 32]) -> Result<Option<Outcome>, AppFault> {
    let now = app.now();
    let Some((change, _)) = address::find(tx, hash, now)? else { return Ok(None) };
    address::stop(tx, &change.account)?;
    let about = json!({"account": change.account, "by": "letter"});
    audit::append(tx, &app.keys().audit, "email_change_stopped", &about, now)?;
    Ok(Some(Outcome::AddressStopped))
}
