//! One request, from showing it to its outcome.

use super::answer::{self, SignInState};
use super::request::Checked;
use crate::account::Account;
use crate::biometrics::{self, Reason, SignatureRequest};
use crate::call::{Heard, parsed};
use crate::countdown::Countdown;
use crate::outbox::{Outbox, is_worth_repeating};
use crate::problem::{MessageDefect, Problem};
use crate::return_url::ReturnUrl;
use crate::shared::Shared;
use crate::vault::{Binding, Deed, Entry, Outcome};
use countersign_protocol::answer::{ResponseAnswer, response_path};
use countersign_protocol::id::{Jti, RequestHash, TransferHash};
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::message::Factor;
use countersign_protocol::message::receipt::ResponseReceipt;
use countersign_protocol::message::request::Request;
use countersign_protocol::message::response::{Decision, DecisionWord, DenyWhy, Response};
use countersign_protocol::problem::Code;
use countersign_protocol::secret::Number;
use countersign_vault::pin_entry::PinEntry;
use std::sync::Arc;
use std::time::Duration;

/// How a request came, with what was carried over from the browser that way.
pub(crate) enum Arrival {
    /// By the list: the person types the number.
    Listed,
    /// By scanning or a tapped link: proof of having seen handle and request.
    Carried(TransferHash),
}

/// One request.
pub struct SignInFlow {
    shared: Arc<Shared>,
    binding: u64,
    request: Request,
    hash: RequestHash,
    arrival: Arrival,
    end: Countdown,
    sending: Option<Sending>,
    asking: Option<Asking>,
}

/// An approval that waits for the person's finger or face.
struct Asking {
    draft: Draft,
    jti: Jti,
}

/// An answer that is on its way.
struct Sending {
    outbox: Outbox,
    jti: Jti,
    deed: Deed,
    /// Whether a send of it may have arrived: it stays so, whatever the last one came to.
    reached: bool,
}

impl SignInFlow {
    pub(crate) fn new(
        shared: Arc<Shared>,
        binding: u64,
        checked: Checked,
        arrival: Arrival,
        end: Countdown,
    ) -> Self {
        let Checked { request, hash } = checked;
        Self { shared, binding, request, hash, arrival, end, sending: None, asking: None }
    }

    /// The verified request: service, origin, place, browser, time, signed rows.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The account that it is for.
    pub fn account(&self) -> Result<Account, Problem> {
        Ok(Account::of_binding(&self.shared.vault.binding(self.binding)?))
    }

    /// Whether the number in the browser has to be typed.
    pub fn needs_number(&self) -> bool {
        matches!(self.arrival, Arrival::Listed)
    }

    /// Time left.
    pub fn left(&self) -> Duration {
        self.end.left(&*self.shared.clock)
    }

    /// Approves with the PIN and, for a listed request, the number in the browser. The entry is wiped, whatever comes
    /// of it. Nothing is sent while the phone's own brake holds, after the end, or when a key is not what it was.
    pub fn approve(&mut self, number: Option<&Number>, pin: PinEntry) -> Result<SignInState, Problem> {
        let mut pin = pin;
        let decision = self.approval(number)?;
        let mut binding = self.shared.vault.binding(self.binding)?;
        self.shared.check_version(&binding.keyset()?)?;
        if !self.request.factors.contains(&Factor::Pin) {
            return Err(Problem::Refused { code: Code::FactorNotAllowed });
        }
        if self.left().is_zero() {
            return Ok(SignInState::Expired);
        }
        if let Some(wait) = self.shared.ready_for_pin(&mut binding)? {
            return Ok(SignInState::Wait { retry_in: wait, may_resend: false });
        }
        let keys = self.shared.pin_keys(&binding, &mut pin)?;
        let (jti, payload) = self.payload(&binding, decision)?;
        let bytes = Draft::new(&payload).factor(&binding.fid(), &self.shared.pin_signer(&keys))?.device(
            DeviceTyp::Response,
            &binding.jkt(),
            &self.shared.device(&binding),
        )?;
        drop(keys);
        self.shared.patience.count(&self.shared.vault)?;
        self.send(
            &mut binding,
            Sending { outbox: Outbox::new(bytes, self.end), jti, deed: Deed::Approved, reached: false },
        )
    }

    /// Whether finger or face may approve this: the request allows it and the account has it.
    pub fn takes_biometrics(&self) -> Result<bool, Problem> {
        let has = self.shared.vault.binding(self.binding)?.bio.is_some();
        Ok(has && self.request.factors.contains(&Factor::Bio))
    }

    /// Begins an approval by biometrics, after the person has said so (2.6): what has to be signed, by which key.
    pub fn approve_by_biometrics(&mut self, number: Option<&Number>) -> Result<SignatureRequest, Problem> {
        let decision = self.approval(number)?;
        let mut binding = self.shared.vault.binding(self.binding)?;
        self.shared.settle_first(&mut binding)?;
        self.shared.check_version(&binding.keyset()?)?;
        let bio = binding.bio.as_ref().ok_or(Problem::NoBiometrics)?;
        if !self.request.factors.contains(&Factor::Bio) {
            return Err(Problem::Refused { code: Code::FactorNotAllowed });
        }
        let (jti, payload) = self.payload(&binding, decision)?;
        let draft = Draft::new(&payload);
        let request = biometrics::request(&draft, bio, Reason::Approve);
        self.asking = Some(Asking { draft, jti });
        Ok(request)
    }

    /// Approves with the signature that the person gave.
    pub fn submit_signature(&mut self, signature: &[u8]) -> Result<SignInState, Problem> {
        let Asking { draft, jti } = self.asking.take().ok_or(Problem::OutOfTurn)?;
        if self.left().is_zero() {
            return Ok(SignInState::Expired);
        }
        let mut binding = self.shared.vault.binding(self.binding)?;
        let bio = binding.bio.as_ref().ok_or(Problem::NoBiometrics)?;
        let bytes = biometrics::signed(draft, bio, signature)?.device(
            DeviceTyp::Response,
            &binding.jkt(),
            &self.shared.device(&binding),
        )?;
        self.send(
            &mut binding,
            Sending { outbox: Outbox::new(bytes, self.end), jti, deed: Deed::Approved, reached: false },
        )
    }

    /// Refuses: changed one's mind, or "It wasn't me". Needs no PIN.
    pub fn deny(&mut self, why: DenyWhy) -> Result<SignInState, Problem> {
        let mut binding = self.shared.vault.binding(self.binding)?;
        self.shared.settle_first(&mut binding)?;
        let (jti, payload) = self.payload(&binding, Decision::Deny(why))?;
        let bytes = Draft::new(&payload).device(
            DeviceTyp::Response,
            &binding.jkt(),
            &self.shared.device(&binding),
        )?;
        let deed = if why == DenyWhy::NotMe { Deed::Reported } else { Deed::Cancelled };
        self.send(&mut binding, Sending { outbox: Outbox::new(bytes, self.end), jti, deed, reached: false })
    }

    /// Sends the same bytes again, after the wait that [`SignInState::Unanswered`] or [`SignInState::Wait`] named.
    pub fn resend(&mut self) -> Result<SignInState, Problem> {
        let sending = self.sending.take().ok_or(Problem::OutOfTurn)?;
        let mut binding = self.shared.vault.binding(self.binding)?;
        self.send(&mut binding, sending)
    }

    fn approval(&self, number: Option<&Number>) -> Result<Decision, Problem> {
        match (&self.arrival, number) {
            (Arrival::Listed, Some(number)) => Ok(Decision::ApproveNumber(number.clone())),
            (Arrival::Listed, None) => Err(Problem::NumberMissing),
            (Arrival::Carried(transfer), _) => Ok(Decision::ApproveTransfer(*transfer)),
        }
    }

    fn payload(&self, binding: &Binding, decision: Decision) -> Result<(Jti, Vec<u8>), Problem> {
        let jti = self.shared.jti()?;
        let response = Response {
            iss: binding.aid.ok_or(Problem::OutOfTurn)?,
            aud: binding.iss.clone(),
            tid: self.request.tid,
            nonce: self.request.nonce,
            req: self.hash,
            decision,
            // As it arrived, which was compared when it was checked.
            flow: self.request.flow,
            jti,
            iat: self.shared.clock.wall(),
        };
        Ok((jti, response.to_payload().map_err(|_| Problem::Internal)?))
    }

    /// Notes what is about to be sent, so that its outcome can be asked for after a crash, then sends it.
    fn send(&mut self, binding: &mut Binding, sending: Sending) -> Result<SignInState, Problem> {
        let mut sending = sending;
        let entry = self.entry(&sending, Outcome::Unknown);
        let Some(body) = sending.outbox.take(&*self.shared.clock) else { return Ok(SignInState::Expired) };
        self.shared.vault.note(self.binding, entry)?;
        match self.shared.post(binding, &response_path(&self.request.tid), body) {
            Ok(Heard::Done(reply)) => self.decided(binding, &sending, &parsed(&reply)?),
            Ok(Heard::Refused(refusal)) => {
                let state = answer::of_refusal(&self.shared, binding, &refusal);
                self.settle(sending, state)
            }
            Err(problem) => self.settle(sending, Err(problem)),
        }
    }

    /// What did not succeed: keep the bytes if they may be sent again, forget the answer if it had no effect.
    fn settle(
        &mut self,
        sending: Sending,
        state: Result<SignInState, Problem>,
    ) -> Result<SignInState, Problem> {
        if let Err(problem) = &state
            && let Some(asked) = is_worth_repeating(problem)
        {
            let reached = sending.reached || !matches!(problem, Problem::Unreachable { sent: false });
            let retry_in = sending.outbox.wait(asked, &*self.shared.random)?;
            self.sending = Some(Sending { reached, ..sending });
            return Ok(SignInState::Unanswered { retry_in, sent: reached });
        }
        // Refused because one before it was faster, perhaps: the outcome of that is asked for with the next list.
        self.shared.vault.retract(self.binding, &self.request.tid, &sending.jti)?;
        if matches!(state, Ok(SignInState::Wait { .. })) {
            // Not evaluated: the same bytes are noted and judged anew after the wait (N53).
            self.sending = Some(sending);
        }
        state
    }

    fn decided(
        &mut self,
        binding: &mut Binding,
        sending: &Sending,
        answer: &ResponseAnswer,
    ) -> Result<SignInState, Problem> {
        let receipt = self.shared.open_message::<ResponseReceipt>(binding, &answer.receipt)?;
        let word = if sending.deed == Deed::Approved { DecisionWord::Approve } else { DecisionWord::Deny };
        let fits = Some(receipt.aud) == binding.aid
            && receipt.r#ref == sending.jti
            && receipt.tid == self.request.tid
            && receipt.dec == word
            && receipt.req == self.hash;
        if !fits {
            return Err(MessageDefect::OtherMessage.into());
        }
        let confirmed = Entry { at: receipt.iat, ..self.entry(sending, Outcome::Confirmed) };
        self.shared.vault.record(self.binding, &confirmed)?;
        Ok(match sending.deed {
            Deed::Approved => {
                self.shared.patience.reset(&self.shared.vault)?;
                SignInState::approved(&self.request.tid, receipt.iat, self.return_to(answer))
            }
            Deed::Reported => SignInState::Denied { why: DenyWhy::NotMe },
            Deed::Cancelled | Deed::OfflineCode => SignInState::Denied { why: DenyWhy::Cancel },
        })
    }

    /// Where the app goes back to: the signed return address with the code of this answer (3.5.2).
    fn return_to(&self, answer: &ResponseAnswer) -> Option<ReturnUrl> {
        self.request.ret.as_deref().zip(answer.rc.as_ref()).map(|(url, rc)| ReturnUrl::new(url, rc))
    }

    fn entry(&self, sending: &Sending, outcome: Outcome) -> Entry {
        Entry {
            tid: self.request.tid,
            client: self.request.client.name.clone(),
            deed: sending.deed,
            outcome,
            at: self.shared.clock.wall(),
            answer: Some((sending.jti, self.hash)),
            earlier: Vec::new(),
        }
    }
}
