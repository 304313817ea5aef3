//! What the servers had. The requests stay here; the shell gets what it shows, and the flow of the one that is opened.

use crate::account::Account;
use crate::problem::Problem;
use crate::sign_in::{Request, SignInFlow, shown};
use countersign_engine::sign_in as inner;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Pending requests of all accounts.
#[derive(uniffi::Object)]
pub struct Inbox {
    requests: Mutex<Vec<Option<inner::SignInFlow>>>,
    silent: Mutex<Vec<inner::Silent>>,
}

/// An account without a (whole) list.
#[derive(uniffi::Record)]
pub struct Silent {
    /// The account.
    pub account: Account,
    /// Why.
    pub problem: Problem,
}

#[uniffi::export]
impl Inbox {
    /// Requests that may be shown, newest first for each account; those that were opened are left out.
    pub fn requests(&self) -> Result<Vec<Request>, Problem> {
        let places = self.places();
        (0..).zip(places.iter()).filter_map(|(place, flow)| Some(shown(flow.as_ref()?, place))).collect()
    }

    /// Opens the request of this place, once. It is asked for by its place: two servers may give one name.
    pub fn open(&self, place: u32) -> Result<SignInFlow, Problem> {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let flow = self.places().get_mut(place).and_then(Option::take);
        flow.map(SignInFlow::new).ok_or(Problem::OutOfTurn)
    }

    /// Accounts whose server gave no list, and requests that were refused.
    pub fn silent(&self) -> Result<Vec<Silent>, Problem> {
        let silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(silent.iter().map(Into::into).collect())
    }
}

impl Inbox {
    pub(crate) fn new(inbox: inner::Inbox) -> Self {
        let requests = inbox.requests.into_iter().map(Some).collect();
        Self { requests: Mutex::new(requests), silent: Mutex::new(inbox.silent) }
    }

    fn places(&self) -> MutexGuard<'_, Vec<Option<inner::SignInFlow>>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<&inner::Silent> for Silent {
    fn from(silent: &inner::Silent) -> Self {
        Self { account: silent.account.clone().into(), problem: silent.problem.clone().into() }
    }
}
