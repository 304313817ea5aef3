//! What became of wake-ups since the server started: a count for each of a few kinds, and the last failure. No address, no
//! phone, no answer stands here, and nothing grows.

use super::{NO_ADDRESS, NO_CONNECTION, NOT_PUBLIC};
use countersign_protocol::time::Time;
use std::sync::{Mutex, PoisonError};

/// What became of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A gateway took it.
    Handed,
    /// The gateway does not know the phone any more.
    Gone,
    /// The gateway would not have it.
    Refused,
    /// The gateway had too many.
    TooMany,
    /// The gateway could not.
    Broken,
    /// Nobody answered there.
    NoConnection,
    /// Somebody did, and said nothing in time.
    NoAnswer,
    /// The phone's address is none, or none of the public network.
    NotPublic,
    /// There were too many here at the same time.
    Dropped,
}

impl Fate {
    /// All of them, in the order of their counts.
    pub const ALL: [Self; 9] = [
        Self::Handed,
        Self::Gone,
        Self::Refused,
        Self::TooMany,
        Self::Broken,
        Self::NoConnection,
        Self::NoAnswer,
        Self::NotPublic,
        Self::Dropped,
    ];

    /// Of a status, or of the word for what failed.
    pub(super) fn of(sent: &Result<u16, &'static str>) -> Self {
        match *sent {
            Ok(200..300) => Self::Handed,
            Ok(404 | 410) => Self::Gone,
            Ok(429) => Self::TooMany,
            Ok(500..) => Self::Broken,
            Ok(_) => Self::Refused,
            Err(NO_ADDRESS | NOT_PUBLIC) => Self::NotPublic,
            Err(NO_CONNECTION) => Self::NoConnection,
            Err(_) => Self::NoAnswer,
        }
    }

    /// Whether it says something of one phone alone, and nothing of the way to all of them.
    const fn is_of_one_phone(self) -> bool {
        matches!(self, Self::Gone | Self::NotPublic)
    }
}

/// The counts at one moment.
#[derive(Clone, Default)]
pub struct Report {
    counts: [u32; Fate::ALL.len()],
    /// The last that was not handed over, and when it was sent.
    pub last: Option<(Fate, Time)>,
    /// How many in a row were not handed over, for a reason that is not one phone's.
    pub in_a_row: u32,
}

impl Report {
    /// How many came to this.
    pub fn count(&self, fate: Fate) -> u32 {
        Fate::ALL.iter().zip(self.counts).find(|(one, _)| **one == fate).map_or(0, |(_, count)| count)
    }

    fn note(&mut self, fate: Fate, now: Time) {
        let counts = Fate::ALL.iter().zip(&mut self.counts);
        counts.filter(|(one, _)| **one == fate).for_each(|(_, count)| *count = count.saturating_add(1));
        if fate == Fate::Handed {
            self.in_a_row = 0;
            return;
        }
        self.last = Some((fate, now));
        if !fate.is_of_one_phone() {
            self.in_a_row = self.in_a_row.saturating_add(1);
        }
    }
}

/// The counts as they grow.
#[derive(Default)]
pub struct Tally(Mutex<Report>);

impl Tally {
    /// One more.
    pub fn note(&self, fate: Fate, now: Time) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).note(fate, now);
    }

    /// As they are.
    pub fn report(&self) -> Report {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
