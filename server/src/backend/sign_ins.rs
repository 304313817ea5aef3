//! `/sign-ins`: start, look (or wait for a change), cancel.

use super::enrolments::check_return_url;
use super::once::Once;
use super::proof::{Act, ActJson};
use super::start::{Browser, Method, Start, start};
use super::{Actor, MAX_WAIT, body, describe, no_content};
use crate::app::Shared;
use crate::hub::Topic;
use crate::reply::{self, Refusal};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, audit};
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::{PhoneRef, Tid};
use countersign_protocol::json as strict;
use countersign_protocol::message::Factor;
use countersign_protocol::message::request::{Kind, MAX_ROWS, Row};
use countersign_protocol::problem::Code;
use countersign_protocol::qr::{link_text, offline_text};
use countersign_protocol::text::{SHORT, is_clean};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    method: Method,
    #[serde(default, deserialize_with = "strict::optional")]
    account: Option<String>,
    kind: Kind,
    text: Vec<Row>,
    factors: Vec<Factor>,
    first_factor: bool,
    recognised: bool,
    browser: BrowserJson,
    #[serde(default, deserialize_with = "strict::optional")]
    phone: Option<PhoneRef>,
    #[serde(default, deserialize_with = "strict::optional")]
    return_url: Option<String>,
    #[serde(default, deserialize_with = "strict::optional")]
    act: Option<ActJson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BrowserJson {
    ip: String,
    #[serde(default, deserialize_with = "strict::optional")]
    agent: Option<String>,
    #[serde(default, deserialize_with = "strict::optional")]
    place: Option<String>,
}

/// The query of a long poll.
#[derive(Deserialize)]
pub struct Wait {
    wait: Option<u64>,
}

impl Create {
    /// Members that belong together, and texts that a person is going to see.
    fn into_start(self) -> Result<Start, Refusal> {
        let texts = [Some(&self.browser.ip), self.browser.agent.as_ref(), self.browser.place.as_ref()];
        let clean = texts.into_iter().flatten().all(|text| is_clean(text, SHORT))
            && self.text.len() <= MAX_ROWS
            && self.text.iter().all(Row::is_clean);
        let mut factors = self.factors.clone();
        factors.dedup();
        let distinct = !factors.is_empty() && factors.len() == self.factors.len() && factors.len() <= 2;
        let phone_fits = self.phone.is_none() || self.method == Method::Offline;
        let return_fits = self.return_url.is_some() == (self.method == Method::Link);
        // What an account is asked to prove is written by the server, and is nothing but that.
        let act_fits =
            self.act.is_none() || (self.account.is_some() && self.kind == Kind::Sign && self.text.is_empty());
        if !clean || !distinct || !phone_fits || !return_fits || !act_fits {
            return Err(Code::Malformed.into());
        }
        let act = self.act.as_ref().map(Act::of).transpose()?;
        let BrowserJson { ip, agent, place } = self.browser;
        Ok(Start {
            method: self.method,
            account: self.account,
            kind: self.kind,
            rows: self.text,
            factors: self.factors,
            first_factor: self.first_factor,
            recognised: self.recognised,
            browser: Browser { ip, place, agent },
            phone: self.phone,
            return_url: self.return_url,
            act,
        })
    }
}

/// `POST /sign-ins`.
pub async fn create(
    State(app): State<Shared>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "sign-in")?;
    let once = Once::of(&app, &actor, &headers, "/sign-ins", &bytes).await?;
    if let Some(response) = once.as_ref().map_or(Ok(None), |once| once.earlier(&app))? {
        return Ok(response);
    }
    let create: Create = body(&bytes)?;
    let wanted = create.into_start()?;
    if let Some(url) = &wanted.return_url {
        check_return_url(&app, &actor, url)?;
    }
    let keep = |made: &SignIn| {
        let kept = once.as_ref().map(|once| once.kept(&app, &started_json(&app, made), made.exp));
        kept.transpose()
    };
    let started = start(&app, &actor, wanted, keep).await?;
    reply::json(201, &started_json(&app, &started))
}

fn started_json(app: &Shared, started: &SignIn) -> Value {
    let mut answer = json!({
        "tid": started.tid,
        "state": started.state.as_str(),
        "expires_at": describe::time(started.exp),
    });
    if let Some(number) = &started.num {
        answer["number"] = json!(number);
    }
    if started.method == Method::Link.as_str()
        && let Some(handle) = &started.handle
    {
        answer["link"] = json!(link_text(&app.iss, handle));
    }
    if let Some(oqr) = &started.oqr {
        answer["qr"] = json!(offline_text(&app.iss, oqr));
    }
    answer
}

/// The sign-in of this id, as it is now.
pub fn find(app: &Shared, tid: &Tid) -> Result<SignIn, Refusal> {
    let (now, policy) = (app.now(), app.policy());
    let found =
        app.store.read(|tx| -> Result<_, StoreFault> { sign_in::by_tid(tx, tid, now, &policy.lifetimes) })?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// A sign-in that the calling service started; those that the pages started for it are not its own.
pub fn own(app: &Shared, headers: &HeaderMap, tid: &str) -> Result<SignIn, Refusal> {
    let actor = Actor::of_call(app, headers, "sign-in")?;
    let sign_in = find(app, &Tid::parse(tid).map_err(|_| Code::NotFound)?)?;
    if sign_in.service == actor.service.id && !sign_in.pages {
        Ok(sign_in)
    } else {
        Err(Code::NotFound.into())
    }
}

/// `GET /sign-ins/{tid}?wait=0..25`: answers early when the state changes.
pub async fn show(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(tid): Path<String>,
    wait: Result<Query<Wait>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(Wait { wait }) = wait.map_err(|_| Code::Malformed)?;
    let wait = wait.unwrap_or(0);
    if wait > MAX_WAIT {
        return Err(Code::Malformed.into());
    }
    let sign_in = own(&app, &headers, &tid)?;
    let sign_in = if wait == 0 { sign_in } else { change_of(&app, &sign_in, wait).await? };
    reply::json(200, &describe::sign_in(&sign_in))
}

/// Waits up to `wait` seconds for another state than `seen`.
pub async fn change_of(app: &Shared, seen: &SignIn, wait: u64) -> Result<SignIn, Refusal> {
    let notify = app.hub.listen(Topic::Object(*seen.tid.as_bytes()));
    // Made before the state is read, so that no change in between is missed.
    let change = notify.notified();
    let now = find(app, &seen.tid)?;
    if now.state != seen.state || now.ended != seen.ended {
        return Ok(now);
    }
    let left = now.next_deadline(&app.policy().lifetimes).map_or(wait, |at| at.since(app.now()).max(1));
    let _ = tokio::time::timeout(Duration::from_secs(left.min(wait)), change).await;
    find(app, &seen.tid)
}

/// `DELETE /sign-ins/{tid}`.
pub async fn delete(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(tid): Path<String>,
) -> Result<Response, Refusal> {
    let sign_in = own(&app, &headers, &tid)?;
    cancel(&app, &sign_in).await?;
    Ok(no_content())
}

/// Cancels a sign-in that is not over; afterwards it changes nothing.
pub async fn cancel(app: &Shared, sign_in: &SignIn) -> Result<(), Refusal> {
    let (shared, tid) = (app.clone(), sign_in.tid);
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            let now = shared.now();
            let Some(fresh) = sign_in::by_tid(tx, &tid, now, &shared.policy().lifetimes)? else {
                return Ok(());
            };
            if !fresh.state.is_open() && fresh.state != SignInState::Approved {
                return Ok(());
            }
            sign_in::end(tx, &tid, SignInState::Cancelled, None)?;
            audit::append(tx, &shared.keys().audit, "sign_in_cancelled", &json!({"tid": tid}), now)
        })
        .await?;
    app.sign_in_changed(&sign_in.tid);
    Ok(())
}
