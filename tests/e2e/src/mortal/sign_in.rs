//! An approval, and a wrong PIN.

use super::deed::Doom;
use super::handset::{Ended, Handset};
use super::stage::{Person, Stage};
use crate::backend::start_body;
use serde_json::{Value, json};

/// A PIN that is nobody's.
pub(super) const WRONG: &str = "5050505";

impl Stage {
    /// Approves a sign-in with the right PIN; at the end it stands, once.
    pub(super) fn approve(&mut self, person: &Person, doom: Option<Doom>) {
        let before = self.counted(person);
        self.begin(doom);
        let sign_in = self.start_sign_in(person);
        let first = self.answer(&person.phone, &sign_in, person.pin);
        self.recover();
        self.see_to_approval(person, &sign_in, first.is_done());
        self.check_approved_once(person, &sign_in);
        assert_eq!(
            self.counted(person).since(before),
            (0, 0),
            "a right PIN is no failure: {}",
            first.complaint
        );
    }

    /// Answers a sign-in with a wrong PIN; at the end it counts exactly if the server has judged it.
    pub(super) fn mistype(&mut self, person: &Person, doom: Option<Doom>) {
        let before = self.counted(person);
        self.begin(doom);
        let sign_in = self.start_sign_in(person);
        let first = self.answer(&person.phone, &sign_in, WRONG);
        assert!(!first.is_done(), "a wrong PIN approved");
        self.recover();
        self.check_guess(person, before, &first);
        self.see_to_approval(person, &sign_in, false);
        self.check_approved_once(person, &sign_in);
    }

    /// One try of a PIN in peace: whether it is right.
    pub(super) fn takes_pin(&mut self, phone: &Handset, person: &Person, pin: &str) -> bool {
        let sign_in = self.start_sign_in(person);
        let ended = self.answer_in_peace(phone, &sign_in, pin);
        let refused = ended.problem();
        assert!(ended.is_done() || refused == "pin_incorrect", "{refused}: {}", ended.complaint);
        ended.is_done()
    }

    fn start_sign_in(&mut self, person: &Person) -> Value {
        self.post("/sign-ins", &start_body("push", Some(&person.account)))
    }

    fn answer(&mut self, phone: &Handset, sign_in: &Value, pin: &str) -> Ended {
        let running = self.start_doomed(phone, &arguments(sign_in), &format!("{pin}\n"));
        self.attend(running, |_, _, _| ())
    }

    fn answer_in_peace(&mut self, phone: &Handset, sign_in: &Value, pin: &str) -> Ended {
        self.command(phone, &arguments(sign_in), &format!("{pin}\n"))
    }

    /// What a person does who does not know what became of it: looks, and approves if it still waits.
    fn see_to_approval(&mut self, person: &Person, sign_in: &Value, told: bool) {
        let path = format!("/sign-ins/{}", text(sign_in, "tid"));
        let state = self.get(&path)["state"].clone();
        assert!(!told || state == "approved", "an approval that was told is lost: {state}");
        if state != "approved" {
            assert_eq!(state, "pending");
            let again = self.answer_in_peace(&person.phone, sign_in, person.pin);
            // What a phone sent just before it died may have been judged meanwhile.
            let stands = self.get(&path)["state"] == "approved";
            assert!(stands, "it cannot be given again: {}", again.complaint);
        }
        let history = self.command(&person.phone, &["history"], "");
        let rows = history.last()["history"].clone();
        let row = rows.as_array().and_then(|rows| rows.iter().find(|row| row["tid"] == sign_in["tid"]));
        let row = row.cloned().unwrap_or_default();
        assert_eq!(
            row["outcome"], "confirmed",
            "the phone does not know of its approval: {}",
            history.complaint
        );
        let done = self.post(&format!("{path}/complete"), &json!({}));
        assert!(done["code"].is_string(), "{done}");
    }
}

fn arguments(sign_in: &Value) -> [&str; 4] {
    ["approve", text(sign_in, "tid"), "--number", text(sign_in, "number")]
}

pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}
