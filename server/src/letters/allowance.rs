//! Letters that anybody can have sent by typing an address: some an hour and some a day, so that no mailbox is flooded from
//! here. What is over the limit is not written, and whoever asked hears nothing of it.

use crate::app::App;
use crate::store::asked;
use crate::store::{StoreFault, Tx};
use countersign_protocol::label::labelled_hmac;
use countersign_protocol::time::Time;

/// What a letter is for. Each has an allowance of its own: whoever fills in one form again and again for somebody must not
/// keep back the letter that they ask for themselves.
#[derive(Clone, Copy)]
pub enum Occasion {
    /// A new account.
    SignUp,
    /// A link to another password, or to the recovery of an account.
    Proof,
    /// Another address for an account.
    Address,
}

/// Whether one more may be written to this address now; if so it is counted. The same for every address, whether it has an
/// account or not.
pub fn take(
    tx: &Tx<'_>,
    app: &App,
    (occasion, address): (Occasion, &str),
    now: Time,
) -> Result<bool, StoreFault> {
    let parts: [&[u8]; 2] = [&[occasion as u8], &address.to_ascii_lowercase().into_bytes()];
    let who = labelled_hmac(&app.keys().evid[..], "MAP1 letter to", &parts);
    let (asked, policy) = (asked::of(tx, &who, now)?, app.policy());
    let over = |limit: u32, count: u32| limit > 0 && count >= limit;
    let too_soon = asked.last.is_some_and(|last| now.since(last) < policy.resend_wait);
    if too_soon || over(policy.mail_address_hour, asked.hour) || over(policy.mail_address_day, asked.day) {
        return Ok(false);
    }
    asked::note(tx, &who, now)?;
    Ok(true)
}
