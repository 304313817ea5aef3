//! The app comes back into a browser (S4; 3.5.2): only the one that started goes on. An `rc` that arrives in another
//! browser ends what it belongs to, with an alarm.

use super::{actions, outcome, wait};
use crate::app::Shared;
use crate::pages::html;
use crate::pages::session::Visit;
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::sign_in::{self, SignIn};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::label::sha256;
use countersign_protocol::secret::ReturnCode;
use serde::Deserialize;
use subtle::ConstantTimeEq;

/// What the app wrote into the address.
#[derive(Deserialize)]
pub struct Returned {
    #[serde(default)]
    rc: String,
}

impl Returned {
    /// The code, if it has the form of one.
    pub fn code(&self) -> Option<ReturnCode> {
        ReturnCode::parse(&self.rc).ok()
    }
}

/// `GET /sign-in/return?rc=`.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Query(returned): Query<Returned>,
) -> Result<Response, Refusal> {
    let Some(rc) = returned.code() else { return refused(&app, visit).await };
    match wait::own(&app, &visit) {
        Ok(own) if belongs(&own, &rc) => match own.state {
            SignInState::Approved => outcome::approved(&app, visit, &own, Some(rc)).await,
            _ => outcome::show(&app, visit, &own).await,
        },
        _ => {
            stop_sign_in(&app, &rc).await?;
            refused(&app, visit).await
        }
    }
}

fn belongs(sign_in: &SignIn, rc: &ReturnCode) -> bool {
    sign_in.rc.is_some_and(|hash| hash.ct_eq(&sha256(rc.expose())).into())
}

/// Somebody else's browser has it: whoever started that sign-in must not get it either (N89).
async fn stop_sign_in(app: &Shared, rc: &ReturnCode) -> Result<(), Refusal> {
    let (hash, now, policy) = (sha256(rc.expose()), app.now(), app.policy());
    let found = app
        .store
        .read(|tx| -> Result<_, StoreFault> { sign_in::by_return(tx, &hash, now, &policy.lifetimes) })?;
    if let Some(found) = found {
        tracing::error!(tid = %found.tid, alarm = true, "a return code arrived in another browser");
        actions::cancel(app, &found.tid).await?;
    }
    Ok(())
}

/// Nobody is signed in, no phone is paired.
pub async fn refused(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    let page =
        StatePage::end(visit.page(app), Outcome::ReturnRefused, Next::link(Step::SignIn, visit.path("/")));
    let mut response = html(page.render())?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    visit.leave(app, response).await
}
