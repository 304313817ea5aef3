//! Letters that have not left: sent again, or dropped. What they say is nobody's business here.

use super::{Key, frame, operator};
use crate::app::{AppFault, Shared};
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::operator::{Letter, LettersPage, Place};
use crate::reply::Refusal;
use crate::store::{StoreFault, audit, overview};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

/// Letters on one page.
const MOST: u32 = 100;

/// The form of a letter.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    id: String,
    #[serde(default)]
    act: String,
}

/// `GET /operator/mail`.
pub async fn page(State(app): State<Shared>, visit: Visit, key: Key) -> Result<Response, Refusal> {
    match operator(&app, &visit, &key).await? {
        Ok(_) => show(&app, visit).await,
        Err(elsewhere) => Ok(elsewhere),
    }
}

async fn show(app: &Shared, visit: Visit) -> Result<Response, Refusal> {
    let now = app.now();
    let stuck = app.store.read(|tx| -> Result<_, StoreFault> { overview::stuck(tx, MOST) })?;
    let letter = |one: overview::Stuck| Letter {
        id: one.id,
        kind: one.kind,
        recipient: one.recipient,
        dead: one.dead,
        tries: one.tries,
        at: Moment { at: one.at, now },
    };
    let page = LettersPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Mail),
        letters: stuck.into_iter().map(letter).collect(),
        submit: visit.post("/operator/mail"),
    };
    visit.show(app, page.render()).await
}

/// `POST /operator/mail`.
pub async fn change(
    State(app): State<Shared>,
    key: Key,
    Posted { visit, fields }: Posted<Wanted>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (shared, id) = (app.clone(), fields.id.parse::<i64>().unwrap_or_default());
    let send = fields.act == "send";
    app.store
        .write(move |tx| -> Result<_, AppFault> {
            let now = shared.now();
            let done = if send { overview::send_again(tx, id, now)? } else { overview::drop_letter(tx, id)? };
            if !done {
                return Ok(());
            }
            let what = if send { "letter_sent_again" } else { "letter_dropped" };
            let about = json!({"letter": id, "by": op.account});
            Ok(audit::append(tx, &shared.keys().audit, what, &about, now)?)
        })
        .await?;
    visit.go(&app, "/operator/mail").await
}
