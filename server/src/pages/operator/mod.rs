//! What the operator sees and does (W12). For everybody else these addresses do not exist.
//!
//! Whoever has the role is signed in here as everywhere else first, and then once more by phone, which shows that it is for
//! the operator's pages: no session of before opens them. That has a cookie of its own, which ends soon, and is worth
//! nothing without the session beside it. The role itself is given on the command line alone.

mod accounts;
mod audit_export;
mod audit_filter;
mod audit_log;
mod change;
mod enter;
mod health;
mod letters;
mod new_service;
mod services;

use super::cookie::{cookie, cookie_name};
use super::session::Visit;
use super::table::Table;
use super::view::operator::{Frame, Place};
use crate::app::{App, Shared};
use crate::reply::{Refusal, unavailable};
use crate::store::session::{self, Found, Session};
use crate::store::{StoreFault, Tx, operator};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use std::convert::Infallible;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/operator", health::page)
        .form("/operator/sign-in", enter::begin, &[])
        .shown_at("/operator")
        .page("/operator/enter", enter::come)
        .query(&["ticket"])
        .form("/operator/leave", enter::leave, &[])
        .shown_at("/operator")
        .page("/operator/mail", letters::page)
        .form(
            "/operator/mail",
            letters::change,
            &[("id", "1"), ("act", "send"), ("reason", "it is back"), ("mark", "AAAA"), ("sure", "1")],
        )
        .page("/operator/accounts", accounts::page)
        .form("/operator/accounts", accounts::find, &[("wanted", "anna@example.eu")])
        .page("/operator/accounts/{account}", accounts::one)
        .form(
            "/operator/accounts/{account}",
            accounts::change,
            &[("act", "lock"), ("reason", "asked for it"), ("mark", "AAAA"), ("sure", "1")],
        )
        .page("/operator/services", services::page)
        .page("/operator/services/new", new_service::page)
        .form(
            "/operator/services/new",
            new_service::add,
            &[
                ("name", "Grants Portal"),
                ("origin", "https://grants.example.eu"),
                ("key_qr", "1"),
                ("may_sign_in", "1"),
                ("once", "AAAAAAAAAAAAAAAA"),
                ("reason", "asked for it"),
            ],
        )
        .page("/operator/services/{service}", services::one)
        .form(
            "/operator/services/{service}",
            services::rotate,
            &[("reason", "it leaked"), ("mark", "AAAA"), ("sure", "1")],
        )
        .page("/operator/audit", audit_log::page)
        .query(&["kind", "account", "service", "by", "from", "to", "before"])
        .form("/operator/audit", audit_log::verify, &[])
        .form("/operator/audit/export", audit_export::export, &[("kind", "account")])
        .shown_at("/operator/audit")
}

/// The operator's cookie, whatever it is worth.
pub struct Key(Option<[u8; 32]>);

impl FromRequestParts<Shared> for Key {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Infallible> {
        Ok(Self(cookie(&parts.headers, &name(app))))
    }
}

/// Over TLS no neighbour of ours can set it. It goes with every address here, because those of other languages begin with a
/// prefix.
fn name(app: &App) -> String {
    cookie_name(!app.iss.is_loopback_http(), "operator")
}

/// Another than that of a session: neither of the two cookies is good in the place of the other. It goes with one session
/// alone: whoever signs in anew in the same browser, by less than a phone perhaps, finds nothing open.
fn hash(cookie: &[u8; 32], beside: &Session) -> [u8; 32] {
    sha256(&[&b"MAP1 operator"[..], &beside.id, cookie].concat())
}

/// An operator who is in.
#[derive(Clone)]
pub struct Op {
    /// The account.
    pub account: String,
    session: Session,
}

impl Op {
    /// Whether they signed in lately enough to change something.
    pub fn may_change(&self, app: &App) -> bool {
        const LATELY: u64 = 600;
        app.now().since(self.session.began) <= LATELY
    }

    /// Whether that is so still, where what it allows is done.
    fn is_still_in(&self, tx: &Tx<'_>, app: &App) -> Result<bool, StoreFault> {
        let live = session::live(tx, &self.session.id, app.now(), app.policy().operator_idle)?;
        Ok(live.is_some() && operator::is_one(tx, &self.account)?)
    }
}

/// Who asks.
pub enum Who {
    /// An operator who is in.
    In(Op),
    /// Somebody with the role, who has to sign in for it.
    Outside,
    /// Somebody else.
    Other,
}

/// Who asks. A session that is used is noted so.
pub async fn who(app: &Shared, visit: &Visit, Key(key): &Key) -> Result<Who, Refusal> {
    let (now, idle) = (app.now(), app.policy().operator_idle);
    let Some(own) = visit.signed_in() else { return Ok(Who::Other) };
    let (has_role, found) = app.store.read(|tx| -> Result<_, StoreFault> {
        let find = |cookie: [u8; 32]| session::find(tx, &hash(&cookie, own), now, idle);
        let found = key.map_or(Ok(None), find)?;
        Ok((operator::is_one(tx, &own.account)?, found))
    })?;
    let session = match found {
        _ if !has_role => return Ok(Who::Other),
        Some(Found::Live(session)) if session.account == own.account => session,
        _ => return Ok(Who::Outside),
    };
    if session.is_to_be_noted(now) {
        let id = session.id;
        app.store.write(move |tx| session::note_use(tx, &id, now)).await?;
    }
    Ok(Who::In(Op { account: own.account.clone(), session }))
}

/// The operator who is in; else where they are led, or that there is nothing here.
pub async fn operator(app: &Shared, visit: &Visit, key: &Key) -> Result<Result<Op, Response>, Refusal> {
    Ok(match who(app, visit, key).await? {
        Who::In(op) => Ok(op),
        Who::Outside => Err(visit.see("/operator")),
        Who::Other => Err(nothing(app, visit)),
    })
}

/// Looks at what takes its time, beside everything else: no sign-in waits for it, and there is one such look at a time.
async fn look<T: Send + 'static>(
    app: &Shared,
    work: impl FnOnce(&Tx<'_>) -> Result<T, StoreFault> + Send + 'static,
) -> Result<T, Refusal> {
    let turn = app.looks.clone().lock_owned().await;
    let shared = app.clone();
    let looked = tokio::task::spawn_blocking(move || {
        let found = shared.store.read(work);
        drop(turn);
        found
    });
    Ok(looked.await.map_err(|_| unavailable(1))??)
}

/// What was open beside a session that its owner ends.
pub async fn end_beside(app: &Shared, visit: &Visit, Key(key): &Key) -> Result<(), Refusal> {
    let Some(hash) = key.zip(visit.signed_in()).map(|(key, own)| hash(&key, own)) else { return Ok(()) };
    let now = app.now();
    app.store.write(move |tx| -> Result<_, StoreFault> { session::end_of_cookie(tx, &hash, now) }).await?;
    Ok(())
}

/// What everybody else is told, whether an address exists or not.
pub fn nothing(app: &Shared, visit: &Visit) -> Response {
    visit.refusal(app, Code::NotFound.into())
}

/// The frame of the operator's pages.
fn frame(visit: &Visit, place: Place) -> Frame {
    Frame { place, leave: visit.post("/operator/leave") }
}
