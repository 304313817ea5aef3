//! Tickets: the plain way of asking. A service sends a browser to `/visit/{service}`, gets it back with a ticket, and
//! exchanges that by the backend interface, once (3.11).

use super::{Asked, arrive as begin};
use crate::app::{App, AppFault, Shared};
use crate::caller::Caller;
use crate::pages::session::Visit;
use crate::random;
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::arrival::Arrival;
use crate::store::relying;
use crate::store::session::Acr;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use countersign_protocol::encoding::b64u;
use countersign_protocol::jose::compact;
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde_json::json;

/// Type of the token.
const TYP: &str = "map-visit+jws";
/// Longest `state`.
const MAX_STATE: usize = 1024;

/// The query of `/visit/{service}`.
#[derive(Deserialize)]
pub struct Wish {
    #[serde(default)]
    r#return: String,
    #[serde(default)]
    state: String,
    level: Option<String>,
    fresh: Option<u64>,
}

/// `GET /visit/{service}?return=&state=&level=&fresh=`. Nobody is led to an address that is not registered: what cannot be
/// right is said here.
pub async fn arrive(
    State(app): State<Shared>,
    peer: Caller,
    visit: Visit,
    Path(service): Path<String>,
    wish: Result<Query<Wish>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let asked = wish.map_err(|_| Code::Malformed.into()).and_then(|Query(wish)| check(&app, service, wish));
    match asked {
        Ok(asked) => begin(&app, visit, peer, asked).await,
        Err(fault) => Ok(visit.refusal(&app, fault)),
    }
}

/// A service may ask for more than is registered for it, never for less.
fn check(app: &App, service: String, wish: Wish) -> Result<Asked, Refusal> {
    let taken = app.store.read(|tx| -> Result<_, StoreFault> { relying::of(tx, &service) })?;
    let taken = taken.filter(|taken| !taken.return_urls.is_empty()).ok_or(Code::NotFound)?;
    // Exactly: no part of an address decides anything.
    let known = taken.return_urls.contains(&wish.r#return);
    let plain = wish.state.len() <= MAX_STATE && !wish.state.chars().any(char::is_control);
    if !known || !plain {
        return Err(Code::Malformed.into());
    }
    let level = wish.level.map(|name| Acr::from_name(&name).ok_or(Code::Malformed)).transpose()?;
    Ok(Asked {
        service,
        return_url: wish.r#return,
        state: wish.state,
        level: level.map_or(taken.level, |level| level.max(taken.level)),
        fresh: [wish.fresh, taken.fresh_max].into_iter().flatten().min(),
    })
}

/// Makes a ticket for a service. It says nothing about who came: that is for the exchange.
pub fn make(app: &App, service: &str) -> Result<String, AppFault> {
    let (keys, now) = (app.keys(), app.now());
    let sign = keys.signing(now)?;
    let claims = json!({
        "v": 1,
        "iss": app.iss,
        "aud": service,
        "jti": b64u(&random::bytes::<32>()),
        "iat": now.secs(),
        "exp": now.plus(app.policy().lifetimes.ticket_out).secs(),
    });
    Ok(compact::sign(TYP, &sign.kid, claims.to_string().as_bytes(), &sign.key)?)
}

/// Where somebody goes back to with this answer. A registered address has no query of its own.
pub fn address(arrival: &Arrival, (name, value): (&str, &str)) -> String {
    let mut to = format!("{}?{name}={value}", arrival.return_url);
    if !arrival.state.is_empty() {
        to.push_str("&state=");
        arrival.state.bytes().for_each(|byte| to.push_str(&escaped(byte)));
    }
    to
}

/// A byte of a query value.
fn escaped(byte: u8) -> String {
    match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
