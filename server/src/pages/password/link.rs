//! Links to an address, for whoever asks: the same steps and the same answer for every address, whether it has an account or
//! not. The letter says the rest.

use crate::app::Shared;
use crate::backend::accounts::is_email;
use crate::caller::Caller;
use crate::letters;
use crate::limiter;
use crate::pages::link_token::LinkToken;
use crate::reply::{Refusal, rate_limited};
use crate::store::StoreFault;
use crate::store::link::{self, Use};
use crate::store::mail;
use serde::Deserialize;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    pub email: String,
}

/// What is said to whoever asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// That a letter is on its way.
    Whatever,
    /// That this is no address.
    NoAddress,
}

/// Writes to an address; asked again, it is written again.
pub async fn send(app: &Shared, peer: Caller, address: &str, purpose: Use) -> Result<Sent, Refusal> {
    if !is_email(address) || address.parse::<lettre::Address>().is_err() {
        return Ok(Sent::NoAddress);
    }
    let (now, policy) = (app.now(), app.policy());
    let network = limiter::Caller::network("forgotten", peer.0);
    app.limiter.count_hour(network, policy.signup_ip_hour, now).map_err(rate_limited)?;
    let (shared, address, token) = (app.clone(), address.to_owned(), LinkToken::draw());
    let end = now.plus(policy.lifetimes.reset);
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            let owner = mail::owner_of(tx, &address)?;
            let account = owner.as_ref().map_or("", |(account, _)| account);
            link::insert(tx, &token.hash(), (purpose, account), end)?;
            if letters::take_allowance(tx, &shared, (letters::Occasion::Proof, &address), now)? {
                letters::proof_link(tx, &shared, (&address, owner), (purpose, &token.text()), now)?;
            }
            Ok(())
        })
        .await?;
    Ok(Sent::Whatever)
}
