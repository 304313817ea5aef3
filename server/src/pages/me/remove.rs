//! Removing phones: it asks first, and says what is left (A7).

use super::gate::{self, Need};
use super::own_phones::named;
use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::view::me::{Left, Place, RemovePage};
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::removal::{self, Removal};
use crate::reply::Refusal;
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, recovery, session};
use axum::extract::{Path, State};
use axum::response::Response;

/// `GET /me/phones/{ref}/remove`.
pub async fn ask(
    State(app): State<Shared>,
    visit: Visit,
    Path(wanted): Path<String>,
) -> Result<Response, Refusal> {
    let (account, phone) = match named(&app, &visit, Need::Fresh, &wanted) {
        Ok(found) => found,
        Err(answer) => return Ok(*answer),
    };
    let submit = format!("/me/phones/{}/remove", phone.r#ref);
    show(&app, visit, &account, (vec![phone], &submit)).await
}

/// `GET /me/phones/remove-all`.
pub async fn ask_all(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let account = match gate::pass(&app, &visit, Need::Fresh, "phones") {
        Ok(account) => account.id,
        Err(answer) => return Ok(*answer),
    };
    let phones = phones(&app, &account)?;
    if phones.is_empty() {
        return Ok(visit.see("/me/phones"));
    }
    show(&app, visit, &account, (phones, "/me/phones/remove-all")).await
}

async fn show(
    app: &Shared,
    visit: Visit,
    account: &str,
    (leaving, submit): (Vec<Phone>, &str),
) -> Result<Response, Refusal> {
    let page = RemovePage {
        page: visit.page(app).within(Place::Phones),
        left: left(app, account, &leaving)?,
        phones: leaving.iter().map(|phone| format!("{}, {}", phone.name, phone.os)).collect(),
        submit: visit.post(submit),
        cancel: visit.path("/me/phones"),
    };
    visit.show(app, page.render()).await
}

/// What gets the owner in once these phones are gone.
fn left(app: &Shared, account: &str, leaving: &[Phone]) -> Result<Left, Refusal> {
    let stays = |phone: &Phone| {
        phone.state == PhoneState::Active && leaving.iter().all(|leaving| leaving.aid != phone.aid)
    };
    if phones(app, account)?.iter().any(stays) {
        return Ok(Left::Phone);
    }
    let code = app.store.read(|tx| -> Result<_, StoreFault> { recovery::find(tx, account) })?;
    Ok(if code.is_some() { Left::Recovery } else { Left::Nothing })
}

fn phones(app: &Shared, account: &str) -> Result<Vec<Phone>, Refusal> {
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { phone::of_account(tx, account) })?)
}

/// `POST /me/phones/{ref}/remove`.
pub async fn remove(
    State(app): State<Shared>,
    Path(wanted): Path<String>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    match named(&app, &visit, Need::Fresh, &wanted) {
        Ok((_, phone)) => end(&app, visit, vec![phone]).await,
        Err(answer) => Ok(*answer),
    }
}

/// `POST /me/phones/remove-all`.
pub async fn remove_all(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    match gate::pass(&app, &visit, Need::Fresh, "phones") {
        Ok(account) => {
            let phones = phones(&app, &account.id)?;
            end(&app, visit, phones).await
        }
        Err(answer) => Ok(*answer),
    }
}

/// Removes them. The session of a sign-in that one of them approved ends with it, this one too.
async fn end(app: &Shared, visit: Visit, phones: Vec<Phone>) -> Result<Response, Refusal> {
    let (shared, now, idle) = (app.clone(), app.now(), app.policy().session_idle);
    let count = u32::try_from(phones.len()).unwrap_or(u32::MAX);
    let own = visit.session().map(|session| session.id);
    let goes_on = app
        .store
        .write(move |tx| -> Result<bool, StoreFault> {
            for phone in &phones {
                let removal = Removal { phone, why: "web", by: "owner", through: None };
                removal::revoke(tx, &shared, &removal, now)?;
            }
            let own = own.map_or(Ok(None), |id| session::live(tx, &id, now, idle))?;
            Ok(own.is_some())
        })
        .await?;
    app.hub.all();
    let (page, next) = if goes_on {
        (visit.page(app).within(Place::Phones), Next::link(Step::Account, visit.path("/me")))
    } else {
        (visit.page_of_nobody(app), Next::link(Step::SignIn, visit.path("/")))
    };
    visit.show(app, StatePage::end(page, Outcome::PhonesRemoved(count), next).render()).await
}
