//! Moving to a new phone (A6, protocol 3.7.3): this phone asks its servers for one pairing each, shows one code after the
//! other, and confirms the new phone by what that shows. Nothing is exported; keys cannot move.

use crate::account::{Account, AccountId};
use crate::authenticator::Authenticator;
use crate::call::{Heard, SignedOp, parsed};
use crate::countdown::Countdown;
use crate::pin_op::PinOutcome;
use crate::problem::Problem;
use crate::shared::Shared;
use crate::trust::date;
use crate::vault::{Binding, BindingState};
use countersign_protocol::answer::{NewEnrolmentAnswer, ReceiptAnswer};
use countersign_protocol::id::Eid;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::message::op::{EnrolmentKind, Operation};
use countersign_protocol::qr::{Pairing, pairing_text};
use countersign_protocol::secret::ConfirmCode;
use countersign_vault::pin_entry::PinEntry;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// A move of several accounts, or one more phone for one of them.
pub struct MoveFlow {
    shared: Arc<Shared>,
    kind: EnrolmentKind,
    /// Accounts that no pairing was asked for yet.
    asking: VecDeque<u64>,
    /// Pairings that wait for their turn on the screen; the first is shown.
    shown: VecDeque<Offered>,
}

struct Offered {
    binding: u64,
    eid: Eid,
    text: Zeroizing<String>,
    end: Countdown,
}

/// What the shell shows. No `Debug`: the code is in it.
pub enum MoveState {
    /// The PIN of these accounts; one entry serves as many of them as have it.
    EnterPin {
        /// Accounts that are left to ask for.
        accounts: Vec<Account>,
        /// The PIN typed before is not that of the first of them.
        wrong: Option<Option<u32>>,
    },
    /// The next PIN has to wait.
    Wait {
        /// How long.
        retry_in: Duration,
    },
    /// A code for the new phone's camera; then the six digits that it shows are typed here.
    ShowCode {
        /// Whose turn it is.
        account: Account,
        /// The text of the QR.
        text: Zeroizing<String>,
        /// Time left.
        left: Duration,
        /// How many come after it.
        behind: usize,
    },
    /// The new phone has taken over whatever it was shown.
    Done,
}

impl Authenticator {
    /// Begins a move of these accounts to another phone, or brings in another phone beside this one.
    pub fn bring_in(&self, accounts: &[AccountId], kind: EnrolmentKind) -> Result<MoveFlow, Problem> {
        let mut asking = VecDeque::new();
        for account in accounts {
            let binding = self.shared.vault.binding(account.0)?;
            if binding.state != BindingState::Active {
                return Err(Problem::OutOfTurn);
            }
            asking.push_back(binding.id);
        }
        Ok(MoveFlow { shared: self.shared.clone(), kind, asking, shown: VecDeque::new() })
    }
}

impl MoveFlow {
    /// Where the move is.
    pub fn state(&self) -> Result<MoveState, Problem> {
        if !self.asking.is_empty() {
            return self.enter_pin(None);
        }
        let Some(offered) = self.shown.front() else { return Ok(MoveState::Done) };
        Ok(MoveState::ShowCode {
            account: Account::of_binding(&self.shared.vault.binding(offered.binding)?),
            text: offered.text.clone(),
            left: offered.end.left(&*self.shared.clock),
            behind: self.shown.len() - 1,
        })
    }

    /// Asks for the pairings: everything is signed first, the entry is wiped, then one is sent at a time, until a server
    /// says that its PIN is another one.
    pub fn submit(&mut self, pin: PinEntry) -> Result<MoveState, Problem> {
        let mut signed = VecDeque::new();
        for id in &self.asking {
            let mut binding = self.shared.vault.binding(*id)?;
            if let Some(retry_in) = self.shared.ready_for_pin(&mut binding)? {
                return Ok(MoveState::Wait { retry_in });
            }
            let op = self.sign(&mut binding, pin.twin())?;
            signed.push_back((binding, op));
        }
        drop(pin);
        while let Some((mut binding, op)) = signed.pop_front() {
            self.shared.patience.count(&self.shared.vault)?;
            match self.ask(&mut binding, &op)? {
                PinOutcome::Done(offered) => {
                    self.asking.pop_front();
                    self.shown.push_back(offered);
                }
                PinOutcome::WrongPin { left, .. } => return self.enter_pin(Some(left)),
                PinOutcome::Wait { retry_in } => return Ok(MoveState::Wait { retry_in }),
            }
        }
        self.state()
    }

    /// Leaves out the account whose PIN is asked for.
    pub fn skip(&mut self) -> Result<MoveState, Problem> {
        if self.asking.pop_front().is_none() && self.shown.pop_front().is_none() {
            return Err(Problem::OutOfTurn);
        }
        self.state()
    }

    /// Confirms the new phone by the digits that it shows, with the PIN of the account whose code is shown.
    pub fn confirm(&mut self, code: &ConfirmCode, pin: PinEntry) -> Result<PinOutcome<MoveState>, Problem> {
        let offered = self.shown.front().ok_or(Problem::OutOfTurn)?;
        let mut binding = self.shared.vault.binding(offered.binding)?;
        let eid = offered.eid;
        let outcome = self
            .shared
            .pin_op(&mut binding, pin, || Operation::ConfirmEnrolment { eid, code: code.clone() })?;
        outcome.and_then(|(answer, op): (ReceiptAnswer, SignedOp)| {
            self.shared.pin_receipt(&mut binding, &answer.receipt, &op)?;
            self.shown.pop_front();
            self.state()
        })
    }

    fn enter_pin(&self, wrong: Option<Option<u32>>) -> Result<MoveState, Problem> {
        let account = |id: &u64| Ok(Account::of_binding(&self.shared.vault.binding(*id)?));
        let accounts = self.asking.iter().map(account).collect::<Result<_, Problem>>()?;
        Ok(MoveState::EnterPin { accounts, wrong })
    }

    /// Nonce first, so that it need not be asked for once the keys are wiped.
    fn sign(&self, binding: &mut Binding, pin: PinEntry) -> Result<SignedOp, Problem> {
        let mut pin = pin;
        let (heard, _) = self.shared.op(binding, || Operation::SelfState)?;
        self.shared.reply(binding, heard)?;
        let keys = self.shared.pin_keys(binding, &mut pin)?;
        let fid = binding.fid();
        let factors = |draft: Draft| draft.factor(&fid, &self.shared.pin_signer(&keys));
        self.shared.sign_op(binding, Operation::NewEnrolment(self.kind), self.shared.jti()?, &factors)
    }

    fn ask(&self, binding: &mut Binding, op: &SignedOp) -> Result<PinOutcome<Offered>, Problem> {
        let heard = self.shared.resend_op(binding, op);
        let reply = match self.shared.insist(binding, op, heard)? {
            Heard::Done(reply) => reply,
            Heard::Refused(refusal) => return self.shared.pin_refusal(binding, &refusal),
        };
        let answer: NewEnrolmentAnswer = parsed(&reply)?;
        self.shared.pin_receipt(binding, &answer.receipt, op)?;
        let made = answer.enrolment;
        if made.root_jkt != binding.pinned.root {
            // The rest of the answer is unsigned: a code that leads elsewhere is not shown.
            return Err(Problem::RootMismatch);
        }
        let end = Countdown::until(made.exp.0, date(&reply)?, &*self.shared.clock);
        let pairing = Pairing { eid: made.eid, secret: made.es, root: made.root_jkt, same_device: false };
        let text = Zeroizing::new(pairing_text(&binding.iss, &pairing));
        Ok(PinOutcome::Done(Offered { binding: binding.id, eid: made.eid, text, end }))
    }
}
