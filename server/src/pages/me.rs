//! "My account", as far as it goes: who is signed in, the sign-in's code, "Add a phone", sign-out.

use super::form::{Nothing, Posted};
use super::session::Visit;
use super::view::{AddPhoneLink, DonePage, Page, Post};
use super::{actions, html, see};
use crate::app::Shared;
use crate::reply::Refusal;
use crate::store::browser::May;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::code::sign_in_code;

/// `GET /me`.
pub async fn page(State(app): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    let visit = Visit::of(&app, &headers)?;
    let browser = &visit.browser;
    let (Some(id), true, Some(tid)) = (&browser.account, browser.may.is_signed_in(), browser.tid) else {
        return Ok(see(if browser.may == May::Pair { "/me/phones/add" } else { "/" }));
    };
    let account = actions::account(&app, id)?;
    let sign_in = actions::sign_in(&app, &tid)?;
    let page = DonePage {
        page: Page::new(&app.name),
        service: app.name.clone(),
        account: account.email,
        at: actions::moment(sign_in.decided_at.unwrap_or(sign_in.created)),
        code: sign_in_code(&tid),
        sign_out: Post::new("/sign-out", visit.csrf()),
        add_phone: (browser.may == May::Full)
            .then(|| AddPhoneLink::Post(Post::new("/me/phones/add", visit.csrf()))),
    };
    let response = html(page.render())?;
    visit.leave(&app, response).await
}

/// `POST /sign-out`.
pub async fn sign_out(
    State(app): State<Shared>,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    visit.sign_out(&app).await?;
    visit.leave(&app, see("/")).await
}
