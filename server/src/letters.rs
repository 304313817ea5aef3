//! Letters that the server writes to an account's owner (3.3 step 11, 3.4.6, 3.9.1). Never a QR, never a link that
//! approves anything.

use crate::app::App;
use crate::refusals::Reporter;
use crate::signed_link::{self, Purpose};
use crate::store::mail::{self, Mail};
use crate::store::phone::Phone;
use crate::store::sign_in::SignIn;
use crate::store::{StoreFault, Tx, service};
use countersign_protocol::code::sign_in_code;
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
    let undo = Undo::of(app, phone, now);
    let text = format!(
        "{name} ({os}) can now approve sign-ins to {server}. It was added through {by}.\n\n\
         {undo}",
        name = phone.name,
        os = phone.os,
        server = app.name,
        undo = undo.text,
    );
    let mail = Mail { subject: "A new phone was added".to_owned(), text, links: vec![undo.link] };
    mail::insert(tx, &phone.account, &mail, now)
}

/// The PIN of a phone was changed, or its device key replaced.
pub fn keys_replaced(
    tx: &Tx<'_>,
    app: &App,
    phone: &Phone,
    device: bool,
    now: Time,
) -> Result<(), StoreFault> {
    let (subject, what) = if device {
        ("The key of a phone was replaced", "The key")
    } else {
        ("The PIN of a phone was changed", "The PIN")
    };
    let undo = Undo::of(app, phone, now);
    let text = format!(
        "{what} of {name} ({os}) for {server} was replaced, with the old PIN.\n\n\
         {undo}",
        name = phone.name,
        os = phone.os,
        server = app.name,
        undo = undo.text,
    );
    let mail = Mail { subject: subject.to_owned(), text, links: vec![undo.link] };
    mail::insert(tx, &phone.account, &mail, now)
}

/// Biometrics may approve on a phone from now on.
pub fn biometrics_on(tx: &Tx<'_>, app: &App, phone: &Phone, now: Time) -> Result<(), StoreFault> {
    let undo = Undo::of(app, phone, now);
    let text = format!(
        "{name} ({os}) can now approve sign-ins to {server} with fingerprint or face. It was turned on with the PIN.\n\n\
         {undo}",
        name = phone.name,
        os = phone.os,
        server = app.name,
        undo = undo.text,
    );
    let mail = Mail { subject: "Biometrics were turned on".to_owned(), text, links: vec![undo.link] };
    mail::insert(tx, &phone.account, &mail, now)
}

/// A phone was removed.
pub fn phone_removed(
    tx: &Tx<'_>,
    app: &App,
    phone: &Phone,
    through: Option<&str>,
    now: Time,
) -> Result<(), StoreFault> {
    let through = through.map_or_else(String::new, |service| format!(" It was removed through {service}."));
    let text = format!(
        "{name} ({os}) can no longer approve sign-ins to {server}. What it had begun was cancelled.{through}\n\n\
         If this was not you, write to the support of {server} at once.",
        name = phone.name,
        os = phone.os,
        server = app.name,
    );
    send(tx, &phone.account, "A phone was removed", text, now)
}

/// A phone was locked after too many wrong PINs.
pub fn phone_locked(tx: &Tx<'_>, app: &App, phone: &Phone, now: Time) -> Result<(), StoreFault> {
    let text = format!(
        "{name} ({os}) is locked for {server} after too many wrong PINs. Nobody got in.\n\n\
         Unlock it with another phone of yours, or pair it again.",
        name = phone.name,
        os = phone.os,
        server = app.name,
    );
    send(tx, &phone.account, "Your phone is locked", text, now)
}

/// A locked phone was freed.
pub fn phone_unlocked(
    tx: &Tx<'_>,
    app: &App,
    phone: &Phone,
    through: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let undo = Undo::of(app, phone, now);
    let text = format!(
        "{name} ({os}) can approve sign-ins to {server} again. It was unlocked through {through}.\n\n\
         {undo}",
        name = phone.name,
        os = phone.os,
        server = app.name,
        undo = undo.text,
    );
    let mail = Mail { subject: "Your phone was unlocked".to_owned(), text, links: vec![undo.link] };
    mail::insert(tx, &phone.account, &mail, now)
}

/// There is a recovery code, or another one.
pub fn recovery_code_made(
    tx: &Tx<'_>,
    app: &App,
    account: &str,
    through: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let text = format!(
        "A new recovery code for {server} was made through {through}. An older one no longer works.\n\n\
         If this was not you, write to the support of {server} at once.",
        server = app.name,
    );
    send(tx, account, "A new recovery code", text, now)
}

/// A recovery code was used: somebody may pair a phone now.
pub fn recovery_code_used(
    tx: &Tx<'_>,
    app: &App,
    account: &str,
    through: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let text = format!(
        "Your recovery code for {server} was used through {through}: a phone can be paired with it now. \
         The code does not work a second time, and your other phones stay.\n\n\
         If this was not you, write to the support of {server} at once.",
        server = app.name,
    );
    send(tx, account, "Your recovery code was used", text, now)
}

/// The operator made a link by which a phone can be paired; it goes to the owner by the operator's own way.
pub fn setup_link_made(tx: &Tx<'_>, app: &App, account: &str, now: Time) -> Result<(), StoreFault> {
    let text = format!(
        "The operator of {server} made a link that pairs a phone with your account, because none of your phones is in \
         use. It works once, within a day.\n\n\
         If you did not ask for it, write to the support of {server} at once.",
        server = app.name,
    );
    send(tx, account, "A link to pair a phone", text, now)
}

/// The owner said that a sign-in was not theirs.
pub fn sign_in_reported(
    tx: &Tx<'_>,
    sign_in: &SignIn,
    by: &Reporter<'_>,
    now: Time,
) -> Result<(), StoreFault> {
    let service = service::by_id(tx, &sign_in.service)?.map_or_else(|| sign_in.service.clone(), |s| s.name);
    let place =
        by.phone.map_or_else(|| "By the link in our letter".to_owned(), |phone| format!("On {phone}"));
    let text = format!(
        "{place} somebody answered “It wasn’t me” to a sign-in to {service} (code {code}).\n\n\
         The sign-in was stopped, and no new request is sent for an hour unless you start it in a browser that knows you.",
        code = sign_in_code(&sign_in.tid),
    );
    send(tx, by.account, "A sign-in was reported", text, now)
}

/// Somebody who gave address and code of a sign-in says that the owner did not make it: only this link does it.
pub fn report_link(
    tx: &Tx<'_>,
    account: &str,
    sign_in: &SignIn,
    link: String,
    now: Time,
) -> Result<(), StoreFault> {
    let service = service::by_id(tx, &sign_in.service)?.map_or_else(|| sign_in.service.clone(), |s| s.name);
    let text = format!(
        "Somebody says that the sign-in to {service} with the code {code} was not yours.\n\n\
         If that is so, open this link within a day and report it; nothing has been changed so far:\n{link}\n\n\
         If it was you, do nothing.",
        code = sign_in_code(&sign_in.tid),
    );
    let mail = Mail { subject: "Was this sign-in not yours?".to_owned(), text, links: vec![link] };
    mail::insert(tx, account, &mail, now)
}

/// The way to undo what a letter tells of (3.3 step 11): it removes the phone, and nothing else.
struct Undo {
    link: String,
    text: String,
}

impl Undo {
    fn of(app: &App, phone: &Phone, now: Time) -> Self {
        let token = signed_link::token(app, Purpose::Undo, phone.aid.as_bytes(), now.plus(UNDO_LIFE));
        let link = format!("{}/undo/{token}", app.iss);
        let text = format!(
            "If this was not you, remove the phone within seven days by this link, and write to the support of {}:\n{link}",
            app.name
        );
        Self { link, text }
    }
}

fn send(tx: &Tx<'_>, account: &str, subject: &str, text: String, now: Time) -> Result<(), StoreFault> {
    mail::insert(tx, account, &Mail { subject: subject.to_owned(), text, links: Vec::new() }, now)
}
