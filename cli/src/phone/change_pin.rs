//! `phone change-pin`: another PIN for one account or for all (A1), or other keys under the same one.

use super::{Session, shown};
use crate::failure::{Failure, of_wait, of_wrong_pin};
use countersign_engine::pin_change::{AccountChange, ChangeOutcome, PinChangeFlow, PinChangeState};
use countersign_engine::{AccountId, AccountState, PinEntry, Problem};
use serde_json::{Value, json};
use std::thread::sleep;

impl Session<'_> {
    /// Changes the PIN of one account, or its keys.
    pub fn change_pin(&mut self, wanted: Option<&str>, renew_keys: bool) -> Result<(), Failure> {
        let account = self.meant(wanted)?;
        let mut flow = self.auth.change_pin(account)?;
        let state = if renew_keys {
            flow.renew_keys(self.entry("PIN:")?)?
        } else {
            let (old, new, repeat) = self.three_entries()?;
            flow.submit(old, new, repeat)?
        };
        match settled(&mut flow, state)? {
            PinChangeState::Changed if renew_keys => {
                self.sink.result("The keys were replaced.", &json!({"keys_renewed": true}))
            }
            PinChangeState::Changed => self.sink.result("The new PIN is in use.", &json!({"changed": true})),
            PinChangeState::WrongPin { left, .. } => Err(of_wrong_pin(left)),
            PinChangeState::Wait { retry_in } => Err(of_wait(retry_in)),
            PinChangeState::NotChanged => Err(Failure::of("pin_not_changed")),
            PinChangeState::EnterPins { .. } | PinChangeState::Unanswered { .. } => {
                Err(Failure::of("out_of_turn"))
            }
        }
    }

    /// Changes the PIN of every account, as far as it has the same old one.
    pub fn change_pin_everywhere(&mut self) -> Result<(), Failure> {
        self.sink
            .remark("One PIN for all accounts is weaker: whoever learns it at one server knows it at each.");
        let accounts = self.auth.accounts()?;
        let active = accounts.iter().filter(|account| matches!(account.state, AccountState::Active));
        let ids: Vec<AccountId> = active.map(|account| account.id).collect();
        if ids.is_empty() {
            return Err(Failure::of("no_accounts"));
        }
        let entries = self.three_entries()?;
        let told = self.auth.change_pin_everywhere(&ids, entries)?;
        let lines: Vec<String> =
            told.iter().map(|one| format!("{}: {}", shown::name(&one.account), word(&one.outcome))).collect();
        let values: Vec<Value> = told.iter().map(value).collect();
        self.sink.result(&lines.join("\n"), &json!({"accounts": values}))?;
        let all = told.iter().all(|one| one.outcome == ChangeOutcome::Changed);
        if all { Ok(()) } else { Err(Failure::of("pin_not_changed_everywhere")) }
    }

    fn three_entries(&mut self) -> Result<(PinEntry, PinEntry, PinEntry), Failure> {
        let old = self.entry("Old PIN:")?;
        let new = self.entry("New PIN:")?;
        Ok((old, new, self.entry("The new PIN again:")?))
    }

    fn entry(&mut self, question: &str) -> Result<PinEntry, Failure> {
        Ok(self.person.pin(question)?.ok_or(Problem::PinIncomplete)?)
    }
}

/// Sends again until there is an answer; the engine says how long to wait and when to settle instead.
fn settled(flow: &mut PinChangeFlow, state: PinChangeState) -> Result<PinChangeState, Failure> {
    let mut state = state;
    while let PinChangeState::Unanswered { retry_in } = state {
        sleep(retry_in);
        state = flow.resend()?;
    }
    Ok(state)
}

fn value(one: &AccountChange) -> Value {
    json!({"account": shown::account(&one.account), "outcome": word(&one.outcome)})
}

const fn word(outcome: &ChangeOutcome) -> &'static str {
    match outcome {
        ChangeOutcome::Changed => "changed",
        ChangeOutcome::WrongPin { .. } => "wrong PIN",
        ChangeOutcome::NotTried => "not tried",
        ChangeOutcome::NotChanged(_) => "not changed",
        ChangeOutcome::Unknown => "not known yet",
    }
}
