//! `POST /visits`: a service exchanges a ticket that somebody brought for who they are, once (3.11).

use super::{Actor, body, describe};
use crate::app::Shared;
use crate::reply::{self, Refusal};
use crate::store::account::{self, Account};
use crate::store::relying::{self, Relying};
use crate::store::session::{self, Session};
use crate::store::ticket_out::{self, Taken};
use crate::store::{StoreFault, Tx};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::code::sign_in_code;
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Brought {
    ticket: String,
}

/// Who came, and how.
struct Visitor {
    session: Session,
    amr: String,
    account: Account,
    names: [Option<String>; 2],
    relying: Relying,
}

/// `POST /visits`.
pub async fn call(State(app): State<Shared>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "sign-in")?;
    let Brought { ticket } = body(&bytes)?;
    let (hash, shared, service) = (sha256(ticket.as_bytes()), app.clone(), actor.service.id.clone());
    let take = move |tx: &Tx<'_>| take(tx, &shared, &hash, &service);
    let visitor = app.store.write(take).await?.ok_or(Code::NotFound)?;
    reply::json(200, &answer(&visitor)?)
}

/// Whatever is wrong with a ticket is the same to the caller. One that comes twice was copied: the session behind it ends,
/// because nobody knows who has it.
fn take(tx: &Tx<'_>, app: &Shared, hash: &[u8; 32], service: &str) -> Result<Option<Visitor>, StoreFault> {
    let now = app.now();
    let session = match ticket_out::take(tx, hash, service, now)? {
        Taken::Good(session) => session,
        Taken::Again(session) => {
            tracing::error!(service, alarm = true, "a ticket was brought a second time");
            session::end(tx, &session, now)?;
            return Ok(None);
        }
        Taken::Others => {
            tracing::error!(service, alarm = true, "a ticket was brought by another service");
            return Ok(None);
        }
        Taken::No => return Ok(None),
    };
    let Some((session, amr)) = session::live(tx, &session, now, app.policy().session_idle)? else {
        return Ok(None);
    };
    let account = account::by_id(tx, &session.account)?.ok_or(StoreFault::Damaged("session.account"))?;
    let names = account::names(tx, &account.id)?;
    let relying = relying::of(tx, service)?.ok_or(StoreFault::Damaged("service"))?;
    Ok(Some(Visitor { session, amr, account, names, relying }))
}

fn answer(visitor: &Visitor) -> Result<Value, Refusal> {
    let Visitor { session, amr, account, names: [given, family], relying } = visitor;
    let acr = session.acr.ok_or(Code::NotFound)?;
    let amr: Value = serde_json::from_str(amr).map_err(|_| StoreFault::Damaged("session.amr"))?;
    let mut told = json!({
        "account": session.account,
        "acr": format!("urn:countersign:acr:{}", acr.as_str()),
        "amr": amr,
        "auth_time": describe::time(session.began),
        "session": b64u(&session.id),
    });
    if let Some(tid) = &session.tid {
        told["code"] = json!(sign_in_code(tid));
    }
    let facts =
        [("email", Some(&account.email)), ("given_name", given.as_ref()), ("family_name", family.as_ref())];
    for (name, fact) in facts {
        if let Some(fact) = fact.filter(|_| relying.releases.iter().any(|one| one == name)) {
            told[name] = json!(fact);
        }
    }
    Ok(told)
}
