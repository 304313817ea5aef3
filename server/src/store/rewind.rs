//! The statements of a restore (3.9.1): for all rows, and for what the log outside the database tells.

use super::account::{self, secs};
use super::{StoreFault, Tx, address, bio, closing, phone, service};
use crate::random;
use crate::removal;
use crate::tag;
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;
use rusqlite::params;

/// The records of the log that a restore goes by: what takes something away, what frees it again, what has to be known.
/// They must survive the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heeded {
    /// A phone became active.
    PhoneAdded,
    /// A phone was removed.
    PhoneRevoked,
    /// A phone has other keys.
    PhoneRekeyed,
    /// Wrong PINs locked a phone.
    PhoneLocked,
    /// Biometrics were turned on or off.
    Biometrics,
    /// An operator stopped an account.
    AccountLocked,
    /// An operator let an account go on.
    AccountActive,
    /// An account was closed for good.
    AccountClosed,
    /// An owner closes an account.
    AccountClosing,
    /// An owner keeps it after all.
    AccountKept,
    /// A set-up link was replaced, or may have been used.
    SetupLink,
    /// A recovery code was made or used.
    RecoveryCode,
    /// An owner chose another password.
    Password,
    /// An owner chose how many factors are asked for, or which letters are written.
    Options,
    /// An account got another address.
    Address,
    /// Somebody was let use the operator's pages.
    OperatorAdded,
    /// That was taken away.
    OperatorRemoved,
    /// A service got another secret.
    ServiceSecret,
    /// A backup was restored.
    Restored,
}

impl Heeded {
    /// What a record of this name is, if a restore goes by it.
    pub fn of(what: &str) -> Option<Self> {
        match what {
            "phone_added" => Some(Self::PhoneAdded),
            "phone_revoked" => Some(Self::PhoneRevoked),
            "phone_rekeyed" => Some(Self::PhoneRekeyed),
            "phone_locked" => Some(Self::PhoneLocked),
            "biometrics_off" | "biometrics_on" => Some(Self::Biometrics),
            "account_locked" => Some(Self::AccountLocked),
            "account_active" => Some(Self::AccountActive),
            "account_closed" => Some(Self::AccountClosed),
            "account_closing" => Some(Self::AccountClosing),
            "account_kept" => Some(Self::AccountKept),
            "enrolment_started" | "setup_link_made" => Some(Self::SetupLink),
            "recovery_code_made" | "recovery_code_used" => Some(Self::RecoveryCode),
            "password_set" => Some(Self::Password),
            "options_changed" => Some(Self::Options),
            "email_changed" => Some(Self::Address),
            "operator_added" => Some(Self::OperatorAdded),
            "operator_removed" => Some(Self::OperatorRemoved),
            "service_secret_rotated" => Some(Self::ServiceSecret),
            "restored" => Some(Self::Restored),
            _ => None,
        }
    }
}

/// Counters at their last try, nothing under way, no session, no link in a letter, no proof that could be used again.
pub fn all(tx: &Tx<'_>) -> Result<(), StoreFault> {
    tx.0.execute_batch(
        "UPDATE phone SET pin_fail=4, off_fail=5, wait_until=NULL, off_wait_until=NULL, run=run+1, off_run=off_run+1;
         UPDATE account SET num_fail=max(num_fail, 7), email_next=NULL;
         UPDATE sign_in SET state='cancelled', num=NULL WHERE state IN ('created','pending','claimed','approved');
         UPDATE sign_in SET proof_used=1;
         UPDATE enrolment SET state='cancelled', es=NULL, cc=NULL, rc=NULL, lookup=NULL, box=NULL
          WHERE state IN ('open','claimed');
         DELETE FROM phone WHERE state='enrolling';
         DELETE FROM ticket;
         DELETE FROM browser;
         DELETE FROM session;
         DELETE FROM visit;
         DELETE FROM arrival;
         DELETE FROM ticket_out;
         DELETE FROM signup;
         DELETE FROM link;
         DELETE FROM recognised;",
    )?;
    Ok(())
}

/// Nobody knows what happened since: an operator's word is needed for each phone, a set-up link or a recovery code may have
/// been used, a password replaced or said not to be enough, any account may have had a phone, and one that was being closed
/// may have been kept: it stands still until an operator has a word with its owner.
pub fn lock_every_phone(tx: &Tx<'_>, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE account SET state=iif(state='closing', 'locked', state), closing_until=NULL WHERE state <> 'closed'",
        [],
    )?;
    tx.run(
        "UPDATE account SET had_phone=1, setup_hash=NULL, setup_until=0, recovery=NULL, two_factors=1",
        [],
    )?;
    tx.run("DELETE FROM password", [])?;
    tx.run(
        "UPDATE phone SET state='locked', why='operator', why_at=?1
          WHERE state='active' OR (state='locked' AND why='closing')",
        [secs(now)],
    )?;
    Ok(())
}

/// Events get higher numbers than any before: services go by the highest that they have read, which the backup may
/// not know. A second holds fewer than a thousand.
pub fn raise_event_ids(tx: &Tx<'_>, now: Time) -> Result<(), StoreFault> {
    let least = secs(now).saturating_mul(1000);
    tx.run("DELETE FROM sqlite_sequence WHERE name='event' AND seq < ?1", [least])?;
    tx.run(
        "INSERT INTO sqlite_sequence (name, seq)
         SELECT 'event', ?1 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name='event')",
        [least],
    )?;
    Ok(())
}

/// A phone that was removed since, or whose keys are not those of the backup any more. Services are told again: whether
/// they read it before the end of the old database, nobody knows.
pub fn revoke(tx: &Tx<'_>, aid: &Aid, why: &str, at: Time, now: Time) -> Result<(), StoreFault> {
    let Some(row) = phone::by_aid(tx, aid)? else { return Ok(()) };
    if phone::revoke(tx, aid, why, at)? {
        removal::tell_services(tx, &row, now)?;
    }
    Ok(())
}

/// A phone that was locked since.
pub fn lock(tx: &Tx<'_>, aid: &Aid, at: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET state='locked', why='attempts', why_at=?2 WHERE aid=?1 AND state='active'",
        params![aid.as_bytes(), secs(at)],
    )?;
    Ok(())
}

/// Biometrics that changed since are off. A row that somebody changed in the backup gets no tag: its phone is revoked,
/// since put right later it would come back with the key that was taken from it. Nobody is told: whose phone it is, the
/// row does not say any more.
pub fn drop_bio(tx: &Tx<'_>, aid: &Aid, at: Time, evid: &[u8; 32]) -> Result<(), StoreFault> {
    let Some(mut row) = phone::by_aid(tx, aid)? else { return Ok(()) };
    if tag::check_phone(evid, &row).is_err() {
        return phone::revoke(tx, aid, "operator", at).map(drop);
    }
    let Some(former) = row.bio.take() else { return Ok(()) };
    row.row_tag = tag::of_phone(evid, &row).to_vec();
    bio::set(tx, &row, Some(&former.fid))
}

/// An account that was stopped or closed since.
pub fn stop_account(tx: &Tx<'_>, account: &str, state: &str, at: Time) -> Result<(), StoreFault> {
    account::set_state(tx, account, state)?;
    if state == "closed" {
        for row in phone::of_account(tx, account)? {
            phone::revoke(tx, &row.aid, "operator", at)?;
        }
        return closing::erase(tx, account);
    }
    phone::lock_all(tx, account, at)
}

/// An account that an operator let go on since; what its owner is closing goes on closing.
pub fn let_go_on(tx: &Tx<'_>, account: &str, at: Time) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET state='active' WHERE id=?1 AND state='locked'", [account])?;
    phone::unlock_all(tx, account)?;
    closing::resume(tx, account, at)
}

/// An account that its owner began to close since: the link in the letter keeps it until the same moment.
pub fn close_later(tx: &Tx<'_>, account: &str, until: Time, at: Time) -> Result<(), StoreFault> {
    closing::begin(tx, account, until, at)?;
    drop_setup_link(tx, account)
}

/// A set-up link that may have been used since, because a pairing was begun, or was replaced.
pub fn drop_setup_link(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    account::end_setup_link(tx, account)
}

/// A recovery code that was used or replaced since.
pub fn drop_recovery_code(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET recovery=NULL WHERE id=?1", [account])?;
    Ok(())
}

/// A password that was replaced since: the old one must not come back, and the new one is not in the backup.
pub fn drop_password(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("DELETE FROM password WHERE account=?1", [account])?;
    Ok(())
}

/// What an owner chose since. The stronger choice of the two is kept: a password alone is not made enough again, and nobody
/// is told less.
pub fn keep_options(tx: &Tx<'_>, account: &str, two: bool, every: bool) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE account SET two_factors=max(two_factors, ?2), letters=iif(?3, 'every', letters) WHERE id=?1",
        params![account, two, every],
    )?;
    Ok(())
}

/// A service's secret that was replaced since: the old one, which may be why, must not come back, and the new one is not in
/// the backup. Nobody knows what stands here now.
pub fn drop_secret(tx: &Tx<'_>, service: &str) -> Result<(), StoreFault> {
    service::set_secret(tx, service, &random::bytes()).map(drop)
}

/// An address that was replaced since: the old one may be somebody else's by now. Where the new one cannot be given, an
/// operator's word is needed.
pub fn change_address(tx: &Tx<'_>, account: &str, to: Option<&str>, at: Time) -> Result<(), StoreFault> {
    let given = to.map_or(Ok(false), |to| address::set(tx, account, to))?;
    if given { Ok(()) } else { stop_account(tx, account, "locked", at) }
}
