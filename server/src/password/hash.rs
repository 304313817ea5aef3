//! Argon2id over passwords, a few at a time: each takes 19 MiB and some tens of milliseconds, so that strangers could
//! otherwise use up memory and processors by asking for many.

use crate::app::AppFault;
use crate::reply::{Refusal, unavailable};
use crate::store::StoreFault;
use argon2::{Algorithm, Argon2, Params, Version};
use countersign_protocol::problem::Problem;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// How many are stretched at the same time.
const AT_ONCE: usize = 2;
/// How many wait for their turn; one more is sent away.
const WAITING: usize = 32;
/// Seconds after which whoever was sent away may come again.
const LATER: u64 = 2;

/// Memory in KiB, passes, lanes: what OWASP names as the least, and all that is used.
const COST: Cost = Cost { m_kib: 19_456, t: 2, p: 1 };
/// First byte of what is kept.
const FORM: u8 = 1;
const SALT: usize = 16;
const HASH: usize = 32;
/// Form, three parameters, salt, hash.
const LENGTH: usize = 1 + 3 * 4 + SALT + HASH;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Cost {
    m_kib: u32,
    t: u32,
    p: u32,
}

/// Stretches passwords.
pub struct Hasher {
    working: Arc<Semaphore>,
    there: Arc<Semaphore>,
    stretched: AtomicU64,
}

impl Default for Hasher {
    fn default() -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self { working: places(AT_ONCE), there: places(AT_ONCE + WAITING), stretched: AtomicU64::new(0) }
    }
}

impl Hasher {
    /// What is kept of a password.
    pub async fn make(&self, password: Zeroizing<String>, salt: [u8; SALT]) -> Result<Vec<u8>, Refusal> {
        self.in_turn(move || {
            let hash = stretch(password.as_bytes(), &salt, COST)?;
            Ok(write(COST, &salt, &hash))
        })
        .await
    }

    /// Whether this is the password of which `stored` was kept.
    pub async fn is_right(&self, password: Zeroizing<String>, stored: Vec<u8>) -> Result<bool, Refusal> {
        self.in_turn(move || {
            let (cost, salt, hash) = read(&stored)?;
            Ok(stretch(password.as_bytes(), &salt, cost)?.ct_eq(&hash).into())
        })
        .await
    }

    /// How many were stretched, for a lab.
    pub fn stretched(&self) -> u64 {
        self.stretched.load(Ordering::Relaxed)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, Refusal> {
        let place = self.there.clone().try_acquire_owned().map_err(|_| busy())?;
        self.stretched.fetch_add(1, Ordering::Relaxed);
        let turn = self.working.clone().acquire_owned().await.map_err(|_| busy())?;
        let done = tokio::task::spawn_blocking(move || {
            // They go with the work, and not with a caller who has hung up: the work goes on.
            let _held = (place, turn);
            work()
        });
        Ok(done.await.map_err(|_| busy())?.map_err(AppFault::from)?)
    }
}

fn busy() -> Problem {
    unavailable(LATER)
}

/// In the place of a password where there is none: nothing that anybody types comes to it.
pub fn of_nobody() -> Vec<u8> {
    write(COST, &[0; SALT], &[0; HASH])
}

fn stretch(password: &[u8], salt: &[u8; SALT], cost: Cost) -> Result<[u8; HASH], StoreFault> {
    let params = Params::new(cost.m_kib, cost.t, cost.p, Some(HASH)).map_err(|_| damaged())?;
    let mut hash = [0; HASH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password, salt, &mut hash)
        .map_err(|_| damaged())?;
    Ok(hash)
}

fn write(cost: Cost, salt: &[u8; SALT], hash: &[u8; HASH]) -> Vec<u8> {
    let numbers = [cost.m_kib, cost.t, cost.p].map(u32::to_be_bytes).concat();
    [&[FORM], &numbers[..], salt, hash].concat()
}

fn read(stored: &[u8]) -> Result<(Cost, [u8; SALT], [u8; HASH]), StoreFault> {
    let stored: &[u8; LENGTH] = stored.try_into().map_err(|_| damaged())?;
    let (form, rest) = stored.split_at(1);
    let (numbers, rest) = rest.split_at(12);
    let (salt, hash) = rest.split_at(SALT);
    let mut costs = numbers.chunks_exact(4).map(|four| four.try_into().map_or(0, u32::from_be_bytes));
    let mut next = || costs.next().unwrap_or_default();
    let cost = Cost { m_kib: next(), t: next(), p: next() };
    if form != [FORM] {
        return Err(damaged());
    }
    Ok((cost, salt.try_into().map_err(|_| damaged())?, hash.try_into().map_err(|_| damaged())?))
}

fn damaged() -> StoreFault {
    StoreFault::Damaged("password")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(password: &str) -> Zeroizing<String> {
        Zeroizing::new(password.to_owned())
    }

    #[tokio::test]
    async fn a_password_is_right_against_what_was_kept_of_it_alone() {
        let hasher = Hasher::default();
        let is_right = async |typed: &str, stored: &[u8]| {
            hasher.is_right(text(typed), stored.to_vec()).await.unwrap_or(false)
        };
        let stored = hasher.make(text("four horses in a field"), [7; SALT]).await.unwrap_or_default();
        assert_eq!(read(&stored).unwrap().0, COST);
        assert!(is_right("four horses in a field", &stored).await);
        assert!(!is_right("four horses in a fielD", &stored).await);
        assert!(!is_right("", &of_nobody()).await);
        assert!(!stored.windows(4).any(|part| part == b"four"));
        for damaged in [&stored[..LENGTH - 1], &[], &[&[2], &stored[1..]].concat()] {
            assert!(hasher.is_right(text("four horses in a field"), damaged.to_vec()).await.is_err());
        }
    }

    #[tokio::test]
    async fn those_who_come_when_many_wait_are_sent_away_and_the_others_get_their_turn() {
        let hasher = Arc::new(Hasher::default());
        let turns = hasher.working.clone().acquire_many_owned(2).await.unwrap();
        let ask = || {
            let hasher = hasher.clone();
            tokio::spawn(async move { hasher.is_right(text("x"), of_nobody()).await.is_ok() })
        };
        let waiting: Vec<_> = (0..AT_ONCE + WAITING).map(|_| ask()).collect();
        while hasher.there.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(!ask().await.unwrap(), "one too many");
        drop(turns);
        for one in waiting {
            assert!(one.await.unwrap());
        }
        assert!(ask().await.unwrap());
    }
}
