//! `/accounts`: made by services, seen by those that made them or were given them.

use super::once::{Kept, Once};
use super::{Actor, body, describe};
use crate::app::Shared;
use crate::random;
use crate::reply::{self, Refusal};
use crate::store::account::{self, Account, NewAccount};
use crate::store::{StoreFault, audit, phone};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::encoding::crockford;
use countersign_protocol::json;
use countersign_protocol::problem::Code;
use countersign_protocol::text::{LONG, SHORT, is_clean};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    email: String,
    #[serde(default, deserialize_with = "json::optional")]
    given_name: Option<String>,
    #[serde(default, deserialize_with = "json::optional")]
    family_name: Option<String>,
    #[serde(default, deserialize_with = "json::optional")]
    language: Option<String>,
}

/// Whether `text` can be an address: it is a label on phones, too.
pub fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    is_clean(text, LONG)
        && !text.contains(char::is_whitespace)
        && parts
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
}

/// A fresh account id.
pub fn new_id() -> String {
    format!("u-{}", crockford(&random::bytes::<10>(), 16).to_ascii_lowercase())
}

/// `POST /accounts`.
pub async fn create(
    State(app): State<Shared>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "accounts")?;
    let once = Once::of(&app, &actor, &headers, "/accounts", &bytes).await?;
    if let Some(response) = once.as_ref().map_or(Ok(None), |once| once.earlier(&app))? {
        return Ok(response);
    }
    let create: Create = body(&bytes)?;
    let names = [&create.given_name, &create.family_name, &create.language];
    if !is_email(&create.email) || !names.into_iter().flatten().all(|name| is_clean(name, SHORT)) {
        return Err(Code::Malformed.into());
    }
    let new = NewAccount {
        email: create.email.clone(),
        given_name: create.given_name,
        family_name: create.family_name,
        language: create.language,
        service: Some(actor.service.id.clone()),
    };
    let id = new_id();
    let answer = json!({"account": id, "email": create.email});
    let kept = once.as_ref().map(|once| once.kept(&app, &answer, app.now().plus(86_400))).transpose()?;
    insert(&app, &id, new, kept).await?;
    reply::json(201, &answer)
}

async fn insert(app: &Shared, id: &str, new: NewAccount, kept: Option<Kept>) -> Result<(), Refusal> {
    let (shared, id, now) = (app.clone(), id.to_owned(), app.now());
    let made = app
        .store
        .write(move |tx| -> Result<bool, StoreFault> {
            let made = account::insert(tx, &id, &new, now)?;
            if made {
                let about = json!({"account": id, "service": new.service});
                audit::append(tx, &shared.keys().audit, "account_made", &about, now)?;
                kept.iter().try_for_each(|kept| kept.insert(tx))?;
            }
            Ok(made)
        })
        .await?;
    if made { Ok(()) } else { Err(Code::AccountExists.into()) }
}

fn find(app: &Shared, headers: &HeaderMap, scope: &str, id: &str) -> Result<Account, Refusal> {
    let actor = Actor::of_call(app, headers, scope)?;
    actor.check_sees(app, id)?;
    let account = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) })?;
    Ok(account.ok_or(Code::NotFound)?)
}

fn phones_of(app: &Shared, id: &str) -> Result<Vec<Value>, Refusal> {
    let phones = app.store.read(|tx| -> Result<_, StoreFault> { phone::of_account(tx, id) })?;
    Ok(phones.iter().map(describe::phone).collect())
}

/// `GET /accounts/{account}`.
pub async fn show(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let account = find(&app, &headers, "accounts", &id)?;
    let phones = phones_of(&app, &id)?;
    // That its owner wants it closed is nobody else's to know; it may go on.
    let state = if account.state == "closing" { "locked" } else { &account.state };
    reply::json(200, &json!({"account": id, "email": account.email, "state": state, "phones": phones}))
}

/// `GET /accounts/{account}/phones`.
pub async fn phones(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    find(&app, &headers, "enrol", &id)?;
    reply::json(200, &phones_of(&app, &id)?)
}
