//! "I have no phone any more": address, password and recovery code. Whatever is wrong of the three, the answer is the same;
//! a wrong password counts as a guess at that, and leaves the code alone.

use super::{go_on, try_code};
use crate::app::Shared;
use crate::caller::Caller;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::sign_in::actions;
use crate::pages::view::recover::{BackPage, Wrong};
use crate::password::check::check;
use crate::password::guesses::{self, By};
use crate::reply::Refusal;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// `GET /recover`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let address = visit.browser.identifier.clone().unwrap_or_default();
    show(&app, visit, address, None).await
}

async fn show(
    app: &Shared,
    visit: Visit,
    address: String,
    wrong: Option<Wrong>,
) -> Result<Response, Refusal> {
    let page = BackPage { page: visit.page(app), submit: visit.post("/recover"), address, wrong };
    visit.show(app, page.render()).await
}

/// `POST /recover`.
pub async fn recover(
    State(app): State<Shared>,
    peer: Caller,
    Posted { mut visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let address = fields.email.trim().to_owned();
    let by = if is_recognised(&app, &visit, &address)? { By::Recognised } else { By::Stranger };
    let who = guesses::bucket(&app, &address, by);
    if let Err(secs) = guesses::may_guess(&app, peer, who).await? {
        return show(&app, visit, address, Some(Wrong::Wait(secs))).await;
    }
    let Some(account) = check(&app, &address, &fields.password).await?.map(|right| right.account) else {
        return show(&app, visit, address, Some(Wrong::Refused)).await;
    };
    if !try_code(&app, &mut visit, (account, &fields.code), None).await? {
        return show(&app, visit, address, Some(Wrong::Refused)).await;
    }
    // Only now: an answer that is slowed or not must not tell that the password was right.
    guesses::forget(&app, who).await?;
    go_on(&app, visit).await
}

fn is_recognised(app: &Shared, visit: &Visit, address: &str) -> Result<bool, Refusal> {
    match actions::by_email(app, address)? {
        Some(account) => visit.is_recognised(app, &account.id),
        None => Ok(false),
    }
}
