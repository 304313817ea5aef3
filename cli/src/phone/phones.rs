//! `phone phones`, `rename`, `revoke`, `unlink`, `end-session`, `recover`: the phones of an account, and this one's end.

use super::pair::Manner;
use super::{Session, shown};
use crate::catalogue;
use crate::failure::{Failure, of_pin};
use countersign_engine::devices::Unlinked;
use countersign_engine::pin_op::PinOutcome;
use countersign_engine::{AccountId, Entry, Problem, Scanned};
use countersign_protocol::answer::DeviceEntry;
use countersign_protocol::id::{PhoneRef, Tid};
use serde_json::json;

impl Session<'_> {
    /// Lists the phones of an account.
    pub fn phones(&mut self, wanted: Option<&str>) -> Result<(), Failure> {
        let account = self.meant(wanted)?;
        let phones = self.auth.phones(account)?;
        let lines: Vec<String> = phones.iter().map(line).collect();
        self.sink.result(&lines.join("\n"), &json!({"phones": phones}))
    }

    /// Gives this phone another name.
    pub fn rename(&mut self, name: &str, wanted: Option<&str>) -> Result<(), Failure> {
        let account = self.meant(wanted)?;
        self.auth.rename(account, name)?;
        self.sink.result(&format!("This phone is now {name}."), &json!({"renamed": name}))
    }

    /// Removes another phone.
    pub fn revoke(&mut self, phone: PhoneRef, wanted: Option<&str>) -> Result<(), Failure> {
        let account = self.meant(wanted)?;
        let pin = self.person.pin("PIN to remove the phone:")?.ok_or(Problem::PinIncomplete)?;
        match self.auth.remove_phone(account, phone, pin)? {
            PinOutcome::Done(()) => {
                self.sink.result("Removed. That phone can no longer approve.", &json!({"revoked": phone}))
            }
            refused => Err(of_pin(&refused)),
        }
    }

    /// Removes the account here and at the server.
    pub fn unlink(&mut self, wanted: Option<&str>, yes: bool) -> Result<(), Failure> {
        let account = self.meant(wanted)?;
        let question = "Sign-ins of this account will need another phone or a recovery code. Remove it?";
        if !yes && !self.person.agrees(question)? {
            return Err(Failure::of("not_confirmed"));
        }
        self.auth.unlink(account)?;
        self.sink.result(&catalogue::named("unlink.everywhere"), &json!({"unlinked": account.to_string()}))
    }

    /// Removes the account here even when its server can no longer be trusted.
    pub fn unlink_only_here(&mut self, wanted: Option<&str>, yes: bool) -> Result<(), Failure> {
        let account = self.meant(wanted)?;
        if !yes && !self.person.agrees(&catalogue::named("unlink.only_here.question"))? {
            return Err(Failure::of("not_confirmed"));
        }
        let unlinked = self.auth.unlink_only_here(account)?;
        let key = match unlinked {
            Unlinked::Everywhere => "unlink.everywhere",
            Unlinked::OnlyHere => "unlink.only_here",
        };
        let only_here = unlinked == Unlinked::OnlyHere;
        self.sink
            .result(&catalogue::named(key), &json!({"unlinked": account.to_string(), "only_here": only_here}))
    }

    /// Tells a service to end a session.
    pub fn end_session(&mut self, tid: Tid) -> Result<(), Failure> {
        let rows = self.auth.history()?;
        let row = rows.iter().find(|row| row.tid == tid);
        let account = row.ok_or_else(|| Failure::of("transaction_unknown"))?.account;
        self.auth.end_session(account, tid)?;
        self.sink.result("The service has been told.", &json!({"session_ended": tid}))
    }

    /// Pairs anew and gives up the account of the forgotten PIN: a PIN cannot be reset, because nothing knows it (A8).
    pub fn recover(&mut self, text: &str, entry: Entry) -> Result<(), Failure> {
        self.sink.remark(&catalogue::named("recover.why"));
        let before: Vec<AccountId> = self.auth.accounts()?.iter().map(|account| account.id).collect();
        let Scanned::Pairing(mut flow) = self.auth.open_code(text.as_bytes(), entry)? else {
            return Err(Failure::of("not_a_pairing"));
        };
        self.go_on(&mut flow, Manner { yes: true, wait: true })?;
        let accounts = self.auth.accounts()?;
        let Some(new) = accounts.iter().find(|account| !before.contains(&account.id)) else { return Ok(()) };
        let same = |account: &&countersign_engine::Account| {
            before.contains(&account.id)
                && account
                    .label
                    .as_ref()
                    .zip(new.label.as_ref())
                    .is_some_and(|(old, new)| old.iss == new.iss && old.account == new.account)
        };
        for old in accounts.iter().filter(same) {
            match self.auth.unlink(old.id) {
                Ok(()) => {
                    let text = format!("Gave up the pairing before: {}.", shown::name(old));
                    self.sink.result(&text, &json!({"unlinked": old.id.to_string()}))?;
                }
                Err(problem) => self.sink.remark(&Failure::from(problem).to_string()),
            }
        }
        Ok(())
    }
}

fn line(phone: &DeviceEntry) -> String {
    let this = if phone.this { " (this phone)" } else { "" };
    let used = phone.last_used.as_deref().unwrap_or("never");
    format!(
        "{}  {}, {}{this}: {}, {}, last used {used}",
        phone.r#ref,
        phone.name,
        phone.os,
        phone.level.as_str(),
        phone.state
    )
}
