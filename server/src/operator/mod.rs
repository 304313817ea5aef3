//! What an operator sets up from the command line, on the same database as a running server.

pub mod acts;
mod choose;
mod people;
pub mod restore;
mod role;
mod rotate;
pub mod services;
pub mod watch;

pub use crate::keys::{Ring, Rotation, SignEntry};
pub use crate::store::relying::{RELEASES, Relying};
pub use crate::store::session::Acr;
pub use choose::PolicyView;
pub use people::AccountView;
pub(crate) use people::find;
pub use rotate::KeysView;
pub use services::{AddedService, NewService, SCOPES};
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
use crate::store::service;
use crate::store::{Store, StoreFault, Tx, audit, mirror};
use crate::trusted::Trusted;
use countersign_protocol::encoding::b64u;
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::label::sha256;
use countersign_protocol::text::{SHORT, is_clean};
use serde_json::json;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Seconds that a set-up link lives.
const SETUP_LIFE: u64 = 86_400;

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
    /// Not a key.
    #[error("a key is one of number, qr, here, offline, password")]
    Key,
    /// Nobody could sign in.
    #[error("none of these keys is worth that level")]
    KeysTooWeak,
    /// Some people could not sign in.
    #[error("not everybody gets in by these keys: take qr or here, or both, as well")]
    KeysForSome,
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

/// Path of the page behind a set-up link.
fn setup_path(token: &[u8; 32]) -> String {
    format!("/start/{}", b64u(token))
}

fn now() -> countersign_protocol::time::Time {
    crate::clock::Clock::default().now()
}
