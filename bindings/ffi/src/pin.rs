//! The PIN on its way from the keypad: one digit a call, no text of it anywhere (2.7, architecture.md 2.4).
//!
//! The transition that takes an entry empties it, whatever comes of it. The shell empties it when the app leaves the
//! front or nobody types; digits that lay here for too long are wiped before any use.

use crate::problem::Problem;
use countersign_engine::PinEntry as Digits;
use countersign_engine::port::{Clock, SystemClock};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// After this time without a touch the digits are wiped.
const IDLE: Duration = Duration::from_secs(60);

/// The PIN while it is typed.
#[derive(uniffi::Object)]
pub struct PinEntry {
    typed: Mutex<Typed>,
    clock: Arc<dyn Clock>,
}

struct Typed {
    digits: Digits,
    touched: Duration,
}

#[uniffi::export]
impl PinEntry {
    /// An empty entry.
    #[uniffi::constructor]
    pub fn new() -> Result<Self, Problem> {
        Ok(Self::by(Arc::new(SystemClock::new())))
    }

    /// Adds a digit, given as its ASCII character, 48 to 57.
    pub fn push(&self, digit: u8) -> Result<(), Problem> {
        self.touch().digits.push(digit).map_err(Into::into)
    }

    /// Takes the last digit away, if there is one.
    pub fn backspace(&self) -> Result<(), Problem> {
        self.touch().digits.backspace();
        Ok(())
    }

    /// Wipes everything: when the app leaves the front, after idling, when the person goes elsewhere.
    pub fn clear(&self) -> Result<(), Problem> {
        self.touch().digits.clear();
        Ok(())
    }

    /// Digits typed: the dots on the screen.
    pub fn count(&self) -> Result<u32, Problem> {
        Ok(u32::try_from(self.touch().digits.len()).unwrap_or(u32::MAX))
    }
}

impl PinEntry {
    fn by(clock: Arc<dyn Clock>) -> Self {
        let touched = clock.monotonic();
        Self { typed: Mutex::new(Typed { digits: Digits::new(), touched }), clock }
    }

    /// The digits for a transition; nothing stays here.
    pub(crate) fn take(&self) -> Digits {
        mem::take(&mut self.touch().digits)
    }

    /// The entry, without digits that lay too long.
    fn touch(&self) -> MutexGuard<'_, Typed> {
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.monotonic();
        if now.saturating_sub(mem::replace(&mut typed.touched, now)) > IDLE {
            typed.digits.clear();
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_protocol::time::Time;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[derive(Default)]
    struct Hand(AtomicU64);

    impl Clock for Hand {
        fn wall(&self) -> Time {
            Time::from_secs(0)
        }

        fn monotonic(&self) -> Duration {
            Duration::from_secs(self.0.load(Ordering::Relaxed))
        }
    }

    fn typed(clock: &Arc<Hand>) -> PinEntry {
        let entry = PinEntry::by(clock.clone());
        for digit in b"4927" {
            entry.push(*digit).expect("a digit");
        }
        entry
    }

    #[test]
    fn a_transition_takes_the_digits_and_leaves_none() {
        let entry = typed(&Arc::default());
        assert_eq!(entry.take().len(), 4);
        assert_eq!(entry.count().expect("count"), 0);
        assert_eq!(entry.take().len(), 0, "a second use");
    }

    #[test]
    fn digits_that_nobody_touched_for_a_minute_are_wiped() {
        let clock = Arc::<Hand>::default();
        let entry = typed(&clock);
        clock.0.store(60, Ordering::Relaxed);
        assert_eq!(entry.count().expect("count"), 4, "a look is a touch");
        clock.0.store(121, Ordering::Relaxed);
        assert_eq!(entry.take().len(), 0);
    }

    #[test]
    fn what_is_no_digit_is_refused_and_changes_nothing() {
        let entry = typed(&Arc::default());
        assert!(matches!(entry.push(7), Err(Problem::PinRejected { .. })), "7 is not '7'");
        assert_eq!(entry.count().expect("count"), 4);
    }
}
