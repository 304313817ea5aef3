//! `phone pair`: by a picture of the code (P1) or its link (P3).

use super::{Session, shown};
use crate::failure::{self, Failure};
use countersign_engine::pairing::{PairingEnd, PairingFlow, PairingState};
use countersign_engine::{AccountId, Entry, Problem, ReturnUrl, Scanned};
use serde_json::json;
use std::thread::sleep;
use std::time::Duration;

/// How a pairing is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Answer the questions with yes.
    pub yes: bool,
    /// Stay until the code was typed on the web page, or the pairing is over.
    pub wait: bool,
}

/// First pause between two questions to the server, and the longest.
const POLLS: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(2));

impl Session<'_> {
    /// Pairs with the server that `text` names. The code for the web page is printed as soon as it is known.
    pub fn pair(&mut self, text: &str, entry: Entry, manner: Manner) -> Result<(), Failure> {
        match self.auth.open_code(text.as_bytes(), entry)? {
            Scanned::Pairing(mut flow) => self.go_on(&mut flow, manner),
            _ => Err(Failure::of("not_a_pairing")),
        }
    }

    /// Pairs by the server's address and a typed code (P3).
    pub fn pair_typed(&mut self, server: &str, code: &str, manner: Manner) -> Result<(), Failure> {
        let mut flow = self.auth.open_typed(server, code)?;
        self.go_on(&mut flow, manner)
    }

    pub(super) fn go_on(&mut self, flow: &mut PairingFlow, manner: Manner) -> Result<(), Failure> {
        let mut state = flow.state();
        let mut poll = POLLS.0;
        let mut told = false;
        loop {
            state = match state {
                PairingState::AddAgain { existing } => {
                    let question = format!("This phone already has {}. Add it again?", existing.join(", "));
                    self.agreed(manner, &question)?;
                    flow.accept()?
                }
                PairingState::Confirm { server, iss, account, .. } => {
                    let question = format!("Pair with {server} ({}) for {account}?", iss.authority());
                    self.agreed(manner, &question)?;
                    flow.accept()?
                }
                PairingState::ChoosePin { min_digits } => self.choose_pin(flow, min_digits)?,
                PairingState::Unanswered { retry_in } => {
                    sleep(retry_in);
                    flow.resend()?
                }
                PairingState::TypeCode { code, left, return_to } => {
                    if !told {
                        told = true;
                        self.tell_code(code.expose(), left, return_to.as_ref())?;
                    }
                    if !manner.wait {
                        return Ok(());
                    }
                    sleep(poll);
                    poll = (poll * 2).min(POLLS.1);
                    polled(flow)?
                }
                PairingState::Over(PairingEnd::Active { account }) => return self.paired(account),
                PairingState::Over(end) => return Err(failure::of_pairing(end)),
            };
        }
    }

    fn agreed(&mut self, manner: Manner, question: &str) -> Result<(), Failure> {
        let agreed = manner.yes || self.person.agrees(question)?;
        if agreed { Ok(()) } else { Err(Failure::of("not_confirmed")) }
    }

    fn choose_pin(&mut self, flow: &mut PairingFlow, min_digits: usize) -> Result<PairingState, Failure> {
        let first = self.person.pin(&format!("Choose a PIN, {min_digits} to 12 digits:"))?;
        let repeat = self.person.pin("The same PIN again:")?;
        match (first, repeat) {
            (Some(first), Some(repeat)) => Ok(flow.choose_pin(first, repeat)?),
            _ => Err(Problem::PinIncomplete.into()),
        }
    }

    fn tell_code(
        &mut self,
        code: &str,
        left: Duration,
        return_to: Option<&ReturnUrl>,
    ) -> Result<(), Failure> {
        let mut text = format!("Type {} on the web page. {} left.", shown::grouped(code), shown::time(left));
        let mut value = json!({"code": code, "left": left.as_secs()});
        if let Some(url) = return_to {
            text = format!("{text}\nOr go on in the browser that started: {}", url.expose());
            value["return_to"] = json!(url.expose());
        }
        self.sink.result(&text, &value)
    }

    fn paired(&mut self, id: AccountId) -> Result<(), Failure> {
        let accounts = self.auth.accounts()?;
        let account = accounts.iter().find(|account| account.id == id).ok_or(Problem::NoSuchAccount)?;
        let text = format!("Paired: {}.", shown::name(account));
        self.sink.result(&text, &json!({"paired": true, "account": shown::account(account)}))
    }
}

/// A server that cannot be reached for a moment does not end the waiting; the pairing's own time does.
fn polled(flow: &mut PairingFlow) -> Result<PairingState, Failure> {
    match flow.poll() {
        Err(Problem::Unreachable { .. } | Problem::Unavailable { .. } | Problem::RateLimited { .. }) => {
            match flow.state() {
                PairingState::TypeCode { left, .. } if left.is_zero() => {
                    Ok(PairingState::Over(PairingEnd::Gone))
                }
                state => Ok(state),
            }
        }
        state => Ok(state?),
    }
}
