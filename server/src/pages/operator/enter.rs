//! In and out: a sign-in by phone for this alone, never by a code, never by a session of before.

use super::{Key, Who, hash, name, nothing, who};
use crate::app::{AppFault, Shared};
use crate::pages::form::{Nothing, Posted};
use crate::pages::relying::along;
use crate::pages::session::Visit;
use crate::random;
use crate::reply::Refusal;
use crate::store::arrival::{self, Arrival};
use crate::store::service::OPERATOR;
use crate::store::session::{self, Acr, NewSession, Session};
use crate::store::ticket_out::{self, Taken};
use crate::store::{StoreFault, Tx, audit, operator, sign_in};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde_json::json;

/// What whoever comes back brings.
#[derive(Deserialize)]
pub struct Brought {
    #[serde(default)]
    ticket: String,
}

/// `POST /operator/sign-in`: as if a service of that name had sent them.
pub async fn begin(
    State(app): State<Shared>,
    key: Key,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let (Who::Outside | Who::In(_)) = who(&app, &visit, &key).await? else {
        return Ok(nothing(&app, &visit));
    };
    let arrival = Arrival {
        id: random::bytes(),
        service: OPERATOR.to_owned(),
        return_url: visit.path("/operator/enter"),
        state: String::new(),
        level: Acr::Strong,
        fresh: Some(app.policy().lifetimes.fresh),
    };
    let (row, cookie) = (arrival.clone(), visit.browser.cookie_hash);
    let end = app.now().plus(app.policy().lifetimes.arrival);
    app.store.write(move |tx| -> Result<_, StoreFault> { arrival::insert(tx, &row, &cookie, end) }).await?;
    let email = crate::pages::sign_in::actions::account(&app, &own(&visit)?.account)?.email;
    visit.change(|browser| browser.identifier = Some(email));
    visit.go(&app, &along("/sign-in/keys", Some(&arrival))).await
}

fn own(visit: &Visit) -> Result<&Session, Refusal> {
    Ok(visit.signed_in().ok_or(Code::NotFound)?)
}

/// `GET /operator/enter?ticket=`: back from the phone.
pub async fn come(
    State(app): State<Shared>,
    visit: Visit,
    key: Key,
    Query(Brought { ticket }): Query<Brought>,
) -> Result<Response, Refusal> {
    let (Who::Outside | Who::In(_)) = who(&app, &visit, &key).await? else {
        return Ok(nothing(&app, &visit));
    };
    if ticket.is_empty() {
        return Ok(visit.see("/operator"));
    }
    let (shared, own, cookie) = (app.clone(), own(&visit)?.clone(), random::bytes::<32>());
    let agent = visit.agent.clone();
    let taken = move |tx: &Tx<'_>| take(tx, &shared, (&ticket, &own), (&cookie, agent));
    let good = app.store.write(taken).await?;
    let mut response = visit.see("/operator");
    if good {
        set_cookie(&app, &mut response, &b64u(&cookie));
    }
    visit.leave(&app, response).await
}

/// The ticket is of the very session that this browser has, and that comes of a sign-in for these pages.
fn take(
    tx: &Tx<'_>,
    app: &Shared,
    (ticket, own): (&str, &Session),
    (cookie, agent): (&[u8; 32], Option<String>),
) -> Result<bool, AppFault> {
    let (now, policy) = (app.now(), app.policy());
    let hash_of_ticket = sha256(ticket.as_bytes());
    let taken = ticket_out::take(tx, &hash_of_ticket, OPERATOR, now)?;
    let Some(tid) = own.tid.filter(|_| matches!(taken, Taken::Good(id) if id == own.id)) else {
        return Ok(false);
    };
    let made_for = sign_in::by_tid(tx, &tid, now, &policy.lifetimes)?.map(|sign_in| sign_in.service);
    let strong = own.acr == Some(Acr::Strong) && made_for.as_deref() == Some(OPERATOR);
    if !strong || !operator::is_one(tx, &own.account)? {
        return Ok(false);
    }
    session::end_key(tx, &own.account, session::OPERATOR, now)?;
    let new = NewSession {
        account: own.account.clone(),
        acr: own.acr,
        amr: "[]".to_owned(),
        tid: Some(tid),
        key: session::OPERATOR,
        eid: None,
        agent,
    };
    session::insert(tx, (&random::bytes(), &hash(cookie, own)), &new, now, policy.operator_life)?;
    let about = json!({"account": own.account, "by": own.account});
    audit::append(tx, &app.keys().audit, "operator_signed_in", &about, now)?;
    Ok(true)
}

/// `POST /operator/leave`.
pub async fn leave(
    State(app): State<Shared>,
    key: Key,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    match who(&app, &visit, &key).await? {
        Who::In(op) => end(&app, op.account).await?,
        // It ended by itself before they left.
        Who::Outside => {}
        Who::Other => return Ok(nothing(&app, &visit)),
    }
    let mut response = visit.see("/me");
    set_cookie(&app, &mut response, "");
    visit.leave(&app, response).await
}

async fn end(app: &Shared, account: String) -> Result<(), Refusal> {
    let (shared, now) = (app.clone(), app.now());
    let work = move |tx: &Tx<'_>| -> Result<_, StoreFault> {
        session::end_key(tx, &account, session::OPERATOR, now)?;
        let about = json!({"account": account, "by": account});
        audit::append(tx, &shared.keys().audit, "operator_left", &about, now)
    };
    Ok(app.store.write(work).await?)
}

/// Sent along from nowhere else, read by no script, gone with the browser.
fn set_cookie(app: &Shared, response: &mut Response, value: &str) {
    let (name, secure) = (name(app), if app.iss.is_loopback_http() { "" } else { "; Secure" });
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
