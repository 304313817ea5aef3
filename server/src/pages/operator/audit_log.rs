//! The records of the audit log, the newest first or those that are looked for, and whether its chain is whole.

use super::audit_filter::{FilterFault, Typed};
use super::{Key, Op, frame, look, operator};
use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::operator::{AuditPage, Chain, Place, Record, WrongFilter};
use crate::reply::Refusal;
use crate::store::audit;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use countersign_protocol::time::Time;
use serde_json::Value;

/// Records on one page.
const MOST: u32 = 100;

/// `GET /operator/audit`.
pub async fn page(
    State(app): State<Shared>,
    visit: Visit,
    key: Key,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Response, Refusal> {
    let typed = typed.map(|Query(typed)| typed).unwrap_or_default();
    match operator(&app, &visit, &key).await? {
        Ok(op) => show(&app, visit, (&op, typed), None).await,
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// The page, with the records that are looked for.
pub async fn show(
    app: &Shared,
    visit: Visit,
    (op, typed): (&Op, Typed),
    chain: Option<Chain>,
) -> Result<Response, Refusal> {
    let (records, wrong) = match find(app, typed.clone()).await? {
        Ok(records) => (records, None),
        Err(wrong) => (Vec::new(), Some(wrong)),
    };
    let now = app.now();
    let address = |before| visit.path(format!("/operator/audit?{}", typed.query(before)));
    let shown = records.len().min(MOST as usize);
    let last = records.get(shown.wrapping_sub(1)).map(|record| record.seq);
    let page = AuditPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Audit),
        records: records.iter().take(shown).map(|record| line(record, now)).collect(),
        filter: typed.again(),
        wrong,
        newest: typed.goes_on().then(|| address(None)),
        older: last.filter(|_| records.len() > shown).map(|place| address(Some(place))),
        export: visit.post("/operator/audit/export"),
        may_export: op.may_change(app),
        again: visit.post("/operator/sign-in"),
        verify: visit.post("/operator/audit"),
        chain,
    };
    visit.show(app, page.render()).await
}

/// Those that are looked for, and one more if there is one.
async fn find(app: &Shared, typed: Typed) -> Result<Result<Vec<audit::Record>, WrongFilter>, Refusal> {
    let found = look(app, move |tx| match typed.wanted(tx) {
        Ok(wanted) => audit::before(tx, &wanted, typed.place(), MOST + 1).map(Ok),
        Err(FilterFault::Wrong(wrong)) => Ok(Err(wrong)),
        Err(FilterFault::Store(fault)) => Err(fault),
    });
    found.await
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
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let key = app.keys().audit.clone();
    let chain = match look(&app, move |tx| audit::verify(tx, &key)).await? {
        Ok(records) => Chain::Whole(u32::try_from(records).unwrap_or(u32::MAX)),
        Err(at) => Chain::Broken(at),
    };
    show(&app, visit, (&op, Typed::default()), Some(chain)).await
}
