//! "Show a short code to type" (P3): the same pairing as behind the QR code, for a phone without a camera.

use super::{actions, phones};
use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::html;
use crate::pages::session::Visit;
use crate::pages::view::me::{Place, TypeCodePage};
use crate::reply::Refusal;
use axum::extract::State;
use axum::response::Response;

/// `POST /me/phones/typed`: gives the pairing of this browser a code.
pub async fn offer(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let enrolment = phones::own(&app, &visit)?;
    match actions::add_code(&app, &enrolment).await {
        Ok(()) => visit.go(&app, "/me/phones/typed").await,
        Err(fault) => Ok(visit.refusal(&app, fault)),
    }
}

/// `GET /me/phones/typed`; where there is no code to show, the page of the pairing says why.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let Ok(enrolment) = phones::own(&app, &visit) else { return Ok(visit.see("/me/phones/add")) };
    let Some(code) = actions::code(&app, &enrolment)? else { return Ok(visit.see("/me/phones/add")) };
    let page = TypeCodePage {
        page: visit.page(&app).within(Place::Phones),
        address: app.iss.as_str().to_owned(),
        code: code.as_str().to_owned(),
        countdown: phones::countdown(&app, &enrolment),
        wait: phones::waiting(&visit, &enrolment, "/me/phones/typed"),
        scan: visit.path("/me/phones/add"),
        cancel: visit.post("/me/phones/cancel"),
    };
    let response = html(page.render())?;
    visit.leave(&app, response).await
}
