//! Counts per minute and caller, in memory (3.9.2). A window is a clock minute; a limit of 0 is off.

use countersign_protocol::time::Time;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Callers that are remembered in one minute; beyond that the oldest minute is simply begun anew.
const MOST: usize = 100_000;

/// Who is counted.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An address; IPv6 by its /64.
    Network(&'static str, IpAddr),
    /// A phone.
    Phone([u8; 16]),
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
}

#[derive(Default)]
struct Window {
    minute: u64,
    counts: HashMap<Caller, u32>,
}

/// The counts of the present minute.
#[derive(Default)]
pub struct Limiter(Mutex<Window>);

impl Limiter {
    /// Counts a call; seconds to wait if the limit was reached before it.
    pub fn count(&self, caller: Caller, limit: u32, now: Time) -> Result<(), u64> {
        if limit == 0 {
            return Ok(());
        }
        let mut window = self.open(now);
        let count = window.counts.entry(caller).or_insert(0);
        if *count >= limit {
            return Err(60 - now.secs() % 60);
        }
        *count += 1;
        Ok(())
    }

    /// Whether the limit was reached, without counting.
    pub fn is_over(&self, caller: &Caller, limit: u32, now: Time) -> Option<u64> {
        let window = self.open(now);
        let over = limit > 0 && window.counts.get(caller).is_some_and(|count| *count >= limit);
        over.then(|| 60 - now.secs() % 60)
    }

    fn open(&self, now: Time) -> std::sync::MutexGuard<'_, Window> {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.secs() / 60;
        if window.minute != minute || window.counts.len() > MOST {
            *window = Window { minute, counts: HashMap::new() };
        }
        window
    }
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
