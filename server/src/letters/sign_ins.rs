//! About sign-ins.

use super::Letter;
use crate::app::App;
use crate::refusals::Reporter;
use crate::store::sign_in::SignIn;
use crate::store::{StoreFault, Tx, service};
use countersign_protocol::code::sign_in_code;
use countersign_protocol::time::Time;

/// The owner said that a sign-in was not theirs.
pub fn sign_in_reported(
    tx: &Tx<'_>,
    app: &App,
    sign_in: &SignIn,
    by: &Reporter<'_>,
    now: Time,
) -> Result<(), StoreFault> {
    let (service, code) = (service_of(tx, sign_in)?, sign_in_code(&sign_in.tid));
    let mut letter = Letter::to(tx, app, by.account)?;
    let about = [("service", service.as_str()), ("code", &code)];
    match by.phone {
        Some(phone) => letter.say("mail.reported.on_phone", &[&about[..], &[("phone", phone)]].concat()),
        None => letter.say("mail.reported.by_link", &about),
    }
    letter.say("mail.reported.done", &[]);
    letter.queue(("reported", "mail.reported.subject"), now)
}

/// Somebody who gave address and code of a sign-in says that the owner did not make it: only the page behind this link
/// does it.
pub fn report_link(
    tx: &Tx<'_>,
    app: &App,
    (account, path): (&str, &str),
    sign_in: &SignIn,
    now: Time,
) -> Result<(), StoreFault> {
    let (service, code) = (service_of(tx, sign_in)?, sign_in_code(&sign_in.tid));
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.report_link.text", &[("service", &service), ("code", &code)]);
    letter.lead("mail.report_link.open", path);
    letter.say("mail.report_link.you", &[]);
    letter.queue(("report_link", "mail.report_link.subject"), now)
}

fn service_of(tx: &Tx<'_>, sign_in: &SignIn) -> Result<String, StoreFault> {
    Ok(service::by_id(tx, &sign_in.service)?.map_or_else(|| sign_in.service.clone(), |service| service.name))
}
