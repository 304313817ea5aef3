//! What an operator does to accounts, services and letters, whether on the command line or on a page: the same steps, and who did it, and why.

use crate::app::{App, AppFault};
use crate::closing::stop;
use crate::letters;
use crate::operator::{AddedService, NewService};
use crate::random;
use crate::removal::{self, Removal};
use crate::store::account::{self, Account};
use crate::store::overview::{self, Stuck};
use crate::store::phone::{self, Phone};
use crate::store::service::{self, Service};
use crate::store::{StoreFault, Tx, audit, closing, relying};
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::PhoneRef;
use countersign_protocol::label::sha256;
use serde_json::{Value, json};

/// Who an account's owner is in the log.
const OWNER: &str = "owner";

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

    /// The account's own owner, some days ago.
    pub fn owner() -> Self {
        Self { who: OWNER.to_owned(), reason: None }
    }

    /// What the log says, with the reason if there is one.
    fn explain(&self, mut about: Value) -> Value {
        if let Some(reason) = &self.reason {
            about["reason"] = json!(reason);
        }
        about
    }
}

/// Stops an account: its phones approve nothing, nothing is started for it, its sessions end. `false` if it is neither active
/// nor being closed.
pub fn lock(tx: &Tx<'_>, app: &App, account: &Account, by: &By) -> Result<bool, AppFault> {
    change(tx, app, (account, &["active", "closing"], "locked"), by, |tx| {
        phone::lock_all(tx, &account.id, app.now())
    })
}

/// Lets an account go on. Phones that wrong PINs locked stay locked, and what its owner is closing goes on closing. `false`
/// if it is closed, or nobody but its owner stopped it.
pub fn unlock(tx: &Tx<'_>, app: &App, account: &Account, by: &By) -> Result<bool, AppFault> {
    change(tx, app, (account, &["locked", "active"], "active"), by, |tx| {
        phone::unlock_all(tx, &account.id)?;
        closing::resume(tx, &account.id, app.now())
    })
}

/// Ends an account for good: every phone is removed, its owner is told, and what nobody needs any more is erased. `false` if it was closed before.
pub fn close(tx: &Tx<'_>, app: &App, account: &Account, by: &By) -> Result<bool, AppFault> {
    change(tx, app, (account, &["active", "locked", "closing"], "closed"), by, |tx| {
        for phone in phone::of_account(tx, &account.id)? {
            removal::revoke(tx, app, &removal(&phone, by), app.now())?;
        }
        letters::account_closed(tx, app, &account.id, app.now())?;
        closing::erase(tx, &account.id)
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
    let why = if by.who == OWNER { "web" } else { "operator" };
    Removal { phone, why, by: &by.who, through: None }
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
        stop(tx, &account.id, app.now())?;
    }
    let about = by.explain(json!({"account": account.id, "by": by.who}));
    audit::append(tx, &app.keys().audit, &format!("account_{to}"), &about, app.now())?;
    Ok(true)
}

/// Adds a service that was checked. Its secret stands nowhere but in the answer.
pub fn add_service(tx: &Tx<'_>, app: &App, new: &NewService, by: &By) -> Result<AddedService, AppFault> {
    let secret: [u8; 32] = random::bytes();
    let service = Service {
        id: free_id(tx, &new.name)?,
        name: new.name.clone(),
        origin: new.origin.clone(),
        scopes: new.scopes.join(","),
    };
    service::insert(tx, &service, &sha256(&secret), app.now())?;
    relying::set(tx, &service.id, &new.relying)?;
    for origin in new.origins() {
        service::add_return_origin(tx, &service.id, origin)?;
    }
    let about = by.explain(json!({"service": service.id, "scopes": service.scopes, "by": by.who}));
    audit::append(tx, &app.keys().audit, "service_added", &about, app.now())?;
    Ok(AddedService { id: service.id, secret: b64u(&secret) })
}

/// The name in small letters; a number behind it if that is taken.
fn free_id(tx: &Tx<'_>, name: &str) -> Result<String, StoreFault> {
    let slug: String =
        name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let slug = slug.trim_matches('-').chars().take(24).collect::<String>();
    let base = if slug.is_empty() { "service".to_owned() } else { slug };
    for number in 1.. {
        let id = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        if !service::RESERVED.contains(&id.as_str()) && service::by_id(tx, &id)?.is_none() {
            return Ok(id);
        }
    }
    Ok(base)
}

/// Gives a service another secret and tells it; nothing if there is no such service. The old one is worth nothing as soon as
/// this is written: it is looked up at each call.
pub fn rotate_secret(tx: &Tx<'_>, app: &App, id: &str, by: &By) -> Result<Option<String>, AppFault> {
    let secret: [u8; 32] = random::bytes();
    if !service::set_secret(tx, id, &sha256(&secret))? {
        return Ok(None);
    }
    let about = by.explain(json!({"service": id, "by": by.who}));
    audit::append(tx, &app.keys().audit, "service_secret_rotated", &about, app.now())?;
    Ok(Some(b64u(&secret)))
}

/// Gives a letter another round of tries; `false` if it has left.
pub fn send_again(tx: &Tx<'_>, app: &App, letter: &Stuck, by: &By) -> Result<bool, AppFault> {
    let done = overview::send_again(tx, letter.id, app.now())?;
    note_letter(tx, app, ("letter_sent_again", letter), (done, by))
}

/// Forgets a letter that has not left; `false` if it has. Its row goes, so the log says which one it was.
pub fn drop_letter(tx: &Tx<'_>, app: &App, letter: &Stuck, by: &By) -> Result<bool, AppFault> {
    let done = overview::drop_letter(tx, letter.id)?;
    note_letter(tx, app, ("letter_dropped", letter), (done, by))
}

fn note_letter(
    tx: &Tx<'_>,
    app: &App,
    (what, letter): (&str, &Stuck),
    (done, by): (bool, &By),
) -> Result<bool, AppFault> {
    if done {
        let about =
            json!({"account": letter.account, "letter": letter.id, "kind": letter.kind, "by": by.who});
        audit::append(tx, &app.keys().audit, what, &by.explain(about), app.now())?;
    }
    Ok(done)
}
