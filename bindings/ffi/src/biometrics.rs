//! Finger or face beside the PIN (A2). The signature is a step: the shell asks the person and brings it.

use crate::authenticator::Authenticator;
use crate::pin::PinEntry;
use crate::problem::{Problem, seconds};
use crate::turn::Turn;
use countersign_engine::AccountId;
use countersign_engine::biometrics as inner;
use std::sync::Arc;
use std::time::Duration;

/// Turning biometrics on.
#[derive(uniffi::Object)]
pub struct BiometricsFlow(Turn<inner::BiometricsFlow>);

/// What the shell shows.
#[derive(uniffi::Enum)]
pub enum BiometricsState {
    /// The PIN. Then `submit`.
    EnterPin,
    /// Finger or face. Then `submit_signature`, or `cancel`.
    NeedsSignature { request: inner::SignatureRequest },
    /// The PIN is not right: begin again, after the wait.
    WrongPin { left: Option<u32>, retry_in: Duration },
    /// The next try has to wait.
    Wait { retry_in: Duration },
    /// Biometrics may approve.
    On,
    /// It did not reach the server: begin again.
    NotOn,
}

#[uniffi::export]
impl Authenticator {
    /// Begins to turn biometrics on for an account: with the PIN.
    pub fn turn_on_biometrics(&self, account: AccountId) -> Result<BiometricsFlow, Problem> {
        Ok(BiometricsFlow(Turn::new(self.0.turn_on_biometrics(account)?)))
    }

    /// Turns biometrics off; also when the key is lost because a finger was added. Needs no PIN.
    pub fn turn_off_biometrics(&self, account: AccountId) -> Result<(), Problem> {
        Ok(self.0.turn_off_biometrics(account)?)
    }
}

#[uniffi::export]
impl BiometricsFlow {
    /// Takes the PIN, makes the key, and says what it has to sign.
    pub fn submit(&self, pin: Arc<PinEntry>) -> Result<BiometricsState, Problem> {
        let pin = pin.take();
        self.0.with(|flow| flow.submit(pin).map(Into::into))
    }

    /// Takes the signature of the person and sends.
    pub fn submit_signature(&self, signature: Vec<u8>) -> Result<BiometricsState, Problem> {
        self.0.with(|flow| flow.submit_signature(&signature).map(Into::into))
    }

    /// Gives up between PIN and finger: nothing was sent.
    pub fn cancel(&self) -> Result<(), Problem> {
        self.0.with(|flow| {
            flow.cancel();
            Ok::<_, Problem>(())
        })
    }
}

impl From<inner::BiometricsState> for BiometricsState {
    fn from(state: inner::BiometricsState) -> Self {
        use inner::BiometricsState as State;
        match state {
            State::EnterPin => Self::EnterPin,
            State::NeedsSignature(request) => Self::NeedsSignature { request },
            State::WrongPin { left, retry_after } => Self::WrongPin { left, retry_in: seconds(retry_after) },
            State::Wait { retry_in } => Self::Wait { retry_in },
            State::On => Self::On,
            State::NotOn => Self::NotOn,
        }
    }
}
