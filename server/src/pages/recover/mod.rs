//! The way back in (W9): a recovery code made while one is signed in, and used when every phone is gone. It leads to the
//! right to pair one phone, and to nothing else.

mod back;
mod link;
mod own;

use super::table::Table;
use crate::app::Shared;
use crate::backend::Actor;
use crate::backend::recovery::{self, Attempt};
use crate::pages::session::Visit;
use crate::reply::Refusal;
use crate::store::account::Account;
use crate::store::session::NewSession;
use axum::response::Response;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/me/recovery", own::page)
        .form("/me/recovery", own::make, &[])
        .form("/me/recovery/file", own::file, &[("code", "00000-00000-00000-00000-00000")])
        .shown_at("/me/recovery")
        .form("/me/recovery/done", own::done, &[("kept", "1")])
        .shown_at("/me/recovery")
        .page("/recover", back::page)
        .form(
            "/recover",
            back::recover,
            &[
                ("email", "boris@example.eu"),
                ("password", "four horses in a field"),
                ("code", "00000-00000-00000-00000-00000"),
            ],
        )
        .page("/recover/link", link::ask)
        .form("/recover/link", link::send, &[("email", "boris@example.eu")])
        .page("/recover/{token}", link::page)
        .form("/recover/{token}", link::recover, &[("code", "00000-00000-00000-00000-00000")])
}

/// Tries a code for an account whose first factor was right. A right one lets this browser finish one pairing.
async fn try_code(
    app: &Shared,
    visit: &mut Visit,
    (account, code): (Account, &str),
    used_up: Option<[u8; 32]>,
) -> Result<bool, Refusal> {
    let id = account.id.clone();
    let mut attempt = Attempt::new(app, &Actor::portal(app), account, code)?;
    attempt.used_up = used_up;
    let Some(eid) = recovery::recover_by(app, attempt).await? else { return Ok(false) };
    let agent = visit.agent.clone();
    visit.sign_in(app, NewSession::by_recovery(&id, eid, agent)).await?;
    visit.change(|browser| browser.eid = Some(eid));
    Ok(true)
}

/// After a right code: the page that pairs the phone.
async fn go_on(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    visit.go(app, "/me/phones/add").await
}
