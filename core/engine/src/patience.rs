//! The phone's own brake on PIN entries, over all bindings (protocol 2.2.4, last point).
//!
//! After the fifth entry that was sent without a signed success since, five minutes pass before each next one. They
//! are counted on the monotonic clock and begin anew with the process. The number is no function of any PIN.

use crate::port::Clock;
use crate::problem::Problem;
use crate::vault::Vault;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Entries without a wait.
const FREE: u32 = 5;
/// The wait before each further entry.
const WAIT: Duration = Duration::from_secs(300);

/// The brake.
pub(crate) struct Patience {
    clock: Arc<dyn Clock>,
    // Monotonic time of the last entry, or of the start of the process.
    since: Mutex<Duration>,
}

impl Patience {
    /// A brake whose time begins now.
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let since = Mutex::new(clock.monotonic());
        Self { clock, since }
    }

    /// What is left to wait before a PIN may be sent; nothing if it may be sent now.
    pub(crate) fn wait(&self, vault: &Vault) -> Result<Option<Duration>, Problem> {
        if vault.pin_entries()? < FREE {
            return Ok(None);
        }
        let since = *self.since.lock().unwrap_or_else(PoisonError::into_inner);
        let left = (since + WAIT).saturating_sub(self.clock.monotonic());
        Ok((!left.is_zero()).then_some(left))
    }

    /// Counts an entry that is about to be sent.
    pub(crate) fn count(&self, vault: &Vault) -> Result<(), Problem> {
        vault.set_pin_entries(vault.pin_entries()?.saturating_add(1))?;
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = self.clock.monotonic();
        Ok(())
    }

    /// A signed success: the count begins anew.
    pub(crate) fn reset(&self, vault: &Vault) -> Result<(), Problem> {
        if vault.pin_entries()? > 0 { vault.set_pin_entries(0) } else { Ok(()) }
    }
}
