//! "It wasn't me": what it stops, besides the sign-in itself (3.4.6, 3.7 `report`).

use crate::app::{App, Shared};
use crate::hub::Topic;
use crate::letters;
use crate::store::phone::Phone;
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, account, browser, event, history, session};
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;

/// Who says it.
pub struct Reporter<'a> {
    /// The account.
    pub account: &'a str,
    /// How it was said.
    pub through: Through<'a>,
}

/// How somebody says that a sign-in was not theirs.
#[derive(Clone, Copy)]
pub enum Through<'a> {
    /// On this phone, by name.
    Phone(&'a str),
    /// By the link in a letter.
    Letter,
    /// In "my account".
    Account,
}

impl<'a> Reporter<'a> {
    /// A phone of the account.
    pub fn phone(phone: &'a Phone) -> Self {
        Self { account: &phone.account, through: Through::Phone(&phone.name) }
    }
}

/// Cancels the account's other open sign-ins, stops wake-ups for a while, writes to the owner, tells the service.
/// Gives the sign-ins that were cancelled.
pub fn not_me(
    tx: &Tx<'_>,
    app: &App,
    sign_in: &SignIn,
    by: &Reporter<'_>,
    now: Time,
) -> Result<Vec<Tid>, StoreFault> {
    let cancelled = sign_in::cancel_open(tx, by.account, &sign_in.tid, now)?;
    account::keep_quiet(tx, by.account, now.plus(app.policy().lifetimes.quiet))?;
    tell(tx, app, (&sign_in.tid, &sign_in.service), by, now)?;
    Ok(cancelled)
}

/// Tells the owner, the service, and the operator.
fn tell(
    tx: &Tx<'_>,
    app: &App,
    (tid, service): (&Tid, &str),
    by: &Reporter<'_>,
    now: Time,
) -> Result<(), StoreFault> {
    letters::sign_in_reported(tx, app, (tid, service), by, now)?;
    let event = event::NewEvent { r#type: "sign_in_reported", service, tid: Some(tid), account: by.account };
    event::insert(tx, &event, now)?;
    history::leave_report(tx, tid, by.account, now)
}

/// A report of whatever is left of a sign-in: its own row for a day, then what its owner can look up for months. Gives the
/// service that is told; nothing if it was reported before, or is somebody else's.
pub fn report_any(
    tx: &Tx<'_>,
    app: &App,
    tid: &Tid,
    by: &Reporter<'_>,
    now: Time,
) -> Result<Option<String>, StoreFault> {
    if let Some(fresh) = sign_in::by_tid(tx, tid, now, &app.policy().lifetimes)? {
        let own = fresh.account.as_deref() == Some(by.account);
        return Ok((own && report(tx, app, &fresh, by, now)?).then_some(fresh.service));
    }
    let Some(past) = history::find(tx, tid)?.filter(|past| past.account == by.account) else {
        return Ok(None);
    };
    if past.result == SignInState::Reported.as_str() {
        return Ok(None);
    }
    history::report(tx, tid, now)?;
    // Whoever has the password began them all; whoever is told of an end looks again.
    if past.key == history::PASSWORD {
        session::end_key(tx, by.account, history::PASSWORD, now)?;
    }
    browser::forget_recognised(tx, by.account)?;
    tell(tx, app, (tid, &past.service), by, now)?;
    Ok(Some(past.service))
}

/// A report after the fact: whatever the state. `false` when it was reported before: then nothing changes.
pub fn report(
    tx: &Tx<'_>,
    app: &App,
    sign_in: &SignIn,
    by: &Reporter<'_>,
    now: Time,
) -> Result<bool, StoreFault> {
    if sign_in.state == SignInState::Reported {
        return Ok(false);
    }
    sign_in::report(tx, &sign_in.tid, now)?;
    if sign_in.pages && sign_in.state == SignInState::Completed {
        // A browser that is not the owner's may be remembered for the account by now.
        browser::forget_recognised(tx, by.account)?;
    }
    not_me(tx, app, sign_in, by, now)?;
    Ok(true)
}

/// Wakes everybody whom a report concerns: pages that wait for one of the account's sign-ins, and the services.
pub fn announce(app: &Shared, service: &str) {
    app.hub.changed(&Topic::Events(service.to_owned()));
    // Which other sign-ins were cancelled is rare and few: everybody who waits looks again.
    app.hub.all();
}
