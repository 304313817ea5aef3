//! "I forgot my password": an address, and the same page whatever was typed. The letter says the rest.

use crate::app::Shared;
use crate::backend::accounts::is_email;
use crate::caller::Caller;
use crate::letters;
use crate::limiter;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::password::ForgottenPage;
use crate::random;
use crate::reply::{Refusal, rate_limited};
use crate::store::StoreFault;
use crate::store::link::{self, Use};
use crate::store::mail;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::sha256;
use serde::Deserialize;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
}

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
    if !is_email(&address) || address.parse::<lettre::Address>().is_err() {
        return show(&app, visit, address, (false, true)).await;
    }
    if let Err(fault) = write(&app, &peer, address.clone()).await {
        return Ok(visit.refusal(&app, fault));
    }
    show(&app, visit, address, (true, false)).await
}

/// The same steps for every address: a row, and a letter.
async fn write(app: &Shared, peer: &Caller, address: String) -> Result<(), Refusal> {
    let (now, policy) = (app.now(), app.policy());
    let network = limiter::Caller::network("forgotten", peer.0);
    app.limiter.count_hour(network, policy.signup_ip_hour, now).map_err(rate_limited)?;
    let (shared, token): (_, [u8; 32]) = (app.clone(), random::bytes());
    let (hash, path, end) =
        (sha256(&token), format!("/password/new/{}", b64u(&token)), now.plus(policy.lifetimes.reset));
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            let owner = mail::owner_of(tx, &address)?;
            let account = owner.as_ref().map_or("", |(account, _)| account);
            link::insert(tx, &hash, (Use::Reset, account), end)?;
            if letters::take_allowance(tx, &shared, &address, now)? {
                letters::forgotten(tx, &shared, (&address, owner), &path, now)?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}
