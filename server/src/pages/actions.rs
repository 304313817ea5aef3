//! What the pages ask of the server: the functions of the backend interface, as the actor `portal`.

use super::session::Visit;
use super::view::{Moment, WayKind};
use crate::app::Shared;
use crate::backend::enrolments::Way;
use crate::backend::frame::Frame;
use crate::backend::start::{Browser, Method, Start};
use crate::backend::{self, Actor};
use crate::caller::Caller;
use crate::pairing::{self, Shown};
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::enrolment::Enrolment;
use crate::store::sign_in::SignIn;
use axum::http::{HeaderMap, header};
use countersign_protocol::id::{Eid, Tid};
use countersign_protocol::message::Factor;
use countersign_protocol::message::request::Kind;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::{ConfirmCode, OfflineCode, ReturnCode};
use countersign_protocol::time::Time;

/// The account of this id.
pub fn account(app: &Shared, id: &str) -> Result<Account, Refusal> {
    let found = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) })?;
    Ok(found.ok_or(Code::NotFound)?)
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

/// Starts a sign-in to the server's own pages. A QR names an account only for a browser that is known for it.
pub async fn start(
    app: &Shared,
    visit: &Visit,
    peer: Caller,
    headers: &HeaderMap,
    way: WayKind,
) -> Result<Tid, Refusal> {
    let account = recognised_account(app, visit)?;
    let method = match way {
        WayKind::Number => Method::Push,
        WayKind::Qr => Method::Qr,
        WayKind::Here => Method::Link,
        WayKind::Offline => Method::Offline,
    };
    if account.is_none() && !matches!(method, Method::Qr | Method::Link) {
        return Err(Code::FirstFactorRequired.into());
    }
    let start = Start {
        method,
        recognised: account.is_some(),
        account: account.map(|account| account.id),
        kind: Kind::Login,
        rows: Vec::new(),
        factors: vec![Factor::Pin, Factor::Bio],
        first_factor: false,
        browser: Browser { ip: peer.0.to_string(), place: None, agent: agent(headers) },
        phone: None,
        return_url: (method == Method::Link).then(|| own_url(app, "/sign-in/return")),
        act: None,
    };
    Ok(backend::start::start(app, &Actor::portal(app), start, |_| Ok(None)).await?.tid)
}

/// The browser in words a person knows; nothing rather than a guess.
fn agent(headers: &HeaderMap) -> Option<String> {
    let raw = headers.get(header::USER_AGENT)?.to_str().ok()?;
    let first = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| raw.contains(mark)).map(|n| n.1)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ])?;
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(|| browser.to_owned(), |system| format!("{browser} on {system}")))
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

/// Takes an approved sign-in.
pub async fn complete(app: &Shared, sign_in: &SignIn, rc: Option<&ReturnCode>) -> Result<(), Refusal> {
    backend::complete::complete(app, sign_in, rc).await.map(|_| ())
}

/// Cancels a sign-in, if it still can be.
pub async fn cancel(app: &Shared, tid: &Tid) -> Result<(), Refusal> {
    backend::sign_ins::cancel(app, &sign_in(app, tid)?).await
}

/// Starts a pairing, with another device or on the one that this browser runs on.
pub async fn begin_pairing(app: &Shared, account: &str, here: bool) -> Result<Eid, Refusal> {
    let return_url = here.then(|| own_url(app, "/me/phones/return"));
    let way = Way { return_url, typed: false };
    let wanted = (way, None, |_: &_, _: Option<&_>| Ok(None));
    let (draft, _) = backend::enrolments::start(app, &Actor::portal(app), account, wanted).await?;
    Ok(draft.row.eid)
}

/// A page of this server, as the app is told it.
fn own_url(app: &Shared, path: &str) -> String {
    format!("{}{path}", app.iss)
}

/// The enrolment of this id.
pub fn enrolment(app: &Shared, eid: &Eid) -> Result<Enrolment, Refusal> {
    pairing::find(app, eid)
}

/// The text of its QR.
pub fn pairing_link(app: &Shared, enrolment: &Enrolment) -> Result<String, Refusal> {
    pairing::link(app, enrolment)
}

/// "Pixel 9, Android 17".
pub fn phone_name(app: &Shared, enrolment: &Enrolment) -> Result<String, Refusal> {
    let phone = pairing::claimed_by(app, enrolment)?.ok_or(Code::NotFound)?;
    Ok(format!("{}, {}", phone.name, phone.os))
}

/// Confirms a pairing by what the app brought back, after the person said so.
pub async fn confirm_returned(app: &Shared, eid: &Eid, rc: ReturnCode) -> Result<(), Refusal> {
    pairing::confirm(app, eid, Shown::Returned(rc)).await
}

/// Confirms a pairing by the code on the phone.
pub async fn confirm(app: &Shared, eid: &Eid, code: &ConfirmCode) -> Result<(), Refusal> {
    pairing::confirm(app, eid, Shown::Code(code.clone())).await
}

/// Stops a pairing.
pub async fn cancel_pairing(app: &Shared, eid: &Eid) -> Result<(), Refusal> {
    pairing::cancel(app, &enrolment(app, eid)?).await
}

/// A time for people and machines. The server does not know the reader's time zone, so it names its own.
pub fn moment(at: Time) -> Moment {
    let machine = at.to_string();
    let shown =
        machine.get(..16).map_or_else(String::new, |stamp| format!("{} UTC", stamp.replace('T', " ")));
    Moment { machine, shown }
}

/// "14:32 UTC".
pub fn clock_time(at: Time) -> String {
    at.to_string().get(11..16).map_or_else(String::new, |time| format!("{time} UTC"))
}
