//! The phone: where every flow begins.

use crate::account::{self, Account};
use crate::claim::ClaimFlow;
use crate::compose::{self, Setup};
use crate::inbox::Inbox;
use crate::keys::KeyStore;
use crate::offline::OfflineFlow;
use crate::pairing::PairingFlow;
use crate::problem::Problem;
use countersign_engine as engine;
use countersign_engine::authenticator::Standing;
use countersign_engine::settle::Settled;
use countersign_engine::{AccountId, Entry};
use std::sync::Arc;
use std::time::Duration;

/// One installation of the app.
#[derive(uniffi::Object)]
pub struct Authenticator(pub(crate) engine::Authenticator);

/// What a code leads to.
#[derive(uniffi::Enum)]
pub enum Scanned {
    /// A pairing.
    Pairing { flow: Arc<PairingFlow> },
    /// A sign-in.
    SignIn { flow: Arc<ClaimFlow> },
    /// A sign-in without network.
    Offline { flow: Arc<OfflineFlow> },
}

#[uniffi::export]
impl Authenticator {
    /// Opens the vault. Talks to no server.
    #[uniffi::constructor]
    pub fn open(setup: Setup, keys: Arc<dyn KeyStore>) -> Result<Self, Problem> {
        let ports = compose::ports(&setup, keys)?;
        Ok(Self(engine::Authenticator::open(ports, compose::options(setup))?))
    }

    /// All accounts, those that cannot be read too.
    pub fn accounts(&self) -> Result<Vec<Account>, Problem> {
        Ok(account::all(self.0.accounts()?))
    }

    /// Opens what was scanned, pasted or tapped, by the rules of its way in. Talks to the server.
    pub fn open_code(&self, text: String, entry: Entry) -> Result<Scanned, Problem> {
        Ok(self.0.open_code(text.as_bytes(), entry)?.into())
    }

    /// Begins a pairing by the server's address and a typed code. Talks to the server.
    pub fn open_typed(&self, server: String, code: String) -> Result<PairingFlow, Problem> {
        Ok(PairingFlow::new(self.0.open_typed(&server, &code)?))
    }

    /// Asks every server for pending requests.
    pub fn requests(&self) -> Result<Inbox, Problem> {
        Ok(Inbox::new(self.0.requests()?))
    }

    /// What is left of the phone's own pause between PIN entries; nothing if a PIN may be typed now.
    pub fn pin_pause(&self) -> Result<Option<Duration>, Problem> {
        Ok(self.0.pin_pause()?)
    }

    /// Asks a server what it holds of this phone; finishes a pairing whose code was typed meanwhile.
    pub fn check(&self, account: AccountId) -> Result<Standing, Problem> {
        Ok(self.0.check(account)?)
    }

    /// Deletes an account that the server removed, with all its keys. Refused for any other.
    pub fn forget(&self, account: AccountId) -> Result<(), Problem> {
        Ok(self.0.forget(account)?)
    }

    /// Settles a change of PIN or biometrics whose answer was lost; nothing if there is none.
    pub fn settle(&self, account: AccountId) -> Result<Option<Settled>, Problem> {
        Ok(self.0.settle(account)?)
    }
}

impl From<engine::Scanned> for Scanned {
    fn from(scanned: engine::Scanned) -> Self {
        match scanned {
            engine::Scanned::Pairing(flow) => Self::Pairing { flow: Arc::new(PairingFlow::new(*flow)) },
            engine::Scanned::SignIn(flow) => Self::SignIn { flow: Arc::new(ClaimFlow::new(*flow)) },
            engine::Scanned::Offline(flow) => Self::Offline { flow: Arc::new(OfflineFlow::new(*flow)) },
        }
    }
}
