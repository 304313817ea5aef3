//! Pairing (P1 to P3).

use crate::pin::PinEntry;
use crate::problem::{Problem, count};
use crate::turn::Turn;
use countersign_engine::AccountId;
use countersign_engine::pairing as inner;
use std::sync::Arc;
use std::time::Duration;

/// One pairing, from the code to the end.
#[derive(uniffi::Object)]
pub struct PairingFlow(Turn<inner::PairingFlow>);

/// What the shell shows.
#[derive(uniffi::Enum)]
pub enum PairingState {
    /// An account here looks like the offered one: "add again?" Then `accept`.
    AddAgain { existing: Vec<String> },
    /// "Pair with this server for this account?" The address always stands beside the name. Then `accept`.
    Confirm { server: String, iss: String, account: String, left: Duration },
    /// The PIN has to be typed twice. Then `choose_pin`.
    ChoosePin { min_digits: u32 },
    /// Sent, without an answer: wait, then `resend`.
    Unanswered { retry_in: Duration },
    /// The code for the web page; `poll` tells when it was typed. Same device: `return_to` is for the browser that
    /// started, and confirms without the code.
    TypeCode { code: String, left: Duration, return_to: Option<String> },
    /// The account can approve.
    Active { account: AccountId },
    /// Out of time, or stopped on the web page.
    Gone,
    /// Another phone used this code first: warn.
    ClaimedByAnother,
}

#[uniffi::export]
impl PairingFlow {
    /// Where the pairing is.
    pub fn state(&self) -> Result<PairingState, Problem> {
        self.0.with(|flow| Ok::<_, Problem>(flow.state().into()))
    }

    /// "Yes": to adding an account again, then to the pairing itself.
    pub fn accept(&self) -> Result<PairingState, Problem> {
        self.0.with(|flow| flow.accept().map(Into::into))
    }

    /// Takes the PIN, typed twice, and pairs. Both entries are wiped, whatever comes of it.
    pub fn choose_pin(&self, first: Arc<PinEntry>, repeat: Arc<PinEntry>) -> Result<PairingState, Problem> {
        let (first, repeat) = (first.take(), repeat.take());
        self.0.with(|flow| flow.choose_pin(first, repeat).map(Into::into))
    }

    /// Sends the same bytes again.
    pub fn resend(&self) -> Result<PairingState, Problem> {
        self.0.with(|flow| flow.resend().map(Into::into))
    }

    /// Asks whether the code was typed. Call it every two seconds or so while the code is shown.
    pub fn poll(&self) -> Result<PairingState, Problem> {
        self.0.with(|flow| flow.poll().map(Into::into))
    }
}

impl PairingFlow {
    pub(crate) const fn new(flow: inner::PairingFlow) -> Self {
        Self(Turn::new(flow))
    }
}

impl From<inner::PairingState> for PairingState {
    fn from(state: inner::PairingState) -> Self {
        use inner::PairingState as State;
        match state {
            State::AddAgain { existing } => Self::AddAgain { existing },
            State::Confirm { server, iss, account, left } => {
                Self::Confirm { server, iss: iss.as_str().to_owned(), account, left }
            }
            State::ChoosePin { min_digits } => Self::ChoosePin { min_digits: count(min_digits) },
            State::Unanswered { retry_in } => Self::Unanswered { retry_in },
            State::TypeCode { code, left, return_to } => Self::TypeCode {
                code: code.expose().to_owned(),
                left,
                return_to: return_to.map(|url| url.expose().to_owned()),
            },
            State::Over(inner::PairingEnd::Active { account }) => Self::Active { account },
            State::Over(inner::PairingEnd::Gone) => Self::Gone,
            State::Over(inner::PairingEnd::ClaimedByAnother) => Self::ClaimedByAnother,
        }
    }
}
