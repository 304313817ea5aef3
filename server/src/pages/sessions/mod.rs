//! Where somebody is signed in, and which browsers are recognised (W4, W5): seen, ended and forgotten by their owner.

use super::form::{Nothing, Posted};
use super::operator;
use super::session::Visit;
use super::table::Table;
use super::view::Moment;
use super::view::me::Place;
use super::view::sessions::{BrowserLine, SessionLine, SessionsPage, SignedOutPage};
use crate::app::Shared;
use crate::reply::Refusal;
use crate::store::browser::{self, Recognised};
use crate::store::session::{self, Listed, Session};
use crate::store::{StoreFault, audit};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde_json::json;

/// Names a session or a browser in a sample.
const SOME: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// The form of a line.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: String,
}

impl Line {
    fn id(&self) -> Result<[u8; 16], Refusal> {
        Ok(array_from_b64u(&self.id).map_err(|_| Code::NotFound)?)
    }
}

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/me/sessions", page)
        .form("/me/sessions/end", end, &[("id", SOME)])
        .form("/me/sessions/end-others", end_others, &[])
        .form("/me/browsers/forget", forget, &[("id", SOME)])
        .form("/sign-out", sign_out, &[])
        .page("/signed-out", signed_out)
}

/// `GET /me/sessions`.
async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let Some(own) = visit.signed_in().cloned() else { return Ok(visit.see("/")) };
    let (now, policy) = (app.now(), app.policy());
    let since = now.minus(policy.recognised_for());
    let (sessions, browsers) = app.store.read(|tx| -> Result<_, StoreFault> {
        let sessions = session::all_of(tx, &own.account, now, policy.session_idle)?;
        Ok((sessions, browser::recognised_for(tx, &own.account, since)?))
    })?;
    let page = SessionsPage {
        page: visit.page(&app).within(Place::Sessions),
        end_others: (sessions.len() > 1).then(|| visit.post("/me/sessions/end-others")),
        sessions: sessions.into_iter().map(|listed| session_line(&app, &visit, &own, listed)).collect(),
        browsers: browsers.into_iter().map(|known| browser_line(&app, &visit, known)).collect(),
    };
    visit.show(&app, page.render()).await
}

fn session_line(app: &Shared, visit: &Visit, own: &Session, listed: Listed) -> SessionLine {
    let moment = |at| Moment { at, now: app.now() };
    SessionLine {
        is_this: listed.id == own.id,
        agent: listed.agent,
        key: listed.key,
        began: moment(listed.began),
        seen: moment(listed.seen),
        services: listed.services,
        id: b64u(&listed.id),
        end: visit.post("/me/sessions/end"),
    }
}

fn browser_line(app: &Shared, visit: &Visit, known: Recognised) -> BrowserLine {
    BrowserLine {
        is_this: visit.known == Some(known.hash),
        agent: known.agent,
        at: Moment { at: known.at, now: app.now() },
        id: b64u(&known.id),
        forget: visit.post("/me/browsers/forget"),
    }
}

/// `POST /me/sessions/end`. The own one is a sign-out.
async fn end(
    State(app): State<Shared>,
    key: operator::Key,
    Posted { visit, fields }: Posted<Line>,
) -> Result<Response, Refusal> {
    let Some(own) = visit.signed_in().cloned() else { return Ok(visit.see("/")) };
    let id = fields.id()?;
    if id == own.id {
        return leave(&app, visit, &key).await;
    }
    let (shared, now) = (app.clone(), app.now());
    let told = app
        .store
        .write(move |tx| -> Result<_, StoreFault> {
            let Some(told) = session::end_of(tx, &own.account, &id, now)? else { return Ok(Vec::new()) };
            let about = json!({"account": own.account, "session": b64u(&id), "by": "web"});
            audit::append(tx, &shared.keys().audit, "session_ended", &about, now)?;
            Ok(told)
        })
        .await?;
    app.hub.tell(told);
    visit.go(&app, "/me/sessions").await
}

/// `POST /me/sessions/end-others`: all but this one.
async fn end_others(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let Some(own) = visit.signed_in().cloned() else { return Ok(visit.see("/")) };
    let (shared, now) = (app.clone(), app.now());
    let told = app
        .store
        .write(move |tx| -> Result<_, StoreFault> {
            let told = session::end_all(tx, &own.account, Some(&own.id), now)?;
            let about = json!({"account": own.account, "but": b64u(&own.id), "by": "web"});
            audit::append(tx, &shared.keys().audit, "sessions_ended", &about, now)?;
            Ok(told)
        })
        .await?;
    app.hub.tell(told);
    visit.go(&app, "/me/sessions").await
}

/// `POST /me/browsers/forget`: the next sign-in there begins like a stranger's.
async fn forget(
    State(app): State<Shared>,
    Posted { visit, fields }: Posted<Line>,
) -> Result<Response, Refusal> {
    let Some(own) = visit.signed_in().cloned() else { return Ok(visit.see("/")) };
    let id = fields.id()?;
    let (shared, now) = (app.clone(), app.now());
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            if browser::forget_one(tx, &own.account, &id)? {
                let about = json!({"account": own.account, "by": "web"});
                audit::append(tx, &shared.keys().audit, "browser_forgotten", &about, now)?;
            }
            Ok(())
        })
        .await?;
    visit.go(&app, "/me/sessions").await
}

/// `POST /sign-out`.
async fn sign_out(
    State(app): State<Shared>,
    key: operator::Key,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    leave(&app, visit, &key).await
}

async fn leave(app: &Shared, mut visit: Visit, key: &operator::Key) -> Result<Response, Refusal> {
    operator::end_beside(app, &visit, key).await?;
    visit.sign_out(app).await?;
    visit.go(app, "/signed-out").await
}

/// `GET /signed-out`.
async fn signed_out(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    if visit.signed_in().is_some() {
        // Gone back to, by somebody who has signed in again.
        return Ok(visit.see("/me"));
    }
    let page = SignedOutPage { page: visit.page(&app), sign_in: visit.path("/") };
    visit.show(&app, page.render()).await
}
