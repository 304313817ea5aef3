//! Letters to the owner of an account. Delivery is a later part; here they are queued in the same transaction as
//! what they tell of.

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::params;

/// One letter.
pub struct Mail {
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
    /// Links in it.
    pub links: Vec<String>,
}

/// Queues a letter.
pub fn insert(tx: &Tx<'_>, account: &str, mail: &Mail, now: Time) -> Result<(), StoreFault> {
    let links = serde_json::json!(mail.links).to_string();
    tx.run(
        "INSERT INTO mail (account, subject, text, links, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![account, mail.subject, mail.text, links, secs(now)],
    )?;
    Ok(())
}

/// The letters of an account, oldest first.
pub fn of_account(tx: &Tx<'_>, account: &str) -> Result<Vec<Mail>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT subject, text, links FROM mail WHERE account=?1 ORDER BY id")?;
    let rows = query.query_map([account], |row| {
        let links: String = row.get(2)?;
        Ok(Mail {
            subject: row.get(0)?,
            text: row.get(1)?,
            links: serde_json::from_str(&links).unwrap_or_default(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
