//! A pairing by the camera, its code typed at the service.

use super::deed::Doom;
use super::handset::{Handset, Running};
use super::pins::PINS;
use super::sign_in::text;
use super::stage::{Person, Stage};
use reqwest::Method;
use serde_json::{Value, json};

impl Stage {
    /// Pairs a new phone with a new account; at the end there is one phone, and the account can approve.
    pub(super) fn pair(&mut self, doom: Option<Doom>) -> Person {
        let account = self.add_account();
        let phone = self.add_handset();
        self.begin(doom);
        let mut enrolment = self.enrol(&account);
        let link = text(&enrolment, "link").to_owned();
        let running = self.start_doomed(&phone, &["pair", "--scanned", &link], &twice(PINS[0]));
        self.attend_pairing(running, &enrolment);
        self.recover();
        for _ in 0..4 {
            if self.is_paired(&phone, &enrolment) {
                let aid = self.aid_of(&account);
                return Person { account, phone, pin: PINS[0], aid };
            }
            if self.get(&path(&enrolment))["state"] != "open" {
                enrolment = self.enrol(&account);
            }
            let link = text(&enrolment, "link").to_owned();
            let running = phone.start(&["pair", "--scanned", &link], &twice(PINS[0]), None);
            self.attend_pairing(running, &enrolment);
        }
        panic!("it cannot be paired")
    }

    fn enrol(&mut self, account: &str) -> Value {
        self.post("/enrolments", &json!({"account": account, "same_device": false, "typed": false}))
    }

    /// The code goes from the phone's screen to the service, as soon as it is shown.
    fn attend_pairing(&mut self, running: Running, enrolment: &Value) {
        self.attend(running, |stage, _, line| {
            if let Some(code) = line["code"].as_str() {
                stage.confirm(enrolment, code);
            }
        });
    }

    /// Types the code; a server that died of it may have taken it the first time.
    fn confirm(&mut self, enrolment: &Value, code: &str) {
        let body = json!({"code": code});
        let (status, said) = self.call(&Method::POST, &format!("{}/confirm", path(enrolment)), &body);
        assert!(status == 200 || said["state"] == "active", "{status} {said}");
    }

    /// Whether the phone is in; a code that it still shows is typed.
    fn is_paired(&mut self, phone: &Handset, enrolment: &Value) -> bool {
        for _ in 0..2 {
            let accounts = self.accounts(phone);
            if accounts.iter().any(|account| account["state"] == "active") {
                return true;
            }
            let shown = accounts.iter().find_map(|account| account["code"].as_str());
            match shown {
                Some(code) if self.get(&path(enrolment))["state"] == "claimed" => {
                    self.confirm(enrolment, code);
                }
                _ => return false,
            }
        }
        false
    }

    /// The accounts that a phone lists, after it has asked what became of open pairings.
    pub(super) fn accounts(&mut self, phone: &Handset) -> Vec<Value> {
        let listed = self.command(phone, &["accounts"], "");
        assert!(listed.is_done(), "{}", listed.complaint);
        listed.last()["accounts"].as_array().cloned().unwrap_or_default()
    }
}

fn path(enrolment: &Value) -> String {
    format!("/enrolments/{}", text(enrolment, "eid"))
}

pub(super) fn twice(pin: &str) -> String {
    format!("{pin}\n{pin}\n")
}
