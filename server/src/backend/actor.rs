//! Who drives: a service by its secret, or the server's own pages.

use crate::app::{App, Shared};
use crate::reply::Refusal;
use crate::store::service::{self, PORTAL, Service};
use crate::store::{StoreFault, account};
use axum::http::{HeaderMap, header};
use countersign_protocol::encoding::array_from_b64u;
use countersign_protocol::label::sha256;
use countersign_protocol::problem::{Code, Problem};

/// A caller of the backend interface.
#[derive(Clone)]
pub struct Actor {
    /// The service.
    pub service: Service,
    /// Whether the server's own pages drive, for it or for themselves.
    pub on_pages: bool,
}

impl Actor {
    /// The server's own pages: no secret, no proof, every account.
    pub fn portal(app: &App) -> Self {
        let (name, origin) = (app.name.clone(), app.iss.as_str().to_owned());
        Self {
            service: Service {
                id: PORTAL.to_owned(),
                name,
                origin,
                scopes: "accounts,enrol,sign-in".to_owned(),
            },
            on_pages: true,
        }
    }

    /// The server's own pages for a service that sent somebody: phones show its name, and it has no part in what happens
    /// here.
    pub const fn on_behalf(service: Service) -> Self {
        Self { service, on_pages: true }
    }

    /// Whether this is the server itself.
    pub fn is_portal(&self) -> bool {
        self.service.id == PORTAL
    }

    /// The service of a call, by its bearer secret, if it has the scope.
    pub fn of_call(app: &Shared, headers: &HeaderMap, scope: &str) -> Result<Self, Refusal> {
        let service = Self::known(app, headers)?;
        if service.service.has_scope(scope) {
            return Ok(service);
        }
        Err(Problem::with(Code::ScopeMissing, |m| m.scope = Some(scope.to_owned())).into())
    }

    /// The service of a call, whatever its scopes.
    pub fn known(app: &Shared, headers: &HeaderMap) -> Result<Self, Refusal> {
        let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let secret = value
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(|text| array_from_b64u::<32>(text).ok());
        let hash = sha256(&secret.ok_or(Code::ServiceUnauthorised)?);
        let found = app.store.read(|tx| -> Result<_, StoreFault> { service::by_secret(tx, &hash) })?;
        Ok(Self { service: found.ok_or(Code::ServiceUnauthorised)?, on_pages: false })
    }

    /// Whether it may see an account; what it may not see does not exist for it.
    pub fn check_sees(&self, app: &Shared, account: &str) -> Result<(), Refusal> {
        if self.is_portal() {
            return Ok(());
        }
        let sees = app
            .store
            .read(|tx| -> Result<_, StoreFault> { account::is_visible(tx, &self.service.id, account) })?;
        if sees { Ok(()) } else { Err(Code::NotFound.into()) }
    }
}
