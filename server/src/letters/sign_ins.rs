//! About sign-ins.

use super::Letter;
use crate::app::App;
use crate::refusals::{Reporter, Through};
use crate::store::{StoreFault, Tx, service};
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;

/// The owner said that a sign-in was not theirs.
pub fn sign_in_reported(
    tx: &Tx<'_>,
    app: &App,
    (tid, service): (&Tid, &str),
    by: &Reporter<'_>,
    now: Time,
) -> Result<(), StoreFault> {
    let (service, code) = (service_of(tx, service)?, sign_in_code(tid));
    let mut letter = Letter::to(tx, app, by.account)?;
    let about = [("service", service.as_str()), ("code", &code)];
    match by.through {
        Through::Phone(phone) => {
            letter.say("mail.reported.on_phone", &[&about[..], &[("phone", phone)]].concat());
        }
        Through::Letter => letter.say("mail.reported.by_link", &about),
        Through::Account => letter.say("mail.reported.in_account", &about),
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
    (tid, service): (&Tid, &str),
    now: Time,
) -> Result<(), StoreFault> {
    let (service, code) = (service_of(tx, service)?, sign_in_code(tid));
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.report_link.text", &[("service", &service), ("code", &code)]);
    letter.lead("mail.report_link.open", path);
    letter.say("mail.report_link.you", &[]);
    letter.queue(("report_link", "mail.report_link.subject"), now)
}

fn service_of(tx: &Tx<'_>, id: &str) -> Result<String, StoreFault> {
    Ok(service::by_id(tx, id)?.map_or_else(|| id.to_owned(), |service| service.name))
}
