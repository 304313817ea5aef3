//! Time. The wall clock is for display and warnings; what counts down or waits uses the monotonic one (T17).

use countersign_protocol::time::Time;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The phone's two clocks.
pub trait Clock: Send + Sync {
    /// Time of day; may be wrong by years, so nothing is decided by it.
    fn wall(&self) -> Time;

    /// Time since some moment of this process; never goes back.
    fn monotonic(&self) -> Duration;

    /// Lets this time pass before a message is sent again.
    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// The operating system's clocks.
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose monotonic time begins now.
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn wall(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time::from_secs(since.as_secs())
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }
}
