//! `phone accounts`, `phone self`.

use super::{Session, shown};
use crate::failure::Failure;
use countersign_engine::AccountId;
use countersign_engine::account::{Account, AccountState};
use countersign_engine::authenticator::Standing;
use serde_json::{Value, json};

impl Session<'_> {
    /// Lists the accounts. Pairings whose code may have been typed meanwhile are asked for first.
    pub fn accounts(&mut self) -> Result<(), Failure> {
        for account in self.auth.accounts()? {
            if matches!(account.state, AccountState::Pairing { .. })
                && let Err(problem) = self.auth.check(account.id)
            {
                self.sink.remark(&Failure::from(problem).to_string());
            }
        }
        let accounts = self.auth.accounts()?;
        let lines: Vec<String> = accounts.iter().map(line).collect();
        let text = if lines.is_empty() { "No accounts yet.".to_owned() } else { lines.join("\n") };
        let values: Vec<Value> = accounts.iter().map(shown::account).collect();
        self.sink.result(&text, &json!({"accounts": values}))
    }

    /// The account that is meant: named, chosen, or the only one that can approve.
    pub(super) fn meant(&mut self, wanted: Option<&str>) -> Result<AccountId, Failure> {
        let mut accounts = self.auth.accounts()?;
        accounts.retain(|account| matches!(account.state, AccountState::Active));
        match accounts.as_slice() {
            [] => Err(Failure::of("no_accounts")),
            [only] if wanted.is_none() => Ok(only.id),
            _ => self.chosen(&accounts, wanted, "Which account?"),
        }
    }

    /// Asks each server what it holds of this phone. Ends with the first refusal, after all were asked.
    pub fn standing(&mut self) -> Result<(), Failure> {
        let mut refused = None;
        for account in self.auth.accounts()? {
            match self.auth.check(account.id) {
                Ok(standing) => {
                    let word = word(standing);
                    let text = format!("{}: {word}", shown::name(&account));
                    self.sink
                        .result(&text, &json!({"account": shown::account(&account), "standing": word}))?;
                }
                Err(problem) => {
                    let failure = Failure::from(problem);
                    self.sink.remark(&format!("{}: {failure}", shown::name(&account)));
                    refused.get_or_insert(failure);
                }
            }
        }
        refused.map_or(Ok(()), Err)
    }
}

fn line(account: &Account) -> String {
    let code = match &account.state {
        AccountState::Pairing { code: Some(code) } => {
            format!("; type {} on the web page", shown::grouped(code.expose()))
        }
        _ => String::new(),
    };
    format!("{}  {}: {}{code}", account.id, shown::name(account), shown::state(account))
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Enrolling => "enrolling",
        Standing::Active => "active",
        Standing::Locked => "locked",
        Standing::Forgotten => "forgotten",
    }
}
