//! A new service, and its secret in the answer to the form.

use super::change::{once, reason};
use super::services::show_secret;
use super::{Key, Op, frame, operator};
use crate::app::{AppFault, Shared};
use crate::operator::acts::{self, By};
use crate::operator::{AddedService, NewService, OperatorFault};
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::operator as view;
use crate::pages::view::operator::{Choice, KEYS, NewServicePage, Place, RELEASES, SCOPES, WrongService};
use crate::random;
use crate::reply::Refusal;
use crate::store::Tx;
use crate::store::relying::Relying;
use crate::store::session::Acr;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where it stands.
const ADDRESS: &str = "/operator/services/new";

/// The form; the boxes that are ticked stand among the others.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    origin: String,
    #[serde(default)]
    back: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    reason: String,
    /// The form itself: sent twice, it adds one service.
    #[serde(default)]
    once: String,
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

impl Typed {
    /// What of these is ticked, as it stands in the registry.
    fn stored(&self, choices: &[Choice]) -> Vec<String> {
        choices
            .iter()
            .filter(|choice| self.others.contains_key(choice.field))
            .map(|choice| choice.stored.to_owned())
            .collect()
    }

    /// What is to be added. What names no level asks for the highest.
    fn wanted(&self) -> NewService {
        let back = self.back.trim();
        let keys = self.stored(&KEYS);
        NewService {
            name: self.name.trim().to_owned(),
            origin: self.origin.trim().to_owned(),
            return_origins: Vec::new(),
            scopes: self.stored(&SCOPES),
            relying: Relying {
                return_urls: (!back.is_empty()).then(|| back.to_owned()).into_iter().collect(),
                level: Acr::from_name(&self.level).unwrap_or(Acr::Strong),
                keys: if keys.len() == KEYS.len() { Vec::new() } else { keys },
                releases: self.stored(&RELEASES),
                fresh_max: None,
            },
        }
    }

    /// What stands in the form that is shown again.
    fn again(self) -> view::NewService {
        let all = RELEASES.iter().chain(&SCOPES).chain(&KEYS).map(|choice| choice.field);
        view::NewService {
            ticked: all.filter(|field| self.others.contains_key(*field)).collect(),
            name: self.name,
            origin: self.origin,
            back: self.back,
            level: self.level,
            reason: self.reason,
            once: self.once,
        }
    }
}

/// `GET /operator/services/new`.
pub async fn page(State(app): State<Shared>, visit: Visit, key: Key) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let empty = view::NewService {
        level: Acr::Strong.as_str().to_owned(),
        ticked: KEYS.iter().map(|key| key.field).chain(["may_sign_in"]).collect(),
        once: b64u(&random::bytes::<12>()),
        ..view::NewService::default()
    };
    show(&app, visit, (&op, empty), None).await
}

async fn show(
    app: &Shared,
    visit: Visit,
    (op, new): (&Op, view::NewService),
    wrong: Option<WrongService>,
) -> Result<Response, Refusal> {
    let page = NewServicePage {
        page: visit.page(app),
        frame: frame(&visit, Place::Services),
        new,
        may_change: op.may_change(app),
        submit: visit.post(ADDRESS),
        again: visit.post("/operator/sign-in"),
        wrong,
    };
    visit.show(app, page.render()).await
}

/// `POST /operator/services/new`.
pub async fn add(
    State(app): State<Shared>,
    key: Key,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !op.may_change(&app) {
        return show(&app, visit, (&op, fields.again()), None).await;
    }
    let (new, reason) = (fields.wanted(), reason(&fields.reason));
    let none = fields.stored(&KEYS).is_empty();
    if let Some(wrong) = wrong((&new, none), reason.as_deref()) {
        return show(&app, visit, (&op, fields.again()), Some(wrong)).await;
    }
    let by = By { who: op.account.clone(), reason };
    match insert(&app, &op, (new, fields.once.clone()), by).await? {
        Made::Done(name, added) => show_secret(&app, visit, (name, added.id, added.secret), false).await,
        Made::Before => show(&app, visit, (&op, fields.again()), Some(WrongService::Before)).await,
        Made::Out => Ok(visit.see("/operator")),
    }
}

/// What became of it.
enum Made {
    Done(String, AddedService),
    /// This form was sent before.
    Before,
    /// Whoever sent it is no operator any more.
    Out,
}

async fn insert(app: &Shared, op: &Op, (new, mark): (NewService, String), by: By) -> Result<Made, Refusal> {
    let (shared, op) = (app.clone(), op.clone());
    let work = move |tx: &Tx<'_>| -> Result<_, AppFault> {
        if !op.is_still_in(tx, &shared)? {
            return Ok(Made::Out);
        }
        let is_one = array_from_b64u::<12>(&mark).is_ok();
        if !is_one || !once(tx, &shared, ADDRESS, mark)? {
            return Ok(Made::Before);
        }
        let added = acts::add_service(tx, &shared, &new, &by)?;
        Ok(Made::Done(new.name, added))
    };
    Ok(app.store.write(work).await?)
}

/// The first thing that is wrong, from top to bottom.
fn wrong((new, none): (&NewService, bool), reason: Option<&str>) -> Option<WrongService> {
    match new.check() {
        Err(OperatorFault::Name) => Some(WrongService::Name),
        Err(OperatorFault::Origin) => Some(WrongService::Origin),
        Err(OperatorFault::Scope) => Some(WrongService::Scope),
        Err(OperatorFault::Key | OperatorFault::KeysTooWeak | OperatorFault::KeysForSome) => {
            Some(WrongService::Keys)
        }
        Err(_) => Some(WrongService::Back),
        // Nothing stands for all of them in the registry.
        Ok(()) if none => Some(WrongService::Keys),
        Ok(()) => reason.is_none().then_some(WrongService::Reason),
    }
}
