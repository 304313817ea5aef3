//! The end of a phone (3.7.2): whoever ends it, the same things happen in one transaction.

use crate::app::App;
use crate::letters;
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, Tx, audit, event, sign_in, successor};
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;

/// Seconds within which a completed sign-in makes its service a party to the removal (3.11).
const CONCERNED: u64 = 86_400;

/// Which phone ends, and how that is told.
pub struct Removal<'a> {
    /// The phone.
    pub phone: &'a Phone,
    /// `why` of its notice: `user`, `web`, `moved` or `operator`.
    pub why: &'static str,
    /// Who did it, for the audit record.
    pub by: &'a str,
    /// The service that asked for it, by name, for the letter.
    pub through: Option<&'a str>,
}

/// Ends a phone whose owner moved to another one; `false` if it was at its end before.
pub fn end_moved(tx: &Tx<'_>, app: &App, old: &Aid, now: Time) -> Result<bool, StoreFault> {
    match phone::by_aid(tx, old)? {
        Some(phone) => {
            revoke(tx, app, &Removal { phone: &phone, why: "moved", by: "moved", through: None }, now)
        }
        None => Ok(false),
    }
}

/// Ends every phone whose successor has had its day (3.7.3), and says whether there was one.
pub fn end_all_moved(tx: &Tx<'_>, app: &App, now: Time) -> Result<bool, StoreFault> {
    let mut any = false;
    for waiting in successor::due(tx, now)? {
        if let Some(old) = successor::take(tx, &waiting)? {
            any |= end_moved(tx, app, &old, now)?;
        }
    }
    Ok(any)
}

/// Revokes a phone for good: its open sign-ins are cancelled, its push address goes, the services concerned and the
/// owner are told. `false` if it was revoked before: then nothing changes.
pub fn revoke(tx: &Tx<'_>, app: &App, removal: &Removal<'_>, now: Time) -> Result<bool, StoreFault> {
    let Removal { phone, why, by, through } = removal;
    if !phone::revoke(tx, &phone.aid, why, now)? {
        return Ok(false);
    }
    let last = phone::of_account(tx, &phone.account)?.is_empty();
    sign_in::cancel_of_phone(tx, phone, last, now)?;
    tell_services(tx, phone, now)?;
    letters::phone_removed(tx, app, phone, *through, now)?;
    let about = serde_json::json!({"aid": phone.aid, "account": phone.account, "why": why, "by": by});
    audit::append(tx, &app.keys().audit, "phone_revoked", &about, now)?;
    Ok(true)
}

/// Tells the services that completed a sign-in of this phone lately: they end its sessions.
pub fn tell_services(tx: &Tx<'_>, phone: &Phone, now: Time) -> Result<(), StoreFault> {
    for service in sign_in::services_of_phone(tx, &phone.aid, now.minus(CONCERNED))? {
        let told = event::NewEvent {
            r#type: "phone_revoked",
            service: &service,
            tid: None,
            account: &phone.account,
        };
        event::insert(tx, &told, now)?;
    }
    Ok(())
}
