//! What was decided on this phone (A9), and "It wasn't me" afterwards (D1).

use crate::authenticator::Authenticator;
use crate::problem::Problem;
use countersign_engine::AccountId;
use countersign_engine::history as inner;
use countersign_engine::history::{Deed, Outcome};
use countersign_protocol::id::Tid;
use countersign_protocol::problem::Code as RefusalCode;

/// One decision.
#[derive(uniffi::Record)]
pub struct Decided {
    /// The account.
    pub account: AccountId,
    /// Names the sign-in, for `report` and `end_session`.
    pub tid: String,
    /// Its label, which support asks for.
    pub sign_in_code: String,
    /// The service's name.
    pub client: String,
    /// What was done.
    pub deed: Deed,
    /// What is known of its effect.
    pub outcome: Outcome,
    /// When, in seconds since 1970: the server's time, or the phone's while no receipt has come.
    pub at: u64,
}

#[uniffi::export]
impl Authenticator {
    /// All decisions, newest first.
    pub fn history(&self) -> Result<Vec<Decided>, Problem> {
        Ok(self.0.history()?.into_iter().map(Into::into).collect())
    }

    /// "It wasn't me", whatever became of the sign-in: stops pushes, cancels what is pending, ends the session.
    pub fn report(&self, account: AccountId, tid: String) -> Result<(), Problem> {
        Ok(self.0.report(account, read(&tid)?)?)
    }

    /// Tells the service of a sign-in that this phone approved to end its session.
    pub fn end_session(&self, account: AccountId, tid: String) -> Result<(), Problem> {
        Ok(self.0.end_session(account, read(&tid)?)?)
    }

    /// Asks the server what became of every answer of this account whose outcome is unknown.
    pub fn resolve(&self, account: AccountId) -> Result<(), Problem> {
        Ok(self.0.resolve(account)?)
    }
}

/// The name of a sign-in, as a record gave it.
fn read(tid: &str) -> Result<Tid, Problem> {
    Tid::parse(tid).map_err(|_| Problem::Refused { code: RefusalCode::TransactionUnknown })
}

impl From<inner::Decided> for Decided {
    fn from(decided: inner::Decided) -> Self {
        Self {
            account: decided.account,
            tid: decided.tid.to_string(),
            sign_in_code: decided.sign_in_code,
            client: decided.client,
            deed: decided.deed,
            outcome: decided.outcome,
            at: decided.at.secs(),
        }
    }
}
