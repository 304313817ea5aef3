//! `/accounts/{account}/phones/{ref}`: a service removes a phone or unlocks it, with the account's own proof (3.11).

use super::proof::{self, Act};
use super::{Actor, body, describe, no_content};
use crate::app::Shared;
use crate::letters;
use crate::removal::{self, Removal};
use crate::reply::{self, Refusal, rate_limited};
use crate::store::account::{self, Account};
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, accounting, audit};
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::id::PhoneRef;
use countersign_protocol::json as strict;
use countersign_protocol::problem::{Code, Problem};
use serde::Deserialize;
use serde_json::json;

/// The proof of a call, in its body or query.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    #[serde(default, deserialize_with = "strict::optional")]
    pub(super) proof: Option<String>,
}

/// An account that nobody has stopped.
pub(super) fn check_active(account: &Account) -> Result<(), Refusal> {
    if account.state == "active" {
        return Ok(());
    }
    Err(Problem::with(Code::MethodUnavailable, |m| m.reason = Some("account".to_owned())).into())
}

/// An account within reach of the calling service.
pub(super) fn reachable(app: &Shared, actor: &Actor, id: &str) -> Result<Account, Refusal> {
    actor.check_sees(app, id)?;
    let account = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) })?;
    Ok(account.ok_or(Code::NotFound)?)
}

fn named(app: &Shared, actor: &Actor, id: &str, wanted: &str) -> Result<(Account, Phone), Refusal> {
    let account = reachable(app, actor, id)?;
    let wanted = PhoneRef::parse(wanted).map_err(|_| Code::NotFound)?;
    let phone = proof::phone_of(app, id, wanted)?;
    Ok((account, phone))
}

/// `DELETE …/phones/{ref}?proof=`.
pub async fn remove(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path((id, wanted)): Path<(String, String)>,
    query: Result<Query<Proof>, QueryRejection>,
) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "enrol")?;
    let Query(Proof { proof }) = query.map_err(|_| Code::Malformed)?;
    let (account, phone) = named(&app, &actor, &id, &wanted)?;
    let good = proof::needed(&app, &actor, &account, (Act::Remove(phone.r#ref), proof))?;
    let (shared, service) = (app.clone(), actor.service.clone());
    app.store
        .write(move |tx| -> Result<_, Refusal> {
            proof::take(tx, good.as_ref())?;
            let removal =
                Removal { phone: &phone, why: "web", by: &service.id, through: Some(&service.name) };
            if removal::revoke(tx, &shared, &removal, shared.now())? {
                Ok(())
            } else {
                Err(Code::NotFound.into())
            }
        })
        .await?;
    app.hub.all();
    Ok(no_content())
}

/// `POST …/phones/{ref}/unlock`.
pub async fn unlock(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path((id, wanted)): Path<(String, String)>,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "enrol")?;
    let Proof { proof } = body(&bytes)?;
    let (account, phone) = named(&app, &actor, &id, &wanted)?;
    check_active(&account)?;
    if phone.why.as_deref() == Some("operator") {
        return Err(Problem::with(Code::MethodUnavailable, |m| m.reason = Some("account".to_owned())).into());
    }
    check_interval(&app, &phone)?;
    let good = proof::needed(&app, &actor, &account, (Act::Unlock(phone.r#ref), proof))?;
    let (shared, aid, service) = (app.clone(), phone.aid, actor.service.clone());
    let interval = app.policy().lifetimes.unlock;
    app.store
        .write(move |tx| -> Result<_, Refusal> {
            proof::take(tx, good.as_ref())?;
            let now = shared.now();
            if accounting::unlock(tx, &aid, now, interval)? {
                let about = json!({"aid": aid, "account": phone.account, "service": service.id});
                audit::append(tx, &shared.keys().audit, "phone_unlocked", &about, now)?;
                letters::phone_unlocked(tx, &shared, &phone, &service.name, now)?;
            }
            Ok(())
        })
        .await?;
    let phone = app.store.read(|tx| -> Result<_, StoreFault> { phone::by_aid(tx, &aid) })?;
    reply::json(200, &describe::phone(&phone.ok_or(Code::NotFound)?))
}

/// Once in 24 hours, so that five more tries a day are the most that an unlock gives away (3.9.1).
fn check_interval(app: &Shared, phone: &Phone) -> Result<(), Refusal> {
    let aid = phone.aid;
    let before = app.store.read(|tx| -> Result<_, StoreFault> { accounting::unlocked_at(tx, &aid) })?;
    let left = before.map_or(0, |at| at.plus(app.policy().lifetimes.unlock).since(app.now()));
    if left == 0 { Ok(()) } else { Err(rate_limited(left).into()) }
}
