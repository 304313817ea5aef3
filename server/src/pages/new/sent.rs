//! The letter with the link: it is on its way, or can be sent once more. Every address takes the same steps.

use crate::app::Shared;
use crate::caller::Caller;
use crate::letters;
use crate::limiter;
use crate::pages::form::{Nothing, Posted};
use crate::pages::link_token::LinkToken;
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::new::SentPage;
use crate::reply::{Refusal, rate_limited};
use crate::store::StoreFault;
use crate::store::signup::{self, Signup};
use axum::extract::{Query, State};
use axum::response::Response;
use countersign_protocol::time::Time;
use serde::Deserialize;

/// Whether it was sent once more.
#[derive(Deserialize)]
pub struct Again {
    again: Option<String>,
}

/// `GET /account/new/sent`.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Query(Again { again }): Query<Again>,
) -> Result<Response, Refusal> {
    let Some((asked, end)) = own(&app, &visit)? else { return Ok(visit.see("/account/new")) };
    let page = SentPage {
        page: visit.page(&app),
        address: asked.email,
        until: Moment { at: end, now: app.now() },
        again: visit.post("/account/new/again"),
        start_again: visit.path("/account/new"),
        sent_again: again.is_some(),
    };
    visit.show(&app, page.render()).await
}

/// `POST /account/new/again`.
pub async fn again(
    State(app): State<Shared>,
    peer: Caller,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let Some((asked, _)) = own(&app, &visit)? else { return Ok(visit.see("/account/new")) };
    match write(&app, &peer, asked).await {
        Ok(hash) => visit.change(|browser| browser.signup = Some(hash)),
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    }
    visit.go(&app, "/account/new/sent?again=1").await
}

/// What this browser asked for.
fn own(app: &Shared, visit: &Visit) -> Result<Option<(Signup, Time)>, Refusal> {
    let Some(hash) = visit.browser.signup else { return Ok(None) };
    let now = app.now();
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { signup::find(tx, &hash, now) })?)
}

/// Notes what was typed and writes the letter, if one more may be written to that address. Gives the hash of its link. How
/// many one network may ask for is said; how many an address gets is not.
pub async fn write(app: &Shared, peer: &Caller, new: Signup) -> Result<[u8; 32], Refusal> {
    let (now, policy) = (app.now(), app.policy());
    let network = limiter::Caller::network("sign-up", peer.0);
    app.limiter.count_hour(network, policy.signup_ip_hour, now).map_err(rate_limited)?;
    let (shared, token) = (app.clone(), LinkToken::draw());
    let path = format!("/account/new/{}", token.text());
    let (hash, end) = (token.hash(), now.plus(policy.lifetimes.signup));
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            signup::insert(tx, &hash, &new, end)?;
            if letters::take_allowance(tx, &shared, (letters::Occasion::SignUp, &new.email), now)? {
                letters::sign_up(tx, &shared, &new, &path, now)?;
            }
            Ok(())
        })
        .await?;
    Ok(hash)
}
