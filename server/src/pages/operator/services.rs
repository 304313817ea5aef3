//! Services: listed, shown, and given another secret, which is shown once in the answer to the form.

use super::{Key, Op, frame, operator, reason};
use crate::app::{AppFault, Shared};
use crate::operator::acts::{self, By};
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::TargetLevel;
use crate::pages::view::operator::{
    AskPage, Asked, OneService, Place, SecretPage, ServiceFacts, ServicePage, ServicesPage, WrongRotation,
};
use crate::reply::Refusal;
use crate::store::relying::{self, Relying};
use crate::store::service::{self, Service};
use crate::store::session::Acr;
use crate::store::{StoreFault, Tx};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::sha256;
use serde::Deserialize;

/// The form of another secret.
#[derive(Deserialize)]
pub struct Rotation {
    /// Which secret is meant: a form that is sent twice does not cut the one that was just shown.
    #[serde(default)]
    mark: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    sure: String,
}

/// `GET /operator/services`.
pub async fn page(State(app): State<Shared>, visit: Visit, key: Key) -> Result<Response, Refusal> {
    if let Err(elsewhere) = operator(&app, &visit, &key).await? {
        return Ok(elsewhere);
    }
    let services = app.store.read(service::all)?;
    let page = ServicesPage {
        page: visit.page(&app),
        frame: frame(&visit, Place::Services),
        services: services.into_iter().map(|service| line(&visit, service)).collect(),
        add: visit.path("/operator/services/new"),
    };
    visit.show(&app, page.render()).await
}

fn line(visit: &Visit, service: Service) -> OneService {
    OneService {
        open: visit.path(address(&service.id)),
        name: service.name,
        origin: service.origin,
        id: service.id,
    }
}

fn address(id: &str) -> String {
    format!("/operator/services/{id}")
}

/// `GET /operator/services/{service}`.
pub async fn one(
    State(app): State<Shared>,
    visit: Visit,
    key: Key,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    match operator(&app, &visit, &key).await? {
        Ok(op) => show_one(&app, visit, (&op, &id), None).await,
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// A service, how it takes people, and which secret it has; nothing for our own pages.
fn find(app: &Shared, id: &str) -> Result<Option<(Service, Relying, String)>, StoreFault> {
    app.store.read(|tx| {
        let Some(mark) = mark(tx, id)? else { return Ok(None) };
        let (service, relying) = (service::by_id(tx, id)?, relying::of(tx, id)?);
        Ok(service.zip(relying).map(|(service, relying)| (service, relying, mark)))
    })
}

/// Tells one secret from the next, and nothing about either.
fn mark(tx: &Tx<'_>, id: &str) -> Result<Option<String>, StoreFault> {
    let known = service::secret_hash(tx, id)?;
    Ok(known.map(|hash| b64u(&sha256(&[&b"MAP1 mark"[..], &hash].concat())[..12])))
}

async fn show_one(
    app: &Shared,
    visit: Visit,
    (op, id): (&Op, &str),
    wrong: Option<WrongRotation>,
) -> Result<Response, Refusal> {
    let Some((service, relying, mark)) = find(app, id)? else { return Ok(super::nothing(app, &visit)) };
    let facts = ServiceFacts {
        return_urls: relying.return_urls,
        level: match relying.level {
            Acr::Basic => TargetLevel::Basic,
            Acr::Code => TargetLevel::Strong,
            Acr::Strong => TargetLevel::Approved,
        },
        releases: relying.releases,
        scopes: service.scopes.split(',').map(str::to_owned).collect(),
    };
    let page = ServicePage {
        page: visit.page(app),
        frame: frame(&visit, Place::Services),
        rotate: visit.post(address(id)),
        service: line(&visit, service),
        facts,
        may_change: op.may_change(app),
        mark,
        again: visit.post("/operator/sign-in"),
        wrong,
    };
    visit.show(app, page.render()).await
}

/// `POST /operator/services/{service}`: asks first, then gives it another secret.
pub async fn rotate(
    State(app): State<Shared>,
    Path(id): Path<String>,
    key: Key,
    Posted { visit, fields }: Posted<Rotation>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !op.may_change(&app) {
        return show_one(&app, visit, (&op, &id), None).await;
    }
    let Some(reason) = reason(&fields.reason) else {
        return show_one(&app, visit, (&op, &id), Some(WrongRotation::Reason)).await;
    };
    let Some((service, _, now)) = find(&app, &id)? else { return Ok(super::nothing(&app, &visit)) };
    if now == fields.mark && fields.sure.is_empty() {
        return ask(&app, visit, service, (now, reason)).await;
    }
    let by = By { who: op.account.clone(), reason: Some(reason) };
    let (shared, wanted) = (app.clone(), id.clone());
    let work = move |tx: &Tx<'_>| -> Result<Option<String>, AppFault> {
        if mark(tx, &wanted)?.as_ref() != Some(&fields.mark) {
            return Ok(None);
        }
        acts::rotate_secret(tx, &shared, &wanted, &by)
    };
    let Some(secret) = app.store.write(work).await? else {
        return show_one(&app, visit, (&op, &id), Some(WrongRotation::Gone)).await;
    };
    show_secret(&app, visit, (service.name, id, secret), true).await
}

async fn ask(
    app: &Shared,
    visit: Visit,
    service: Service,
    (mark, reason): (String, String),
) -> Result<Response, Refusal> {
    let page = AskPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Services),
        asked: Asked::Rotate,
        submit: visit.post(address(&service.id)),
        back: visit.path(address(&service.id)),
        on: service.name,
        reason,
        hidden: vec![("mark", mark)],
    };
    visit.show(app, page.render()).await
}

/// The only time that a secret is shown.
pub async fn show_secret(
    app: &Shared,
    visit: Visit,
    (name, id, secret): (String, String, String),
    rotated: bool,
) -> Result<Response, Refusal> {
    let page = SecretPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Services),
        open: visit.path(address(&id)),
        name,
        id,
        secret,
        rotated,
    };
    visit.show(app, page.render()).await
}
