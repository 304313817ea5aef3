//! Counts per minute or hour and caller, in memory (3.9.2). A window is one of the clock; a limit of 0 is off.

use countersign_protocol::time::Time;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Callers that are remembered in one minute; beyond that the oldest minute is simply begun anew.
const MOST: usize = 100_000;

/// Who is counted.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An address; IPv6 by its /64.
    Network(&'static str, IpAddr),
    /// A phone.
    Phone([u8; 16]),
    /// An account.
    Account(&'static str, String),
    /// All together.
    Everybody(&'static str),
}

impl Caller {
    /// A network under the name of a limit.
    pub fn network(limit: &'static str, address: IpAddr) -> Self {
        let address = match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
            v4 => v4,
        };
        Self::Network(limit, address)
    }

    /// An account under the name of a limit.
    pub fn account(limit: &'static str, account: &str) -> Self {
        Self::Account(limit, account.to_owned())
    }
}

#[derive(Default)]
struct Window {
    number: u64,
    counts: HashMap<Caller, u32>,
}

/// The counts of the present minute, and of the present hour.
#[derive(Default)]
pub struct Limiter {
    minute: Mutex<Window>,
    hour: Mutex<Window>,
}

impl Limiter {
    /// Counts a call; seconds to wait if the limit was reached before it.
    pub fn count(&self, caller: Caller, limit: u32, now: Time) -> Result<(), u64> {
        count_in(&self.minute, 60, (caller, limit), now)
    }

    /// The same in a clock hour.
    pub fn count_hour(&self, caller: Caller, limit: u32, now: Time) -> Result<(), u64> {
        count_in(&self.hour, 3600, (caller, limit), now)
    }

    /// Whether the limit was reached, without counting.
    pub fn is_over(&self, caller: &Caller, limit: u32, now: Time) -> Option<u64> {
        let window = open(&self.minute, 60, now);
        let over = limit > 0 && window.counts.get(caller).is_some_and(|count| *count >= limit);
        over.then(|| 60 - now.secs() % 60)
    }
}

fn count_in(window: &Mutex<Window>, secs: u64, (caller, limit): (Caller, u32), now: Time) -> Result<(), u64> {
    if limit == 0 {
        return Ok(());
    }
    let mut window = open(window, secs, now);
    let count = window.counts.entry(caller).or_insert(0);
    if *count >= limit {
        return Err(secs - now.secs() % secs);
    }
    *count += 1;
    Ok(())
}

fn open(window: &Mutex<Window>, secs: u64, now: Time) -> MutexGuard<'_, Window> {
    let mut window = window.lock().unwrap_or_else(PoisonError::into_inner);
    let number = now.secs() / secs;
    if window.number != number || window.counts.len() > MOST {
        *window = Window { number, counts: HashMap::new() };
    }
    window
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_after_the_limit_waits_for_the_next_minute() {
        let limiter = Limiter::default();
        let caller = Caller::network("x", "2001:db8::1".parse().unwrap());
        let neighbour = Caller::network("x", "2001:db8::2".parse().unwrap());
        let now = Time::from_secs(600);
        assert_eq!(limiter.count(caller.clone(), 2, now), Ok(()));
        assert_eq!(limiter.count(neighbour, 2, now), Ok(()), "one /64 is one caller");
        assert_eq!(limiter.count(caller.clone(), 2, now.plus(10)), Err(50));
        assert_eq!(limiter.count(caller.clone(), 0, now), Ok(()), "0 is off");
        assert_eq!(limiter.count(caller, 2, now.plus(60)), Ok(()));
    }
}
