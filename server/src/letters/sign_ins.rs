//! About sign-ins.

use super::Letter;
use crate::app::App;
use crate::refusals::{Reporter, Through};
use crate::signed_link::{self, Purpose};
use crate::store::history::{self, Past};
use crate::store::{StoreFault, Tx, account, service};
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;

/// Seconds that the link in a letter about a sign-in reports it.
const REPORT_LIFE: u64 = 7 * 86_400;
/// The same for one that was asked for.
const LINK_LIFE: u64 = 86_400;

/// Somebody signed in: its owner is written to about every one, or about those that are unlike the ones before. A password
/// is noted after this, and is like those before in a browser that is recognised; a sign-in by phone was noted before.
pub fn signed_in(
    tx: &Tx<'_>,
    app: &App,
    (past, recognised): (&Past, bool),
    now: Time,
) -> Result<(), StoreFault> {
    let since = now.minus(app.policy().looked_up_for());
    // Whoever has no more than a password calls his browser as he likes.
    let is_usual =
        if past.key == history::PASSWORD { recognised } else { history::is_usual(tx, past, since)? };
    let (kind, text) = if !is_usual {
        (("unusual", "mail.unusual.subject"), "mail.unusual.text")
    } else if account::options(tx, &past.account)?.every_letter {
        (("sign_in", "mail.sign_in.subject"), "mail.sign_in.text")
    } else {
        return Ok(());
    };
    let mut letter = Letter::to(tx, app, &past.account)?;
    letter.say(text, &[("service", &service_of(tx, &past.service)?)]);
    if let Some(agent) = &past.agent {
        letter.say("mail.sign_in.browser", &[("browser", agent)]);
    }
    if let Some(place) = &past.place {
        letter.say("mail.sign_in.place", &[("place", place)]);
    }
    letter.say("mail.sign_in.code", &[("code", &sign_in_code(&past.tid))]);
    let path = report_path(&letter, &past.tid, now.plus(REPORT_LIFE));
    letter.lead("mail.sign_in.report", &path);
    if past.key == history::PASSWORD {
        letter.lead("mail.sign_in.password", "/password/forgotten");
    }
    letter.queue(kind, now)
}

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
    account: &str,
    (tid, service): (&Tid, &str),
    now: Time,
) -> Result<(), StoreFault> {
    let (service, code) = (service_of(tx, service)?, sign_in_code(tid));
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.report_link.text", &[("service", &service), ("code", &code)]);
    let path = report_path(&letter, tid, now.plus(LINK_LIFE));
    letter.lead("mail.report_link.open", &path);
    letter.say("mail.report_link.you", &[]);
    letter.queue(("report_link", "mail.report_link.subject"), now)
}

fn report_path(letter: &Letter<'_>, tid: &Tid, end: Time) -> String {
    let about = (tid.as_bytes(), letter.reader.email.as_str());
    format!("/report/{}", signed_link::token(letter.app, Purpose::Report, about, end))
}

fn service_of(tx: &Tx<'_>, id: &str) -> Result<String, StoreFault> {
    Ok(service::by_id(tx, id)?.map_or_else(|| id.to_owned(), |service| service.name))
}
