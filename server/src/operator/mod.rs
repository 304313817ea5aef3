//! What an operator sets up from the command line, on the same database as a running server.

pub mod acts;
mod choose;
mod people;
pub mod restore;
mod role;
mod rotate;
mod watch;

pub use crate::keys::{Ring, Rotation, SignEntry};
pub use crate::store::relying::{RELEASES, Relying};
pub use crate::store::session::Acr;
pub use choose::PolicyView;
pub use people::AccountView;
pub use rotate::KeysView;
pub use watch::{AuditLine, Verified};

use crate::app::{App, AppFault, Parts, Shared};
use crate::backend::accounts::{is_email, new_id};
use crate::keys::{Keys, KeysFault};
use crate::policy::Policy;
use crate::policy::chosen::{Chosen, PolicyFault};
use crate::published::Publisher;
use crate::random;
use crate::serve::{last_address, last_name};
use crate::store::account::{self, NewAccount};
use crate::store::relying;
use crate::store::service::{self, Service};
use crate::store::{Store, StoreFault, Tx, audit, mirror};
use crate::trusted::Trusted;
use countersign_protocol::encoding::b64u;
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::label::sha256;
use countersign_protocol::message::request::is_return_url;
use countersign_protocol::text::{SHORT, is_clean};
use serde_json::json;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Seconds that a set-up link lives.
const SETUP_LIFE: u64 = 86_400;
/// What a service may be allowed.
pub const SCOPES: [&str; 3] = ["accounts", "enrol", "sign-in"];

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorFault {
    /// A name that phones would refuse to show.
    #[error("a name has 1 to 40 visible characters")]
    Name,
    /// Not an e-mail address.
    #[error("that is no e-mail address")]
    Email,
    /// Not a web address.
    #[error("an origin has the form https://host[:port]")]
    Origin,
    /// Not an address that people can go back to.
    #[error("people go back to https addresses without query and fragment, of 200 bytes at the most")]
    Return,
    /// Not something that is told about people.
    #[error("a service may receive email, given_name, family_name")]
    Release,
    /// Not a scope.
    #[error("a scope is one of accounts, enrol, sign-in")]
    Scope,
    /// There is one already.
    #[error("there is an account with this address")]
    AccountExists,
    /// There is no such account.
    #[error("there is no account {0}")]
    UnknownAccount(String),
    /// There is no such phone.
    #[error("there is no phone {0} of this account")]
    UnknownPhone(String),
    /// A phone of the account can do what is asked for.
    #[error("the account has an active phone; its owner signs in with it and adds another one")]
    ActivePhone,
    /// The account is not in a state for that.
    #[error("the account is {0}")]
    AccountState(String),
    /// Somebody else rotates keys at the same moment.
    #[error("another rotation is under way")]
    Rotating,
    /// No server has shown the last change of root to anybody.
    #[error("the last change of root was not published yet; let the server run first")]
    NotPublished,
    /// The last rotation of the key encryption key is not over.
    #[error("{0} values are still sealed under the key before; a day after the last rotation none is")]
    StillSealed(u64),
    /// A server runs on this folder.
    #[error("a server is running on this data folder; stop it first")]
    Running,
    /// Not a database of this program, or a damaged one.
    #[error("that file is no whole backup")]
    NoBackup,
    /// Signing or sealing.
    #[error(transparent)]
    App(#[from] AppFault),
    /// There is no such service.
    #[error("there is no service {0}")]
    UnknownService(String),
    /// The folder.
    #[error("cannot use the data folder: {0}")]
    Folder(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The log outside the database.
    #[error("it is done, but the audit log outside the database could not be written: {0}")]
    NotLogged(#[source] StoreFault),
    /// The policy.
    #[error(transparent)]
    Policy(#[from] PolicyFault),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysFault),
}

/// The operator's access to a server's data.
pub struct Operator {
    app: Shared,
    /// The audit log outside the database.
    log: PathBuf,
}

/// A service to be added.
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

/// An account that was added, and the link that pairs its first phone.
pub struct AddedAccount {
    /// Its id.
    pub id: String,
    /// Path of the set-up link at the server's address.
    pub setup_path: String,
}

impl Operator {
    /// Opens a server's data, making it if it is not there yet.
    pub fn open(data: &Path) -> Result<Self, OperatorFault> {
        DirBuilder::new().recursive(true).mode(0o700).create(data)?;
        let unknown = || Issuer::parse("http://localhost:1", Profile::Development);
        let iss = last_address(data).map_or_else(unknown, Ok).map_err(|_| OperatorFault::Origin)?;
        let parts = Parts {
            store: Store::open(&data.join("countersign.db"))?,
            keys: Keys::open(data)?,
            iss,
            name: last_name(data).unwrap_or_else(|| "the server".to_owned()),
            publisher: Publisher::new(data.to_owned(), None),
            lab: None,
            behind_proxy: false,
            trusted: Trusted::default(),
            policy: Policy::default(),
            chosen: Chosen::default(),
        };
        Ok(Self { app: App::assemble(parts), log: data.join("audit.log") })
    }

    /// Runs `work` as one transaction, and sees that it stands in the log outside the database before anybody says that
    /// it is done: a removal that was told must survive the database, also where no server runs that would write it.
    async fn write<T, E, F>(&self, work: F) -> Result<T, OperatorFault>
    where
        T: Send + 'static,
        E: From<StoreFault> + Into<OperatorFault> + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let done = self.app.store.write(work).await.map_err(E::into)?;
        let complete = |tx: &Tx<'_>| mirror::complete(&self.log, tx.0);
        self.app.store.read(complete).map_err(OperatorFault::NotLogged)?;
        Ok(done)
    }

    /// Adds a service.
    pub async fn add_service(&self, new: &NewService) -> Result<AddedService, OperatorFault> {
        if !is_clean(&new.name, SHORT) {
            return Err(OperatorFault::Name);
        }
        let origins = [std::slice::from_ref(&new.origin), &new.return_origins].concat();
        if origins.iter().any(|origin| Issuer::parse(origin, Profile::Development).is_err()) {
            return Err(OperatorFault::Origin);
        }
        if new.scopes.is_empty() || new.scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
            return Err(OperatorFault::Scope);
        }
        check_relying(&new.relying)?;
        let id = self.free_id(&new.name)?;
        let secret: [u8; 32] = random::bytes();
        let service = Service {
            id: id.clone(),
            name: new.name.clone(),
            origin: new.origin.clone(),
            scopes: new.scopes.join(","),
        };
        self.insert_service((service, new.relying.clone()), sha256(&secret), origins).await?;
        Ok(AddedService { id, secret: b64u(&secret) })
    }

    async fn insert_service(
        &self,
        (service, relying): (Service, Relying),
        secret_hash: [u8; 32],
        origins: Vec<String>,
    ) -> Result<(), OperatorFault> {
        let (now, key) = (now(), *self.app.keys().audit);
        self.write(move |tx| -> Result<_, OperatorFault> {
            service::insert(tx, &service, &secret_hash, now)?;
            relying::set(tx, &service.id, &relying)?;
            for origin in &origins {
                service::add_return_origin(tx, &service.id, origin)?;
            }
            let about = json!({"service": service.id, "scopes": service.scopes, "by": "operator"});
            Ok(audit::append(tx, &key, "service_added", &about, now)?)
        })
        .await
    }

    /// The name in small letters; a number behind it if that is taken.
    fn free_id(&self, name: &str) -> Result<String, StoreFault> {
        let slug: String =
            name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let slug = slug.trim_matches('-').chars().take(24).collect::<String>();
        let base = if slug.is_empty() { "service".to_owned() } else { slug };
        for number in 1.. {
            let id = if number == 1 { base.clone() } else { format!("{base}-{number}") };
            if id != service::PORTAL && self.app.store.read(|tx| service::by_id(tx, &id))?.is_none() {
                return Ok(id);
            }
        }
        Ok(base)
    }

    /// Adds an account, lets services see it, and makes a link for pairing its first phone.
    pub async fn add_account(
        &self,
        email: &str,
        name: Option<String>,
        services: Vec<String>,
    ) -> Result<AddedAccount, OperatorFault> {
        if !is_email(email) {
            return Err(OperatorFault::Email);
        }
        if name.as_deref().is_some_and(|name| !is_clean(name, SHORT)) {
            return Err(OperatorFault::Name);
        }
        let (id, token) = (new_id(), random::bytes::<32>());
        let new = NewAccount { email: email.to_owned(), given_name: name, ..NewAccount::default() };
        let (account, now, key) = (id.clone(), now(), *self.app.keys().audit);
        self.write(move |tx| -> Result<_, OperatorFault> {
            if !account::insert(tx, &account, &new, now)? {
                return Err(OperatorFault::AccountExists);
            }
            for service in services {
                let known = service::by_id(tx, &service)?;
                known.ok_or_else(|| OperatorFault::UnknownService(service.clone()))?;
                account::give(tx, &service, &account)?;
            }
            account::set_setup_link(tx, &account, &sha256(&token), now.plus(SETUP_LIFE))?;
            let about = json!({"account": account, "by": "operator"});
            Ok(audit::append(tx, &key, "account_made", &about, now)?)
        })
        .await?;
        Ok(AddedAccount { id, setup_path: setup_path(&token) })
    }
}

/// People are never led elsewhere than to these addresses, exactly as they stand here.
fn check_relying(relying: &Relying) -> Result<(), OperatorFault> {
    if !relying.return_urls.iter().all(|url| is_return_url(url)) {
        return Err(OperatorFault::Return);
    }
    let known = |release: &String| RELEASES.contains(&release.as_str());
    if relying.releases.iter().all(known) { Ok(()) } else { Err(OperatorFault::Release) }
}

/// Path of the page behind a set-up link.
fn setup_path(token: &[u8; 32]) -> String {
    format!("/start/{}", b64u(token))
}

fn now() -> countersign_protocol::time::Time {
    crate::clock::Clock::default().now()
}
