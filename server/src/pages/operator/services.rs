//! Services: listed, shown, and given another secret, which is shown once in the answer to the form.

use super::change::{self, Came, Change, Given, Subject};
use super::{Key, Op, frame, operator};
use crate::app::{AppFault, Shared};
use crate::operator::acts::{self, By};
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::TargetLevel;
use crate::pages::view::operator::{
    Asked, OneService, Place, SecretPage, ServiceFacts, ServicePage, ServicesPage, Wrong,
};
use crate::reply::Refusal;
use crate::store::relying::{self, Relying};
use crate::store::service::{self, Service};
use crate::store::session::Acr;
use crate::store::{StoreFault, Tx};
use axum::extract::{Path, State};
use axum::response::Response;
use countersign_protocol::encoding::b64u;

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

/// A service and how it takes people; nothing for our own pages.
fn find(app: &Shared, id: &str) -> Result<Option<(Service, Relying)>, StoreFault> {
    app.store.read(|tx| {
        let known = service::secret_hash(tx, id)?.is_some();
        let (service, relying) = (service::by_id(tx, id)?, relying::of(tx, id)?);
        Ok(service.zip(relying).filter(|_| known))
    })
}

async fn show_one(
    app: &Shared,
    visit: Visit,
    (op, id): (&Op, &str),
    wrong: Option<Wrong>,
) -> Result<Response, Refusal> {
    let Some((service, relying)) = find(app, id)? else { return Ok(super::nothing(app, &visit)) };
    let facts = ServiceFacts {
        return_urls: relying.return_urls,
        level: match relying.level {
            Acr::Basic => TargetLevel::Basic,
            Acr::Code => TargetLevel::Strong,
            Acr::Strong => TargetLevel::Approved,
        },
        keys: relying.keys,
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
    Posted { visit, fields }: Posted<Given>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match change::change(&app, visit, &op, fields, Rotation(id.clone())).await? {
        Came::Wrong(visit, wrong) => show_one(&app, visit, (&op, &id), wrong).await,
        Came::Answered(answer) => Ok(answer),
        Came::Done(visit, (name, secret)) => show_secret(&app, visit, (name, id, secret), true).await,
    }
}

/// Another secret for a service. A form that is sent twice does not cut the one that was just shown.
#[derive(Clone)]
struct Rotation(String);

impl Change for Rotation {
    /// Its name and its secret.
    type Done = (String, String);

    fn subject(&self, tx: &Tx<'_>) -> Result<Option<Subject>, StoreFault> {
        let Some(known) = service::secret_hash(tx, &self.0)? else { return Ok(None) };
        Ok(service::by_id(tx, &self.0)?.map(|service| Subject {
            asked: Asked::Rotate,
            on: service.name,
            account: None,
            stands: b64u(&known),
        }))
    }

    fn make(&self, tx: &Tx<'_>, app: &Shared, by: &By) -> Result<Option<Self::Done>, AppFault> {
        let Some(service) = service::by_id(tx, &self.0)? else { return Ok(None) };
        let secret = acts::rotate_secret(tx, app, &self.0, by)?;
        Ok(secret.map(|secret| (service.name, secret)))
    }

    fn form(&self) -> (Place, String, Vec<(&'static str, String)>) {
        (Place::Services, address(&self.0), Vec::new())
    }
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
