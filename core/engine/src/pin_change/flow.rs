//! One account's change, from the three entries to its signed outcome.

use super::rekey::{self, Pins};
use crate::account::{Account, AccountId};
use crate::authenticator::Authenticator;
use crate::call::{Heard, SignedOp, parsed};
use crate::countdown::Countdown;
use crate::outbox::{Outbox, is_worth_repeating};
use crate::pin_op::PinOutcome;
use crate::problem::Problem;
use crate::settle::Settled;
use crate::shared::Shared;
use crate::vault::{Binding, BindingState};
use countersign_protocol::answer::BindingAnswer;
use countersign_protocol::problem::Code;
use countersign_vault::pin_entry::PinEntry;
use countersign_vault::pin_rules;
use std::sync::Arc;
use std::time::Duration;

/// Seconds in which the same bytes may be sent again: the life of the server's nonce.
const LIFE: Duration = Duration::from_secs(240);

/// Another PIN for one account.
pub struct PinChangeFlow {
    shared: Arc<Shared>,
    binding: u64,
    sending: Option<(SignedOp, Outbox)>,
}

/// What the shell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinChangeState {
    /// The old PIN, and the new one twice.
    EnterPins {
        /// Fewest digits that this server takes.
        min_digits: usize,
    },
    /// The old PIN is not right: type all three again.
    WrongPin {
        /// Tries left before the lock.
        left: Option<u32>,
        /// Seconds before the next try, 0 if none.
        retry_after: u64,
    },
    /// The next try has to wait; nothing was changed.
    Wait {
        /// How long.
        retry_in: Duration,
    },
    /// No answer: wait, then [`PinChangeFlow::resend`]. Which PIN counts is not known until then.
    Unanswered {
        /// How long to wait.
        retry_in: Duration,
    },
    /// The new PIN counts.
    Changed,
    /// The old PIN still counts: the change did not reach the server.
    NotChanged,
}

impl Authenticator {
    /// Begins a change of PIN. A change before it whose answer was lost is settled first.
    pub fn change_pin(&self, account: AccountId) -> Result<PinChangeFlow, Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        if binding.state != BindingState::Active {
            return Err(Problem::OutOfTurn);
        }
        self.shared.settle(&mut binding)?;
        self.shared.check_version(&binding.keyset()?)?;
        Ok(PinChangeFlow { shared: self.shared.clone(), binding: binding.id, sending: None })
    }

    /// Settles a change whose answer was lost; nothing if there is none.
    pub fn settle(&self, account: AccountId) -> Result<Option<Settled>, Problem> {
        self.shared.settle(&mut self.shared.vault.binding(account.0)?)
    }
}

impl PinChangeFlow {
    /// Where the change begins.
    pub fn state(&self) -> Result<PinChangeState, Problem> {
        Ok(PinChangeState::EnterPins { min_digits: min_digits(&self.shared.vault.binding(self.binding)?)? })
    }

    /// The account.
    pub fn account(&self) -> Result<Account, Problem> {
        Ok(Account::of_binding(&self.shared.vault.binding(self.binding)?))
    }

    /// Changes the PIN. All entries are wiped, whatever comes of it.
    pub fn submit(
        &mut self,
        old: PinEntry,
        new: PinEntry,
        repeat: PinEntry,
    ) -> Result<PinChangeState, Problem> {
        let mut binding = self.shared.vault.binding(self.binding)?;
        check_new(&binding, &new, repeat)?;
        self.change(&mut binding, Pins { old, new }, false)
    }

    /// Gives the account other keys under the same PIN: a new device key, and the parameters of today.
    pub fn renew_keys(&mut self, pin: PinEntry) -> Result<PinChangeState, Problem> {
        let mut binding = self.shared.vault.binding(self.binding)?;
        let new = pin.twin();
        self.change(&mut binding, Pins { old: pin, new }, true)
    }

    /// Sends the same bytes again, or settles when it is too late for that.
    pub fn resend(&mut self) -> Result<PinChangeState, Problem> {
        let mut binding = self.shared.vault.binding(self.binding)?;
        match self.sending.take() {
            Some((op, mut outbox)) => match outbox.take(&*self.shared.clock) {
                Some(_) => {
                    let heard = self.shared.resend_op(&mut binding, &op);
                    self.heard(&mut binding, heard, (op, outbox))
                }
                None => self.settled(&mut binding),
            },
            None if binding.pending.is_some() => self.settled(&mut binding),
            None => Err(Problem::OutOfTurn),
        }
    }

    fn change(&mut self, binding: &mut Binding, pins: Pins, device: bool) -> Result<PinChangeState, Problem> {
        let mut pins = pins;
        if let Some(retry_in) = self.shared.ready_for_pin(binding)? {
            return Ok(PinChangeState::Wait { retry_in });
        }
        let mut keys = rekey::prepare(&self.shared, binding, &mut pins, device)?;
        self.shared.patience.count(&self.shared.vault)?;
        let first = rekey::signed(&self.shared, binding, &keys)?;
        let heard = self.shared.resend_op(binding, &first);
        let (heard, op) = match heard {
            Ok(Heard::Refused(refusal)) if refusal.code == Code::UseNonce => {
                if !keys.take_nonce(&self.shared, binding) {
                    // A problem is unsigned, and the key that it refuses may count already: none is thrown away for it.
                    return self.settled(binding);
                }
                let second = rekey::signed(&self.shared, binding, &keys)?;
                (self.shared.resend_op(binding, &second), second)
            }
            heard => (heard, first),
        };
        drop(keys);
        let mut outbox = Outbox::new(op.bytes.to_vec(), Countdown::lasting(LIFE, &*self.shared.clock));
        let _ = outbox.take(&*self.shared.clock);
        self.heard(binding, heard, (op, outbox))
    }

    fn heard(
        &mut self,
        binding: &mut Binding,
        heard: Result<Heard, Problem>,
        (op, outbox): (SignedOp, Outbox),
    ) -> Result<PinChangeState, Problem> {
        match heard {
            Ok(Heard::Done(reply)) => {
                let answer: BindingAnswer = parsed(&reply)?;
                self.shared.own_binding(binding, &answer.binding, &op)?;
                // A binding that shows the old keys finishes nothing.
                if binding.pending.is_some() { self.settled(binding) } else { self.changed() }
            }
            // Problems are unsigned: what they say is shown once the server has signed that nothing changed.
            Ok(Heard::Refused(refusal)) => match self.settled(binding)? {
                PinChangeState::NotChanged => match self.shared.pin_refusal::<()>(binding, &refusal)? {
                    PinOutcome::WrongPin { left, retry_after } => {
                        Ok(PinChangeState::WrongPin { left, retry_after })
                    }
                    PinOutcome::Wait { retry_in } => Ok(PinChangeState::Wait { retry_in }),
                    PinOutcome::Done(()) => Ok(PinChangeState::NotChanged),
                },
                state => Ok(state),
            },
            Err(problem) => {
                let asked = is_worth_repeating(&problem).ok_or(problem)?;
                let retry_in = outbox.wait(asked, &*self.shared.random)?;
                self.sending = Some((op, outbox));
                Ok(PinChangeState::Unanswered { retry_in })
            }
        }
    }

    fn settled(&self, binding: &mut Binding) -> Result<PinChangeState, Problem> {
        match self.shared.settle(binding)? {
            Some(Settled::Unchanged) => Ok(PinChangeState::NotChanged),
            Some(Settled::Changed) | None => self.changed(),
        }
    }

    fn changed(&self) -> Result<PinChangeState, Problem> {
        self.shared.patience.reset(&self.shared.vault)?;
        Ok(PinChangeState::Changed)
    }
}

/// The rules for a new PIN (2.2.4), and that it was typed twice alike.
pub(super) fn check_new(binding: &Binding, new: &PinEntry, repeat: PinEntry) -> Result<(), Problem> {
    pin_rules::check_new(new, min_digits(binding)?).map_err(|reason| Problem::PinRejected { reason })?;
    let same = new.matches(&repeat);
    drop(repeat);
    if same { Ok(()) } else { Err(Problem::PinMismatch) }
}

fn min_digits(binding: &Binding) -> Result<usize, Problem> {
    let least = binding.keyset()?.content().policy.pin_min;
    Ok(usize::try_from(least).unwrap_or(pin_rules::MAX_DIGITS))
}
