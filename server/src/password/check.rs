//! Whether a password is that of an account. It takes one Argon2id for everybody: how long the answer takes tells nothing
//! of whether an address has an account, or the account a password.

use super::{hash, normal};
use crate::app::{AppFault, Shared};
use crate::reply::Refusal;
use crate::seal::Purpose;
use crate::store::account::{self, Account};
use crate::store::{StoreFault, password};

/// The account of this address, if it goes on and this is its password. Whoever asks has counted the guess before.
///
/// # Errors
/// The server has too many passwords to check just now, or one of its own parts fails.
pub async fn check(app: &Shared, email: &str, password: &str) -> Result<Option<Account>, Refusal> {
    let (account, sealed) = app.store.read(|tx| -> Result<_, StoreFault> {
        let account = account::by_email(tx, email)?;
        let sealed = password::sealed(tx, account.as_ref().map_or("", |account| &account.id))?;
        Ok((account, sealed))
    })?;
    let stored = match (&account, sealed) {
        (Some(account), Some(sealed)) => {
            app.keys().kek.open(&Purpose::password(&account.id), &sealed).map_err(AppFault::from)?
        }
        _ => hash::of_nobody(),
    };
    let right = app.hasher.is_right(normal(password), stored).await?;
    Ok(account.filter(|account| right && account.state == "active"))
}
