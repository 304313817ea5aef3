//! "My account" at a glance, and sign-out.

use super::sign_ins;
use crate::app::Shared;
use crate::pages::session::Visit;
use crate::pages::sign_in;
use crate::pages::view::Moment;
use crate::pages::view::me::{Keys, OverviewPage, Place};
use crate::reply::Refusal;
use crate::store::{StoreFault, account, operator, password, phone, recovery};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::code::sign_in_code;

/// `GET /me`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let Some(session) = visit.signed_in() else {
        return Ok(visit.see(if visit.session().is_some() { "/me/phones/add" } else { "/" }));
    };
    let account = sign_in::actions::account(&app, &session.account)?;
    let now = app.now();
    let (name, keys, is_operator) = app.store.read(|tx| -> Result<_, StoreFault> {
        let [given, family] = account::names(tx, &account.id)?;
        let phones = u32::try_from(phone::of_account(tx, &account.id)?.len()).unwrap_or(u32::MAX);
        let password = password::changed(tx, &account.id)?.map(|at| Moment { at, now });
        let recovery = recovery::find(tx, &account.id)?.is_some();
        let is_operator = operator::is_one(tx, &account.id)?;
        Ok((given.or(family), Keys { phones, password, recovery }, is_operator))
    })?;
    let page = OverviewPage {
        page: visit.page(&app).within(Place::Overview),
        name,
        latest: sign_ins::lines(&app, &visit, &account.id, (0, 3))?,
        account: account.email,
        at: Moment { at: session.began, now },
        code: session.tid.as_ref().map(sign_in_code),
        keys,
        add_phone: visit.path("/me/phones/app"),
        sign_ins: visit.path("/me/sign-ins"),
        operator: is_operator.then(|| visit.path("/operator")),
    };
    visit.show(&app, page.render()).await
}
