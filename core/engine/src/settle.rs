//! After a change of keys whose answer was lost: the server closes the operation and its signed binding decides, nothing
//! else (3.7.1). What is not decided stays: both epochs are kept, and no PIN is asked for.

use crate::call::{Heard, SignedOp, parsed};
use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::vault::{Binding, Pending};
use countersign_protocol::answer::{BindingAnswer, SelfAnswer};
use countersign_protocol::id::Jti;
use countersign_protocol::message::binding::Binding as BindingMessage;
use countersign_protocol::message::notice::Notice;
use countersign_protocol::message::op::Operation;
use countersign_protocol::problem::{Code, Problem as Refusal};

/// What a pending change came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The new keys count.
    Changed,
    /// The old keys count.
    Unchanged,
}

impl Shared {
    /// Settles what is pending; without anything pending it sends nothing.
    pub(crate) fn settle(&self, binding: &mut Binding) -> Result<Option<Settled>, Problem> {
        let Some(pending) = &binding.pending else { return Ok(None) };
        let (jti, fid) = (pending.jti(), pending.fid());
        let new_device = matches!(pending, Pending::Rekey(new) if new.device.is_some());
        if new_device && self.answers_to_new_key(binding)? {
            self.promote(binding)?;
            return Ok(Some(Settled::Changed));
        }
        let (heard, op) = self.op(binding, || Operation::Settle(jti))?;
        let answer: BindingAnswer = self.body(binding, heard)?;
        let message = self.open_message::<BindingMessage>(binding, &answer.binding)?;
        if message.r#ref != op.jti {
            // An older binding, played back (N189).
            return Err(MessageDefect::OtherMessage.into());
        }
        *binding = self.vault.binding(binding.id)?;
        if binding.pending.as_ref().map(Pending::jti) != Some(jti) {
            // Another process has settled it meanwhile.
            return Ok(Some(if binding.has(&fid) { Settled::Changed } else { Settled::Unchanged }));
        }
        if is_of_change(binding, &message) {
            self.promote(binding)?;
            return Ok(Some(Settled::Changed));
        }
        if !is_present(binding, &message) {
            return Err(MessageDefect::OtherPhone.into());
        }
        self.discard(binding)?;
        Ok(Some(Settled::Unchanged))
    }

    /// Before anything that the device key signs: while it is open which key that is, nothing can be signed with either.
    /// A change that left the device key alone stands in nobody's way; it is tried again with the next PIN.
    pub(crate) fn settle_first(&self, binding: &mut Binding) -> Result<(), Problem> {
        let new_device = matches!(&binding.pending, Some(Pending::Rekey(new)) if new.device.is_some());
        match self.settle(binding) {
            Err(problem) if new_device => Err(problem),
            _ => Ok(()),
        }
    }

    /// Op `self` under the new device key: only who was re-keyed knows it. Of a refusal nothing counts here but a signed
    /// notice about that key: then the change was made, and the next answer tells the rest.
    fn answers_to_new_key(&self, binding: &mut Binding) -> Result<bool, Problem> {
        let Some(renewed) = renewed(binding)? else { return Ok(false) };
        let (heard, op) = self.ask_as(&renewed, binding)?;
        let reply = match heard {
            Heard::Done(reply) => reply,
            Heard::Refused(refusal) if refusal.code == Code::InvalidDeviceSignature => return Ok(false),
            Heard::Refused(refusal) if self.is_notice_of(binding, &renewed, &refusal) => return Ok(true),
            Heard::Refused(refusal) => return Err(self.problem(binding, &refusal)),
        };
        let answer: SelfAnswer = parsed(&reply)?;
        let Some(text) = &answer.binding else { return Ok(false) };
        let message = self.open_message::<BindingMessage>(binding, text)?;
        Ok(message.r#ref == op.jti && is_of_change(binding, &message))
    }

    /// Op `self`, signed under `signer` and sent for `binding`: what the network teaches on the way, pins above all, is
    /// kept in the row, which a copy has not. Sent twice at the most: the first answer may only bring the nonce.
    fn ask_as(&self, signer: &Binding, binding: &mut Binding) -> Result<(Heard, SignedOp), Problem> {
        let sign = || self.sign_op(signer, Operation::SelfState, self.jti()?, &Ok);
        let first = sign()?;
        match self.resend_op(binding, &first)? {
            Heard::Refused(refusal) if refusal.code == Code::UseNonce => {
                let second = sign()?;
                Ok((self.resend_op(binding, &second)?, second))
            }
            heard => Ok((heard, first)),
        }
    }

    fn is_notice_of(&self, binding: &mut Binding, renewed: &Binding, refusal: &Refusal) -> bool {
        let Some(text) = &refusal.members.notice else { return false };
        let notice = self.open_message::<Notice>(binding, text);
        notice.is_ok_and(|notice| Some(notice.aud) == binding.aid && notice.cnf.jkt == renewed.jkt())
    }

    /// The new values take the place of the old ones, in one write; old keys of hardware go afterwards. Nothing happens
    /// to a change that another process has settled, or to one that came after it.
    pub(crate) fn promote(&self, binding: &mut Binding) -> Result<(), Problem> {
        let Some(jti) = binding.pending.as_ref().map(Pending::jti) else { return Ok(()) };
        let mut old = self.vault.update(binding, |fresh| Ok(promoted(fresh, &jti)))?;
        let used = binding.aliases();
        old.retain(|alias| !used.contains(alias));
        self.delete_keys(old);
        Ok(())
    }

    /// The new values go, unless another process has settled them.
    pub(crate) fn discard(&self, binding: &mut Binding) -> Result<(), Problem> {
        let Some(jti) = binding.pending.as_ref().map(Pending::jti) else { return Ok(()) };
        let gone = self.vault.update(binding, |fresh| Ok(fresh.take_pending(&jti)))?;
        self.delete_keys(gone.map(|pending| pending.aliases()).unwrap_or_default());
        Ok(())
    }

    /// What cannot be deleted now is found at the next start.
    pub(crate) fn delete_keys(&self, aliases: Vec<String>) {
        for alias in aliases {
            let _ = self.keyring.delete(alias);
        }
    }
}

/// Puts the new values of this change in the place of the old ones, and gives the aliases of keys that are of no use then.
fn promoted(binding: &mut Binding, jti: &Jti) -> Vec<String> {
    match binding.take_pending(jti) {
        Some(Pending::Rekey(new)) => {
            (binding.epoch, binding.kcv) = (new.epoch, new.kcv);
            let Some(keys) = new.device else { return Vec::new() };
            binding.device = keys.device;
            vec![
                std::mem::replace(&mut binding.dev_alias, keys.dev_alias),
                std::mem::replace(&mut binding.prf_alias, keys.prf_alias),
            ]
        }
        Some(Pending::Bio { bio, .. }) => binding.bio.replace(bio).map(|bio| bio.alias).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether a binding is about this phone and the keys that it has now.
pub(crate) fn is_present(binding: &Binding, message: &BindingMessage) -> bool {
    Some(message.aid) == binding.aid && message.cnf.jkt == binding.jkt() && message.fid == binding.fid()
}

/// Whether a binding shows that the pending change was made.
pub(crate) fn is_of_change(binding: &Binding, message: &BindingMessage) -> bool {
    let made = match &binding.pending {
        Some(Pending::Rekey(new)) => {
            message.fid == new.fid() && message.cnf.jkt == new.jkt().unwrap_or_else(|| binding.jkt())
        }
        Some(Pending::Bio { bio, .. }) => is_present(binding, message) && message.bio_fid == Some(bio.fid),
        None => false,
    };
    made && Some(message.aid) == binding.aid
}

/// The binding as it would be with the new device key.
fn renewed(binding: &Binding) -> Result<Option<Binding>, Problem> {
    let Some(Pending::Rekey(new)) = &binding.pending else { return Ok(None) };
    let Some(keys) = new.device.clone() else { return Ok(None) };
    let mut renewed = binding.twin()?;
    (renewed.dev_alias, renewed.prf_alias, renewed.device) = (keys.dev_alias, keys.prf_alias, keys.device);
    Ok(Some(renewed))
}
