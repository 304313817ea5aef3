//! An account moves from one phone to another.

use super::deed::Doom;
use super::handset::{Handset, Running};
use super::pairing::twice;
use super::stage::{Person, Stage};
use serde_json::Value;
use std::time::{Duration, Instant};

/// Longest patience with both phones.
const PATIENCE: Duration = Duration::from_secs(60);

impl Stage {
    /// Moves; at the end the new phone approves, and it is the only one.
    pub(super) fn move_on(&mut self, person: &mut Person, doom: Option<Doom>) {
        let before = self.counted(person);
        let new = self.add_handset();
        self.begin(doom);
        self.both(person, &new);
        self.recover();
        for _ in 0..3 {
            if self.is_in(&new) {
                break;
            }
            self.both(person, &new);
        }
        assert!(self.is_in(&new), "it cannot be moved");
        assert_eq!(self.counted(person).since(before).0, 0, "a right PIN is no failure");
        assert!(self.takes_pin(&new, person, person.pin), "the new phone does not approve");
        let old = self.command(&person.phone, &["self"], "");
        let is_out = old.complaint.contains("authenticator_revoked");
        assert!(is_out, "the old phone is still in: {}", old.complaint);
        person.phone = new;
        person.aid = self.aid_of(&person.account);
    }

    fn is_in(&mut self, new: &Handset) -> bool {
        // Before its first start there is no folder to look into; opening makes one.
        self.accounts(new).iter().any(|account| account["state"] == "active")
    }

    /// Both phones side by side: what one shows is read or typed on the other, until one of them ends.
    fn both(&mut self, person: &Person, new: &Handset) {
        let pin = person.pin;
        let mut old = self.start_doomed(&person.phone, &["move"], &format!("{pin}\n"));
        let Some(shown) = self.next_line(&mut old) else {
            old.hang_up();
            self.attend(old, |_, _, _| ());
            return;
        };
        let scanned = shown["text"].as_str().unwrap_or_default().to_owned();
        let mut new = self.start_doomed_new(new, &["pair", "--scanned", &scanned], &twice(pin));
        let code = self.next_line(&mut new);
        if let Some(code) = code.as_ref().and_then(|code| code["code"].as_str()) {
            old.write(&format!("{code}\n{pin}\n"));
        }
        old.hang_up();
        let moved = self.attend(old, |_, _, _| ());
        if !moved.is_done() {
            // Nobody confirms it any more: the person gives up waiting.
            self.give_up(&mut new);
        }
        self.attend(new, |_, _, _| ());
    }

    /// The next line of a phone; none if it ends without.
    fn next_line(&mut self, running: &mut Running) -> Option<Value> {
        let patience = Instant::now() + PATIENCE;
        loop {
            if let Some(line) = running.next() {
                return Some(line);
            }
            if running.process.ended().is_some() {
                return running.next();
            }
            self.revive();
            assert!(Instant::now() < patience, "the phone shows nothing");
        }
    }

    /// A confirmation whose answer was lost may have counted: the phone gets some time to find out.
    fn give_up(&mut self, new: &mut Running) {
        let patience = Instant::now() + Duration::from_millis(2500);
        while new.process.ended().is_none() && Instant::now() < patience {
            self.revive();
            let _ = new.next();
        }
        new.give_up();
    }
}
