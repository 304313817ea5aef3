//! `phone requests`, `approve`, `deny`, `not-me`: what waits, and the answer to it (S1, S2, S6, D1).

use super::{Session, shown};
use crate::failure::{Failure, of_sign_in};
use countersign_engine::Problem;
use countersign_engine::sign_in::{Inbox, SignInFlow, SignInState};
use countersign_protocol::id::Tid;
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::secret::Number;
use serde_json::json;
use std::thread::sleep;
use std::time::Duration;

/// Nothing waits, and no server failed to say so.
const NO_REQUESTS: &str = "no_requests";
/// Pause between two lists while somebody waits (3.9.2).
const LIST_GAP: Duration = Duration::from_secs(5);

impl Session<'_> {
    /// Lists what waits for an answer.
    pub fn requests(&mut self) -> Result<(), Failure> {
        let inbox = self.inbox()?;
        let mut lines = Vec::new();
        let mut values = Vec::new();
        for flow in &inbox.requests {
            let account = flow.account()?;
            lines.push(shown::request_lines(flow, &shown::name(&account)));
            values.push(shown::request(flow, &shown::account(&account)));
        }
        let text = if lines.is_empty() { "Nothing waits for you.".to_owned() } else { lines.join("\n\n") };
        self.sink.result(&text, &json!({"requests": values}))?;
        refused(inbox)
    }

    /// Approves the request `tid`, or the only one.
    pub fn approve(&mut self, tid: Option<Tid>, number: Option<Number>) -> Result<(), Failure> {
        let mut flow = self.wanted(tid)?;
        self.show(&flow)?;
        self.approve_flow(&mut flow, number)
    }

    /// Refuses the request `tid`, or the only one. "It wasn't me" also works for what is in the history.
    pub fn deny(&mut self, tid: Option<Tid>, why: DenyWhy) -> Result<(), Failure> {
        match (self.wanted(tid), tid, why) {
            (Ok(mut flow), ..) => {
                self.show(&flow)?;
                self.deny_flow(&mut flow, why)
            }
            (Err(_), Some(tid), DenyWhy::NotMe) => self.report(tid),
            (Err(failure), ..) => Err(failure),
        }
    }

    /// Approves a request that is at hand: asks for what is missing, waits where the network does, and asks again
    /// after a slip as long as somebody answers.
    pub(super) fn approve_flow(
        &mut self,
        flow: &mut SignInFlow,
        number: Option<Number>,
    ) -> Result<(), Failure> {
        let mut number = number;
        loop {
            if flow.needs_number() && number.is_none() {
                number = self.person.number()?;
                if number.is_none() {
                    return Err(Problem::NumberMissing.into());
                }
            }
            let question = format!("PIN to approve for {}:", flow.request().client.name);
            let pin = self.person.pin(&question)?.ok_or(Problem::PinIncomplete)?;
            let state = flow.approve(number.as_ref(), pin)?;
            let state = answered(flow, state)?;
            match &state {
                SignInState::Approved { .. } => return self.approved(flow, &state),
                SignInState::WrongPin { .. } | SignInState::WrongNumber { .. }
                    if self.person.is_present() =>
                {
                    if matches!(state, SignInState::WrongNumber { .. }) {
                        number = None;
                    }
                    self.sink.remark(&of_sign_in(&state).to_string());
                }
                state => return Err(of_sign_in(state)),
            }
        }
    }

    /// The same with the biometric key: this phone has no sensor and signs at once.
    pub fn approve_by_biometrics(
        &mut self,
        tid: Option<Tid>,
        number: Option<&Number>,
    ) -> Result<(), Failure> {
        let mut flow = self.wanted(tid)?;
        self.show(&flow)?;
        let asked = flow.approve_by_biometrics(number)?;
        let signature = self.signed(&asked)?;
        let state = flow.submit_signature(&signature)?;
        match answered(&mut flow, state)? {
            state @ SignInState::Approved { .. } => self.approved(&flow, &state),
            state => Err(of_sign_in(&state)),
        }
    }

    fn approved(&mut self, flow: &SignInFlow, state: &SignInState) -> Result<(), Failure> {
        let SignInState::Approved { sign_in_code, at, return_to } = state else {
            return Err(of_sign_in(state));
        };
        let tid = flow.request().tid;
        let mut text = format!("Approved. Sign-in code {sign_in_code}.");
        let mut value = json!({"approved": true, "tid": tid, "sign_in_code": sign_in_code, "at": at});
        if let Some(url) = return_to {
            text = format!("{text}\nGo on in the browser that started: {}", url.expose());
            value["return_to"] = json!(url.expose());
        }
        self.sink.result(&text, &value)
    }

    pub(super) fn deny_flow(&mut self, flow: &mut SignInFlow, why: DenyWhy) -> Result<(), Failure> {
        let state = flow.deny(why)?;
        match answered(flow, state)? {
            SignInState::Denied { why } => {
                let text = match why {
                    DenyWhy::Cancel => "Cancelled. Nobody was signed in.",
                    DenyWhy::NotMe => "Reported. Nobody was signed in.",
                };
                self.sink.result(text, &json!({"denied": true, "why": why, "tid": flow.request().tid}))
            }
            state => Err(of_sign_in(&state)),
        }
    }

    pub(super) fn show(&mut self, flow: &SignInFlow) -> Result<(), Failure> {
        let account = flow.account()?;
        let value = json!({"request": shown::request(flow, &shown::account(&account))});
        self.sink.result(&shown::request_lines(flow, &shown::name(&account)), &value)
    }

    fn inbox(&mut self) -> Result<Inbox, Failure> {
        let inbox = self.auth.requests()?;
        for silent in &inbox.silent {
            let failure = Failure::from(silent.problem.clone());
            self.sink.remark(&format!("{}: {failure}", shown::name(&silent.account)));
        }
        Ok(inbox)
    }

    /// Waits until there is a request that a PIN may be typed for: first out the phone's own pause between PINs, which
    /// begins anew with each process (2.2.4), then for a request to come.
    pub fn await_request(&mut self, tid: Option<Tid>) -> Result<(), Failure> {
        while let Some(pause) = self.auth.pin_pause()? {
            self.sink.remark(&format!("The next PIN has to wait {}.", shown::time(pause)));
            sleep(pause);
        }
        loop {
            match self.wanted(tid) {
                Err(failure) if failure.code() == NO_REQUESTS => sleep(LIST_GAP),
                found => return found.map(drop),
            }
        }
    }

    fn wanted(&mut self, tid: Option<Tid>) -> Result<SignInFlow, Failure> {
        let inbox = self.inbox()?;
        if tid.is_none() && inbox.requests.len() > 1 {
            return Err(Failure::of("several_requests"));
        }
        let problem = inbox.silent.first().map(|silent| Failure::from(silent.problem.clone()));
        let missing = if tid.is_some() { "transaction_unknown" } else { NO_REQUESTS };
        inbox.take(tid.as_ref()).ok_or_else(|| problem.unwrap_or_else(|| Failure::of(missing)))
    }
}

/// Sends again until there is an answer; the engine says how long to wait and when to give up.
fn answered(flow: &mut SignInFlow, state: SignInState) -> Result<SignInState, Failure> {
    let mut state = state;
    while let SignInState::Unanswered { retry_in, .. } = state {
        sleep(retry_in);
        state = flow.resend()?;
    }
    Ok(state)
}

fn refused(inbox: Inbox) -> Result<(), Failure> {
    match inbox.silent.into_iter().next() {
        Some(silent) => Err(silent.problem.into()),
        None => Ok(()),
    }
}
