//! `GET /events`: what a service has to act upon after the fact (3.11).

use super::{Actor, MAX_WAIT, describe};
use crate::app::Shared;
use crate::hub::Topic;
use crate::reply::{self, Refusal};
use crate::store::StoreFault;
use crate::store::event::{self, Event};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::encoding::b64u;
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// The query.
#[derive(Deserialize)]
pub struct Ask {
    after: Option<String>,
    wait: Option<u64>,
}

/// `GET /events?after=<id>&wait=0..25`.
pub async fn list(
    State(app): State<Shared>,
    headers: HeaderMap,
    ask: Result<Query<Ask>, QueryRejection>,
) -> Result<Response, Refusal> {
    let actor = Actor::known(&app, &headers)?;
    let Query(Ask { after, wait }) = ask.map_err(|_| Code::Malformed)?;
    let after: i64 = after.map_or(Ok(0), |id| id.parse()).map_err(|_| Code::Malformed)?;
    let wait = wait.unwrap_or(0);
    if wait > MAX_WAIT {
        return Err(Code::Malformed.into());
    }
    let notify = app.hub.listen(Topic::Events(actor.service.id.clone()));
    let change = notify.notified();
    let mut events = read(&app, &actor, after)?;
    if events.is_empty() && wait > 0 {
        let _ = tokio::time::timeout(Duration::from_secs(wait), change).await;
        events = read(&app, &actor, after)?;
    }
    reply::json(200, &events.iter().map(describe_event).collect::<Vec<_>>())
}

fn read(app: &Shared, actor: &Actor, after: i64) -> Result<Vec<Event>, Refusal> {
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { event::after(tx, &actor.service.id, after) })?)
}

fn describe_event(event: &Event) -> Value {
    let mut value = json!({
        "id": event.id.to_string(),
        "type": event.r#type,
        "account": event.account,
        "at": describe::time(event.at),
    });
    if let Some(tid) = &event.tid {
        value["tid"] = json!(tid);
    }
    if let Some(session) = &event.session {
        value["session"] = json!(b64u(session));
    }
    value
}
