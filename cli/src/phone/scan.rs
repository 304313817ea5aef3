//! `phone scan`: what the camera saw, whatever it is (S3, P1, S5).

use super::pair::Manner;
use super::{Session, shown};
use crate::failure::Failure;
use countersign_engine::account::Account;
use countersign_engine::sign_in::{ClaimFlow, ClaimState, SignInFlow};
use countersign_engine::{AccountId, Entry, Problem, Scanned};
use countersign_protocol::message::response::DenyWhy;
use std::thread::sleep;
use std::time::Duration;

/// How a scanned request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// With the PIN.
    Approve,
    /// Refused.
    Cancel,
    /// "It wasn't me".
    NotMe,
}

/// How often a claim without an answer is sent again: a ticket lives a minute.
const CLAIMS: u32 = 6;

impl Session<'_> {
    /// Opens what was scanned and carries it through; `account` names one where several would do.
    pub fn scan(
        &mut self,
        text: &str,
        entry: Entry,
        answer: Answer,
        account: Option<&str>,
    ) -> Result<(), Failure> {
        match self.auth.open_code(text.as_bytes(), entry)? {
            Scanned::Pairing(mut flow) => self.go_on(&mut flow, Manner { yes: false, wait: true }),
            Scanned::Offline(mut flow) => self.show_code(&mut flow),
            Scanned::SignIn(mut claim) => {
                let mut flow = self.claimed(&mut claim, account)?;
                self.show(&flow)?;
                match answer {
                    Answer::Approve => self.approve_flow(&mut flow, None),
                    Answer::Cancel => self.deny_flow(&mut flow, DenyWhy::Cancel),
                    Answer::NotMe => self.deny_flow(&mut flow, DenyWhy::NotMe),
                }
            }
        }
    }

    fn claimed(&mut self, claim: &mut ClaimFlow, wanted: Option<&str>) -> Result<SignInFlow, Failure> {
        let mut state = claim.begin()?;
        let mut claims = 0;
        loop {
            let account = match state {
                ClaimState::Claimed(flow) => return Ok(*flow),
                ClaimState::ChooseAccount { accounts } => self.chosen(&accounts, wanted, "Which account?")?,
                ClaimState::OtherAccount { accounts } => {
                    self.chosen(&accounts, None, "This request is for another account. Switch to:")?
                }
                ClaimState::Unanswered { account } => {
                    claims += 1;
                    if claims > CLAIMS {
                        return Err(Problem::Unreachable { sent: true }.into());
                    }
                    sleep(Duration::from_secs(1));
                    account
                }
            };
            state = claim.choose(account)?;
        }
    }

    /// The account that was named, that somebody chooses, or, where nobody can be asked, the first one.
    pub(super) fn chosen(
        &mut self,
        accounts: &[Account],
        wanted: Option<&str>,
        question: &str,
    ) -> Result<AccountId, Failure> {
        if let Some(wanted) = wanted {
            let named = |account: &&Account| {
                account.id.to_string() == wanted
                    || account.label.as_ref().is_some_and(|label| label.account == wanted)
            };
            return Ok(accounts.iter().find(named).ok_or(Problem::NoSuchAccount)?.id);
        }
        let names: Vec<String> = accounts.iter().map(shown::name).collect();
        let place = match self.person.chooses(question, &names)? {
            Some(place) => place,
            None if self.sink.is_interactive() => return Err(Failure::of("account_missing")),
            None => 0,
        };
        Ok(accounts.get(place).ok_or(Problem::NoSuchAccount)?.id)
    }
}
