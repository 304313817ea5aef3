//! Services that send somebody here to sign in, and get an answer back: the seam between signing in and the ways of
//! asking for it.
//!
//! A way of asking has a file of its own, which reads what a service asks for and writes what it is answered. What is
//! between the two is here and the same for all: [`arrive`], [`leave`], [`back`].

mod ticket;

use super::keys_of::Key;
use super::session::Visit;
use super::table::Table;
use super::view::{Target, TargetLevel};
use crate::app::{App, Shared};
use crate::caller::Caller;
use crate::limiter;
use crate::random;
use crate::reply::{Refusal, rate_limited};
use crate::store::account;
use crate::store::arrival::{self, Arrival};
use crate::store::relying::{self, Relying};
use crate::store::service::{self, Service};
use crate::store::session::{self, Acr, Session};
use crate::store::{StoreFault, ticket_out};
use axum::response::{IntoResponse, Redirect, Response};
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;

/// Its addresses.
pub fn table() -> Table {
    Table::default().page("/visit/{service}", ticket::arrive).query(&["return", "state", "level", "fresh"])
}

/// What a service asks for, checked by its way of asking.
struct Asked {
    service: String,
    return_url: String,
    state: String,
    level: Acr,
    fresh: Option<u64>,
}

/// Somebody comes from a service. Whoever is signed in well enough goes back at once; others sign in first.
async fn arrive(app: &Shared, visit: Visit, peer: Caller, asked: Asked) -> Result<Response, Refusal> {
    let now = app.now();
    if visit.is_new() {
        // Each of these becomes a row.
        let (caller, limit) = (limiter::Caller::network("pages", peer.0), app.policy().anon_ip_min);
        if let Err(secs) = app.limiter.count(caller, limit, now) {
            return Ok(visit.refusal(app, rate_limited(secs).into()));
        }
    }
    let Asked { service, return_url, state, level, fresh } = asked;
    let arrival = Arrival { id: random::bytes(), service, return_url, state, level, fresh };
    let (row, cookie, exp) =
        (arrival.clone(), visit.browser.cookie_hash, now.plus(app.policy().lifetimes.arrival));
    app.store.write(move |tx| -> Result<_, StoreFault> { arrival::insert(tx, &row, &cookie, exp) }).await?;
    leave(app, visit, &arrival).await
}

/// Goes back to the service, if who is signed in here is so as it asks for; else the person signs in, or does it again.
pub async fn leave(app: &Shared, visit: Visit, arrival: &Arrival) -> Result<Response, Refusal> {
    let session = visit.signed_in().filter(|session| suffices(session, arrival, app.now()));
    let session = session.map(|session| session.id);
    let Some(session) = session.map_or(Ok(None), |id| by_a_key_that_is_taken(app, id, arrival))? else {
        return sign_in(app, visit, arrival).await;
    };
    let ticket = ticket::make(app, &arrival.service)?;
    let (hash, id, service) = (sha256(ticket.as_bytes()), arrival.id, arrival.service.clone());
    let (now, life) = (app.now(), app.policy().lifetimes.ticket_out);
    let first = app
        .store
        .write(move |tx| -> Result<_, StoreFault> {
            let first = arrival::take(tx, &id)?;
            if first {
                ticket_out::insert(tx, &hash, (&service, &session), (now, now.plus(life)))?;
            }
            Ok(first)
        })
        .await?;
    if !first {
        return Ok(visit.refusal(app, Code::NotFound.into()));
    }
    let response = Redirect::to(&ticket::address(arrival, ("ticket", &ticket))).into_response();
    visit.leave(app, response).await
}

/// Whoever is signed in already, and not well enough, does so once more as the same person.
async fn sign_in(app: &Shared, mut visit: Visit, arrival: &Arrival) -> Result<Response, Refusal> {
    let Some(id) = visit.signed_in().map(|session| session.account.clone()) else {
        return visit.go(app, &along("/", Some(arrival))).await;
    };
    let account = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, &id) })?;
    let email = account.ok_or(Code::NotFound)?.email;
    visit.change(|browser| browser.identifier = Some(email));
    visit.go(app, &along("/sign-in/keys", Some(arrival))).await
}

fn suffices(session: &Session, arrival: &Arrival, now: Time) -> bool {
    let strong = session.acr.is_some_and(|acr| acr >= arrival.level);
    strong && arrival.fresh.is_none_or(|seconds| now.since(session.began) <= seconds)
}

/// The session, if it was begun by a key that the service takes.
fn by_a_key_that_is_taken(
    app: &App,
    id: [u8; 16],
    arrival: &Arrival,
) -> Result<Option<[u8; 16]>, StoreFault> {
    app.store.read(|tx| {
        let (key, taken) = (session::key_of(tx, &id)?, relying::of(tx, &arrival.service)?);
        Ok(key.zip(taken).filter(|(key, taken)| taken.takes(key)).map(|_| id))
    })
}

/// How the service takes people that somebody came from.
pub fn taken_by(app: &App, arrival: Option<&Arrival>) -> Result<Option<Relying>, Refusal> {
    let Some(arrival) = arrival else { return Ok(None) };
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { relying::of(tx, &arrival.service) })?)
}

/// Whether a key leads on to where somebody came from.
pub fn takes(app: &App, arrival: Option<&Arrival>, key: &Key) -> Result<bool, Refusal> {
    let taken = taken_by(app, arrival)?.is_none_or(|taken| taken.takes(key.name));
    Ok(taken && key.suffices(arrival.map(|arrival| arrival.level)))
}

/// Where a link leads that takes the person back without having signed in.
fn back(arrival: &Arrival) -> String {
    ticket::address(arrival, ("error", "cancelled"))
}

/// An address of the pages, for somebody who came with this arrival. Two tabs of one browser can be here for two
/// services, so the address says which.
pub fn along(path: &str, arrival: Option<&Arrival>) -> String {
    let Some(arrival) = arrival else { return path.to_owned() };
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}arrival={}", countersign_protocol::encoding::b64u(&arrival.id))
}

/// The service that somebody came from.
pub fn service_of(app: &App, arrival: &Arrival) -> Result<Service, Refusal> {
    let found = app.store.read(|tx| -> Result<_, StoreFault> { service::by_id(tx, &arrival.service) })?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// The card "You want to access".
pub fn target(app: &App, arrival: Option<&Arrival>) -> Result<Option<Target>, Refusal> {
    let Some(arrival) = arrival else { return Ok(None) };
    let service = service_of(app, arrival)?;
    let taken = app.store.read(|tx| -> Result<_, StoreFault> { relying::of(tx, &arrival.service) })?;
    let releases = taken.ok_or(Code::NotFound)?.releases;
    let told = |wanted: &str| releases.iter().any(|one| one == wanted);
    let website = service.origin.split_once("://").map_or(service.origin.as_str(), |(_, host)| host);
    Ok(Some(Target {
        website: website.to_owned(),
        level: match arrival.level {
            Acr::Basic => TargetLevel::Basic,
            Acr::Code => TargetLevel::Strong,
            Acr::Strong => TargetLevel::Approved,
        },
        names: told("given_name") || told("family_name"),
        email: told("email"),
        back: back(arrival),
        service: service.name,
    }))
}
