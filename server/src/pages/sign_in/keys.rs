//! Choice of keys (W2). An unrecognised browser is offered the same for every identifier, so that nothing here tells
//! which accounts exist.

use super::{actions, outcome};
use crate::app::Shared;
use crate::caller::Caller;
use crate::pages::form::{Nothing, Posted};
use crate::pages::keys_of::{self, Asked, Key};
use crate::pages::relying::{self, along};
use crate::pages::session::Visit;
use crate::pages::view::sign_in::KeysPage;
use crate::reply::{Refusal, rate_limited};
use crate::store::session::Acr;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;

/// Starts of one browser, and in how many seconds (3.9.2).
const STARTS: usize = 5;
const STARTS_IN: u64 = 300;

/// `GET /sign-in/keys`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let arrival = visit.arrived();
    let Some(identifier) = visit.browser.identifier.clone() else {
        return Ok(visit.see(&along("/", arrival)));
    };
    let known = actions::known(&app, &visit)?;
    if let Some(known) = known.as_ref().filter(|_| visit.signed_in().is_some()) {
        let two = arrival.is_some_and(|arrival| arrival.level > Acr::Basic);
        if two && !actions::has_active_phone(&app, &known.account.id)? {
            return outcome::needs_phone(&app, visit, &known.account).await;
        }
    }
    let last = known.as_ref().map_or(Ok(None), |known| actions::last_key(&app, &known.account.id))?;
    let service = relying::taken_by(&app, arrival)?;
    let asked = Asked {
        known: known.is_some(),
        passed: known.as_ref().is_some_and(|known| known.passed),
        has_phone: known.map_or(Ok(true), |known| actions::has_active_phone(&app, &known.account.id))?,
        level: arrival.map(|arrival| arrival.level),
        service: service.as_ref(),
        last: last.as_deref(),
        on_phone: visit.is_on_phone(),
    };
    let ways = keys_of::offer(&asked, |path| visit.post_along(path, arrival));
    let not_you = visit.post_along("/sign-in/forget", arrival);
    let target = relying::target(&app, arrival)?;
    let page = KeysPage { page: visit.page(&app), target, identifier, not_you, ways };
    visit.show(&app, page.render()).await
}

/// `POST /sign-in/number` (S1, S2).
pub async fn by_number(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, visit, keys_of::number()).await
}

/// `POST /sign-in/qr` (S3).
pub async fn by_qr(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, visit, keys_of::qr()).await
}

/// `POST /sign-in/here` (S4).
pub async fn here(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, visit, keys_of::here()).await
}

/// `POST /sign-in/offline` (S5).
pub async fn offline(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    begin(&app, peer, visit, keys_of::offline()).await
}

async fn begin(app: &Shared, peer: Caller, mut visit: Visit, key: &Key) -> Result<Response, Refusal> {
    if !relying::takes(app, visit.arrived(), key)? {
        let response = outcome::unavailable(app, &visit, Code::MethodUnavailable.into());
        return visit.leave(app, response).await;
    }
    if let Err(fault) = count_start(&mut visit, app.now()) {
        return Ok(visit.start_again(app, fault));
    }
    match actions::start(app, &visit, peer, key).await {
        Ok(tid) => {
            visit.start(app, tid).await?;
            visit.go(app, "/sign-in/wait").await
        }
        Err(fault) => {
            let response = outcome::unavailable(app, &visit, fault);
            visit.leave(app, response).await
        }
    }
}

/// At most five starts in five minutes from one browser.
fn count_start(visit: &mut Visit, now: Time) -> Result<(), Refusal> {
    let starts: Vec<u64> = serde_json::from_str(&visit.browser.starts).unwrap_or_default();
    let mut recent: Vec<u64> = starts.into_iter().filter(|at| now.secs() < at + STARTS_IN).collect();
    if recent.len() >= STARTS {
        let oldest = recent.first().copied().unwrap_or_default();
        return Err(rate_limited((oldest + STARTS_IN).saturating_sub(now.secs())).into());
    }
    recent.push(now.secs());
    visit.change(|browser| browser.starts = serde_json::json!(recent).to_string());
    Ok(())
}
