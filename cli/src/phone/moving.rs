//! `phone move`: the old phone's side of bringing in a new one (A6).

use super::{Session, shown};
use crate::failure::{Failure, of_pin, of_wait, of_wrong_pin};
use countersign_engine::moving::{MoveFlow, MoveState};
use countersign_engine::pin_op::PinOutcome;
use countersign_engine::{AccountId, AccountState, Problem};
use countersign_protocol::message::op::EnrolmentKind;
use countersign_protocol::secret::ConfirmCode;
use serde_json::json;

impl Session<'_> {
    /// Shows one code after the other; what the new phone shows is typed here. `add` keeps this phone.
    pub fn bring_in(&mut self, wanted: &[String], add: bool) -> Result<(), Failure> {
        let accounts = self.those(wanted)?;
        let kind = if add { EnrolmentKind::Add } else { EnrolmentKind::Migrate };
        let mut flow = self.auth.bring_in(&accounts, kind)?;
        let mut state = flow.state()?;
        loop {
            state = match state {
                MoveState::EnterPin { accounts, wrong } => {
                    if let Some(left) = wrong {
                        if !self.person.is_present() && left.is_none_or(|left| left == 0) {
                            return Err(of_wrong_pin(left));
                        }
                        self.sink.remark(&of_wrong_pin(left).to_string());
                    }
                    let whose = accounts.first().map(shown::name).unwrap_or_default();
                    let pin = self.person.pin(&format!("PIN of {whose}:"))?;
                    flow.submit(
                        pin.ok_or_else(|| wrong.map_or_else(|| Problem::PinIncomplete.into(), of_wrong_pin))?,
                    )?
                }
                MoveState::Wait { retry_in } => return Err(of_wait(retry_in)),
                MoveState::ShowCode { account, text, left, behind } => {
                    let name = shown::name(&account);
                    let line = format!(
                        "Show this to the new phone for {name} ({} left, {behind} more after it):\n{}",
                        shown::time(left),
                        text.as_str()
                    );
                    let value =
                        json!({"account": shown::account(&account), "text": text.as_str(), "behind": behind});
                    self.sink.result(&line, &value)?;
                    self.confirmed(&mut flow)?
                }
                MoveState::Done => {
                    let text = if add {
                        "The other phone is in."
                    } else {
                        "Moved. This phone is removed at its first approval there, or in a day."
                    };
                    return self.sink.result(text, &json!({"moved": !add, "done": true}));
                }
            };
        }
    }

    fn confirmed(&mut self, flow: &mut MoveFlow) -> Result<MoveState, Failure> {
        loop {
            let digits = self.person.digits("The six digits on the new phone:")?;
            let code = digits.and_then(|digits| ConfirmCode::parse(&digits).ok());
            let code = code.ok_or_else(|| Failure::of("confirm_code_missing"))?;
            let pin = self.person.pin("PIN to confirm it:")?.ok_or(Problem::PinIncomplete)?;
            match flow.confirm(&code, pin) {
                Ok(PinOutcome::Done(state)) => return Ok(state),
                Ok(refused) => return Err(of_pin(&refused)),
                Err(Problem::Refused { code }) if self.person.is_present() => {
                    self.sink.remark(&Failure::from(Problem::Refused { code }).to_string());
                }
                Err(problem) => return Err(problem.into()),
            }
        }
    }

    /// The accounts that were named, or all that can approve.
    fn those(&mut self, wanted: &[String]) -> Result<Vec<AccountId>, Failure> {
        if !wanted.is_empty() {
            return wanted.iter().map(|name| self.meant(Some(name))).collect();
        }
        let accounts = self.auth.accounts()?;
        let active = accounts.iter().filter(|account| matches!(account.state, AccountState::Active));
        let ids: Vec<AccountId> = active.map(|account| account.id).collect();
        if ids.is_empty() { Err(Failure::of("no_accounts")) } else { Ok(ids) }
    }
}
