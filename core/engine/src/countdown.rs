//! Time left of something that the server ends: by the `Date` of the answer that brought it and the monotonic clock
//! (protocol 3.4.3). The phone's wall clock is never asked.

use crate::port::Clock;
use countersign_protocol::time::Time;
use std::time::Duration;

/// The end of a request, enrolment or code, in monotonic time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Countdown {
    end: Duration,
}

impl Countdown {
    /// Ends when the server's clock, which showed `date` just now, shows `exp`.
    pub(crate) fn until(exp: Time, date: Time, clock: &dyn Clock) -> Self {
        Self { end: clock.monotonic() + Duration::from_secs(exp.since(date)) }
    }

    /// Ends after `life`.
    pub(crate) fn lasting(life: Duration, clock: &dyn Clock) -> Self {
        Self { end: clock.monotonic() + life }
    }

    /// Time left; zero when it is over.
    pub(crate) fn left(&self, clock: &dyn Clock) -> Duration {
        self.end.saturating_sub(clock.monotonic())
    }

    /// Whether more than `extra` has passed since the end.
    pub(crate) fn is_past(&self, extra: Duration, clock: &dyn Clock) -> bool {
        clock.monotonic() > self.end + extra
    }
}
