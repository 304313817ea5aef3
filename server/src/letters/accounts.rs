//! About accounts: one can be made, or there is one already; another password.

use super::Letter;
use super::closing::offer_keeping;
use crate::app::App;
use crate::store::account::{self, Account, Options};
use crate::store::link::Use;
use crate::store::mail::{self, Reader};
use crate::store::signup::Signup;
use crate::store::{StoreFault, Tx};
use countersign_protocol::time::Time;

/// Somebody wants an account with this address: a link that makes it, or, where there is one, that there is one. Both take
/// the same steps, so that nobody can tell them apart from outside.
pub fn sign_up(tx: &Tx<'_>, app: &App, new: &Signup, path: &str, now: Time) -> Result<(), StoreFault> {
    let owner = mail::owner_of(tx, &new.email)?;
    // Looked for in any case: it takes as long for an address without an account.
    let account = account::by_id(tx, owner.as_ref().map_or("", |(account, _)| account))?;
    match owner {
        Some((id, owner)) => {
            let letter = Letter::to_reader(tx, app, &id, owner);
            match account.filter(|account| account.state != "active") {
                Some(stopped) => stopped_account(letter, &stopped, now),
                None => has_account(letter, now),
            }
        }
        None => link(Letter::to_reader(tx, app, "", reader(new)), path, now),
    }
}

/// There is one that leads nowhere: its owner is closing it, or it was stopped or closed.
fn stopped_account(mut letter: Letter<'_>, account: &Account, now: Time) -> Result<(), StoreFault> {
    match account.closing.filter(|_| account.state == "closing") {
        Some(until) => {
            let time = letter.texts.day(until);
            letter.say("mail.closing.again", &[("time", &time)]);
            offer_keeping(&mut letter, &account.id, until);
        }
        None => letter.say("mail.has_account.stopped", &[]),
    }
    letter.say("mail.has_account.stranger", &[]);
    letter.queue(("has_account", "mail.has_account.subject"), now)
}

/// Without the name: whoever typed it may be somebody else, who wants us to write their words to a stranger.
fn reader(new: &Signup) -> Reader {
    Reader { email: new.email.clone(), language: Some(new.language.clone()), name: None }
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

/// The words of a letter with a link that proves an address, and of those without.
struct Words {
    /// Where the link leads, before its token.
    path: &'static str,
    /// Kind and subject of the letter with the link, and its sentences.
    link: (&'static str, &'static str),
    says: [&'static str; 3],
    /// The same where there is no account, or one that was stopped.
    none: (&'static str, &'static str),
    why: [&'static str; 2],
}

const FORGOTTEN: Words = Words {
    path: "/password/new/",
    link: ("forgotten", "mail.forgotten.subject"),
    says: ["mail.forgotten.text", "mail.forgotten.once", "mail.forgotten.stranger"],
    none: ("no_account", "mail.no_account.subject"),
    why: ["mail.no_account.text", "mail.no_account.stopped"],
};

const RECOVER: Words = Words {
    path: "/recover/",
    link: ("recover", "mail.recover.subject"),
    says: ["mail.recover.text", "mail.forgotten.once", "mail.recover.stranger"],
    none: ("no_recover", "mail.no_recover.subject"),
    why: ["mail.no_recover.text", "mail.no_recover.stopped"],
};

/// Somebody forgot a password, or wants to use a recovery code without one: a link, or that this address has no account, or
/// one that was stopped. All take the same steps.
pub fn proof_link(
    tx: &Tx<'_>,
    app: &App,
    (address, owner): (&str, Option<(String, Reader)>),
    (purpose, token): (Use, &str),
    now: Time,
) -> Result<(), StoreFault> {
    let words = match purpose {
        Use::Reset => FORGOTTEN,
        Use::Recover => RECOVER,
    };
    let (account, reader) = owner.unwrap_or_else(|| (String::new(), nobody(address)));
    let standing = account::by_id(tx, &account)?;
    let is = |state: &str| standing.as_ref().is_some_and(|account| account.state == state);
    let mut letter = Letter::to_reader(tx, app, &account, reader);
    if is("active") {
        let [text, once, stranger] = words.says;
        letter.lead(text, &format!("{}{token}", words.path));
        letter.say(once, &[]);
        letter.say(stranger, &[]);
        return letter.queue(words.link, now);
    }
    let [none, stopped] = words.why;
    if account.is_empty() {
        letter.say(none, &[]);
        letter.lead("mail.no_account.new", "/account/new");
    } else if let Some(until) =
        standing.as_ref().and_then(|account| account.closing).filter(|_| is("closing"))
    {
        let time = letter.texts.day(until);
        letter.say("mail.closing.again", &[("time", &time)]);
        offer_keeping(&mut letter, &account, until);
    } else {
        letter.say(stopped, &[]);
    }
    letter.say("mail.has_account.stranger", &[]);
    letter.queue(words.none, now)
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

/// A password alone is enough from now on, or fewer sign-ins are written about: what somebody else would choose. Nothing is
/// written where it is not so.
pub fn options_weaker(
    tx: &Tx<'_>,
    app: &App,
    (account, before): (&str, Options),
    now: Time,
) -> Result<(), StoreFault> {
    let after = account::options(tx, account)?;
    let alone = before.two_factors && !after.two_factors;
    let fewer = before.every_letter && !after.every_letter;
    if !alone && !fewer {
        return Ok(());
    }
    let mut letter = Letter::to(tx, app, account)?;
    if alone {
        letter.say("mail.options.alone", &[]);
    }
    if fewer {
        letter.say("mail.options.fewer", &[]);
    }
    letter.lead("mail.options.back", "/me/options");
    letter.say("mail.support", &[]);
    letter.queue(("options", "mail.options.subject"), now)
}
