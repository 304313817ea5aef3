//! The phones of the account: their list, and another name for one.

use super::gate::{self, Need};
use crate::app::Shared;
use crate::backend::proof::phone_of;
use crate::binding::level;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::me::{PhoneLine, PhonesPage, Place, Protection, RenamePage};
use crate::reply::Refusal;
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, audit};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::id::PhoneRef;
use countersign_protocol::message::Level;
use countersign_protocol::problem::Code;
use countersign_protocol::text::{SHORT, is_clean};
use countersign_protocol::time::Time;
use serde::Deserialize;
use serde_json::json;

/// The form of another name.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

/// `GET /me/phones`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let account = match gate::pass(&app, &visit, Need::Look, "") {
        Ok(account) => account,
        Err(answer) => return Ok(*answer),
    };
    let phones = app.store.read(|tx| -> Result<_, StoreFault> { phone::of_account(tx, &account.id) })?;
    let page = PhonesPage {
        page: visit.page(&app).within(Place::Phones),
        add: visit.path("/me/phones/app"),
        phones: phones.iter().map(|phone| line(&visit, phone, app.now())).collect(),
        remove_all: visit.path("/me/phones/remove-all"),
    };
    visit.show(&app, page.render()).await
}

fn line(visit: &Visit, phone: &Phone, now: Time) -> PhoneLine {
    let moment = |at| Moment { at, now };
    PhoneLine {
        name: phone.name.clone(),
        os: phone.os.clone(),
        paired: moment(phone.created),
        used: phone.last_used.map(moment),
        protection: protection(phone),
        is_locked: phone.state == PhoneState::Locked,
        rename: visit.path(format!("/me/phones/{}/rename", phone.r#ref)),
        remove: visit.path(format!("/me/phones/{}/remove", phone.r#ref)),
    }
}

fn protection(phone: &Phone) -> Protection {
    match level(phone.level) {
        Level::Software => Protection::Basic,
        Level::Tee => Protection::Medium,
        Level::SecureEnclave | Level::Strongbox => Protection::High,
    }
}

/// The phone that an address names, and its account: nobody else's is there.
pub(super) fn named(
    app: &Shared,
    visit: &Visit,
    need: Need,
    wanted: &str,
) -> Result<(String, Phone), Box<Response>> {
    let account = gate::pass(app, visit, need, "phones")?;
    let phone = PhoneRef::parse(wanted)
        .map_err(|_| Refusal::from(Code::NotFound))
        .and_then(|wanted| phone_of(app, &account.id, wanted))
        .map_err(|fault| Box::new(visit.refusal(app, fault)))?;
    Ok((account.id, phone))
}

/// `GET /me/phones/{ref}/rename`.
pub async fn ask_name(
    State(app): State<Shared>,
    visit: Visit,
    Path(wanted): Path<String>,
) -> Result<Response, Refusal> {
    let phone = match named(&app, &visit, Need::Change, &wanted) {
        Ok((_, phone)) => phone,
        Err(answer) => return Ok(*answer),
    };
    show_name(&app, visit, &phone, (phone.name.clone(), false)).await
}

async fn show_name(
    app: &Shared,
    visit: Visit,
    phone: &Phone,
    (name, wrong): (String, bool),
) -> Result<Response, Refusal> {
    let page = RenamePage {
        page: visit.page(app).within(Place::Phones),
        name,
        submit: visit.post(format!("/me/phones/{}/rename", phone.r#ref)),
        cancel: visit.path("/me/phones"),
        wrong,
    };
    visit.show(app, page.render()).await
}

/// `POST /me/phones/{ref}/rename`.
pub async fn rename(
    State(app): State<Shared>,
    Path(wanted): Path<String>,
    Posted { visit, fields }: Posted<Named>,
) -> Result<Response, Refusal> {
    let (account, phone) = match named(&app, &visit, Need::Change, &wanted) {
        Ok(found) => found,
        Err(answer) => return Ok(*answer),
    };
    let name = fields.name.trim().to_owned();
    if !is_clean(&name, SHORT) {
        return show_name(&app, visit, &phone, (name, true)).await;
    }
    let (shared, now) = (app.clone(), app.now());
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            phone::rename(tx, &phone.aid, &name)?;
            let about = json!({"aid": phone.aid, "account": account, "by": "owner"});
            audit::append(tx, &shared.keys().audit, "phone_renamed", &about, now)
        })
        .await?;
    visit.go(&app, "/me/phones").await
}
