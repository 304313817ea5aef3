//! "Change PIN everywhere" (2.2.4): one entry for all accounts, sent one at a time, stopped at the first wrong PIN, told
//! account by account. One PIN for all is weaker; saying so is the shell's, and it may leave accounts out.

use super::flow::check_new;
use super::rekey::{self, Pins};
use crate::account::{Account, AccountId};
use crate::authenticator::Authenticator;
use crate::call::{Heard, SignedOp, parsed};
use crate::pin_op::PinOutcome;
use crate::problem::Problem;
use crate::settle::Settled;
use crate::shared::Shared;
use crate::vault::Binding;
use countersign_protocol::answer::BindingAnswer;
use countersign_protocol::message::op::Operation;
use countersign_vault::pin_entry::PinEntry;
use std::collections::HashSet;

/// What became of one account.
pub struct AccountChange {
    /// The account.
    pub account: Account,
    /// What became of it.
    pub outcome: ChangeOutcome,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeOutcome {
    /// The new PIN counts.
    Changed,
    /// The old PIN of this account is another one: nothing further was sent.
    WrongPin {
        /// Tries left before the lock.
        left: Option<u32>,
    },
    /// Not sent: an account before it had another old PIN.
    NotTried,
    /// The old PIN still counts.
    NotChanged(Problem),
    /// Sent, without an answer: it settles when the account is opened next.
    Unknown,
}

struct Ready {
    binding: Binding,
    op: SignedOp,
}

impl Authenticator {
    /// Changes the PIN of these accounts. All entries are wiped, whatever comes of it.
    pub fn change_pin_everywhere(
        &self,
        accounts: &[AccountId],
        (old, new, repeat): (PinEntry, PinEntry, PinEntry),
    ) -> Result<Vec<AccountChange>, Problem> {
        let shared = &self.shared;
        let mut told = Vec::new();
        let mut bindings = Vec::new();
        let mut seen = HashSet::new();
        // An account that is named twice is changed once: a second change would write over the values of the first.
        for account in accounts.iter().filter(|account| seen.insert(account.0)) {
            let binding = shared.vault.binding(account.0)?;
            check_new(&binding, &new, repeat.twin())?;
            bindings.push(binding);
        }
        if let Some(retry_in) = shared.patience.wait(&shared.vault)? {
            return Err(Problem::RateLimited { retry_after: retry_in.as_secs().max(1) });
        }
        let mut ready = Vec::new();
        for mut binding in bindings {
            let pins = Pins { old: old.twin(), new: new.twin() };
            match prepared(shared, &mut binding, pins) {
                Ok(op) => ready.push(Ready { binding, op }),
                Err(problem) => told.push(change(&binding, ChangeOutcome::NotChanged(problem))),
            }
        }
        drop((old, new, repeat));
        send_all(shared, ready, &mut told)?;
        Ok(told)
    }
}

/// Nonce first, so that it need not be asked for once the keys are wiped.
fn prepared(shared: &Shared, binding: &mut Binding, pins: Pins) -> Result<SignedOp, Problem> {
    let mut pins = pins;
    shared.settle(binding)?;
    let (heard, _) = shared.op(binding, || Operation::SelfState)?;
    shared.reply(binding, heard)?;
    let keys = rekey::prepare(shared, binding, &mut pins, false)?;
    rekey::signed(shared, binding, &keys)
}

fn send_all(shared: &Shared, ready: Vec<Ready>, told: &mut Vec<AccountChange>) -> Result<(), Problem> {
    let mut stopped = false;
    for Ready { mut binding, op } in ready {
        if stopped {
            // Its bytes never left: nothing has to be settled.
            shared.discard(&mut binding)?;
            told.push(change(&binding, ChangeOutcome::NotTried));
            continue;
        }
        shared.patience.count(&shared.vault)?;
        let outcome = send(shared, &mut binding, &op);
        stopped = matches!(outcome, ChangeOutcome::WrongPin { .. });
        told.push(change(&binding, outcome));
    }
    Ok(())
}

fn send(shared: &Shared, binding: &mut Binding, op: &SignedOp) -> ChangeOutcome {
    let heard = shared.resend_op(binding, op);
    let refusal = match shared.insist(binding, op, heard) {
        Ok(Heard::Done(reply)) => {
            let answer = parsed::<BindingAnswer>(&reply);
            let read = answer.and_then(|answer| shared.own_binding(binding, &answer.binding, op));
            if read.is_ok() && binding.pending.is_none() {
                let _ = shared.patience.reset(&shared.vault);
                return ChangeOutcome::Changed;
            }
            None
        }
        Ok(Heard::Refused(refusal)) => Some(refusal),
        Err(_) => None,
    };
    match shared.settle(binding) {
        Ok(Some(Settled::Changed) | None) => ChangeOutcome::Changed,
        Ok(Some(Settled::Unchanged)) => {
            match refusal.map(|refusal| shared.pin_refusal::<()>(binding, &refusal)) {
                Some(Ok(PinOutcome::WrongPin { left, .. })) => ChangeOutcome::WrongPin { left },
                Some(Err(problem)) => ChangeOutcome::NotChanged(problem),
                _ => ChangeOutcome::NotChanged(Problem::Unavailable { retry_after: 0 }),
            }
        }
        Err(_) => ChangeOutcome::Unknown,
    }
}

fn change(binding: &Binding, outcome: ChangeOutcome) -> AccountChange {
    AccountChange { account: Account::of_binding(binding), outcome }
}
