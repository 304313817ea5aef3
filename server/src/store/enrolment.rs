//! Enrolments (pairings), their states and their single-use secrets (3.3, 3.13.2).

use super::account::secs;
use super::{StoreFault, Tx, phone, time};
use countersign_protocol::id::{Aid, Eid, Jti, Nonce};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// States (3.13.2); `Expired` is a matter of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentState {
    /// Waits for a phone.
    Open,
    /// A phone came; waits for its code.
    Claimed,
    /// Done.
    Active,
    /// Stopped.
    Cancelled,
    /// Out of time.
    Expired,
}

impl EnrolmentState {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Claimed => "claimed",
            Self::Active => "active",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    fn of(name: &str, exp: Time, now: Time) -> Self {
        match name {
            "active" => Self::Active,
            "cancelled" => Self::Cancelled,
            _ if exp <= now => Self::Expired,
            "open" => Self::Open,
            _ => Self::Claimed,
        }
    }
}

/// One enrolment, as it is at a moment.
#[derive(Clone)]
pub struct Enrolment {
    /// Its id.
    pub eid: Eid,
    /// The account.
    pub account: String,
    /// Who started it.
    pub service: String,
    /// Its state at the moment of reading.
    pub state: EnrolmentState,
    /// Its end.
    pub exp: Time,
    /// Sealed secret, while it lives.
    pub es: Option<Vec<u8>>,
    /// Nonce of the offer.
    pub nonce: Nonce,
    /// The signed offer.
    pub offer: String,
    /// The code to type, while it lives.
    pub cc: Option<String>,
    /// Wrong codes so far.
    pub confirm_fail: u32,
    /// Whether a second phone tried to claim it.
    pub contested: bool,
    /// The message that claimed it.
    pub claim_jti: Option<Jti>,
    /// The phone that claimed it.
    pub aid: Option<Aid>,
    /// When it was made.
    pub created: Time,
    /// When it was claimed.
    pub claimed_at: Option<Time>,
    /// Whether the new phone takes the place of the one that asked for it.
    pub migrates: bool,
    /// The phone that asked for it.
    pub started_by: Option<Aid>,
    /// Same device: where the app goes back to.
    pub return_url: Option<String>,
    /// SHA-256 of the return code.
    pub rc: Option<[u8; 32]>,
    /// Whether a code may be typed instead of scanning, while it waits for a phone.
    pub is_typed: bool,
}

fn from_row(row: &Row<'_>, now: Time) -> rusqlite::Result<Enrolment> {
    let exp = time(row.get(4)?);
    Ok(Enrolment {
        eid: Eid::from_bytes(row.get(0)?),
        account: row.get(1)?,
        service: row.get(2)?,
        state: EnrolmentState::of(&row.get::<_, String>(3)?, exp, now),
        exp,
        es: row.get(5)?,
        nonce: Nonce::from_bytes(row.get(6)?),
        offer: row.get(7)?,
        cc: row.get(8)?,
        confirm_fail: row.get(9)?,
        contested: row.get(10)?,
        claim_jti: row.get::<_, Option<[u8; 16]>>(11)?.map(Jti::from_bytes),
        aid: row.get::<_, Option<[u8; 16]>>(12)?.map(Aid::from_bytes),
        created: time(row.get(13)?),
        claimed_at: row.get::<_, Option<i64>>(14)?.map(time),
        migrates: row.get::<_, String>(15)? == MIGRATE,
        started_by: row.get::<_, Option<[u8; 16]>>(16)?.map(Aid::from_bytes),
        return_url: row.get(17)?,
        rc: row.get(18)?,
        is_typed: row.get(19)?,
    })
}

/// `kind` of an enrolment that replaces a phone.
const MIGRATE: &str = "migrate";

const COLUMNS: &str =
    "eid, account, service, state, exp, es, nonce, offer, cc, confirm_fail, contested, claim_jti, aid, created,
    claimed_at, kind, started_by, return_url, rc, lookup IS NOT NULL";

/// What a new enrolment stores.
pub struct NewEnrolment {
    /// Its id.
    pub eid: Eid,
    /// The account.
    pub account: String,
    /// Who starts it.
    pub service: String,
    /// Its end.
    pub exp: Time,
    /// Sealed secret.
    pub es: Vec<u8>,
    /// Nonce of the offer.
    pub nonce: Nonce,
    /// The signed offer.
    pub offer: String,
    /// Whether the new phone takes the place of the one that asks.
    pub migrates: bool,
    /// The phone that asks.
    pub started_by: Option<Aid>,
    /// Same device: where the app goes back to.
    pub return_url: Option<String>,
    /// Typed code: name and content of its box.
    pub typed: Option<([u8; 16], Vec<u8>)>,
}

/// Inserts an open enrolment.
pub fn insert(tx: &Tx<'_>, new: &NewEnrolment, now: Time) -> Result<(), StoreFault> {
    let kind = if new.migrates { MIGRATE } else { "new" };
    tx.run(
        "INSERT INTO enrolment (eid, account, service, state, created, exp, es, nonce, offer, kind, started_by,
                                return_url, lookup, box)
         VALUES (?1, ?2, ?3, 'open', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            new.eid.as_bytes(),
            new.account,
            new.service,
            secs(now),
            secs(new.exp),
            new.es,
            new.nonce.as_bytes(),
            new.offer,
            kind,
            new.started_by.as_ref().map(Aid::as_bytes),
            new.return_url,
            new.typed.as_ref().map(|(lookup, _)| &lookup[..]),
            new.typed.as_ref().map(|(_, sealed)| &sealed[..])
        ],
    )?;
    Ok(())
}

/// The enrolment of this id.
pub fn by_eid(tx: &Tx<'_>, eid: &Eid, now: Time) -> Result<Option<Enrolment>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM enrolment WHERE eid=?1"))?;
    Ok(query.query_row([eid.as_bytes()], |row| from_row(row, now)).optional()?)
}

/// The enrolment whose return code has this hash.
pub fn by_return(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<Option<Enrolment>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM enrolment WHERE rc=?1"))?;
    Ok(query.query_row([&hash[..]], |row| from_row(row, now)).optional()?)
}

/// The enrolment that a phone in state `enrolling` came from.
pub fn of_phone(tx: &Tx<'_>, aid: &Aid, now: Time) -> Result<Option<Enrolment>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM enrolment WHERE aid=?1"))?;
    Ok(query.query_row([aid.as_bytes()], |row| from_row(row, now)).optional()?)
}

/// Gives an open enrolment the box of a typed code, unless it has one.
pub fn add_box(
    tx: &Tx<'_>,
    eid: &Eid,
    (lookup, sealed): &([u8; 16], Vec<u8>),
    now: Time,
) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE enrolment SET lookup=?2, box=?3 WHERE eid=?1 AND state='open' AND exp > ?4 AND lookup IS NULL",
        params![eid.as_bytes(), &lookup[..], sealed, secs(now)],
    )?;
    Ok(())
}

/// The box of a typed code, while its enrolment waits for a phone.
pub fn boxed(tx: &Tx<'_>, lookup: &[u8; 16], now: Time) -> Result<Option<Vec<u8>>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT box FROM enrolment WHERE lookup=?1 AND state='open' AND exp > ?2")?;
    Ok(query.query_row(params![&lookup[..], secs(now)], |row| row.get(0)).optional()?)
}

/// Which phone claims an enrolment, by which message, and the code to type.
pub struct Claim<'a> {
    /// The phone.
    pub aid: &'a Aid,
    /// The message.
    pub jti: &'a Jti,
    /// The code.
    pub cc: &'a str,
    /// Same device: SHA-256 of the code that the app brings back.
    pub rc: Option<[u8; 32]>,
}

/// E11: a phone claims the enrolment; `false` if another did meanwhile or it is over.
pub fn claim(tx: &Tx<'_>, eid: &Eid, claim: &Claim<'_>, now: Time) -> Result<bool, StoreFault> {
    let claimed = tx.run(
        "UPDATE enrolment SET state='claimed', aid=?2, claim_jti=?3, cc=?4, claimed_at=?5, rc=?6, lookup=NULL, box=NULL
          WHERE eid=?1 AND state='open' AND exp > ?5",
        params![
            eid.as_bytes(),
            claim.aid.as_bytes(),
            claim.jti.as_bytes(),
            claim.cc,
            secs(now),
            claim.rc.as_ref().map(|hash| &hash[..])
        ],
    )?;
    Ok(claimed == 1)
}

/// Marks that a second phone tried to claim.
pub fn contest(tx: &Tx<'_>, eid: &Eid) -> Result<(), StoreFault> {
    tx.run("UPDATE enrolment SET contested=1 WHERE eid=?1", [eid.as_bytes()])?;
    Ok(())
}

/// Ends a claimed enrolment well; its secrets are erased.
pub fn activate(tx: &Tx<'_>, eid: &Eid, now: Time) -> Result<bool, StoreFault> {
    let changed = tx.run(
        "UPDATE enrolment SET state='active', es=NULL, cc=NULL, rc=NULL WHERE eid=?1 AND state='claimed' AND exp > ?2",
        params![eid.as_bytes(), secs(now)],
    )?;
    Ok(changed == 1)
}

/// Counts a wrong code and gives how many there were.
pub fn count_wrong_code(tx: &Tx<'_>, eid: &Eid) -> Result<u32, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "UPDATE enrolment SET confirm_fail=confirm_fail+1 WHERE eid=?1 RETURNING confirm_fail",
    )?;
    Ok(query.query_row([eid.as_bytes()], |row| row.get(0))?)
}

/// Ends an enrolment that is not done; its phone is purged, its secrets are erased.
pub fn cancel(tx: &Tx<'_>, enrolment: &Enrolment) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE enrolment SET state='cancelled', es=NULL, cc=NULL, rc=NULL, lookup=NULL, box=NULL
          WHERE eid=?1 AND state IN ('open','claimed')",
        [enrolment.eid.as_bytes()],
    )?;
    match &enrolment.aid {
        Some(aid) => phone::purge(tx, aid),
        None => Ok(()),
    }
}

/// Ends every pairing that no phone has claimed: after a change of root. Their links name the old root, and a phone that
/// pins it from now on would not know what it was committed to.
pub fn cancel_open(tx: &Tx<'_>) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE enrolment SET state='cancelled', es=NULL, cc=NULL, rc=NULL, lookup=NULL, box=NULL WHERE state='open'",
        [],
    )?;
    Ok(())
}

/// Ends every pairing of an account that is not done.
pub fn cancel_all(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE enrolment SET state='cancelled', es=NULL, cc=NULL, rc=NULL, lookup=NULL, box=NULL
          WHERE account=?1 AND state IN ('open','claimed')",
        [account],
    )?;
    tx.run("DELETE FROM phone WHERE account=?1 AND state='enrolling'", [account])?;
    Ok(())
}
