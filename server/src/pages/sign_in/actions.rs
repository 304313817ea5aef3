//! What the pages ask of the server: the functions of the backend interface, as the actor `portal`.

use crate::app::Shared;
use crate::backend::frame::Frame;
use crate::backend::start::{Browser, Method, Start};
use crate::backend::{self, Actor};
use crate::caller::Caller;
use crate::pages::keys_of::Key;
use crate::pages::session::Visit;
use crate::pages::{own_url, relying};
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::history;
use crate::store::session::Acr;
use crate::store::sign_in::SignIn;
use countersign_protocol::id::Tid;
use countersign_protocol::message::Factor;
use countersign_protocol::message::request::Kind;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::{OfflineCode, ReturnCode};
use serde_json::Value;

/// The account of this id.
pub fn account(app: &Shared, id: &str) -> Result<Account, Refusal> {
    let found = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) })?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// The account of this address, whatever its case.
pub fn by_email(app: &Shared, email: &str) -> Result<Option<Account>, Refusal> {
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { account::by_email(tx, email) })?)
}

/// Whether an account has a phone that can prove something.
pub fn has_active_phone(app: &Shared, id: &str) -> Result<bool, Refusal> {
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { account::has_active_phone(tx, id) })?)
}

/// The account of the typed identifier, if this browser is recognised for it.
pub fn recognised_account(app: &Shared, visit: &Visit) -> Result<Option<Account>, Refusal> {
    let Some(typed) = &visit.browser.identifier else { return Ok(None) };
    let found = app.store.read(|tx| -> Result<_, StoreFault> { account::by_email(tx, typed) })?;
    match found {
        Some(account) if visit.is_recognised(app, &account.id)? => Ok(Some(account)),
        _ => Ok(None),
    }
}

/// The key by which an account was signed in to last.
pub fn last_key(app: &Shared, account: &str) -> Result<Option<String>, Refusal> {
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { history::last_key(tx, account) })?)
}

/// An account that this browser may be told a little of.
pub struct Known {
    /// Which.
    pub account: Account,
    /// Whether the browser is recognised for it, or somebody is signed in to it here.
    pub recognised: bool,
    /// Whether its first factor was right a moment ago.
    pub passed: bool,
}

/// The account of the typed identifier, if this browser is recognised for it, gave its first factor, or is signed in.
pub fn known(app: &Shared, visit: &Visit) -> Result<Option<Known>, Refusal> {
    let Some(typed) = &visit.browser.identifier else { return Ok(None) };
    let found = app.store.read(|tx| -> Result<_, StoreFault> { account::by_email(tx, typed) })?;
    let Some(account) = found else { return Ok(None) };
    let (now, life) = (app.now(), app.policy().lifetimes.fresh);
    let passed =
        visit.browser.first.as_ref().is_some_and(|(id, at)| *id == account.id && now.since(*at) < life);
    // Whoever is signed in and signs in once more has shown more than a first factor; by a password alone that is so for
    // the first minutes.
    let own = visit.signed_in().filter(|session| session.account == account.id);
    let passed = passed || own.is_some_and(|session| session.acr > Some(Acr::Basic));
    let fresh = own.is_some_and(|session| now.since(session.began) < life);
    let recognised = passed || fresh || visit.is_recognised(app, &account.id)?;
    Ok((passed || recognised).then_some(Known { account, recognised, passed }))
}

/// Starts a sign-in to the server's own pages, or to the service that somebody came from: its name is on the phone. A QR names an account only for a browser that is known for it.
pub async fn start(app: &Shared, visit: &Visit, peer: Caller, key: &Key) -> Result<Tid, Refusal> {
    let known = known(app, visit)?;
    let method = key.method.ok_or(Code::NotFound)?;
    if known.is_none() && !matches!(method, Method::Qr | Method::Link) {
        return Err(Code::FirstFactorRequired.into());
    }
    let start = Start {
        method,
        recognised: known.as_ref().is_some_and(|known| known.recognised),
        first_factor: known.as_ref().is_some_and(|known| known.passed),
        account: known.map(|known| known.account.id),
        kind: Kind::Login,
        rows: Vec::new(),
        factors: vec![Factor::Pin, Factor::Bio],
        browser: Browser { ip: peer.0.to_string(), place: None, agent: visit.agent.clone() },
        phone: None,
        return_url: (method == Method::Link).then(|| own_url(app, &visit.path("/sign-in/return"))),
        act: None,
    };
    let actor = match visit.arrived() {
        Some(arrival) => Actor::on_behalf(relying::service_of(app, arrival)?),
        None => Actor::portal(app),
    };
    Ok(backend::start::start(app, &actor, start, |_| Ok(None)).await?.tid)
}

/// The sign-in of this id.
pub fn sign_in(app: &Shared, tid: &Tid) -> Result<SignIn, Refusal> {
    backend::sign_ins::find(app, tid)
}

/// The present frame of a QR sign-in.
pub fn frame(app: &Shared, sign_in: &SignIn) -> Result<Frame, Refusal> {
    backend::frame::frame(app, sign_in)
}

/// Enters the code of an offline sign-in.
pub async fn code(app: &Shared, tid: &Tid, code: OfflineCode) -> Result<(), Refusal> {
    backend::code::enter(app, tid, code).await
}

/// Takes an approved sign-in; what a service would be answered.
pub async fn complete(app: &Shared, sign_in: &SignIn, rc: Option<&ReturnCode>) -> Result<Value, Refusal> {
    backend::complete::complete(app, sign_in, rc).await
}

/// Cancels a sign-in, if it still can be.
pub async fn cancel(app: &Shared, tid: &Tid) -> Result<(), Refusal> {
    backend::sign_ins::cancel(app, &sign_in(app, tid)?).await
}
