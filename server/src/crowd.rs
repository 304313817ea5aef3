//! How many requests of one browser may wait at a time. Browsers hold six connections to a server: a seventh tab, or a
//! form, must not stand behind pages that only wait.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Requests that wait, by browser.
#[derive(Default)]
pub struct Crowd {
    waiting: Mutex<HashMap<[u8; 32], u32>>,
}

/// A place among those who wait; it is given back when it is dropped.
pub struct Place {
    crowd: Arc<Crowd>,
    who: [u8; 32],
}

impl Crowd {
    /// A place for a browser, if fewer than `most` of its requests wait; 0 is without limit.
    pub fn enter(self: &Arc<Self>, who: [u8; 32], most: u32) -> Option<Place> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let there = waiting.entry(who).or_default();
        if most > 0 && *there >= most {
            return None;
        }
        *there += 1;
        Some(Place { crowd: self.clone(), who })
    }

    /// How many wait, for a lab.
    pub fn count(&self) -> u32 {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.crowd.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = waiting.get_mut(&self.who) {
            *there -= 1;
            if *there == 0 {
                waiting.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_of_one_browser_wait_and_whoever_leaves_makes_room() {
        let crowd = Arc::new(Crowd::default());
        let (one, other) = ([1; 32], [2; 32]);
        let places: Vec<_> = (0..2).map(|_| crowd.enter(one, 2)).collect();
        assert!(places.iter().all(Option::is_some));
        assert!(crowd.enter(one, 2).is_none());
        assert!(crowd.enter(other, 2).is_some(), "another browser is not in the way");
        assert!(crowd.enter(one, 0).is_some());
        drop(places);
        assert!(crowd.enter(one, 1).is_some());
        assert!(crowd.waiting.lock().unwrap().is_empty(), "nothing is kept of those who left");
    }
}
