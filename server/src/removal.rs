//! The end of a phone (3.7.2): whoever ends it, the same things happen in one transaction.

use crate::app::App;
use crate::letters;
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, Tx, audit, event, sign_in};
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
}

/// Revokes a phone for good: its open sign-ins are cancelled, its push address goes, the services concerned and the
/// owner are told. `false` if it was revoked before: then nothing changes.
pub fn revoke(tx: &Tx<'_>, app: &App, removal: &Removal<'_>, now: Time) -> Result<bool, StoreFault> {
    let Removal { phone, why, by } = removal;
    if !phone::revoke(tx, &phone.aid, why, now)? {
        return Ok(false);
    }
    let last = phone::of_account(tx, &phone.account)?.is_empty();
    sign_in::cancel_of_phone(tx, phone, last, now)?;
    for service in sign_in::services_of_phone(tx, &phone.aid, now.minus(CONCERNED))? {
        let told = event::NewEvent {
            r#type: "phone_revoked",
            service: &service,
            tid: None,
            account: &phone.account,
        };
        event::insert(tx, &told, now)?;
    }
    letters::phone_removed(tx, app, phone, now)?;
    let about = serde_json::json!({"aid": phone.aid, "account": phone.account, "why": why, "by": by});
    audit::append(tx, &app.keys.audit, "phone_revoked", &about, now)?;
    Ok(true)
}
