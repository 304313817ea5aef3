//! Another PIN, and other keys under the same one.

use super::deed::Doom;
use super::handset::Ended;
use super::sign_in::WRONG;
use super::stage::{Person, Stage};

/// The two PINs that people here change between.
pub(super) const PINS: [&str; 2] = ["4927", "8315"];

impl Stage {
    /// Changes the PIN; at the end exactly one of both counts.
    pub(super) fn change_pin(&mut self, person: &mut Person, doom: Option<Doom>) {
        let (old, new) = (person.pin, other(person.pin));
        let before = self.counted(person);
        let first = self.change(person, &["change-pin"], &format!("{old}\n{new}\n{new}\n"), doom);
        assert_eq!(
            self.counted(person).since(before),
            (0, 0),
            "a right PIN is no failure: {}",
            first.complaint
        );
        let phone = person.phone.clone();
        let [takes_new, takes_old] = [new, old].map(|pin| self.takes_pin(&phone, person, pin));
        assert!(takes_new != takes_old, "new PIN {takes_new}, old PIN {takes_old}: {}", first.complaint);
        assert!(takes_new || !first.is_done(), "a change that was told is lost");
        person.pin = if takes_new { new } else { old };
        // A good PIN ends the count of the one that was no good.
        assert!(self.takes_pin(&phone, person, person.pin));
    }

    /// Types the old PIN wrongly; at the end it counts exactly if the server has judged it, and no PIN changed.
    pub(super) fn mistype_change(&mut self, person: &Person, doom: Option<Doom>) {
        let before = self.counted(person);
        let new = other(person.pin);
        let first = self.change(person, &["change-pin"], &format!("{WRONG}\n{new}\n{new}\n"), doom);
        assert!(!first.is_done(), "a wrong PIN changed the PIN");
        self.check_guess(person, before, &first);
        let phone = person.phone.clone();
        assert!(!self.takes_pin(&phone, person, new), "the new PIN counts without the old one");
        assert!(self.takes_pin(&phone, person, person.pin), "{}", first.complaint);
    }

    /// Replaces the keys; the PIN stays.
    pub(super) fn renew_keys(&mut self, person: &Person, doom: Option<Doom>) {
        let before = self.counted(person);
        let first = self.change(person, &["change-pin", "--renew-keys"], &format!("{}\n", person.pin), doom);
        assert_eq!(
            self.counted(person).since(before),
            (0, 0),
            "a right PIN is no failure: {}",
            first.complaint
        );
        let phone = person.phone.clone();
        assert!(self.takes_pin(&phone, person, person.pin), "{}", first.complaint);
    }

    /// A change under doom; then the person opens the app, which settles what is open.
    fn change(&mut self, person: &Person, arguments: &[&str], typed: &str, doom: Option<Doom>) -> Ended {
        self.begin(doom);
        let running = self.start_doomed(&person.phone, arguments, typed);
        let first = self.attend(running, |_, _, _| ());
        self.recover();
        // A pairing that was given up before may complain beside it.
        let opened = self.command(&person.phone, &["self"], "");
        let active = opened.said.iter().any(|line| line["standing"] == "active");
        assert!(active, "it does not settle: {}", opened.complaint);
        first
    }
}

fn other(pin: &str) -> &'static str {
    if pin == PINS[0] { PINS[1] } else { PINS[0] }
}
