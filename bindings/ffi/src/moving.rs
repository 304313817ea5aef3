//! The old phone's side of a move, or of bringing in one more phone (A6). The new one pairs as always.

use crate::account::{self, Account};
use crate::authenticator::Authenticator;
use crate::pin::PinEntry;
use crate::problem::{Problem, count, seconds};
use crate::turn::Turn;
use countersign_engine::AccountId;
use countersign_engine::moving as inner;
use countersign_engine::pin_op::PinOutcome as Outcome;
use countersign_protocol::message::op::EnrolmentKind;
use countersign_protocol::secret::ConfirmCode;
use std::sync::Arc;
use std::time::Duration;

/// Accounts on their way to another phone.
#[derive(uniffi::Object)]
pub struct MoveFlow(Turn<inner::MoveFlow>);

/// What the shell shows.
#[derive(uniffi::Enum)]
pub enum MoveState {
    /// The PIN of these accounts; one entry serves as many of them as have it.
    EnterPin { accounts: Vec<Account>, wrong: Option<WrongPin> },
    /// The next PIN has to wait.
    Wait { retry_in: Duration },
    /// A code for the new phone's camera; then the six digits that it shows are typed here: `confirm`.
    ShowCode { account: Account, text: String, left: Duration, behind: u32 },
    /// The new phone has taken over whatever it was shown.
    Done,
}

/// The PIN typed before is not that of the first account.
#[derive(uniffi::Record)]
pub struct WrongPin {
    /// Tries left before the lock, if the server said it.
    pub left: Option<u32>,
}

/// What became of a confirmation.
#[derive(uniffi::Enum)]
pub enum MoveOutcome {
    /// Confirmed: what comes next.
    Done { state: MoveState },
    /// The PIN is not right: type it again, after the wait.
    WrongPin { left: Option<u32>, retry_in: Duration },
    /// The next try has to wait; the PIN was not looked at.
    Wait { retry_in: Duration },
}

#[uniffi::export]
impl Authenticator {
    /// Begins a move of these accounts to another phone, or brings in another phone beside this one.
    pub fn bring_in(&self, accounts: Vec<AccountId>, kind: EnrolmentKind) -> Result<MoveFlow, Problem> {
        Ok(MoveFlow(Turn::new(self.0.bring_in(&accounts, kind)?)))
    }
}

#[uniffi::export]
impl MoveFlow {
    /// Where the move is.
    pub fn state(&self) -> Result<MoveState, Problem> {
        self.0.with(|flow| flow.state().map(Into::into))
    }

    /// Asks for the pairings. The entry is wiped.
    pub fn submit(&self, pin: Arc<PinEntry>) -> Result<MoveState, Problem> {
        let pin = pin.take();
        self.0.with(|flow| flow.submit(pin).map(Into::into))
    }

    /// Leaves out the account whose PIN is asked for, or whose code is shown.
    pub fn skip(&self) -> Result<MoveState, Problem> {
        self.0.with(|flow| flow.skip().map(Into::into))
    }

    /// Confirms the new phone by the digits that it shows, with the PIN of the account. The entry is wiped.
    pub fn confirm(&self, code: String, pin: Arc<PinEntry>) -> Result<MoveOutcome, Problem> {
        let (pin, code) = (pin.take(), ConfirmCode::parse(&code).map_err(|_| Problem::NumberMissing)?);
        self.0.with(|flow| flow.confirm(&code, pin).map(Into::into))
    }
}

impl From<inner::MoveState> for MoveState {
    fn from(state: inner::MoveState) -> Self {
        use inner::MoveState as State;
        match state {
            State::EnterPin { accounts, wrong } => Self::EnterPin {
                accounts: account::all(accounts),
                wrong: wrong.map(|left| WrongPin { left }),
            },
            State::Wait { retry_in } => Self::Wait { retry_in },
            State::ShowCode { account, text, left, behind } => Self::ShowCode {
                account: account.into(),
                text: text.as_str().to_owned(),
                left,
                behind: count(behind),
            },
            State::Done => Self::Done,
        }
    }
}

impl From<Outcome<inner::MoveState>> for MoveOutcome {
    fn from(outcome: Outcome<inner::MoveState>) -> Self {
        match outcome {
            Outcome::Done(state) => Self::Done { state: state.into() },
            Outcome::WrongPin { left, retry_after } => {
                Self::WrongPin { left, retry_in: seconds(retry_after) }
            }
            Outcome::Wait { retry_in } => Self::Wait { retry_in },
        }
    }
}
