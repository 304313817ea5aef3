//! From a scanned frame or a tapped link to its request (3.5.1 steps 3 to 5, 3.5.2): ticket, account, claim.
//!
//! The ticket belongs to the scan, not to an account: when the sign-in was started for another account of this phone,
//! the person switches and the same ticket is used (N157).

use super::flow::{Arrival, SignInFlow};
use super::request;
use crate::account::{Account, AccountId};
use crate::call::{Heard, SignedOp, parsed, plain_problem};
use crate::countdown::Countdown;
use crate::outbox::is_worth_repeating;
use crate::port::{Method, Pins, Reply, Request};
use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::trust::{Look, date};
use crate::vault::Binding;
use countersign_protocol::answer::{ClaimAnswer, ScanAnswer, ScanBody};
use countersign_protocol::code::transfer_hash;
use countersign_protocol::id::ScanId;
use countersign_protocol::json;
use countersign_protocol::message::Flow;
use countersign_protocol::message::op::Operation;
use countersign_protocol::message::receipt::OpReceipt;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::{FrameMac, Handle, Ticket};
use std::sync::Arc;

/// A scanned sign-in before its request is there.
pub struct ClaimFlow {
    shared: Arc<Shared>,
    handle: Handle,
    flow: Flow,
    ticket: Ticket,
    candidates: Vec<Binding>,
    tried: Vec<u64>,
    unanswered: Option<(u64, SignedOp)>,
}

/// What the shell shows.
pub enum ClaimState {
    /// Several accounts at this server: which one?
    ChooseAccount {
        /// They.
        accounts: Vec<Account>,
    },
    /// The sign-in is for another account: "switch?" The ticket stays.
    OtherAccount {
        /// Accounts that are left.
        accounts: Vec<Account>,
    },
    /// No answer: choose the same account again and the same bytes are sent.
    Unanswered {
        /// The account that was chosen.
        account: AccountId,
    },
    /// The request.
    Claimed(Box<SignInFlow>),
}

impl ClaimFlow {
    /// Turns a frame, or the handle of a tapped link, into a ticket, at once: it is good for seconds. `candidates` is not empty.
    pub(crate) fn start(
        shared: Arc<Shared>,
        candidates: Vec<Binding>,
        handle: Handle,
        frame: Option<(u32, FrameMac)>,
    ) -> Result<Self, Problem> {
        let r = ScanId::from_bytes(shared.random()?);
        let flow = if frame.is_some() { Flow::Scan } else { Flow::Link };
        let (t, m) = frame.unzip();
        let body = ScanBody { h: handle.clone(), t, m, r };
        let body = json::to_vec(&body).map_err(|_| Problem::Internal)?;
        let mut candidates = candidates;
        let first = candidates.first_mut().ok_or(Problem::UnknownService)?;
        let ticket = scan(&shared, first, &body)?;
        Ok(Self { shared, handle, flow, ticket, candidates, tried: Vec::new(), unanswered: None })
    }

    /// Goes on by itself when there is nothing to choose.
    pub fn begin(&mut self) -> Result<ClaimState, Problem> {
        match self.candidates.as_slice() {
            [only] => {
                let account = AccountId(only.id);
                self.choose(account)
            }
            _ => Ok(ClaimState::ChooseAccount { accounts: self.left() }),
        }
    }

    /// Claims the sign-in for an account.
    pub fn choose(&mut self, account: AccountId) -> Result<ClaimState, Problem> {
        let candidate = self.candidates.iter().find(|binding| binding.id == account.0);
        let id = candidate.ok_or(Problem::NoSuchAccount)?.id;
        let mut binding = self.shared.vault.binding(id)?;
        let (heard, op) = match self.unanswered.take() {
            Some((same, op)) if same == id => (self.shared.resend_op(&mut binding, &op), op),
            _ => self.claim(&mut binding)?,
        };
        match heard {
            Ok(Heard::Done(reply)) => self.claimed(&mut binding, &op, &reply),
            Ok(Heard::Refused(refusal)) if refusal.code == Code::TransactionUnknown => {
                self.tried.push(id);
                match self.left() {
                    accounts if accounts.is_empty() => Err(plain_problem(&refusal)),
                    accounts => Ok(ClaimState::OtherAccount { accounts }),
                }
            }
            Ok(Heard::Refused(refusal)) => Err(self.shared.problem(&mut binding, &refusal)),
            Err(problem) if is_worth_repeating(&problem).is_some() => {
                self.unanswered = Some((id, op));
                Ok(ClaimState::Unanswered { account })
            }
            Err(problem) => Err(problem),
        }
    }

    fn claim(&self, binding: &mut Binding) -> Result<(Result<Heard, Problem>, SignedOp), Problem> {
        self.shared.settle_first(binding)?;
        let ticket = self.ticket.clone();
        self.shared.op(binding, move || Operation::Claim(ticket.clone()))
    }

    fn claimed(&self, binding: &mut Binding, op: &SignedOp, reply: &Reply) -> Result<ClaimState, Problem> {
        let answer: ClaimAnswer = parsed(reply)?;
        let receipt = self.shared.open_message::<OpReceipt>(binding, &answer.receipt)?;
        if Some(receipt.aud) != binding.aid || receipt.r#ref != op.jti {
            return Err(MessageDefect::OtherMessage.into());
        }
        let checked = request::check(&self.shared, binding, &answer.request, self.flow, &mut Look::new())?;
        let end = Countdown::until(checked.request.exp, date(reply)?, &*self.shared.clock);
        let arrival = Arrival::Carried(transfer_hash(&self.handle, &checked.request.tid));
        let flow = SignInFlow::new(self.shared.clone(), binding.id, checked, arrival, end);
        Ok(ClaimState::Claimed(Box::new(flow)))
    }

    fn left(&self) -> Vec<Account> {
        let untried = self.candidates.iter().filter(|binding| !self.tried.contains(&binding.id));
        untried.map(Account::of_binding).collect()
    }
}

/// `POST /v1/scan`, with one repeat of the same bytes when no answer came: `r` makes it the same scan.
fn scan(shared: &Shared, binding: &mut Binding, body: &[u8]) -> Result<Ticket, Problem> {
    let heard = match ask(shared, binding, body) {
        Err(Problem::Unreachable { sent: true }) => ask(shared, binding, body)?,
        Err(Problem::UntrustedServer) => {
            // Other certificates since: the key set tells, as for every other message (3.8).
            shared.renew_pins(binding)?;
            ask(shared, binding, body)?
        }
        heard => heard?,
    };
    match heard {
        Heard::Done(reply) => Ok(parsed::<ScanAnswer>(&reply)?.ticket),
        Heard::Refused(refusal) => Err(plain_problem(&refusal)),
    }
}

fn ask(shared: &Shared, binding: &Binding, body: &[u8]) -> Result<Heard, Problem> {
    let keyset = binding.keyset()?;
    let request = Request {
        iss: &binding.iss,
        path: "/v1/scan",
        method: Method::PostJson(body),
        map_enrol: None,
        pins: Pins::Only(&keyset.content().tls_pins),
    };
    shared.exchange(&request)
}
