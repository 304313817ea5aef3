//! "I forgot my password": an address, and the same page whatever was typed. The letter says the rest.

use super::link::{self, Sent, Typed};
use crate::app::Shared;
use crate::caller::Caller;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::password::ForgottenPage;
use crate::reply::Refusal;
use crate::store::link::Use;
use axum::extract::State;
use axum::response::Response;

/// `GET /password/forgotten`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let address = visit.browser.identifier.clone().unwrap_or_default();
    show(&app, visit, address, (false, false)).await
}

async fn show(
    app: &Shared,
    visit: Visit,
    address: String,
    (sent, wrong): (bool, bool),
) -> Result<Response, Refusal> {
    let submit = visit.post("/password/forgotten");
    let page = ForgottenPage { page: visit.page(app), submit, address, sent, wrong };
    visit.show(app, page.render()).await
}

/// `POST /password/forgotten`; pressed again, it is sent again.
pub async fn send(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let address = fields.email.trim().to_owned();
    match link::send(&app, peer, &address, Use::Reset).await {
        Ok(Sent::Whatever) => show(&app, visit, address, (true, false)).await,
        Ok(Sent::NoAddress) => show(&app, visit, address, (false, true)).await,
        Err(fault) => Ok(visit.refusal(&app, fault)),
    }
}
