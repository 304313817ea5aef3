//! From a scanned frame or a tapped link to its request (S3, S4).

use crate::account::{self, Account};
use crate::problem::Problem;
use crate::sign_in::SignInFlow;
use crate::turn::Turn;
use countersign_engine::AccountId;
use countersign_engine::sign_in as inner;
use std::sync::Arc;

/// A scanned sign-in before its request is there.
#[derive(uniffi::Object)]
pub struct ClaimFlow(Turn<inner::ClaimFlow>);

/// What the shell shows.
#[derive(uniffi::Enum)]
pub enum ClaimState {
    /// Several accounts at this server: which one? Then `choose`.
    ChooseAccount { accounts: Vec<Account> },
    /// The sign-in is for another account: "switch?" Then `choose`.
    OtherAccount { accounts: Vec<Account> },
    /// No answer: choose the same account again and the same bytes are sent.
    Unanswered { account: AccountId },
    /// The request.
    Claimed { flow: Arc<SignInFlow> },
}

#[uniffi::export]
impl ClaimFlow {
    /// Goes on by itself when there is nothing to choose.
    pub fn begin(&self) -> Result<ClaimState, Problem> {
        self.0.with(|flow| flow.begin().map(Into::into))
    }

    /// Claims the sign-in for an account.
    pub fn choose(&self, account: AccountId) -> Result<ClaimState, Problem> {
        self.0.with(|flow| flow.choose(account).map(Into::into))
    }
}

impl ClaimFlow {
    pub(crate) const fn new(flow: inner::ClaimFlow) -> Self {
        Self(Turn::new(flow))
    }
}

impl From<inner::ClaimState> for ClaimState {
    fn from(state: inner::ClaimState) -> Self {
        use inner::ClaimState as State;
        match state {
            State::ChooseAccount { accounts } => Self::ChooseAccount { accounts: account::all(accounts) },
            State::OtherAccount { accounts } => Self::OtherAccount { accounts: account::all(accounts) },
            State::Unanswered { account } => Self::Unanswered { account },
            State::Claimed(flow) => Self::Claimed { flow: Arc::new(SignInFlow::new(*flow)) },
        }
    }
}
