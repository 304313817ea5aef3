//! The phones of an account (A4), another name, another push address, and the way out (A5).

use crate::authenticator::Authenticator;
use crate::pin::PinEntry;
use crate::problem::{Problem, seconds};
use countersign_engine::AccountId;
use countersign_engine::devices::Unlinked;
use countersign_engine::pin_op::PinOutcome as Outcome;
use countersign_protocol::answer::DeviceEntry;
use countersign_protocol::id::PhoneRef;
use countersign_protocol::message::Level;
use std::sync::Arc;
use std::time::Duration;

/// One phone of an account.
#[derive(uniffi::Record)]
pub struct Phone {
    /// Names it, for `remove_phone`.
    pub reference: String,
    /// Name.
    pub name: String,
    /// Operating system.
    pub os: String,
    /// Protection of its keys.
    pub level: Level,
    /// Whether it is locked.
    pub locked: bool,
    /// When it was paired, RFC 3339 UTC.
    pub created: String,
    /// When it was used last, RFC 3339 UTC, if ever.
    pub last_used: Option<String>,
    /// Whether it is the phone that asks.
    pub this: bool,
}

/// What became of something that took the PIN.
#[derive(uniffi::Enum)]
pub enum PinOutcome {
    /// Done, with the server's signature.
    Done,
    /// The PIN is not right: type it again, after the wait.
    WrongPin { left: Option<u32>, retry_in: Duration },
    /// The next try has to wait; the PIN was not looked at.
    Wait { retry_in: Duration },
}

#[uniffi::export]
impl Authenticator {
    /// The phones that can approve for this account, this one among them.
    pub fn phones(&self, account: AccountId) -> Result<Vec<Phone>, Problem> {
        Ok(self.0.phones(account)?.into_iter().map(Into::into).collect())
    }

    /// Removes another phone of the account, with the PIN. The entry is wiped.
    pub fn remove_phone(
        &self,
        account: AccountId,
        reference: String,
        pin: Arc<PinEntry>,
    ) -> Result<PinOutcome, Problem> {
        let (pin, phone) = (pin.take(), read(&reference)?);
        Ok(self.0.remove_phone(account, phone, pin)?.into())
    }

    /// Gives this phone another name: 1 to 40 characters, no control or invisible ones.
    pub fn rename(&self, account: AccountId, name: String) -> Result<(), Problem> {
        Ok(self.0.rename(account, &name)?)
    }

    /// Has the server wake this phone at another address, or not at all. Called with whatever the push service gave.
    pub fn set_push(&self, account: AccountId, url: Option<String>) -> Result<(), Problem> {
        Ok(self.0.set_push(account, url.as_deref())?)
    }

    /// Removes the account here and at the server.
    pub fn unlink(&self, account: AccountId) -> Result<(), Problem> {
        Ok(self.0.unlink(account)?)
    }

    /// The same, and where the server can no longer be trusted here alone: for a person who asks for just that. No
    /// shell offers it after a refusal.
    pub fn unlink_only_here(&self, account: AccountId) -> Result<Unlinked, Problem> {
        Ok(self.0.unlink_only_here(account)?)
    }
}

/// The name of a phone, as a record gave it.
fn read(reference: &str) -> Result<PhoneRef, Problem> {
    PhoneRef::parse(reference).map_err(|_| Problem::OutOfTurn)
}

impl From<DeviceEntry> for Phone {
    fn from(device: DeviceEntry) -> Self {
        Self {
            reference: device.r#ref.to_string(),
            name: device.name,
            os: device.os,
            level: device.level,
            locked: device.state == "locked",
            created: device.created,
            last_used: device.last_used,
            this: device.this,
        }
    }
}

impl From<Outcome<()>> for PinOutcome {
    fn from(outcome: Outcome<()>) -> Self {
        match outcome {
            Outcome::Done(()) => Self::Done,
            Outcome::WrongPin { left, retry_after } => {
                Self::WrongPin { left, retry_in: seconds(retry_after) }
            }
            Outcome::Wait { retry_in } => Self::Wait { retry_in },
        }
    }
}
