//! A signed message that may have to be sent again: the exact bytes, in memory only (protocol 3.0.5).
//!
//! The shell waits and calls; the times are 0.5, 1, 2, 4, 8, 8 … seconds, each up to a fifth more or less, until 60
//! seconds after the end of what the message answers. Nothing here reaches a disk.

use crate::countdown::Countdown;
use crate::port::{Clock, Random};
use crate::problem::Problem;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long after the end the bytes are kept.
const KEPT_AFTER_END: Duration = Duration::from_secs(60);
/// The longest wait.
const LONGEST_MS: u64 = 8000;

/// One message and how often it was sent.
pub(crate) struct Outbox {
    bytes: Zeroizing<Vec<u8>>,
    end: Countdown,
    sent: u32,
}

impl Outbox {
    /// A message that is of use until `end`.
    pub(crate) fn new(bytes: Vec<u8>, end: Countdown) -> Self {
        Self { bytes: Zeroizing::new(bytes), end, sent: 0 }
    }

    /// The bytes, for sending them once more; nothing when it is too late.
    pub(crate) fn take(&mut self, clock: &dyn Clock) -> Option<&[u8]> {
        if self.end.is_past(KEPT_AFTER_END, clock) {
            self.bytes = Zeroizing::default();
            return None;
        }
        self.sent = self.sent.saturating_add(1);
        Some(&self.bytes)
    }

    /// How long to wait before the next sending; at least what the server asked for.
    pub(crate) fn wait(&self, asked_secs: u64, random: &dyn Random) -> Result<Duration, Problem> {
        let doublings = self.sent.saturating_sub(1).min(4);
        let base = (500_u64 << doublings).min(LONGEST_MS);
        let mut byte = [0; 1];
        random.fill(&mut byte)?;
        // 80 % to 120 %.
        let jittered = base * 4 / 5 + base * 2 / 5 * u64::from(byte[0]) / 255;
        Ok(Duration::from_millis(jittered).max(Duration::from_secs(asked_secs)))
    }
}

/// Whether a problem means that the same bytes should be sent again, and after how many seconds at the least.
pub(crate) fn is_worth_repeating(problem: &Problem) -> Option<u64> {
    match problem {
        Problem::Unreachable { .. } => Some(0),
        Problem::Unavailable { retry_after } | Problem::RateLimited { retry_after } => Some(*retry_after),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{OsRandom, SystemClock};

    #[test]
    fn waits_double_up_to_eight_seconds_and_vary_by_a_fifth() {
        let clock = SystemClock::new();
        let mut outbox = Outbox::new(vec![1], Countdown::lasting(Duration::from_secs(60), &clock));
        for base in [500_u64, 1000, 2000, 4000, 8000, 8000, 8000] {
            assert_eq!(outbox.take(&clock), Some(&[1][..]));
            for _ in 0..50 {
                let wait = outbox.wait(0, &OsRandom).unwrap();
                let ms = u64::try_from(wait.as_millis()).unwrap();
                assert!((base * 4 / 5..=base * 6 / 5).contains(&ms), "{ms} for {base}");
            }
        }
        assert_eq!(outbox.wait(30, &OsRandom).unwrap(), Duration::from_secs(30));
    }
}
