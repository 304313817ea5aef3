//! Key sets: fetching, pinning, acknowledging, and reading a server's messages by them (protocol 3.2, 3.8).

use crate::call::{Heard, SignedOp, parsed, plain_problem};
use crate::port::{Method, Pins, Reply, Request};
use crate::problem::{MessageDefect, Problem};
use crate::settle;
use crate::shared::{Platform, Shared};
use crate::vault::{Binding, BindingState};
use countersign_protocol::answer::{BindingAnswer, KeysetsAnswer};
use countersign_protocol::keyset::{KeySet, MessageFault, Verified, accept};
use countersign_protocol::message::ServerMessage;
use countersign_protocol::message::binding::Binding as BindingMessage;
use countersign_protocol::message::op::Operation;
use countersign_protocol::time::Time;

/// Path of the key sets.
const KEYSETS: &str = "/.well-known/map-keyset";
/// A key set is fetched again after this many seconds.
const DAY: u64 = 86_400;

/// A look for newer key sets. The messages of one answer share one: no answer can make this phone ask for more.
pub(crate) struct Look(bool);

impl Look {
    /// One that was not taken.
    pub(crate) const fn new() -> Self {
        Self(true)
    }

    /// Whether it may be taken; afterwards it is.
    pub(crate) const fn take(&mut self) -> bool {
        std::mem::replace(&mut self.0, false)
    }
}

impl Shared {
    /// Verifies and reads a message; an unknown key leads to a fresh key set and one more look.
    pub(crate) fn open_message<T: ServerMessage>(
        &self,
        binding: &mut Binding,
        text: &str,
    ) -> Result<Verified<T>, Problem> {
        self.open_one_of(binding, text, &mut Look::new())
    }

    /// The same for one of several messages, which share a look.
    pub(crate) fn open_one_of<T: ServerMessage>(
        &self,
        binding: &mut Binding,
        text: &str,
        look: &mut Look,
    ) -> Result<Verified<T>, Problem> {
        match binding.keyset()?.open(text) {
            Err(MessageFault::UnknownKey) if look.take() => {
                self.fetch_keyset(binding)?;
                Ok(binding.keyset()?.open(text)?)
            }
            opened => Ok(opened?),
        }
    }

    /// Fetches the key sets and pins what is acceptable. It sends no operation, so that reading a message, which
    /// comes here, can never lead to another message.
    pub(crate) fn fetch_keyset(&self, binding: &mut Binding) -> Result<(), Problem> {
        let keyset = binding.keyset()?;
        match self.fetch(binding, Pins::Only(&keyset.content().tls_pins)) {
            Err(Problem::UntrustedServer) => self.renew_pins(binding),
            fetched => self.adopt(binding, &fetched?),
        }
    }

    /// Fetches the key sets when the day is over, and tells the server of a set that it does not know we have.
    pub(crate) fn keep_current(&self, binding: &mut Binding) -> Result<(), Problem> {
        let now = self.clock.wall();
        if now.since(binding.fetched) >= DAY || now < binding.fetched {
            self.fetch_keyset(binding)?;
        }
        self.acknowledge(binding)
    }

    /// After a pin failure: the key set is signed by root, so it alone may come without pins (3.8).
    pub(crate) fn renew_pins(&self, binding: &mut Binding) -> Result<(), Problem> {
        let before = binding.keyset()?.content().tls_pins.clone();
        let reply = self.fetch(binding, Pins::WebOnly)?;
        self.adopt(binding, &reply)?;
        if binding.keyset()?.content().tls_pins == before { Err(Problem::UntrustedServer) } else { Ok(()) }
    }

    fn fetch(&self, binding: &Binding, pins: Pins<'_>) -> Result<Reply, Problem> {
        let request =
            Request { iss: &binding.iss, path: KEYSETS, method: Method::Get, map_enrol: None, pins };
        match self.exchange(&request)? {
            Heard::Done(reply) => Ok(reply),
            Heard::Refused(refusal) => Err(plain_problem(&refusal)),
        }
    }

    /// Judged by the pins as they are when they are written, not as they were when the sets were asked for.
    fn adopt(&self, binding: &mut Binding, reply: &Reply) -> Result<(), Problem> {
        let answer: KeysetsAnswer = parsed(reply)?;
        let (date, now, known) = (date(reply)?, self.clock.wall(), binding.keyset_version());
        self.vault.update(binding, |fresh| {
            match accept(&fresh.pinned, &fresh.iss, &answer.keysets, Some(date)) {
                Ok(accepted) => (fresh.pinned, fresh.fetched) = (accepted.pinned, now),
                // Another process has taken a newer one meanwhile: that stays.
                Err(_) if fresh.keyset_version() > known => {}
                Err(fault) => return Err(fault.into()),
            }
            Ok(())
        })
    }

    /// Tells the server which key set this phone has, if it does not know (op `ack_keyset`).
    pub(crate) fn acknowledge(&self, binding: &mut Binding) -> Result<(), Problem> {
        let ver = binding.keyset_version();
        if binding.state != BindingState::Active || binding.acked >= ver {
            return Ok(());
        }
        let (heard, op) = self.op(binding, || Operation::AckKeyset(ver))?;
        let answer: BindingAnswer = self.body(binding, heard)?;
        self.own_binding(binding, &answer.binding, &op)?;
        self.vault.update(binding, |fresh| {
            fresh.acked = fresh.acked.max(ver);
            Ok(())
        })
    }

    /// Reads the binding that answers `op`: it must be about this phone and its present keys, or those of a change that
    /// was under way, which it then finishes. Those of the row as it is now: another process may have changed them since
    /// the operation was signed.
    pub(crate) fn own_binding(
        &self,
        binding: &mut Binding,
        text: &str,
        op: &SignedOp,
    ) -> Result<Verified<BindingMessage>, Problem> {
        let message = self.open_message::<BindingMessage>(binding, text)?;
        *binding = self.vault.binding(binding.id)?;
        let present = settle::is_present(binding, &message);
        let finished = settle::is_of_change(binding, &message);
        match (present || finished, message.r#ref == op.jti) {
            (true, true) if finished => self.promote(binding).map(|()| message),
            (true, true) => Ok(message),
            (false, _) => Err(MessageDefect::OtherPhone.into()),
            (true, false) => Err(MessageDefect::OtherMessage.into()),
        }
    }

    /// Refuses approvals when the signed policy says that this app is too old (N140). Nothing is deleted.
    pub(crate) fn check_version(&self, keyset: &KeySet) -> Result<(), Problem> {
        let policy = &keyset.content().policy.min_app;
        let min = match self.options.platform {
            Platform::Android => &policy.android,
            Platform::Ios => &policy.ios,
            Platform::Cli => return Ok(()),
        };
        let too_old = version(&self.options.phone.app) < version(min);
        if too_old { Err(Problem::AppTooOld { min: Some(min.clone()) }) } else { Ok(()) }
    }
}

/// The `Date` of an answer; what counts down or expires needs it.
pub(crate) fn date(reply: &Reply) -> Result<Time, Problem> {
    reply.date.ok_or_else(|| MessageDefect::Incomplete.into())
}

/// Major, minor and patch; what is not a number counts as 0.
fn version(text: &str) -> [u64; 3] {
    let mut parts = text.split(['-', '+']).next().unwrap_or_default().split('.');
    [(); 3].map(|()| parts.next().and_then(|part| part.parse().ok()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_compare_by_number() {
        assert!(version("1.9.0") < version("1.10.0"));
        assert!(version("2.0.0") > version("1.99.99"));
        assert_eq!(version("1.2.3-beta"), version("1.2.3"));
    }
}
