//! What an operator does to accounts, whether on the command line or on a page: the same steps, and who did it, and why.

use crate::app::{App, AppFault};
use crate::removal::{self, Removal};
use crate::store::account::{self, Account};
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, Tx, audit, enrolment, session, sign_in};
use countersign_protocol::id::PhoneRef;
use serde_json::json;

/// Who does it, and why.
pub struct By {
    /// `operator` for the command line, else an account.
    pub who: String,
    /// What they said; the command line asks for nothing.
    pub reason: Option<String>,
}

impl By {
    /// Somebody at the command line.
    pub fn command_line() -> Self {
        Self { who: "operator".to_owned(), reason: None }
    }
}

/// Stops an account: its phones approve nothing, nothing is started for it, its sessions end. `false` if it is not active.
pub fn lock(tx: &Tx<'_>, app: &App, account: &Account, by: &By) -> Result<bool, AppFault> {
    change(tx, app, (account, &["active"], "locked"), by, |tx| phone::lock_all(tx, &account.id, app.now()))
}

/// Lets an account go on. Phones that wrong PINs locked stay locked. `false` if it is closed.
pub fn unlock(tx: &Tx<'_>, app: &App, account: &Account, by: &By) -> Result<bool, AppFault> {
    change(tx, app, (account, &["locked", "active"], "active"), by, |tx| phone::unlock_all(tx, &account.id))
}

/// Ends an account for good: every phone is removed. `false` if it was closed before.
pub fn close(tx: &Tx<'_>, app: &App, account: &Account, by: &By) -> Result<bool, AppFault> {
    change(tx, app, (account, &["active", "locked"], "closed"), by, |tx| {
        for phone in phone::of_account(tx, &account.id)? {
            removal::revoke(tx, app, &removal(&phone, by), app.now())?;
        }
        Ok(())
    })
}

/// Removes a phone of an account; `false` if there is none of this name.
pub fn remove_phone(
    tx: &Tx<'_>,
    app: &App,
    (account, target): (&Account, PhoneRef),
    by: &By,
) -> Result<bool, AppFault> {
    let phones = phone::of_account(tx, &account.id)?;
    let Some(phone) = phones.into_iter().find(|phone| phone.r#ref == target) else { return Ok(false) };
    let done = removal::revoke(tx, app, &removal(&phone, by), app.now())?;
    if let (true, Some(reason)) = (done, &by.reason) {
        let about = json!({"account": account.id, "aid": phone.aid, "by": by.who, "reason": reason});
        audit::append(tx, &app.keys().audit, "phone_removal_explained", &about, app.now())?;
    }
    Ok(done)
}

fn removal<'a>(phone: &'a Phone, by: &'a By) -> Removal<'a> {
    Removal { phone, why: "operator", by: &by.who, through: None }
}

fn change(
    tx: &Tx<'_>,
    app: &App,
    (account, from, to): (&Account, &[&str], &str),
    by: &By,
    effect: impl FnOnce(&Tx<'_>) -> Result<(), StoreFault>,
) -> Result<bool, AppFault> {
    if !from.contains(&account.state.as_str()) {
        return Ok(false);
    }
    account::set_state(tx, &account.id, to)?;
    effect(tx)?;
    if to != "active" {
        sign_in::cancel_all(tx, &account.id)?;
        enrolment::cancel_all(tx, &account.id)?;
        session::end_all(tx, &account.id, None, app.now())?;
    }
    let mut about = json!({"account": account.id, "by": by.who});
    if let Some(reason) = &by.reason {
        about["reason"] = json!(reason);
    }
    audit::append(tx, &app.keys().audit, &format!("account_{to}"), &about, app.now())?;
    Ok(true)
}
