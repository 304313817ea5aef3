//! Services: what a new one has to be, and the two acts of the command line.

use super::acts::{self, By};
use super::{Operator, OperatorFault};
use crate::app::AppFault;
use crate::store::Tx;
use crate::store::relying::{KEYS, RELEASES, Relying};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::message::request::is_return_url;
use countersign_protocol::text::{SHORT, is_clean};

/// What a service may be allowed.
pub const SCOPES: [&str; 3] = ["accounts", "enrol", "sign-in"];

/// A service to be added.
#[derive(Clone)]
pub struct NewService {
    /// Its name.
    pub name: String,
    /// Its web address.
    pub origin: String,
    /// Where it may return to, besides.
    pub return_origins: Vec<String>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// How it takes people whom it sends here to sign in.
    pub relying: Relying,
}

/// A service that was added; its secret is shown this once.
pub struct AddedService {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
}

impl NewService {
    /// What is wrong with it, if anything.
    pub fn check(&self) -> Result<(), OperatorFault> {
        if !is_clean(&self.name, SHORT) {
            return Err(OperatorFault::Name);
        }
        if self.origins().any(|origin| Issuer::parse(origin, Profile::Development).is_err()) {
            return Err(OperatorFault::Origin);
        }
        if self.scopes.is_empty() || self.scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
            return Err(OperatorFault::Scope);
        }
        // People are never led elsewhere than to these addresses, exactly as they stand here.
        if !self.relying.return_urls.iter().all(|url| is_return_url(url)) {
            return Err(OperatorFault::Return);
        }
        let enough =
            |key: &String| KEYS.iter().any(|(name, worth)| name == key && *worth >= self.relying.level);
        if self.relying.keys.iter().any(|key| KEYS.iter().all(|(name, _)| name != key)) {
            return Err(OperatorFault::Key);
        }
        if !self.relying.keys.is_empty() && !self.relying.keys.iter().any(enough) {
            return Err(OperatorFault::KeysTooWeak);
        }
        // The others are offered to browsers that are known, or are not enough beside a phone: by these everybody gets in.
        if !self.relying.keys.is_empty() && !["qr", "here"].iter().any(|key| self.relying.takes(key)) {
            return Err(OperatorFault::KeysForSome);
        }
        let known = |release: &String| RELEASES.contains(&release.as_str());
        if self.relying.releases.iter().all(known) { Ok(()) } else { Err(OperatorFault::Release) }
    }

    /// Its own and those that it may return to besides.
    pub fn origins(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.origin).chain(&self.return_origins)
    }
}

impl Operator {
    /// Adds a service.
    pub async fn add_service(&self, new: &NewService) -> Result<AddedService, OperatorFault> {
        new.check()?;
        let (app, new) = (self.app.clone(), new.clone());
        let work = move |tx: &Tx<'_>| -> Result<_, AppFault> {
            acts::add_service(tx, &app, &new, &By::command_line())
        };
        self.write(work).await
    }

    /// Gives a service another secret; the old one is worth nothing from then on.
    pub async fn rotate_service(&self, id: &str) -> Result<String, OperatorFault> {
        let (app, wanted) = (self.app.clone(), id.to_owned());
        let work = move |tx: &Tx<'_>| -> Result<_, AppFault> {
            acts::rotate_secret(tx, &app, &wanted, &By::command_line())
        };
        self.write(work).await?.ok_or_else(|| OperatorFault::UnknownService(id.to_owned()))
    }
}
