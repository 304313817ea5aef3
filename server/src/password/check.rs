//! Whether a password is that of an account. It takes one Argon2id for everybody: how long the answer takes tells nothing
//! of whether an address has an account, or the account a password.

use super::{hash, normal};
use crate::app::{AppFault, Shared};
use crate::reply::Refusal;
use crate::seal::Purpose;
use crate::store::account::{self, Account};
use crate::store::password::{self, Password};
use crate::store::{StoreFault, Tx};

/// A password that was right when it was looked at.
pub struct Right {
    /// Whose.
    pub account: Account,
    /// The row that it was compared with. What follows holds only while that stands: stretching takes its time, and the
    /// owner may have chosen another meanwhile.
    pub stands: Stands,
    /// The least length that it was checked for.
    pub length_class: u32,
}

/// A password as it stood.
#[derive(Clone)]
pub struct Stands {
    account: String,
    sealed: Vec<u8>,
}

impl Stands {
    /// Whether it is the password still.
    pub fn still(&self, tx: &Tx<'_>) -> Result<bool, StoreFault> {
        Ok(password::find(tx, &self.account)?.is_some_and(|kept| kept.sealed == self.sealed))
    }
}

/// The account of this address, if it goes on and this is its password. Whoever asks has counted the guess before.
///
/// # Errors
/// The server has too many passwords to check just now, or one of its own parts fails.
pub async fn check(app: &Shared, email: &str, password: &str) -> Result<Option<Right>, Refusal> {
    let (account, kept) = app.store.read(|tx| -> Result<_, StoreFault> {
        let account = account::by_email(tx, email)?;
        let kept = password::find(tx, account.as_ref().map_or("", |account| &account.id))?;
        Ok((account, kept))
    })?;
    let known = account.zip(kept);
    let stored = match &known {
        Some((account, kept)) => {
            app.keys().kek.open(&Purpose::password(&account.id), &kept.sealed).map_err(AppFault::from)?
        }
        None => hash::of_nobody(),
    };
    let right = app.hasher.is_right(normal(password), stored).await?;
    let known = known.filter(|(account, _)| right && account.state == "active");
    Ok(known.map(|(account, Password { sealed, length_class })| {
        let stands = Stands { account: account.id.clone(), sealed };
        Right { account, stands, length_class }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::with_phone;
    use crate::password::Chosen;
    use crate::store::account::NewAccount;

    #[test]
    fn a_password_is_right_for_its_account_alone() {
        let scene = with_phone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(right_and_wrong(&scene.app));
    }

    async fn right_and_wrong(app: &Shared) {
        let (anna, berta) = ("anna@example.eu", "berta@example.eu");
        let chosen = Chosen::make(app, "correct horse battery", 15).await.ok().unwrap();
        let (sealed, now) = (chosen.sealed(app, "u-1").unwrap(), app.now());
        assert!(!sealed.sealed.windows(7).any(|part| part == b"correct"));
        app.store
            .write(move |tx| -> Result<_, StoreFault> {
                password::set(tx, "u-1", &sealed, now)?;
                let owner = NewAccount { email: berta.to_owned(), ..NewAccount::default() };
                account::insert(tx, "u-2", &owner, now)?;
                // Somebody with a hand in the database moves it to another account.
                password::set(tx, "u-2", &sealed, now)
            })
            .await
            .unwrap();
        let right = async |email, text| check(app, email, text).await.map(|found| found.is_some());
        assert!(matches!(right(anna, "correct horse battery").await, Ok(true)));
        for wrong in ["", "correct horse batter", "correct horse battery ", "Correct horse battery"] {
            assert!(matches!(right(anna, wrong).await, Ok(false)), "{wrong}");
        }
        assert!(matches!(right("nobody@example.eu", "correct horse battery").await, Ok(false)));
        assert!(right(berta, "correct horse battery").await.is_err());
    }
}
