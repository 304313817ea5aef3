//! The states of a pairing, and what leads from one to the next.

use super::enrol;
use super::offer::{self, Offered};
use crate::account::AccountId;
use crate::authenticator::{self, Standing};
use crate::call::{Heard, parsed};
use crate::outbox::{Outbox, is_worth_repeating};
use crate::port::{Method, Pins, Request};
use crate::problem::Problem;
use crate::return_url::ReturnUrl;
use crate::shared::Shared;
use crate::vault::{Binding, BindingState};
use countersign_protocol::answer::EnrolAnswer;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::problem::Code;
use countersign_protocol::qr::Pairing;
use countersign_protocol::secret::ConfirmCode;
use countersign_vault::pin_entry::PinEntry;
use countersign_vault::pin_rules;
use std::sync::Arc;
use std::time::Duration;

/// One pairing, from the code to the end.
pub struct PairingFlow {
    shared: Arc<Shared>,
    offered: Offered,
    step: Step,
}

enum Step {
    AddAgain,
    Confirm,
    ChoosePin,
    Sending { binding: Box<Binding>, outbox: Outbox },
    TypeCode { binding: u64, code: ConfirmCode, return_to: Option<ReturnUrl> },
    Over(PairingEnd),
}

/// What the shell shows. No `Debug`: the confirm code is in it.
pub enum PairingState {
    /// An account here looks like the offered one: "add again?" (N44).
    AddAgain {
        /// Labels of those accounts.
        existing: Vec<String>,
    },
    /// "Pair with *server* for *account*?" The host always stands beside the name.
    Confirm {
        /// The server's name for people.
        server: String,
        /// The server.
        iss: Issuer,
        /// The account, masked.
        account: String,
        /// Time left.
        left: Duration,
    },
    /// The PIN has to be typed twice.
    ChoosePin {
        /// Fewest digits that this server takes.
        min_digits: usize,
    },
    /// Sent, without an answer: wait, then [`PairingFlow::resend`].
    Unanswered {
        /// How long to wait.
        retry_in: Duration,
    },
    /// The code for the web page; [`PairingFlow::poll`] tells when it was typed.
    TypeCode {
        /// Six digits.
        code: ConfirmCode,
        /// Time left.
        left: Duration,
        /// Same device: open this in the browser that started, which confirms without the code.
        return_to: Option<ReturnUrl>,
    },
    /// Over.
    Over(PairingEnd),
}

/// How a pairing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingEnd {
    /// The account can approve.
    Active {
        /// The new account.
        account: AccountId,
    },
    /// Out of time, or stopped on the web page.
    Gone,
    /// Another phone used this code first: warn.
    ClaimedByAnother,
}

impl PairingFlow {
    pub(crate) fn start(shared: Arc<Shared>, iss: Issuer, pairing: Pairing) -> Result<Self, Problem> {
        let offered = offer::fetch(&shared, iss, pairing)?;
        shared.check_version(&offered.keyset)?;
        let step = if offered.twins.is_empty() { Step::Confirm } else { Step::AddAgain };
        Ok(Self { shared, offered, step })
    }

    /// Where the pairing is.
    pub fn state(&self) -> PairingState {
        let offered = &self.offered;
        let left = offered.end.left(&*self.shared.clock);
        match &self.step {
            Step::AddAgain => PairingState::AddAgain { existing: offered.twins.clone() },
            Step::Confirm => PairingState::Confirm {
                server: offered.keyset.content().name.clone(),
                iss: offered.iss.clone(),
                account: offered.offer.account.clone(),
                left,
            },
            Step::ChoosePin => PairingState::ChoosePin { min_digits: self.min_digits() },
            Step::Sending { .. } => PairingState::Unanswered { retry_in: Duration::ZERO },
            Step::TypeCode { code, return_to, .. } => {
                PairingState::TypeCode { code: code.clone(), left, return_to: return_to.clone() }
            }
            Step::Over(end) => PairingState::Over(*end),
        }
    }

    /// "Yes": to adding an account again, then to the pairing itself.
    pub fn accept(&mut self) -> Result<PairingState, Problem> {
        self.step = match self.step {
            Step::AddAgain => Step::Confirm,
            Step::Confirm => Step::ChoosePin,
            _ => return Err(Problem::OutOfTurn),
        };
        Ok(self.state())
    }

    /// Takes the PIN, typed twice, and pairs. Both entries are wiped, whatever comes of it.
    pub fn choose_pin(&mut self, first: PinEntry, repeat: PinEntry) -> Result<PairingState, Problem> {
        let (mut pin, repeat) = (first, repeat);
        if !matches!(self.step, Step::ChoosePin) {
            return Err(Problem::OutOfTurn);
        }
        pin_rules::check_new(&pin, self.min_digits()).map_err(|reason| Problem::PinRejected { reason })?;
        if !pin.matches(&repeat) {
            return Err(Problem::PinMismatch);
        }
        let (binding, bytes) = enrol::prepare(&self.shared, &self.offered, &mut pin)?;
        let outbox = Outbox::new(bytes, self.offered.end);
        self.step = Step::Sending { binding: Box::new(binding), outbox };
        self.resend()
    }

    /// Sends the enrolment, the same bytes each time.
    pub fn resend(&mut self) -> Result<PairingState, Problem> {
        let Step::Sending { outbox, .. } = &mut self.step else { return Err(Problem::OutOfTurn) };
        let Some(body) = outbox.take(&*self.shared.clock) else { return Ok(self.end(PairingEnd::Gone)) };
        let path = format!("/v1/enrolments/{}", self.offered.pairing.eid);
        let pins = Pins::Only(&self.offered.keyset.content().tls_pins);
        let request = Request {
            iss: &self.offered.iss,
            path: &path,
            method: Method::PostJose(body),
            map_enrol: None,
            pins,
        };
        match self.shared.exchange(&request) {
            Ok(Heard::Done(reply)) => self.claimed(&parsed(&reply)?),
            Ok(Heard::Refused(refusal)) => self.refused(&crate::call::plain_problem(&refusal)),
            Err(problem) => self.refused(&problem),
        }
    }

    /// Asks whether the code was typed. Call it every two seconds or so while the code is shown.
    pub fn poll(&mut self) -> Result<PairingState, Problem> {
        let Step::TypeCode { binding: id, .. } = self.step else { return Err(Problem::OutOfTurn) };
        let mut binding = match self.shared.vault.binding(id) {
            // Another process found it over, and has forgotten it.
            Err(Problem::NoSuchAccount) => return Ok(self.end(PairingEnd::Gone)),
            binding => binding?,
        };
        match authenticator::check(&self.shared, &mut binding) {
            Ok(Standing::Enrolling) => Ok(self.state()),
            Ok(Standing::Active | Standing::Locked) => {
                Ok(self.end(PairingEnd::Active { account: AccountId(id) }))
            }
            // Over for the person; the keys go once the 600 s of 3.3 have passed.
            Ok(Standing::Forgotten) | Err(Problem::NotRecognised) => Ok(self.end(PairingEnd::Gone)),
            Err(problem) => Err(problem),
        }
    }

    fn claimed(&mut self, answer: &EnrolAnswer) -> Result<PairingState, Problem> {
        let step = std::mem::replace(&mut self.step, Step::Over(PairingEnd::Gone));
        let Step::Sending { mut binding, .. } = step else { return Err(Problem::OutOfTurn) };
        let eid = self.offered.pairing.eid;
        self.shared.vault.update(&mut binding, |fresh| {
            fresh.aid = Some(answer.aid);
            fresh.state = BindingState::Enrolling { eid, code: Some(answer.cc.expose().to_owned()) };
            Ok(())
        })?;
        let ret = self.offered.offer.ret.as_deref().filter(|_| self.offered.pairing.same_device);
        let return_to = ret.zip(answer.rc.as_ref()).map(|(url, rc)| ReturnUrl::new(url, rc));
        self.step = Step::TypeCode { binding: binding.id, code: answer.cc.clone(), return_to };
        Ok(self.state())
    }

    fn refused(&mut self, problem: &Problem) -> Result<PairingState, Problem> {
        if let (Some(asked), Step::Sending { outbox, .. }) = (is_worth_repeating(problem), &self.step) {
            return Ok(PairingState::Unanswered { retry_in: outbox.wait(asked, &*self.shared.random)? });
        }
        match problem {
            Problem::Refused { code: Code::EnrolmentClaimed } => Ok(self.end(PairingEnd::ClaimedByAnother)),
            Problem::Refused {
                code: Code::EnrolmentUnknown | Code::EnrolmentExpired | Code::EnrolmentCancelled,
            } => Ok(self.end(PairingEnd::Gone)),
            problem => Err(problem.clone()),
        }
    }

    fn end(&mut self, end: PairingEnd) -> PairingState {
        self.step = Step::Over(end);
        PairingState::Over(end)
    }

    fn min_digits(&self) -> usize {
        usize::try_from(self.offered.keyset.content().policy.pin_min).unwrap_or(pin_rules::MAX_DIGITS)
    }
}
