//! "No state change other than the one named" (section 4): all that is seen from outside, before and after.

use crate::lab::{Counters, Mail};
use crate::phone::Phone;
use crate::world::World;
use serde_json::Value;

/// Counters, sign-in, mails and events at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The phone's counters.
    pub counters: Counters,
    /// The sign-in as its service sees it.
    pub sign_in: Value,
    mails: Vec<Mail>,
    events: Vec<Value>,
}

/// A scene that was remembered.
pub struct Watch<'a> {
    world: &'a World,
    phone: &'a Phone,
    tid: &'a str,
    before: Scene,
}

impl<'a> Watch<'a> {
    /// Remembers the scene.
    pub fn new(world: &'a World, phone: &'a Phone, tid: &'a str) -> Self {
        Self { world, phone, tid, before: look(world, phone, tid) }
    }

    /// Asserts that everything is as it was.
    #[track_caller]
    pub fn unchanged(&self) {
        self.changed(|_| ());
    }

    /// Asserts that exactly this has changed.
    #[track_caller]
    pub fn changed(&self, change: impl FnOnce(&mut Scene)) {
        let mut expected = self.before.clone();
        change(&mut expected);
        assert_eq!(look(self.world, self.phone, self.tid), expected);
    }
}

fn look(world: &World, phone: &Phone, tid: &str) -> Scene {
    Scene {
        counters: world.lab().phone(&phone.aid),
        sign_in: world.service.state(tid),
        mails: world.lab().mails(&world.account),
        events: world.service.events(),
    }
}
