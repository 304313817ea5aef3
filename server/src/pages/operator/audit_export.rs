//! Records of the log as a file: one line of JSON each, oldest first, with the link by which anybody who has the key can
//! check it. It is read and sent step by step, so however much is looked for, little of it is in memory.

use super::audit_filter::{FilterFault, Typed};
use super::{Key, audit_log, look, operator};
use crate::app::Shared;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::reply::Refusal;
use crate::store::audit::{self, Record, Wanted};
use crate::store::{StoreFault, Tx};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use countersign_protocol::encoding::b64u;
use futures_util::stream;
use serde_json::{Map, Value, json};
use std::io;

/// Records that are read at a time.
const STEP: u32 = 1000;

/// `POST /operator/audit/export`: what takes so much out stands in the log itself, and takes a sign-in of the last minutes.
pub async fn export(
    State(app): State<Shared>,
    key: Key,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let typed = fields.clone();
    let wanted = app.store.read(|tx| match typed.wanted(tx) {
        Ok(wanted) => Ok(Some(wanted)),
        Err(FilterFault::Wrong(_)) => Ok(None),
        Err(FilterFault::Store(fault)) => Err(fault),
    })?;
    let Some(wanted) = wanted.filter(|_| op.may_change(&app)) else {
        return audit_log::show(&app, visit, (&op, fields), None).await;
    };
    let (shared, about) = (app.clone(), about(&op.account, &wanted));
    let note = move |tx: &Tx<'_>| -> Result<Option<i64>, StoreFault> {
        if !op.is_still_in(tx, &shared)? {
            return Ok(None);
        }
        audit::append(tx, &shared.keys().audit, "audit_exported", &about, shared.now())?;
        audit::newest(tx).map(Some)
    };
    match app.store.write(note).await? {
        Some(last) => send(&app, visit, (wanted, last)).await,
        None => Ok(visit.see("/operator")),
    }
}

/// What the log says: who it was, and what was looked for.
fn about(by: &str, wanted: &Wanted) -> Value {
    let Wanted { kind, account, service, by: done_by, from, until } = wanted;
    let texts = [("kind", kind), ("account", account), ("service", service), ("by", done_by)];
    let texts = texts.into_iter().filter_map(|(name, text)| Some((name, json!(text.as_ref()?))));
    let times = [("from", from), ("until", until)];
    let times = times.into_iter().filter_map(|(name, time)| Some((name, json!(time.as_ref()?))));
    let looked_for: Map<String, Value> =
        texts.chain(times).map(|(name, value)| (name.to_owned(), value)).collect();
    json!({"by": by, "looked_for": looked_for})
}

/// The file: everything up to the record that it is sent.
async fn send(app: &Shared, visit: Visit, (wanted, last): (Wanted, i64)) -> Result<Response, Refusal> {
    let begin = Some((app.clone(), wanted, 0));
    let steps = stream::unfold(begin, move |place| async move {
        let (app, wanted, after) = place?;
        let looked = wanted.clone();
        let found = look(&app, move |tx| audit::between(tx, &looked, (after, last), STEP)).await;
        Some(match found {
            Ok(records) => {
                let next = records.last().map(|record| (app, wanted, record.seq));
                (Ok(records.iter().map(line).collect::<String>()), next)
            }
            // The browser sees that the file is not whole.
            Err(_) => (Err(io::Error::other("the log cannot be read")), None),
        })
    });
    let mut response = Body::from_stream(steps).into_response();
    let day: String = app.now().to_string().chars().take(10).collect();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/jsonl; charset=utf-8"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"audit-{day}.jsonl\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    visit.leave(app, response).await
}

/// A line. The record stands there byte for byte as it is chained, unless somebody spoilt it.
fn line(record: &Record) -> String {
    let is_whole =
        serde_json::from_str::<Value>(&record.record).is_ok() && !record.record.contains(['\n', '\r']);
    let text = if is_whole { record.record.clone() } else { json!(record.record).to_string() };
    format!("{{\"seq\":{},\"chain\":\"{}\",\"record\":{text}}}\n", record.seq, b64u(&record.chain))
}
