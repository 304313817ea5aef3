//! How often passwords may be tried: so many a minute from one network, and so many for each address, apart for strange
//! browsers, for those that its owner had recognised, and for whoever is signed in. None of the three uses up what
//! another has left.

use crate::app::{App, Shared};
use crate::caller::Caller;
use crate::limiter;
use crate::reply::Refusal;
use crate::store::guess::{self, Brake};
use crate::store::{StoreFault, Tx, account};
use countersign_protocol::label::labelled_hmac;

/// Wrong passwords in a row after which a password is shut for those who guess: only another key, or another password, leads
/// on (SP 800-63B-4, 3.2.2).
const MOST: u32 = 100;

/// Who guesses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A browser that nothing is known of.
    Stranger,
    /// A browser that is recognised for the account.
    Recognised,
    /// Somebody who is signed in to it, and gives its password once more.
    Owner,
}

/// What guesses at an address are counted under.
pub type Bucket = [u8; 32];

/// The bucket of an address.
pub fn bucket(app: &App, identifier: &str, by: By) -> Bucket {
    let (kind, address) = (by as u8, identifier.to_lowercase());
    labelled_hmac(&app.keys().evid[..], "MAP1 guess", &[&[kind], address.as_bytes()])
}

/// Counts one guess, or says in how many seconds there may be another.
pub async fn may_guess(app: &Shared, peer: Caller, who: Bucket) -> Result<Result<(), u64>, Refusal> {
    let (policy, now) = (app.policy(), app.now());
    let caller = limiter::Caller::network("password", peer.0);
    if let Err(secs) = app.limiter.count(caller, policy.password_ip_min, now) {
        return Ok(Err(secs));
    }
    let most = if policy.password_account_hour > 0 { MOST } else { 0 };
    let brake = Brake { free: policy.password_free, hour: policy.password_account_hour, most };
    Ok(app.store.write(move |tx| -> Result<_, StoreFault> { guess::count(tx, &who, &brake, now) }).await?)
}

/// There is another password: guesses at the one before do not count any more.
pub fn forget_all(tx: &Tx<'_>, app: &App, account: &str) -> Result<(), StoreFault> {
    let email = account::by_id(tx, account)?.map(|account| account.email).unwrap_or_default();
    guess::forget(tx, &bucket(app, &email, By::Stranger))?;
    guess::forget(tx, &bucket(app, &email, By::Recognised))?;
    guess::forget(tx, &bucket(app, account, By::Owner))
}

/// One was right: those before it do not count any more.
pub async fn forget(app: &Shared, who: Bucket) -> Result<(), Refusal> {
    Ok(app.store.write(move |tx| -> Result<_, StoreFault> { guess::forget(tx, &who) }).await?)
}
