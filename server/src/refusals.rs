//! "It wasn't me": what it stops, besides the sign-in itself (3.4.6, 3.7 `report`).

use crate::app::{App, Shared};
use crate::hub::Topic;
use crate::letters;
use crate::store::phone::Phone;
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, account, browser, event};
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;

/// Who says it.
pub struct Reporter<'a> {
    /// The account.
    pub account: &'a str,
    /// The phone that said it, by name; nothing if it was said by the link in a letter.
    pub phone: Option<&'a str>,
}

impl<'a> Reporter<'a> {
    /// A phone of the account.
    pub fn phone(phone: &'a Phone) -> Self {
        Self { account: &phone.account, phone: Some(&phone.name) }
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
    letters::sign_in_reported(tx, app, sign_in, by, now)?;
    let tid = Some(&sign_in.tid);
    let event =
        event::NewEvent { r#type: "sign_in_reported", service: &sign_in.service, tid, account: by.account };
    event::insert(tx, &event, now)?;
    Ok(cancelled)
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
