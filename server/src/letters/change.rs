//! About another address for an account: both are asked, and told.

use super::Letter;
use crate::app::App;
use crate::store::mail::{self, Reader};
use crate::store::{StoreFault, Tx};
use countersign_protocol::mask::masked_email;
use countersign_protocol::time::Time;

/// The new address is asked. One that is another account's is told so, and gets no link.
pub fn ask_new_address(
    tx: &Tx<'_>,
    app: &App,
    (account, to): (&str, &str),
    token: &str,
    now: Time,
) -> Result<(), StoreFault> {
    if let Some((holder, reader)) = mail::owner_of(tx, to)? {
        return taken(Letter::to_reader(tx, app, &holder, reader), now);
    }
    let mut letter = Letter::to_reader(tx, app, account, other(tx, account, to)?);
    letter.lead("mail.address_new.text", &format!("/address/{token}"));
    letter.say("mail.address.once", &[]);
    letter.say("mail.address_new.stranger", &[]);
    letter.queue(("address_new", "mail.address_new.subject"), now)
}

/// The present address is asked, and can stop it.
pub fn ask_old_address(
    tx: &Tx<'_>,
    app: &App,
    (account, to): (&str, &str),
    token: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.address_old.text", &[("to", &masked_email(to))]);
    letter.lead("mail.address_old.open", &format!("/address/{token}"));
    letter.say("mail.address.once", &[]);
    letter.say("mail.address_old.stranger", &[]);
    letter.queue(("address_old", "mail.address_old.subject"), now)
}

fn taken(mut letter: Letter<'_>, now: Time) -> Result<(), StoreFault> {
    letter.say("mail.address_taken.text", &[]);
    letter.say("mail.has_account.stranger", &[]);
    letter.queue(("address_taken", "mail.address_taken.subject"), now)
}

/// Somebody else got the new address in the meantime: nothing was changed.
pub fn address_taken(tx: &Tx<'_>, app: &App, to: &str, now: Time) -> Result<(), StoreFault> {
    let Some((holder, reader)) = mail::owner_of(tx, to)? else { return Ok(()) };
    taken(Letter::to_reader(tx, app, &holder, reader), now)
}

/// The account has another address; both are told.
pub fn address_changed(
    tx: &Tx<'_>,
    app: &App,
    (account, before): (&str, &str),
    now: Time,
) -> Result<(), StoreFault> {
    let is = mail::reader(tx, account)?.map(|reader| masked_email(&reader.email)).unwrap_or_default();
    for letter in
        [Letter::to_reader(tx, app, account, other(tx, account, before)?), Letter::to(tx, app, account)?]
    {
        let mut letter = letter;
        letter.say("mail.address_changed.text", &[("to", &is)]);
        letter.say("mail.support", &[]);
        letter.queue(("address_changed", "mail.address_changed.subject"), now)?;
    }
    Ok(())
}

/// The owner of an account at another address.
fn other(tx: &Tx<'_>, account: &str, address: &str) -> Result<Reader, StoreFault> {
    let reader = mail::reader(tx, account)?.ok_or(StoreFault::Damaged("letter"))?;
    Ok(Reader { email: address.to_owned(), ..reader })
}
