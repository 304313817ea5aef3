//! The lab interface (3.12): moves the clock, reads counters, stops and kills at named places. Only with a lab
//! secret, only on loopback; the feature `lab` takes it out of packaged releases.

use crate::app::{AppFault, Shared};
use crate::housekeeping;
use crate::letters::Body;
use crate::password::Chosen;
use crate::points::Point;
use crate::policy::Policy;
use crate::reply::{self, Refusal};
use crate::store::accounting::{Path as Budget, window_failures};
use crate::store::{StoreFault, account, mail, password, phone, wake};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use countersign_protocol::id::Aid;
use countersign_protocol::json as strict;
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

/// The routes; without the lab's secret each is `404`.
pub fn routes(app: &Shared) -> Router<Shared> {
    Router::new()
        .route("/lab/clock", post(clock))
        .route("/lab/phones/{aid}", get(counters))
        .route("/lab/mails", get(mails))
        .route("/lab/policy", put(policy))
        .route("/lab/password", put(set_password))
        .route("/lab/work", get(work))
        .route("/lab/kill", post(kill))
        .route("/lab/hold", post(hold))
        .route("/lab/release", post(release))
        .route("/lab/wakes", get(wakes))
        .layer(from_fn_with_state(app.clone(), check_secret))
}

async fn check_secret(State(app): State<Shared>, request: Request, next: Next) -> Response {
    if is_authorised(&app, request.headers()) {
        next.run(request).await
    } else {
        reply::problem(&Code::NotFound.into())
    }
}

fn is_authorised(app: &Shared, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (Some(expected), Some(given)) = (app.lab, given.and_then(|value| value.strip_prefix("Bearer ")))
    else {
        return false;
    };
    sha256(given.as_bytes()).ct_eq(&expected).into()
}

fn body<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    strict::parse(bytes).map_err(|_| Code::Malformed.into())
}

#[derive(Deserialize)]
struct Advance {
    advance: u64,
}

async fn clock(State(app): State<Shared>, bytes: Bytes) -> Result<Response, Refusal> {
    let Advance { advance } = body(&bytes)?;
    let now = app.clock.advance(advance);
    housekeeping::run(&app).await?;
    app.hub.all();
    reply::json(200, &json!({"now": now}))
}

async fn counters(State(app): State<Shared>, Path(aid): Path<String>) -> Result<Response, Refusal> {
    let aid = Aid::parse(&aid).map_err(|_| Code::NotFound)?;
    let (now, limits) = (app.now(), app.policy().limits.clone());
    let found = app.store.read(|tx| -> Result<Option<Value>, StoreFault> {
        let Some(phone) = phone::by_aid(tx, &aid)? else { return Ok(None) };
        let Some(counters) = phone::counters(tx, &aid)? else { return Ok(None) };
        let account = account::by_id(tx, &phone.account)?;
        Ok(Some(json!({
            "aid": aid,
            "state": phone.state.as_str(),
            "fid": phone.fid,
            "pin_fail": counters.pin_fail,
            "fail30": window_failures(tx, &aid, Budget::Online, now, &limits)?,
            "wait_until": counters.wait_until,
            "off_fail": counters.off_fail,
            "off_fail30": window_failures(tx, &aid, Budget::Offline, now, &limits)?,
            "off_wait_until": counters.off_wait_until,
            "num_fail": account.map(|account| account.num_fail),
            "bio_fail": counters.bio_fail,
            "acked_ver": phone.acked_ver,
        })))
    })?;
    reply::json(200, &found.ok_or(Code::NotFound)?)
}

#[derive(Deserialize)]
struct NewPassword {
    account: String,
    password: String,
}

/// Sets a password without any of the rules for one.
async fn set_password(State(app): State<Shared>, bytes: Bytes) -> Result<Response, Refusal> {
    let NewPassword { account, password } = body(&bytes)?;
    let sealed = Chosen::make(&app, &password, 15).await?.sealed(&app, &account)?;
    let now = app.now();
    app.store.write(move |tx| -> Result<_, StoreFault> { password::set(tx, &account, &sealed, now) }).await?;
    reply::json(200, &json!({}))
}

#[derive(Deserialize)]
struct Whose {
    account: Option<String>,
    /// An address, for letters to somebody who has no account.
    to: Option<String>,
    aid: Option<String>,
}

async fn mails(State(app): State<Shared>, Query(whose): Query<Whose>) -> Result<Response, Refusal> {
    let mails = app.store.read(|tx| -> Result<_, Refusal> {
        match (whose.account, whose.to) {
            (Some(id), None) => Ok(mail::of_account(tx, &id)?),
            (None, Some(address)) => Ok(mail::to_address(tx, &address)?),
            _ => Err(Code::Malformed.into()),
        }
    })?;
    let open = |(number, sealed): (i64, Vec<u8>)| -> Result<Value, AppFault> {
        let body = Body::open(&app, number, &sealed)?;
        Ok(json!({"subject": body.subject, "text": body.text, "links": body.links}))
    };
    let mails = mails.into_iter().map(open).collect::<Result<Vec<_>, _>>()?;
    reply::json(200, &mails)
}

async fn wakes(State(app): State<Shared>, Query(whose): Query<Whose>) -> Result<Response, Refusal> {
    let aid = whose.aid.and_then(|aid| Aid::parse(&aid).ok()).ok_or(Code::Malformed)?;
    let wakes: Vec<Time> = app.store.read(|tx| -> Result<_, StoreFault> { wake::of_phone(tx, &aid) })?;
    reply::json(200, &wakes.iter().map(|at| json!({"at": at})).collect::<Vec<_>>())
}

/// What the server has done so far that takes time: what must not tell one account from another is compared by it.
async fn work(State(app): State<Shared>) -> Result<Response, Refusal> {
    let done = json!({"statements": app.store.statements(), "stretched": app.hasher.stretched(), "waiting": app.crowd.count()});
    reply::json(200, &done)
}

/// Merges the members that are given into the policy in force; members of its two tables may stand at the top.
async fn policy(State(app): State<Shared>, bytes: Bytes) -> Result<Response, Refusal> {
    let given: serde_json::Map<String, Value> = body(&bytes)?;
    let mut merged = serde_json::to_value(&*app.policy()).map_err(|_| Code::Malformed)?;
    for (name, value) in given {
        set(&mut merged, &name, value).ok_or(Code::Malformed)?;
    }
    let policy: Policy = serde_json::from_value(merged).map_err(|_| Code::Malformed)?;
    app.set_policy(policy.clone());
    app.hub.all();
    reply::json(200, &policy)
}

fn set(policy: &mut Value, name: &str, value: Value) -> Option<()> {
    if let (Some(own), Value::Object(members)) = (policy.get_mut(name).filter(|own| own.is_object()), &value)
    {
        own.as_object_mut()?.extend(members.clone());
        return Some(());
    }
    if let Some(own) = policy.get_mut(name) {
        *own = value;
        return Some(());
    }
    let place = ["lifetimes", "limits"].into_iter().find(|table| policy[*table].get(name).is_some())?;
    policy[place][name] = value;
    Some(())
}

#[derive(Deserialize)]
struct At {
    point: Point,
}

async fn kill(State(app): State<Shared>, bytes: Bytes) -> Result<Response, Refusal> {
    app.points.kill(body::<At>(&bytes)?.point);
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn hold(State(app): State<Shared>, bytes: Bytes) -> Result<Response, Refusal> {
    app.points.hold(body::<At>(&bytes)?.point);
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn release(State(app): State<Shared>) -> Response {
    app.points.release();
    StatusCode::NO_CONTENT.into_response()
}
