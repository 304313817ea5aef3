//! Phones (authenticators): one row for each binding.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::id::{Aid, Fid, PhoneRef, Thumbprint};
use countersign_protocol::key::PublicKey;
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// States of a phone (3.13.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneState {
    /// Paired, waits for its code.
    Enrolling,
    /// In use.
    Active,
    /// Stopped until it is unlocked.
    Locked,
    /// Removed for good.
    Revoked,
}

impl PhoneState {
    /// The word in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrolling => "enrolling",
            Self::Active => "active",
            Self::Locked => "locked",
            Self::Revoked => "revoked",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "enrolling" => Self::Enrolling,
            "active" => Self::Active,
            "locked" => Self::Locked,
            _ => Self::Revoked,
        }
    }
}

/// One phone.
#[derive(Clone)]
pub struct Phone {
    /// Its id.
    pub aid: Aid,
    /// Its id for services and other phones.
    pub r#ref: PhoneRef,
    /// Whose it is.
    pub account: String,
    /// Its state.
    pub state: PhoneState,
    /// Why it was locked or removed.
    pub why: Option<String>,
    /// When that was.
    pub why_at: Option<Time>,
    /// Thumbprint of the device key, computed from the key (never read from the column).
    pub jkt: Thumbprint,
    /// Device key.
    pub pk_dev: PublicKey,
    /// PIN factor.
    pub fid: Fid,
    /// Sealed PIN public keys.
    pub pin_keys: Vec<u8>,
    /// Protection, as in the row tag.
    pub level: u8,
    /// Whether an attestation was verified.
    pub attested: bool,
    /// What its attestation said, JSON; nothing if nobody looked.
    pub attestation: Option<String>,
    /// The tag over this row (3.0.7).
    pub row_tag: Vec<u8>,
    /// Name.
    pub name: String,
    /// Operating system.
    pub os: String,
    /// Push address.
    pub push_url: Option<String>,
    /// When it was paired.
    pub created: Time,
    /// Last approval.
    pub last_used: Option<Time>,
    /// Newest key set that it stored.
    pub acked_ver: u64,
    /// Biometric factor.
    pub bio: Option<Bio>,
    /// How the biometric factor was used since the PIN was.
    pub bio_use: BioUse,
}

/// A biometric factor: its own key under its own id.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bio {
    /// Its id.
    pub fid: Fid,
    /// Its key.
    pub key: PublicKey,
}

/// What decides whether the PIN is asked for again (2.6).
#[derive(Clone, Copy, Default)]
pub struct BioUse {
    /// Wrong signatures in a row.
    pub fails: u32,
    /// Approvals since the last good PIN.
    pub uses: u32,
    /// The last good PIN.
    pub pin_at: Option<Time>,
}

const COLUMNS: &str =
    "aid, ref, account, state, why, why_at, pk_dev, fid, pin_keys, level, attested, row_tag, name, os,
    push_url, created, last_used, acked_ver, pk_bio, bio_fid, bio_fail, bio_uses, pin_at, attestation";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Option<Phone>> {
    let pk: Vec<u8> = row.get(6)?;
    // A key that is no point any more: the row is damaged, which its tag would say too.
    let Ok(pk_dev) = PublicKey::from_sec1(&pk) else { return Ok(None) };
    let optional_time = |at: Option<i64>| at.map(time);
    Ok(Some(Phone {
        aid: Aid::from_bytes(row.get(0)?),
        r#ref: PhoneRef::from_bytes(row.get(1)?),
        account: row.get(2)?,
        state: PhoneState::from_name(&row.get::<_, String>(3)?),
        why: row.get(4)?,
        why_at: optional_time(row.get(5)?),
        jkt: pk_dev.thumbprint(),
        pk_dev,
        fid: Fid::from_bytes(row.get(7)?),
        pin_keys: row.get(8)?,
        level: row.get(9)?,
        attested: row.get(10)?,
        attestation: row.get(23)?,
        row_tag: row.get(11)?,
        name: row.get(12)?,
        os: row.get(13)?,
        push_url: row.get(14)?,
        created: time(row.get(15)?),
        last_used: optional_time(row.get(16)?),
        acked_ver: row.get::<_, i64>(17)?.unsigned_abs(),
        bio: bio_from(row.get(18)?, row.get(19)?),
        bio_use: BioUse { fails: row.get(20)?, uses: row.get(21)?, pin_at: optional_time(row.get(22)?) },
    }))
}

/// A key that is no point any more is none: the row's tag then does not fit.
fn bio_from(key: Option<Vec<u8>>, fid: Option<[u8; 16]>) -> Option<Bio> {
    let (key, fid) = key.zip(fid)?;
    Some(Bio { fid: Fid::from_bytes(fid), key: PublicKey::from_sec1(&key).ok()? })
}

/// What a pairing stores.
pub struct NewPhone {
    /// The row; counters start at zero.
    pub phone: Phone,
    /// Version of the app.
    pub app: String,
}

/// Inserts a phone in state `enrolling`.
pub fn insert(tx: &Tx<'_>, new: &NewPhone) -> Result<(), StoreFault> {
    let p = &new.phone;
    tx.run(
        "INSERT INTO phone (aid, ref, account, state, jkt, pk_dev, fid, pin_keys, level, attested, row_tag, name, os,
                            app, push_url, created, attestation)
         VALUES (?1, ?2, ?3, 'enrolling', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        params![
            p.aid.as_bytes(),
            p.r#ref.as_bytes(),
            p.account,
            p.jkt.as_bytes(),
            &p.pk_dev.as_sec1()[..],
            p.fid.as_bytes(),
            p.pin_keys,
            p.level,
            p.attested,
            p.row_tag,
            p.name,
            p.os,
            new.app,
            p.push_url,
            secs(p.created),
            p.attestation
        ],
    )?;
    Ok(())
}

fn one(tx: &Tx<'_>, condition: &str, key: &[u8]) -> Result<Option<Phone>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM phone WHERE {condition}"))?;
    Ok(query.query_row([key], from_row).optional()?.flatten())
}

/// The phone with this device key.
pub fn by_jkt(tx: &Tx<'_>, jkt: &Thumbprint) -> Result<Option<Phone>, StoreFault> {
    // The column finds the row; the thumbprint of its key decides.
    Ok(one(tx, "jkt=?1", jkt.as_bytes())?.filter(|phone| phone.jkt == *jkt))
}

/// The phone of this id.
pub fn by_aid(tx: &Tx<'_>, aid: &Aid) -> Result<Option<Phone>, StoreFault> {
    one(tx, "aid=?1", aid.as_bytes())
}

/// Whether a key is known as the device or biometric key of any phone, in any state.
pub fn is_key_known(tx: &Tx<'_>, jkt: &Thumbprint) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT 1 FROM phone WHERE jkt=?1 OR bio_jkt=?1")?;
    Ok(query.exists([jkt.as_bytes()])?)
}

/// The phones of an account that are active or locked, oldest first.
pub fn of_account(tx: &Tx<'_>, account: &str) -> Result<Vec<Phone>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM phone WHERE account=?1 AND state IN ('active','locked') ORDER BY created, aid"
    ))?;
    let rows = query.query_map([account], from_row)?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// Every phone that an account has or had, oldest first.
pub fn all_of_account(tx: &Tx<'_>, account: &str) -> Result<Vec<Phone>, StoreFault> {
    let sql = format!("SELECT {COLUMNS} FROM phone WHERE account=?1 ORDER BY created, aid");
    let mut query = tx.0.prepare_cached(&sql)?;
    let rows = query.query_map([account], from_row)?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// Stops every active phone of an account, in the operator's name.
pub fn lock_all(tx: &Tx<'_>, account: &str, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET state='locked', why='operator', why_at=?2 WHERE account=?1 AND state='active'",
        params![account, secs(now)],
    )?;
    Ok(())
}

/// Lets the phones go on that an operator stopped; those that wrong PINs locked stay so.
pub fn unlock_all(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET state='active', why=NULL, why_at=NULL
          WHERE account=?1 AND state='locked' AND why='operator'",
        [account],
    )?;
    Ok(())
}

/// Makes an enrolling phone active; `false` if it is gone.
pub fn activate(tx: &Tx<'_>, aid: &Aid) -> Result<bool, StoreFault> {
    Ok(tx.run("UPDATE phone SET state='active' WHERE aid=?1 AND state='enrolling'", [aid.as_bytes()])? == 1)
}

/// Removes a phone that never became active.
pub fn purge(tx: &Tx<'_>, aid: &Aid) -> Result<(), StoreFault> {
    tx.run("DELETE FROM phone WHERE aid=?1 AND state='enrolling'", [aid.as_bytes()])?;
    Ok(())
}

/// Whether a phone had this factor id before.
pub fn had_fid(tx: &Tx<'_>, aid: &Aid, fid: &Fid) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT 1 FROM former_fid WHERE aid=?1 AND fid=?2")?;
    Ok(query.exists(params![aid.as_bytes(), fid.as_bytes()])?)
}

/// Writes the keys of a re-keyed phone with their tag, and remembers the id that it had.
pub fn replace_keys(tx: &Tx<'_>, row: &Phone, former: &Fid) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO former_fid (aid, fid) VALUES (?1, ?2)",
        params![row.aid.as_bytes(), former.as_bytes()],
    )?;
    tx.run(
        "UPDATE phone SET jkt=?2, pk_dev=?3, fid=?4, pin_keys=?5, level=?6, attested=?7, row_tag=?8, attestation=?9
          WHERE aid=?1",
        params![
            row.aid.as_bytes(),
            row.jkt.as_bytes(),
            &row.pk_dev.as_sec1()[..],
            row.fid.as_bytes(),
            row.pin_keys,
            row.level,
            row.attested,
            row.row_tag,
            row.attestation
        ],
    )?;
    Ok(())
}

/// Another name.
pub fn rename(tx: &Tx<'_>, aid: &Aid, name: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE phone SET name=?2 WHERE aid=?1", params![aid.as_bytes(), name])?;
    Ok(())
}

/// Another push address, or none.
pub fn set_push(tx: &Tx<'_>, aid: &Aid, url: Option<&str>) -> Result<(), StoreFault> {
    tx.run("UPDATE phone SET push_url=?2 WHERE aid=?1", params![aid.as_bytes(), url])?;
    Ok(())
}

/// Ends a phone for good, drops its push address and its claim to another's place; `false` if it was at its end before.
pub fn revoke(tx: &Tx<'_>, aid: &Aid, why: &str, now: Time) -> Result<bool, StoreFault> {
    let ended = tx.run(
        "UPDATE phone SET state='revoked', why=?2, why_at=?3, push_url=NULL, replaces=NULL, replace_at=NULL
          WHERE aid=?1 AND state IN ('active','locked')",
        params![aid.as_bytes(), why, secs(now)],
    )?;
    Ok(ended == 1)
}

/// Notes an approval.
pub fn note_use(tx: &Tx<'_>, aid: &Aid, now: Time) -> Result<(), StoreFault> {
    tx.run("UPDATE phone SET last_used=?2 WHERE aid=?1", params![aid.as_bytes(), secs(now)])?;
    Ok(())
}

/// Notes the key set version that the phone stored; never goes back.
pub fn acknowledge(tx: &Tx<'_>, aid: &Aid, ver: u64) -> Result<(), StoreFault> {
    let ver = i64::try_from(ver).unwrap_or(i64::MAX);
    tx.run("UPDATE phone SET acked_ver=max(acked_ver, ?2) WHERE aid=?1", params![aid.as_bytes(), ver])?;
    Ok(())
}

/// The highest key set version that any phone stored.
pub fn highest_acknowledged(tx: &Tx<'_>) -> Result<u64, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT coalesce(max(acked_ver), 0) FROM phone")?;
    Ok(query.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
}

/// State of a phone inside a transaction.
pub fn state(tx: &Tx<'_>, aid: &Aid) -> Result<PhoneState, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT state FROM phone WHERE aid=?1")?;
    let name: Option<String> = query.query_row([aid.as_bytes()], |row| row.get(0)).optional()?;
    Ok(name.map_or(PhoneState::Revoked, |name| PhoneState::from_name(&name)))
}

/// The counters of a phone, for the lab.
pub struct Counters {
    /// Wrong PINs in a row.
    pub pin_fail: u32,
    /// End of the online wait.
    pub wait_until: Option<u64>,
    /// Wrong codes in a row.
    pub off_fail: u32,
    /// End of the offline wait.
    pub off_wait_until: Option<u64>,
    /// Wrong biometric signatures in a row.
    pub bio_fail: u32,
}

/// Reads the counters.
pub fn counters(tx: &Tx<'_>, aid: &Aid) -> Result<Option<Counters>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT pin_fail, wait_until, off_fail, off_wait_until, bio_fail FROM phone WHERE aid=?1",
    )?;
    let counters = query.query_row([aid.as_bytes()], |row| {
        Ok(Counters {
            pin_fail: row.get(0)?,
            wait_until: row.get::<_, Option<i64>>(1)?.map(i64::unsigned_abs),
            off_fail: row.get(2)?,
            off_wait_until: row.get::<_, Option<i64>>(3)?.map(i64::unsigned_abs),
            bio_fail: row.get(4)?,
        })
    });
    Ok(counters.optional()?)
}
