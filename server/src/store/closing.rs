//! Accounts that their owners are closing. Their phones are locked for that reason alone, so that an undoing frees them and
//! none that wrong PINs or an operator stopped.

use super::account::{self, Account, secs};
use super::{StoreFault, Tx, browser, link, recovery};
use countersign_protocol::time::Time;
use rusqlite::params;

/// An account is closing from now on, one that an operator stopped as well; one that is closed stays so.
pub fn begin(tx: &Tx<'_>, account: &str, until: Time, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE account SET state=iif(state='active', 'closing', state), closing_until=?2
          WHERE id=?1 AND state <> 'closed'",
        params![account, secs(until)],
    )?;
    stop_phones(tx, account, now)
}

fn stop_phones(tx: &Tx<'_>, account: &str, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET state='locked', why='closing', why_at=?2 WHERE account=?1 AND state='active'
            AND EXISTS (SELECT 1 FROM account WHERE id=?1 AND closing_until IS NOT NULL)",
        params![account, secs(now)],
    )?;
    Ok(())
}

/// An account that an operator lets go on, but that its owner is closing, goes on closing.
pub fn resume(tx: &Tx<'_>, account: &str, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE account SET state='closing' WHERE id=?1 AND state='active' AND closing_until IS NOT NULL",
        [account],
    )?;
    stop_phones(tx, account, now)
}

/// The owner keeps it. Where an operator stopped it besides, its phones wait for that operator's word.
pub fn undo(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE account SET state=iif(state='closing', 'active', state), closing_until=NULL
          WHERE id=?1 AND state <> 'closed'",
        [account],
    )?;
    tx.run(
        "UPDATE phone SET (state, why, why_at) =
                (SELECT iif(account.state='active', 'active', 'locked'), iif(account.state='active', NULL, 'operator'),
                        iif(account.state='active', NULL, why_at) FROM account WHERE id=?1)
          WHERE account=?1 AND state='locked' AND why='closing'",
        [account],
    )?;
    Ok(())
}

/// What nobody needs of an account that is closed for good: its keys, and what its owner said of themselves. Its address stays,
/// so that nobody else gets it, and its sign-ins as long as those of others.
pub fn erase(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("DELETE FROM password WHERE account=?1", [account])?;
    recovery::use_up(tx, account)?;
    link::end_every(tx, account)?;
    browser::forget_recognised(tx, account)?;
    account::end_setup_link(tx, account)?;
    tx.run(
        "UPDATE account SET given_name=NULL, family_name=NULL, telephone=NULL, email_next=NULL WHERE id=?1",
        [account],
    )?;
    Ok(())
}

/// The accounts that end at this moment, unless they are kept.
pub fn ending_at(tx: &Tx<'_>, until: Time) -> Result<Vec<Account>, StoreFault> {
    of(tx, "closing_until = ?1", until)
}

/// Those whose time is over.
pub fn due(tx: &Tx<'_>, now: Time) -> Result<Vec<Account>, StoreFault> {
    of(tx, "closing_until <= ?1", now)
}

fn of(tx: &Tx<'_>, which: &str, at: Time) -> Result<Vec<Account>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!(
        "SELECT id FROM account WHERE {which} AND closing_until IS NOT NULL AND state <> 'closed'"
    ))?;
    let ids = query.query_map([secs(at)], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let found = ids.iter().map(|id| account::by_id(tx, id));
    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}
