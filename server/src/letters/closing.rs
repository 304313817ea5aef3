//! About accounts that are closed, for now or for good.

use super::Letter;
use crate::app::App;
use crate::closing;
use crate::store::{StoreFault, Tx};
use countersign_protocol::time::Time;

/// Its owner closes an account: until when, and the link that keeps it.
pub fn account_closing(
    tx: &Tx<'_>,
    app: &App,
    (account, until): (&str, Time),
    now: Time,
) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    let time = letter.texts.day(until);
    letter.say("mail.closing.text", &[("time", &time)]);
    offer_keeping(&mut letter, account, until);
    letter.say("mail.support", &[]);
    letter.queue(("closing", "mail.closing.subject"), now)
}

/// The way to keep it.
pub(super) fn offer_keeping(letter: &mut Letter<'_>, account: &str, until: Time) {
    let path = closing::path(letter.app, account, until);
    letter.lead("mail.closing.undo", &path);
}

/// It is kept.
pub fn account_kept(tx: &Tx<'_>, app: &App, account: &str, now: Time) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.kept.text", &[]);
    letter.say("mail.support", &[]);
    letter.queue(("kept", "mail.kept.subject"), now)
}

/// It is closed for good.
pub fn account_closed(tx: &Tx<'_>, app: &App, account: &str, now: Time) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.closed.text", &[]);
    letter.say("mail.support", &[]);
    letter.queue(("closed", "mail.closed.subject"), now)
}
