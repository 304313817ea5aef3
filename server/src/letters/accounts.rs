//! About accounts: one can be made, or there is one already; another password.

use super::Letter;
use crate::app::App;
use crate::store::account;
use crate::store::mail::{self, Reader};
use crate::store::signup::Signup;
use crate::store::{StoreFault, Tx};
use countersign_protocol::time::Time;

/// Somebody wants an account with this address: a link that makes it, or, where there is one, that there is one. Both take
/// the same steps, so that nobody can tell them apart from outside.
pub fn sign_up(tx: &Tx<'_>, app: &App, new: &Signup, path: &str, now: Time) -> Result<(), StoreFault> {
    match mail::owner_of(tx, &new.email)? {
        Some((account, owner)) => has_account(Letter::to_reader(tx, app, &account, owner), now),
        None => link(Letter::to_reader(tx, app, "", reader(new)), path, now),
    }
}

fn reader(new: &Signup) -> Reader {
    let names: Vec<&str> =
        [&new.given_name, &new.family_name].into_iter().flatten().map(String::as_str).collect();
    let name = (!names.is_empty()).then(|| names.join(" "));
    Reader { email: new.email.clone(), language: Some(new.language.clone()), name }
}

fn link(mut letter: Letter<'_>, path: &str, now: Time) -> Result<(), StoreFault> {
    letter.lead("mail.sign_up.text", path);
    letter.say("mail.sign_up.once", &[]);
    letter.say("mail.sign_up.stranger", &[]);
    letter.queue(("sign_up", "mail.sign_up.subject"), now)
}

fn has_account(mut letter: Letter<'_>, now: Time) -> Result<(), StoreFault> {
    letter.say("mail.has_account.text", &[]);
    letter.lead("mail.has_account.sign_in", "/");
    letter.lead("mail.has_account.forgotten", "/password/forgotten");
    letter.say("mail.has_account.stranger", &[]);
    letter.queue(("has_account", "mail.has_account.subject"), now)
}

/// Somebody forgot a password: a link to another one, or that this address has no account, or one that was stopped. All
/// take the same steps.
pub fn forgotten(
    tx: &Tx<'_>,
    app: &App,
    (address, owner): (&str, Option<(String, Reader)>),
    path: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let (account, reader) = owner.unwrap_or_else(|| (String::new(), nobody(address)));
    let is_active = account::by_id(tx, &account)?.is_some_and(|account| account.state == "active");
    let mut letter = Letter::to_reader(tx, app, &account, reader);
    if is_active {
        letter.lead("mail.forgotten.text", path);
        letter.say("mail.forgotten.once", &[]);
        letter.say("mail.forgotten.stranger", &[]);
        return letter.queue(("forgotten", "mail.forgotten.subject"), now);
    }
    if account.is_empty() {
        letter.say("mail.no_account.text", &[]);
        letter.lead("mail.no_account.new", "/account/new");
    } else {
        letter.say("mail.no_account.stopped", &[]);
    }
    letter.say("mail.has_account.stranger", &[]);
    letter.queue(("no_account", "mail.no_account.subject"), now)
}

fn nobody(address: &str) -> Reader {
    Reader { email: address.to_owned(), language: None, name: None }
}

/// There is another password.
pub fn password_changed(tx: &Tx<'_>, app: &App, account: &str, now: Time) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.password_changed.text", &[]);
    letter.say("mail.support", &[]);
    letter.queue(("password_changed", "mail.password_changed.subject"), now)
}
