//! "My account", as far as it goes: who is signed in, the sign-in's code, "Add a phone", sign-out.

use crate::app::Shared;
use crate::backend::sign_ins;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::sign_in;
use crate::pages::view::Moment;
use crate::pages::view::me::{AddPhoneLink, DonePage};
use crate::reply::Refusal;
use crate::store::browser::May;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::code::sign_in_code;

/// `GET /me`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let browser = &visit.browser;
    let (Some(id), true, Some(tid)) = (&browser.account, browser.may.is_signed_in(), browser.tid) else {
        return Ok(visit.see(if browser.may == May::Pair { "/me/phones/add" } else { "/" }));
    };
    let account = sign_in::actions::account(&app, id)?;
    let sign_in = sign_ins::find(&app, &tid)?;
    let page = DonePage {
        page: visit.page(&app),
        service: app.name.clone(),
        account: account.email,
        at: Moment { at: sign_in.decided_at.unwrap_or(sign_in.created), now: app.now() },
        code: sign_in_code(&tid),
        add_phone: (browser.may == May::Full).then(|| AddPhoneLink::Post(visit.post("/me/phones/add"))),
    };
    visit.show(&app, page.render()).await
}

/// `POST /sign-out`.
pub async fn sign_out(
    State(app): State<Shared>,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    visit.sign_out(&app).await?;
    visit.go(&app, "/").await
}
