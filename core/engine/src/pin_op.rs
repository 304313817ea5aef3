//! Operations that the PIN signs: the phone's own brake first, then the keys for a moment, then one message. The server's
//! refusals become states that a shell can show.

use crate::call::{Heard, SignedOp, parsed};
use crate::countdown::Countdown;
use crate::outbox::Outbox;
use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::vault::Binding;
use countersign_protocol::message::op::Operation;
use countersign_protocol::message::receipt::OpReceipt;
use countersign_protocol::problem::{Code, Problem as Refusal};
use countersign_vault::pin_entry::PinEntry;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Longest pause between two sendings while a person waits; a server that asks for more has its way with the next PIN.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What became of something that took the PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinOutcome<T> {
    /// Done, with the server's signature.
    Done(T),
    /// The PIN is not right: type it again.
    WrongPin {
        /// Tries left before the lock.
        left: Option<u32>,
        /// Seconds before the next try, 0 if none.
        retry_after: u64,
    },
    /// The next try has to wait; the PIN was not looked at.
    Wait {
        /// How long.
        retry_in: Duration,
    },
}

impl<T> PinOutcome<T> {
    /// The same with what `next` makes of a success.
    pub(crate) fn and_then<U>(
        self,
        next: impl FnOnce(T) -> Result<U, Problem>,
    ) -> Result<PinOutcome<U>, Problem> {
        Ok(match self {
            Self::Done(value) => PinOutcome::Done(next(value)?),
            Self::WrongPin { left, retry_after } => PinOutcome::WrongPin { left, retry_after },
            Self::Wait { retry_in } => PinOutcome::Wait { retry_in },
        })
    }
}

impl Shared {
    /// What stands before any PIN: a change that is settled, and the phone's own brake.
    pub(crate) fn ready_for_pin(&self, binding: &mut Binding) -> Result<Option<Duration>, Problem> {
        self.settle(binding)?;
        self.patience.wait(&self.vault)
    }

    /// One operation under the PIN. The entry is wiped, whatever comes of it.
    pub(crate) fn pin_op<T: DeserializeOwned>(
        &self,
        binding: &mut Binding,
        pin: PinEntry,
        operation: impl Fn() -> Operation,
    ) -> Result<PinOutcome<(T, SignedOp)>, Problem> {
        let mut pin = pin;
        if let Some(retry_in) = self.ready_for_pin(binding)? {
            return Ok(PinOutcome::Wait { retry_in });
        }
        let keys = self.pin_keys(binding, &mut pin)?;
        let fid = binding.fid();
        self.patience.count(&self.vault)?;
        let sign =
            |draft: countersign_protocol::jose::seal::Draft| draft.factor(&fid, &self.pin_signer(&keys));
        let jti = self.jti()?;
        let (heard, op) = self.op_with(binding, operation, jti, &sign)?;
        match self.insist(binding, &op, heard)? {
            Heard::Done(reply) => Ok(PinOutcome::Done((parsed(&reply)?, op))),
            Heard::Refused(refusal) => self.pin_refusal(binding, &refusal),
        }
    }

    /// Sends the same bytes again until they are answered, for a minute: a server that counted the PIN and died before
    /// it looked takes it for a wrong one if they never come again (3.0.5). What never left is not insisted on.
    pub(crate) fn insist(
        &self,
        binding: &mut Binding,
        op: &SignedOp,
        heard: Result<Heard, Problem>,
    ) -> Result<Heard, Problem> {
        let mut heard = heard;
        if matches!(heard, Err(Problem::Unreachable { sent: false })) {
            return heard;
        }
        // The bytes are kept for a minute beyond the end of what they belong to, which is now.
        let end = Countdown::lasting(Duration::ZERO, &*self.clock);
        let mut outbox = Outbox::new(op.bytes.to_vec(), end);
        while outbox.take(&*self.clock).is_some() {
            let asked = match &heard {
                Err(Problem::Unreachable { .. }) => 0,
                Err(Problem::Unavailable { retry_after }) => *retry_after,
                _ => break,
            };
            let pause = outbox.wait(asked, &*self.random)?;
            if pause > LONGEST_PAUSE {
                break;
            }
            self.clock.pause(pause);
            heard = self.resend_op(binding, op);
        }
        heard
    }

    /// A refusal of something that took the PIN.
    pub(crate) fn pin_refusal<T>(
        &self,
        binding: &mut Binding,
        refusal: &Refusal,
    ) -> Result<PinOutcome<T>, Problem> {
        let retry_after = refusal.members.retry_after.unwrap_or(0);
        match refusal.code {
            Code::PinIncorrect => {
                Ok(PinOutcome::WrongPin { left: refusal.members.attempts_left, retry_after })
            }
            Code::PinWait => Ok(PinOutcome::Wait { retry_in: Duration::from_secs(retry_after) }),
            _ => Err(self.problem(binding, refusal)),
        }
    }

    /// A receipt for exactly this operation of this phone: a signed success, so the brake begins anew.
    pub(crate) fn pin_receipt(
        &self,
        binding: &mut Binding,
        text: &str,
        op: &SignedOp,
    ) -> Result<(), Problem> {
        let receipt = self.open_message::<OpReceipt>(binding, text)?;
        if Some(receipt.aud) != binding.aid || receipt.r#ref != op.jti {
            return Err(MessageDefect::OtherMessage.into());
        }
        self.patience.reset(&self.vault)
    }
}
