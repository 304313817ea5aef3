//! What follows when tries have locked a phone, whoever counted the last of them: its owner is told, and the audit log.

use crate::app::App;
use crate::letters;
use crate::store::phone::Phone;
use crate::store::{StoreFault, Tx, audit};
use countersign_protocol::time::Time;

/// Tells it, in the transaction that locked the phone.
pub fn tell(tx: &Tx<'_>, app: &App, phone: &Phone, now: Time) -> Result<(), StoreFault> {
    letters::phone_locked(tx, app, phone, now)?;
    let about = serde_json::json!({"aid": phone.aid, "account": phone.account, "why": "attempts"});
    audit::append(tx, &app.keys().audit, "phone_locked", &about, now)
}
