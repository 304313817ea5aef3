//! Another PIN (A1): for one account, or for all at once.

use crate::account::Account;
use crate::authenticator::Authenticator;
use crate::pin::PinEntry;
use crate::problem::{Problem, count, seconds};
use crate::turn::Turn;
use countersign_engine::AccountId;
use countersign_engine::pin_change as inner;
use std::sync::Arc;
use std::time::Duration;

/// Another PIN for one account.
#[derive(uniffi::Object)]
pub struct PinChangeFlow(Turn<inner::PinChangeFlow>);

/// What the shell shows.
#[derive(uniffi::Enum)]
pub enum PinChangeState {
    /// The old PIN, and the new one twice.
    EnterPins { min_digits: u32 },
    /// The old PIN is not right: type all three again, after the wait.
    WrongPin { left: Option<u32>, retry_in: Duration },
    /// The next try has to wait; nothing was changed.
    Wait { retry_in: Duration },
    /// No answer: wait, then `resend`. Which PIN counts is not known until then.
    Unanswered { retry_in: Duration },
    /// The new PIN counts.
    Changed,
    /// The old PIN still counts: the change did not reach the server.
    NotChanged,
}

/// Old PIN, new PIN, and the new one again.
#[derive(uniffi::Record)]
pub struct Pins {
    /// The old one.
    pub old: Arc<PinEntry>,
    /// The new one.
    pub new: Arc<PinEntry>,
    /// The new one again.
    pub repeat: Arc<PinEntry>,
}

/// What became of one account.
#[derive(uniffi::Record)]
pub struct AccountChange {
    /// The account.
    pub account: Account,
    /// What became of it.
    pub outcome: ChangeOutcome,
}

/// What became of a change.
#[derive(uniffi::Enum)]
pub enum ChangeOutcome {
    /// The new PIN counts.
    Changed,
    /// The old PIN of this account is another one: nothing further was sent.
    WrongPin { left: Option<u32> },
    /// Not sent: an account before it had another old PIN.
    NotTried,
    /// The old PIN still counts.
    NotChanged { problem: Problem },
    /// Sent, without an answer: it settles when the account is opened next.
    Unknown,
}

#[uniffi::export]
impl Authenticator {
    /// Begins a change of PIN. A change before it whose answer was lost is settled first.
    pub fn change_pin(&self, account: AccountId) -> Result<PinChangeFlow, Problem> {
        Ok(PinChangeFlow(Turn::new(self.0.change_pin(account)?)))
    }

    /// Changes the PIN of these accounts. All entries are wiped, whatever comes of it.
    pub fn change_pin_everywhere(
        &self,
        accounts: Vec<AccountId>,
        pins: Pins,
    ) -> Result<Vec<AccountChange>, Problem> {
        let pins = (pins.old.take(), pins.new.take(), pins.repeat.take());
        Ok(self.0.change_pin_everywhere(&accounts, pins)?.into_iter().map(Into::into).collect())
    }
}

#[uniffi::export]
impl PinChangeFlow {
    /// Where the change begins.
    pub fn state(&self) -> Result<PinChangeState, Problem> {
        self.0.with(|flow| flow.state().map(Into::into))
    }

    /// The account.
    pub fn account(&self) -> Result<Account, Problem> {
        self.0.with(|flow| flow.account().map(Into::into))
    }

    /// Changes the PIN. All entries are wiped, whatever comes of it.
    pub fn submit(&self, pins: Pins) -> Result<PinChangeState, Problem> {
        let (old, new, repeat) = (pins.old.take(), pins.new.take(), pins.repeat.take());
        self.0.with(|flow| flow.submit(old, new, repeat).map(Into::into))
    }

    /// Gives the account other keys under the same PIN.
    pub fn renew_keys(&self, pin: Arc<PinEntry>) -> Result<PinChangeState, Problem> {
        let pin = pin.take();
        self.0.with(|flow| flow.renew_keys(pin).map(Into::into))
    }

    /// Sends the same bytes again, or settles when it is too late for that.
    pub fn resend(&self) -> Result<PinChangeState, Problem> {
        self.0.with(|flow| flow.resend().map(Into::into))
    }
}

impl From<inner::PinChangeState> for PinChangeState {
    fn from(state: inner::PinChangeState) -> Self {
        use inner::PinChangeState as State;
        match state {
            State::EnterPins { min_digits } => Self::EnterPins { min_digits: count(min_digits) },
            State::WrongPin { left, retry_after } => Self::WrongPin { left, retry_in: seconds(retry_after) },
            State::Wait { retry_in } => Self::Wait { retry_in },
            State::Unanswered { retry_in } => Self::Unanswered { retry_in },
            State::Changed => Self::Changed,
            State::NotChanged => Self::NotChanged,
        }
    }
}

impl From<inner::AccountChange> for AccountChange {
    fn from(change: inner::AccountChange) -> Self {
        Self { account: change.account.into(), outcome: change.outcome.into() }
    }
}

impl From<inner::ChangeOutcome> for ChangeOutcome {
    fn from(outcome: inner::ChangeOutcome) -> Self {
        use inner::ChangeOutcome as Outcome;
        match outcome {
            Outcome::Changed => Self::Changed,
            Outcome::WrongPin { left } => Self::WrongPin { left },
            Outcome::NotTried => Self::NotTried,
            Outcome::NotChanged(problem) => Self::NotChanged { problem: problem.into() },
            Outcome::Unknown => Self::Unknown,
        }
    }
}
