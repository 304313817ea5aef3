//! What an answer to a request led to, as the shell shows it.

use crate::problem::Problem;
use crate::return_url::ReturnUrl;
use crate::shared::Shared;
use crate::vault::Binding;
use countersign_protocol::answer::SignInState as ServerState;
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::problem::{Code, Problem as Refusal};
use countersign_protocol::time::Time;
use std::time::Duration;

/// What an answer led to. What concerns the phone as a whole (locked, removed, keys lost) is a [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInState {
    /// Approved, with the server's signature.
    Approved {
        /// Label of this sign-in, `E8AP-QNR1`; the history and support use it.
        sign_in_code: String,
        /// The server's time.
        at: Time,
        /// Same device: open this in the browser that started.
        return_to: Option<ReturnUrl>,
    },
    /// Refused, with the server's signature.
    Denied {
        /// As it was sent.
        why: DenyWhy,
    },
    /// The PIN is not right: type it again.
    WrongPin {
        /// Tries left before the lock.
        left: Option<u32>,
        /// Seconds before the next try, 0 if none.
        retry_after: u64,
    },
    /// The next try has to wait.
    Wait {
        /// How long.
        retry_in: Duration,
        /// The server did not look at the PIN: [`super::SignInFlow::resend`] after the wait. Otherwise the phone's own brake
        /// holds, nothing was sent, and the PIN is asked for again.
        may_resend: bool,
    },
    /// The number is not the one in the browser: type it and the PIN again. The PIN was not counted.
    WrongNumber {
        /// Tries left on this sign-in.
        left: Option<u32>,
    },
    /// The request is another one now: fetch it and show it again.
    Changed,
    /// Stopped after too many wrong numbers.
    Failed,
    /// Out of time.
    Expired,
    /// Cancelled in the browser.
    Cancelled,
    /// Answered before.
    AlreadyDecided {
        /// How, if the server said it.
        state: Option<ServerState>,
    },
    /// No such request for this account.
    Unknown,
    /// No answer: wait, then [`super::SignInFlow::resend`] the same bytes.
    Unanswered {
        /// How long to wait.
        retry_in: Duration,
        /// Whether something may have arrived there.
        sent: bool,
    },
}

impl SignInState {
    pub(super) fn approved(tid: &Tid, at: Time, return_to: Option<ReturnUrl>) -> Self {
        Self::Approved { sign_in_code: sign_in_code(tid), at, return_to }
    }

    /// Whether this request is over and nothing more can be done with it.
    pub const fn is_over(&self) -> bool {
        !matches!(
            self,
            Self::WrongPin { .. }
                | Self::Wait { .. }
                | Self::WrongNumber { .. }
                | Self::Changed
                | Self::Unanswered { .. }
        )
    }
}

/// What a refusal means for the request; a problem where it means something for the phone.
pub(super) fn of_refusal(
    shared: &Shared,
    binding: &mut Binding,
    refusal: &Refusal,
) -> Result<SignInState, Problem> {
    let members = &refusal.members;
    let retry_after = members.retry_after.unwrap_or(0);
    Ok(match refusal.code {
        Code::PinIncorrect => SignInState::WrongPin { left: members.attempts_left, retry_after },
        Code::PinWait => SignInState::Wait { retry_in: Duration::from_secs(retry_after), may_resend: true },
        Code::NumberMismatch => SignInState::WrongNumber { left: members.number_attempts_left },
        Code::RequestMismatch => SignInState::Changed,
        Code::TransactionFailed => SignInState::Failed,
        Code::TransactionExpired => SignInState::Expired,
        Code::TransactionCancelled => SignInState::Cancelled,
        Code::TransactionUnknown => SignInState::Unknown,
        Code::TransactionDecided => {
            let state = members.state.as_deref().and_then(ServerState::from_name);
            SignInState::AlreadyDecided { state }
        }
        _ => return Err(shared.problem(binding, refusal)),
    })
}
