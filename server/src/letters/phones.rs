//! About phones: one was added, changed, stopped, removed, or can be added.

use super::Letter;
use crate::app::App;
use crate::signed_link::{self, Purpose};
use crate::store::phone::Phone;
use crate::store::{StoreFault, Tx, service};
use countersign_protocol::time::Time;

/// Seconds that a link to undo lives.
const UNDO_LIFE: u64 = 7 * 86_400;

/// A phone was added; which service asked for it is named.
pub fn phone_added(
    tx: &Tx<'_>,
    app: &App,
    phone: &Phone,
    service_id: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let by = service::by_id(tx, service_id)?.map_or_else(|| app.name.clone(), |service| service.name);
    let mut letter = Letter::to(tx, app, &phone.account)?;
    letter.say("mail.phone_added.text", &[("phone", &named(phone)), ("by", &by)]);
    offer_undo(&mut letter, app, phone, now);
    letter.queue(("phone_added", "mail.phone_added.subject"), now)
}

/// The PIN of a phone was changed, or its device key replaced.
pub fn keys_replaced(
    tx: &Tx<'_>,
    app: &App,
    phone: &Phone,
    device: bool,
    now: Time,
) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, &phone.account)?;
    let text = if device { "mail.key_replaced.text" } else { "mail.pin_changed.text" };
    letter.say(text, &[("phone", &named(phone))]);
    offer_undo(&mut letter, app, phone, now);
    let kind = if device {
        ("key_replaced", "mail.key_replaced.subject")
    } else {
        ("pin_changed", "mail.pin_changed.subject")
    };
    letter.queue(kind, now)
}

/// Biometrics may approve on a phone from now on.
pub fn biometrics_on(tx: &Tx<'_>, app: &App, phone: &Phone, now: Time) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, &phone.account)?;
    letter.say("mail.biometrics_on.text", &[("phone", &named(phone))]);
    offer_undo(&mut letter, app, phone, now);
    letter.queue(("biometrics_on", "mail.biometrics_on.subject"), now)
}

/// A phone was removed.
pub fn phone_removed(
    tx: &Tx<'_>,
    app: &App,
    phone: &Phone,
    through: Option<&str>,
    now: Time,
) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, &phone.account)?;
    letter.say("mail.phone_removed.text", &[("phone", &named(phone))]);
    if let Some(by) = through {
        letter.say("mail.phone_removed.through", &[("by", by)]);
    }
    letter.say("mail.support", &[]);
    letter.queue(("phone_removed", "mail.phone_removed.subject"), now)
}

/// A phone was locked after too many wrong PINs.
pub fn phone_locked(tx: &Tx<'_>, app: &App, phone: &Phone, now: Time) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, &phone.account)?;
    letter.say("mail.phone_locked.text", &[("phone", &named(phone))]);
    letter.say("mail.phone_locked.next", &[]);
    letter.queue(("phone_locked", "mail.phone_locked.subject"), now)
}

/// A locked phone was freed.
pub fn phone_unlocked(
    tx: &Tx<'_>,
    app: &App,
    phone: &Phone,
    through: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, &phone.account)?;
    letter.say("mail.phone_unlocked.text", &[("phone", &named(phone)), ("by", through)]);
    offer_undo(&mut letter, app, phone, now);
    letter.queue(("phone_unlocked", "mail.phone_unlocked.subject"), now)
}

/// The operator made a link by which a phone can be paired; it goes to the owner by the operator's own way.
pub fn setup_link_made(tx: &Tx<'_>, app: &App, account: &str, now: Time) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.setup_link.text", &[]);
    letter.say("mail.setup_link.stranger", &[]);
    letter.queue(("setup_link", "mail.setup_link.subject"), now)
}

fn named(phone: &Phone) -> String {
    format!("{} ({})", phone.name, phone.os)
}

/// The way to undo what a letter tells of (3.3 step 11): it removes the phone, and nothing else.
fn offer_undo(letter: &mut Letter<'_>, app: &App, phone: &Phone, now: Time) {
    let about = (phone.aid.as_bytes(), letter.reader.email.as_str());
    let token = signed_link::token(app, Purpose::Undo, about, now.plus(UNDO_LIFE));
    letter.lead("mail.undo", &format!("/undo/{token}"));
}
