//! The app comes back into the browser that pairs it (P2; 3.3.1): only the one that started goes on. An `rc` that
//! arrives in another browser ends the pairing, with an alarm.

use super::actions;
use super::phones::{account, own};
use crate::app::Shared;
use crate::binding::level;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::sign_in::{Returned, refused};
use crate::pages::view::me::ReturnedPage;
use crate::pairing;
use crate::reply::Refusal;
use crate::store::enrolment::EnrolmentState;
use crate::store::{StoreFault, enrolment};
use axum::extract::{Query, State};
use axum::response::Response;
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::ReturnCode;
use subtle::ConstantTimeEq;

/// `GET /me/phones/return?rc=`: shows the phone and asks; confirms nothing by itself (N192).
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    Query(returned): Query<Returned>,
) -> Result<Response, Refusal> {
    let Some(rc) = returned.code() else { return refused(&app, visit).await };
    let own = match own(&app, &visit) {
        Ok(own) if own.rc.is_some_and(|hash| hash.ct_eq(&sha256(rc.expose())).into()) => own,
        Ok(own) if own.state == EnrolmentState::Active => return Ok(visit.see("/me/phones/add")),
        _ => {
            stop_pairing(&app, &rc).await?;
            return refused(&app, visit).await;
        }
    };
    let phone = pairing::claimed_by(&app, &own)?.ok_or(Code::NotFound)?;
    let page = ReturnedPage {
        page: visit.page(&app),
        phone: format!("{}, {} ({})", phone.name, phone.os, level(phone.level).as_str()),
        confirm: visit.post(format!("/me/phones/returned?rc={}", rc.to_wire())),
        not_mine: visit.post("/me/phones/cancel"),
    };
    visit.show(&app, page.render()).await
}

async fn stop_pairing(app: &Shared, rc: &ReturnCode) -> Result<(), Refusal> {
    let (hash, now) = (sha256(rc.expose()), app.now());
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::by_return(tx, &hash, now) })?;
    if let Some(found) = found {
        tracing::error!(eid = %found.eid, alarm = true, "a return code arrived in another browser");
        pairing::cancel(app, &found).await?;
    }
    Ok(())
}

/// `POST /me/phones/returned?rc=`: "Yes, pair this phone".
pub async fn confirm(
    State(app): State<Shared>,
    Query(returned): Query<Returned>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let eid = own(&app, &visit)?.eid;
    account(&app, &visit, Some(eid))?;
    let Some(rc) = returned.code() else { return refused(&app, visit).await };
    match actions::confirm_returned(&app, &eid, rc).await.map_err(Refusal::into_problem) {
        // Contested or late: the six digits still count, and the page of the pairing asks for them.
        Err(problem) if problem.code != Code::ReturnRefused => Ok(visit.refusal(&app, problem.into())),
        _ => visit.go(&app, "/me/phones/add").await,
    }
}
