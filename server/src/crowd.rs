//! How many requests of one browser, and of one network, may wait at a time. Browsers hold six connections to a server: a
//! seventh tab, or a form, must not stand behind pages that only wait. And nobody holds all the connections of the server
//! by drawing new cookies.

use crate::limiter::Caller;
use crate::policy::Policy;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Requests that wait, by who is counted.
#[derive(Default)]
pub struct Crowd {
    waiting: Mutex<HashMap<Who, u32>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Who {
    Browser([u8; 32]),
    Network(Caller),
}

/// A place among those who wait; it is given back when it is dropped.
pub struct Place {
    crowd: Arc<Crowd>,
    whose: [Who; 2],
}

/// How many may wait at a time; 0 is without limit.
#[derive(Clone, Copy)]
pub struct Most {
    /// Of one browser.
    pub browser: u32,
    /// Of one network.
    pub network: u32,
}

impl Most {
    /// As the policy has it.
    pub const fn of(policy: &Policy) -> Self {
        Self { browser: policy.sse_session, network: policy.sse_ip }
    }
}

impl Crowd {
    /// A place for a browser, known by the hash of its cookie, if fewer of its requests and of its network's wait.
    pub fn enter(self: &Arc<Self>, browser: [u8; 32], network: IpAddr, most: Most) -> Option<Place> {
        let whose = [Who::Browser(browser), Who::Network(Caller::network("waiting", network))];
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full =
            |(who, most): (&Who, u32)| most > 0 && waiting.get(who).is_some_and(|there| *there >= most);
        if whose.iter().zip([most.browser, most.network]).any(is_full) {
            return None;
        }
        for who in &whose {
            *waiting.entry(who.clone()).or_default() += 1;
        }
        Some(Place { crowd: self.clone(), whose })
    }

    /// How many wait, for a lab.
    pub fn count(&self) -> u32 {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.iter().filter(|(who, _)| matches!(who, Who::Browser(_))).map(|(_, there)| there).sum()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.crowd.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for who in &self.whose {
            if let Some(there) = waiting.get_mut(who) {
                *there -= 1;
                if *there == 0 {
                    waiting.remove(who);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OFFICE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn so_many_of_one_browser_wait_and_whoever_leaves_makes_room() {
        let crowd = Arc::new(Crowd::default());
        let most = |browser| Most { browser, network: 0 };
        let (one, other) = ([1; 32], [2; 32]);
        let places: Vec<_> = (0..2).map(|_| crowd.enter(one, HOME, most(2))).collect();
        assert!(places.iter().all(Option::is_some));
        assert!(crowd.enter(one, OFFICE, most(2)).is_none());
        assert!(crowd.enter(other, HOME, most(2)).is_some(), "another browser is not in the way");
        assert!(crowd.enter(one, HOME, most(0)).is_some());
        drop(places);
        assert!(crowd.enter(one, HOME, most(1)).is_some());
        assert!(crowd.waiting.lock().unwrap().is_empty(), "nothing is kept of those who left");
    }

    #[test]
    fn new_cookies_do_not_make_room_for_a_network_that_waits_with_all_it_may() {
        let crowd = Arc::new(Crowd::default());
        let most = Most { browser: 4, network: 3 };
        let places: Vec<_> = (0..3).map(|cookie| crowd.enter([cookie; 32], HOME, most)).collect();
        assert!(places.iter().all(Option::is_some));
        assert!(crowd.enter([9; 32], HOME, most).is_none());
        assert!(crowd.enter([9; 32], OFFICE, most).is_some(), "another network is not in the way");
        assert_eq!(crowd.count(), 3);
        drop(places);
        assert!(crowd.waiting.lock().unwrap().is_empty());
    }
}
