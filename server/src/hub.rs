//! Wakes whoever waits for a sign-in, an enrolment or a service's events: by the change, never by asking again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// What somebody waits for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A sign-in or an enrolment, by its 16 bytes.
    Object([u8; 16]),
    /// The events of a service.
    Events(String),
}

/// Waiters by topic; a topic exists only while somebody waits for it.
#[derive(Default)]
pub struct Hub {
    topics: Mutex<HashMap<Topic, Arc<Notify>>>,
}

impl Hub {
    /// A handle to wait with. Make its `notified()` future, then look at the state, then await the future: nothing that
    /// happens between is missed.
    pub fn listen(&self, topic: Topic) -> Arc<Notify> {
        let mut topics = self.lock();
        if topics.len() > 64 {
            topics.retain(|_, notify| Arc::strong_count(notify) > 1);
        }
        topics.entry(topic).or_default().clone()
    }

    /// Something about a topic changed.
    pub fn changed(&self, topic: &Topic) {
        let mut topics = self.lock();
        if let Some(notify) = topics.remove(topic) {
            notify.notify_waiters();
        }
    }

    /// Services have something in their events.
    pub fn tell(&self, services: Vec<String>) {
        for service in services {
            self.changed(&Topic::Events(service));
        }
    }

    /// Time moved (lab): everybody looks again.
    pub fn all(&self) {
        for (_, notify) in self.lock().drain() {
            notify.notify_waiters();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Topic, Arc<Notify>>> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
