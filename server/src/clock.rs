//! The server's clock: the machine's, plus what a lab advanced it by.

use countersign_protocol::time::Time;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Gives the time; clones share the lab's offset.
#[derive(Clone, Default)]
pub struct Clock {
    ahead: Arc<AtomicU64>,
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Time {
        let machine = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Time::from_secs(machine.saturating_add(self.ahead.load(Ordering::SeqCst)))
    }

    /// Moves the clock ahead (lab only) and gives the new time.
    pub fn advance(&self, secs: u64) -> Time {
        self.ahead.fetch_add(secs, Ordering::SeqCst);
        self.now()
    }
}
