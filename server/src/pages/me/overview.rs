//! "My account", as far as it goes: who is signed in, the sign-in's code, "Add a phone", sign-out.

use crate::app::Shared;
use crate::pages::session::Visit;
use crate::pages::sign_in;
use crate::pages::view::Moment;
use crate::pages::view::me::{AddPhoneLink, DonePage};
use crate::reply::Refusal;
use crate::store::session::Right;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::code::sign_in_code;

/// `GET /me`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let Some(session) = visit.signed_in() else {
        return Ok(visit.see(if visit.session().is_some() { "/me/phones/add" } else { "/" }));
    };
    let account = sign_in::actions::account(&app, &session.account)?;
    let page = DonePage {
        page: visit.page(&app),
        service: app.name.clone(),
        account: account.email,
        at: Moment { at: session.began, now: app.now() },
        code: session.tid.as_ref().map(sign_in_code),
        add_phone: (session.right() == Right::Manage)
            .then(|| AddPhoneLink::Post(visit.post("/me/phones/add"))),
    };
    visit.show(&app, page.render()).await
}
