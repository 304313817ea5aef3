//! The phones of an account, and what this one may do without a PIN: take another name, be woken elsewhere, end a
//! session, unregister (A4, A5, D1; protocol 3.7).

use crate::account::AccountId;
use crate::authenticator::{Authenticator, forget};
use crate::call::{Heard, SignedOp};
use crate::pin_op::PinOutcome;
use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::vault::Binding;
use countersign_protocol::answer::{DeviceEntry, DevicesAnswer, ReceiptAnswer};
use countersign_protocol::id::{PhoneRef, Tid};
use countersign_protocol::message::enrol::Push;
use countersign_protocol::message::op::Operation;
use countersign_protocol::message::receipt::OpReceipt;
use countersign_protocol::problem::Code;
use countersign_protocol::text::{SHORT, is_clean};
use countersign_vault::pin_entry::PinEntry;

/// Where an account was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlinked {
    /// Here and at the server, which signed for it.
    Everywhere,
    /// Here alone: the server could not be trusted, and may have this phone in its list still.
    OnlyHere,
}

impl Authenticator {
    /// The phones that can approve for this account, this one among them.
    pub fn phones(&self, account: AccountId) -> Result<Vec<DeviceEntry>, Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        self.shared.settle_first(&mut binding)?;
        let (heard, op) = self.shared.op(&mut binding, || Operation::ListDevices)?;
        let answer: DevicesAnswer = self.shared.body(&mut binding, heard)?;
        check_receipt(&self.shared, &mut binding, &answer.receipt, &op)?;
        let shown = |device: &DeviceEntry| is_clean(&device.name, SHORT) && is_clean(&device.os, SHORT);
        if answer.devices.iter().all(shown) {
            Ok(answer.devices)
        } else {
            Err(MessageDefect::Incomplete.into())
        }
    }

    /// Removes another phone of the account, with the PIN (A4).
    pub fn remove_phone(
        &self,
        account: AccountId,
        phone: PhoneRef,
        pin: PinEntry,
    ) -> Result<PinOutcome<()>, Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        let outcome = self.shared.pin_op(&mut binding, pin, || Operation::RevokeDevice(phone))?;
        outcome.and_then(|(answer, op): (ReceiptAnswer, SignedOp)| {
            self.shared.pin_receipt(&mut binding, &answer.receipt, &op)
        })
    }

    /// Gives this phone another name: 1 to 40 characters, no control or invisible ones.
    pub fn rename(&self, account: AccountId, name: &str) -> Result<(), Problem> {
        if !is_clean(name, SHORT) {
            return Err(Problem::Refused { code: Code::Malformed });
        }
        self.act(account, || Operation::Rename(name.to_owned()))
    }

    /// Has the server wake this phone at another address (3.4.2), or not at all: requests are listed all the same. https
    /// on the default port, without user and fragment, at most 512 characters, at a gateway that the server knows.
    pub fn set_push(&self, account: AccountId, url: Option<&str>) -> Result<(), Problem> {
        let push = url.map(|url| Push { url: url.to_owned() });
        if push.as_ref().is_some_and(|push| push.origin().is_none()) {
            return Err(Problem::Refused { code: Code::Malformed });
        }
        self.act(account, || Operation::SetPush(push.clone()))
    }

    /// Tells the service of a sign-in that this phone approved to end its session.
    pub fn end_session(&self, account: AccountId, tid: Tid) -> Result<(), Problem> {
        self.act(account, || Operation::EndSession(tid))
    }

    /// Removes the account here and at the server. Nothing is deleted here before the server has signed for it, so
    /// that no phone stays registered that nobody holds.
    pub fn unlink(&self, account: AccountId) -> Result<(), Problem> {
        match self.act(account, || Operation::RevokeSelf) {
            // Removed before, and the notice says so.
            Err(Problem::Revoked { notice: Some(_) }) | Ok(()) => {}
            problem => return problem,
        }
        forget(&self.shared, &self.shared.vault.binding(account.0)?)
    }

    /// The same, and where the server can no longer be trusted here alone: a root that was lost or stolen leads nowhere, and
    /// its account stands in the way of pairing again (3.8). For a person who asks for just that; nothing that a server says
    /// may lead here, so no shell offers it after a refusal (N76).
    pub fn unlink_only_here(&self, account: AccountId) -> Result<Unlinked, Problem> {
        let Err(problem) = self.unlink(account) else { return Ok(Unlinked::Everywhere) };
        let mut binding = self.shared.vault.binding(account.0)?;
        if !self.is_distrusted(&mut binding, &problem) {
            return Err(problem);
        }
        forget(&self.shared, &binding).map(|()| Unlinked::OnlyHere)
    }

    /// Whether trust is what failed. Somebody who took the server's place may say anything; its key set then shows it.
    fn is_distrusted(&self, binding: &mut Binding, problem: &Problem) -> bool {
        match problem {
            Problem::NotRecognised | Problem::MessageRefused { .. } => {
                self.shared.fetch_keyset(binding).is_err_and(|problem| is_distrust(&problem))
            }
            problem => is_distrust(problem),
        }
    }

    /// An operation whose success is its receipt.
    fn act(&self, account: AccountId, operation: impl Fn() -> Operation) -> Result<(), Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        self.shared.settle_first(&mut binding)?;
        let (heard, op): (Result<Heard, Problem>, SignedOp) = self.shared.op(&mut binding, operation)?;
        let answer: ReceiptAnswer = self.shared.body(&mut binding, heard)?;
        check_receipt(&self.shared, &mut binding, &answer.receipt, &op)
    }
}

const fn is_distrust(problem: &Problem) -> bool {
    matches!(problem, Problem::UntrustedServer | Problem::RootMismatch | Problem::KeySetRefused { .. })
}

fn check_receipt(shared: &Shared, binding: &mut Binding, text: &str, op: &SignedOp) -> Result<(), Problem> {
    let receipt = shared.open_message::<OpReceipt>(binding, text)?;
    let mine = Some(receipt.aud) == binding.aid && receipt.r#ref == op.jti;
    if mine { Ok(()) } else { Err(MessageDefect::OtherMessage.into()) }
}
