//! The link in the letter about an account that is being closed (W6): it asks, and its button brings the account back. Who
//! has lost nothing but the wish to go needs no sign-in for that, and gets none by it.

use crate::app::Shared;
use crate::closing;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::letters::KeepPage;
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::reply::Refusal;
use crate::signed_link::{Purpose, Unproven};
use crate::store::StoreFault;
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::mask::masked_email;

/// `GET /close/undo/{token}`: asks. Mail scanners open links.
pub async fn ask(
    State(app): State<Shared>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let Some(meant) = read(&app, &token) else {
        return end(&app, visit, Outcome::ClosingOver).await;
    };
    let found = app.store.read(|tx| -> Result<_, StoreFault> { closing::find(tx, meant, app.now()) })?;
    let Some(account) = found else { return end(&app, visit, Outcome::ClosingOver).await };
    let page = KeepPage {
        page: visit.page(&app),
        account: masked_email(&account.email),
        until: meant.1,
        submit: visit.post(format!("/close/undo/{token}")),
    };
    visit.show(&app, page.render()).await
}

/// `POST /close/undo/{token}`: keeps the account; a second time says that the link is over.
pub async fn keep(
    State(app): State<Shared>,
    Path(token): Path<String>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let Some(meant) = read(&app, &token) else {
        return end(&app, visit, Outcome::ClosingOver).await;
    };
    let shared = app.clone();
    let kept = app
        .store
        .write(move |tx| -> Result<_, StoreFault> { closing::undo(tx, &shared, meant, shared.now()) })
        .await?;
    let outcome = match kept {
        Some(account) if account.state == "active" => Outcome::AccountKept,
        Some(_) => Outcome::AccountStopped,
        None => Outcome::ClosingOver,
    };
    end(&app, visit, outcome).await
}

async fn end(app: &Shared, visit: Visit, outcome: Outcome) -> Result<Response, Refusal> {
    let next = Next::link(Step::SignIn, visit.path("/"));
    let page = StatePage::end(visit.page(app), outcome, next).render();
    visit.show(app, page).await
}

fn read(app: &Shared, token: &str) -> Option<closing::Meant> {
    let link = Unproven::read(Purpose::Keep, token)?;
    Some((link.id(), link.prove(app, "")?))
}
