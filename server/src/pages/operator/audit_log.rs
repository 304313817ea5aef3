//! The newest records of the audit log, and whether its chain is whole.

use super::{Key, frame, look, operator};
use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::operator::{AuditPage, Chain, Place, Record};
use crate::reply::Refusal;
use crate::store::{StoreFault, audit};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::time::Time;
use serde_json::Value;

/// Records on the page.
const MOST: u32 = 100;

/// `GET /operator/audit`.
pub async fn page(State(app): State<Shared>, visit: Visit, key: Key) -> Result<Response, Refusal> {
    match operator(&app, &visit, &key).await? {
        Ok(_) => show(&app, visit, None).await,
        Err(elsewhere) => Ok(elsewhere),
    }
}

async fn show(app: &Shared, visit: Visit, chain: Option<Chain>) -> Result<Response, Refusal> {
    let now = app.now();
    let mut records = app.store.read(|tx| -> Result<_, StoreFault> {
        audit::after(tx, audit::newest(tx)? - i64::from(MOST), MOST)
    })?;
    records.reverse();
    let page = AuditPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Audit),
        records: records.iter().map(|record| line(record, now)).collect(),
        verify: visit.post("/operator/audit"),
        chain,
    };
    visit.show(app, page.render()).await
}

fn line(record: &audit::Record, now: Time) -> Record {
    let value: Value = serde_json::from_str(&record.record).unwrap_or_default();
    let about = &value["about"];
    let text = |name: &str| about[name].as_str().unwrap_or_default().to_owned();
    let on = ["account", "service", "aid", "key", "name"].map(text).into_iter().find(|text| !text.is_empty());
    Record {
        at: Moment { at: Time::from_secs(value["at"].as_u64().unwrap_or_default()), now },
        what: value["what"].as_str().unwrap_or_default().to_owned(),
        by: text("by"),
        on: on.unwrap_or_default(),
        reason: text("reason"),
    }
}

/// `POST /operator/audit`: walks the whole chain, which takes its time, beside everything else.
pub async fn verify(
    State(app): State<Shared>,
    key: Key,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    if let Err(elsewhere) = operator(&app, &visit, &key).await? {
        return Ok(elsewhere);
    }
    let key = app.keys().audit.clone();
    let chain = match look(&app, move |tx| audit::verify(tx, &key)).await? {
        Ok(records) => Chain::Whole(u32::try_from(records).unwrap_or(u32::MAX)),
        Err(at) => Chain::Broken(at),
    };
    show(&app, visit, Some(chain)).await
}
