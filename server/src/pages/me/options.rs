//! "Options": how many factors are asked for, and which sign-ins a letter is written about.

use super::gate::{self, Need};
use crate::app::Shared;
use crate::letters;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::me::{OptionsPage, Place};
use crate::password::rules::ALONE;
use crate::reply::Refusal;
use crate::store::account::Options;
use crate::store::{StoreFault, account, audit, password, session};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::problem::Code;
use serde::Deserialize;
use serde_json::json;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    two_factors: Option<String>,
    letters: String,
}

/// `GET /me/options`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    match gate::pass(&app, &visit, Need::Look, "") {
        Ok(account) => show(&app, visit, &account.id, false).await,
        Err(answer) => Ok(*answer),
    }
}

async fn show(app: &Shared, visit: Visit, account: &str, saved: bool) -> Result<Response, Refusal> {
    let (options, password) = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok((account::options(tx, account)?, password::find(tx, account)?))
    })?;
    let page = OptionsPage {
        page: visit.page(app).within(Place::Options),
        submit: visit.post("/me/options"),
        options,
        longer: password.filter(|password| password.length_class < ALONE).map(|_| ALONE),
        saved,
        close: visit.path("/me/close"),
    };
    visit.show(app, page.render()).await
}

/// `POST /me/options`.
pub async fn save(
    State(app): State<Shared>,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let account = match gate::pass(&app, &visit, Need::Fresh, "options") {
        Ok(account) => account.id,
        Err(answer) => return Ok(*answer),
    };
    let every_letter = match fields.letters.as_str() {
        "every" => true,
        "unusual" => false,
        _ => return Ok(visit.refusal(&app, Code::Malformed.into())),
    };
    let options = Options { two_factors: fields.two_factors.is_some(), every_letter };
    let own = visit.session().map(|session| session.id);
    let (shared, now, id) = (app.clone(), app.now(), account.clone());
    let saved = app
        .store
        .write(move |tx| -> Result<_, StoreFault> {
            // A session that was ended meanwhile changes nothing.
            let idle = shared.policy().session_idle;
            if own.map_or(Ok(None), |own| session::live(tx, &own, now, idle))?.is_none() {
                return Ok(false);
            }
            let before = account::options(tx, &id)?;
            if before == options {
                return Ok(true);
            }
            account::set_options(tx, &id, options)?;
            letters::options_weaker(tx, &shared, (&id, before), now)?;
            let letters = if options.every_letter { "every" } else { "unusual" };
            let about =
                json!({"account": id, "by": "owner", "two_factors": options.two_factors, "letters": letters});
            audit::append(tx, &shared.keys().audit, "options_changed", &about, now)?;
            Ok(true)
        })
        .await?;
    if saved { show(&app, visit, &account, true).await } else { Ok(visit.see("/")) }
}
