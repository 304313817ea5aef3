//! Sign-ins (transactions) and their states (3.13.1).

use super::account::secs;
use super::phone::Phone;
use super::{StoreFault, Tx, history, time};
use crate::policy::Lifetimes;
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::{Aid, Tid};
use countersign_protocol::secret::{Handle, Number};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// One sign-in, as it is at a moment.
#[derive(Clone)]
pub struct SignIn {
    /// Its id.
    pub tid: Tid,
    /// Who started it.
    pub service: String,
    /// The account it was started for, or that claimed it.
    pub account: Option<String>,
    /// Whether it was started for an account.
    pub account_given: bool,
    /// `push`, `qr`, `link` or `offline`.
    pub method: String,
    /// `login` or `sign`.
    pub kind: String,
    /// State at the moment of reading; out of time is `Expired`.
    pub state: SignInState,
    /// Why it ended.
    pub reason: Option<String>,
    /// When it was started.
    pub created: Time,
    /// When it ends.
    pub exp: Time,
    /// JSON of the browser.
    pub ctx: String,
    /// JSON of the signed rows.
    pub rows: String,
    /// JSON of the factors.
    pub factors: String,
    /// The number in the browser.
    pub num: Option<Number>,
    /// Wrong numbers or codes so far.
    pub tries: u32,
    /// Handle of a QR or link sign-in.
    pub handle: Option<Handle>,
    /// The phone that claimed it, or that an offline sign-in is for.
    pub aid: Option<Aid>,
    /// The compact JWS of an offline QR.
    pub oqr: Option<String>,
    /// The off key of an offline sign-in.
    pub off_kid: Option<String>,
    /// When it was decided.
    pub decided_at: Option<Time>,
    /// Which phone decided.
    pub decided_by: Option<Aid>,
    /// When it was completed.
    pub completed_at: Option<Time>,
    /// Sealed answer of `complete`.
    pub answer: Option<Vec<u8>>,
    /// When the phone ended or reported it after the fact.
    pub ended: Option<Time>,
    /// Link: where the app goes back to.
    pub return_url: Option<String>,
    /// Link: SHA-256 of the return code.
    pub rc: Option<[u8; 32]>,
    /// JSON of what the approval is a proof for.
    pub act: Option<String>,
    /// Whether the server's own pages started it for the service.
    pub pages: bool,
}

const COLUMNS: &str =
    "tid, service, account, account_given, method, kind, state, reason, created, exp, ctx, rows, factors,
    num, tries, h, aid, oqr, off_kid, decided_at, decided_by, completed_at, answer, ended, return_url, rc,
    act, pages";

fn from_row(row: &Row<'_>) -> rusqlite::Result<SignIn> {
    let optional_time = |at: Option<i64>| at.map(time);
    let name: String = row.get(6)?;
    Ok(SignIn {
        tid: Tid::from_bytes(row.get(0)?),
        service: row.get(1)?,
        account: row.get(2)?,
        account_given: row.get(3)?,
        method: row.get(4)?,
        kind: row.get(5)?,
        state: SignInState::from_name(&name).unwrap_or(SignInState::Cancelled),
        reason: row.get(7)?,
        created: time(row.get(8)?),
        exp: time(row.get(9)?),
        ctx: row.get(10)?,
        rows: row.get(11)?,
        factors: row.get(12)?,
        num: row.get::<_, Option<String>>(13)?.and_then(|num| Number::parse(&num).ok()),
        tries: row.get(14)?,
        handle: row.get::<_, Option<[u8; 16]>>(15)?.map(Handle::from_bytes),
        aid: row.get::<_, Option<[u8; 16]>>(16)?.map(Aid::from_bytes),
        oqr: row.get(17)?,
        off_kid: row.get(18)?,
        decided_at: optional_time(row.get(19)?),
        decided_by: row.get::<_, Option<[u8; 16]>>(20)?.map(Aid::from_bytes),
        completed_at: optional_time(row.get(21)?),
        answer: row.get(22)?,
        ended: optional_time(row.get(23)?),
        return_url: row.get(24)?,
        rc: row.get(25)?,
        act: row.get(26)?,
        pages: row.get(27)?,
    })
}

impl SignIn {
    /// By which key, as people know it: `number`, `qr`, `here` or `offline`.
    pub fn key(&self) -> &'static str {
        match self.method.as_str() {
            "push" => "number",
            "link" => "here",
            "offline" => "offline",
            _ => "qr",
        }
    }

    /// The state by the clock: what is out of time is expired, whatever the row says (3.13.1).
    fn at(mut self, now: Time, lifetimes: &Lifetimes) -> Self {
        let late = match self.state {
            state if state.is_open() => self.exp <= now,
            SignInState::Approved => self.decided_at.is_none_or(|at| at.plus(lifetimes.complete) <= now),
            _ => false,
        };
        if late {
            self.state = SignInState::Expired;
        }
        self
    }

    /// When the state changes by itself.
    pub fn next_deadline(&self, lifetimes: &Lifetimes) -> Option<Time> {
        match self.state {
            state if state.is_open() => Some(self.exp),
            SignInState::Approved => self.decided_at.map(|at| at.plus(lifetimes.complete)),
            _ => None,
        }
    }
}

/// Inserts a sign-in as started.
pub fn insert(tx: &Tx<'_>, new: &SignIn) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO sign_in (tid, service, account, account_given, method, kind, state, created, exp, ctx, rows,
                              factors, num, h, aid, oqr, off_kid, return_url, act, pages)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        params![
            new.tid.as_bytes(),
            new.service,
            new.account,
            new.account_given,
            new.method,
            new.kind,
            new.state.as_str(),
            secs(new.created),
            secs(new.exp),
            new.ctx,
            new.rows,
            new.factors,
            new.num.as_ref().map(Number::expose),
            new.handle.as_ref().map(|handle| &handle.expose()[..]),
            new.aid.as_ref().map(Aid::as_bytes),
            new.oqr,
            new.off_kid,
            new.return_url,
            new.act,
            new.pages
        ],
    )?;
    Ok(())
}

/// The sign-in of this id.
pub fn by_tid(
    tx: &Tx<'_>,
    tid: &Tid,
    now: Time,
    lifetimes: &Lifetimes,
) -> Result<Option<SignIn>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM sign_in WHERE tid=?1"))?;
    let found = query.query_row([tid.as_bytes()], from_row).optional()?;
    Ok(found.map(|sign_in| sign_in.at(now, lifetimes)))
}

/// The sign-in with this handle.
pub fn by_handle(
    tx: &Tx<'_>,
    h: &Handle,
    now: Time,
    lifetimes: &Lifetimes,
) -> Result<Option<SignIn>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM sign_in WHERE h=?1"))?;
    let found = query.query_row([&h.expose()[..]], from_row).optional()?;
    Ok(found.map(|sign_in| sign_in.at(now, lifetimes)))
}

/// The link sign-in whose return code has this hash.
pub fn by_return(
    tx: &Tx<'_>,
    hash: &[u8; 32],
    now: Time,
    lifetimes: &Lifetimes,
) -> Result<Option<SignIn>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM sign_in WHERE rc=?1"))?;
    let found = query.query_row([&hash[..]], from_row).optional()?;
    Ok(found.map(|sign_in| sign_in.at(now, lifetimes)))
}

/// Sign-ins of an account that its owner could mean, newest first.
pub fn of_account(tx: &Tx<'_>, account: &str, most: u32) -> Result<Vec<Tid>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT tid FROM sign_in WHERE account=?1 ORDER BY created DESC LIMIT ?2")?;
    let rows = query.query_map(params![account, most], |row| row.get(0).map(Tid::from_bytes))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which phone, of which account, takes a sign-in, and until when.
pub struct Claim<'a> {
    /// The phone.
    pub aid: &'a Aid,
    /// Its account.
    pub account: &'a str,
    /// The new end.
    pub exp: Time,
}

/// Takes a created sign-in for a phone; `false` if it was taken or ended meanwhile.
pub fn claim(tx: &Tx<'_>, tid: &Tid, claim: &Claim<'_>, now: Time) -> Result<bool, StoreFault> {
    let taken = tx.run(
        "UPDATE sign_in SET state='claimed', aid=?2, account=?3, exp=?4
          WHERE tid=?1 AND state='created' AND exp > ?5",
        params![tid.as_bytes(), claim.aid.as_bytes(), claim.account, secs(claim.exp), secs(now)],
    )?;
    Ok(taken == 1)
}

/// How a sign-in is decided, and by which phone.
pub struct Decision<'a> {
    /// The new state.
    pub state: SignInState,
    /// Why.
    pub reason: Option<&'a str>,
    /// The phone.
    pub aid: &'a Aid,
}

/// Decides an open sign-in by a phone or a code; `false` if it is decided or out of time (3.4.7). The number goes.
/// Like whatever else changes the state of one sign-in, it notes that in its owner's [`history`].
pub fn decide(tx: &Tx<'_>, tid: &Tid, decision: &Decision<'_>, now: Time) -> Result<bool, StoreFault> {
    let decided = tx.run(
        "UPDATE sign_in SET state=?2, reason=?3, decided_by=?4, decided_at=?5, num=NULL
          WHERE tid=?1 AND state IN ('pending','claimed') AND exp > ?5",
        params![tid.as_bytes(), decision.state.as_str(), decision.reason, decision.aid.as_bytes(), secs(now)],
    )?;
    history::note(tx, tid)?;
    Ok(decided == 1)
}

/// Keeps the hash of the code that the app brings back to the browser.
pub fn set_return(tx: &Tx<'_>, tid: &Tid, hash: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("UPDATE sign_in SET rc=?2 WHERE tid=?1", params![tid.as_bytes(), &hash[..]])?;
    Ok(())
}

/// Uses a completed sign-in up as a proof; `false` if it was used before.
pub fn use_as_proof(tx: &Tx<'_>, tid: &Tid) -> Result<bool, StoreFault> {
    let used = tx.run(
        "UPDATE sign_in SET proof_used=1 WHERE tid=?1 AND proof_used=0 AND state='completed' AND ended IS NULL",
        [tid.as_bytes()],
    )?;
    Ok(used == 1)
}

/// Ends a sign-in that no phone decides any more.
pub fn end(tx: &Tx<'_>, tid: &Tid, state: SignInState, reason: Option<&str>) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE sign_in SET state=?2, reason=?3, num=NULL WHERE tid=?1",
        params![tid.as_bytes(), state.as_str(), reason],
    )?;
    history::note(tx, tid)
}

/// A late "it wasn't me": whatever the state, the sign-in is reported; a session that came of it has to end.
pub fn report(tx: &Tx<'_>, tid: &Tid, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE sign_in SET state='reported', reason='not_me', num=NULL, ended=coalesce(ended, ?2) WHERE tid=?1",
        params![tid.as_bytes(), secs(now)],
    )?;
    history::note(tx, tid)
}

/// Counts a wrong number or code on this sign-in and gives how many there were.
pub fn count_wrong(tx: &Tx<'_>, tid: &Tid) -> Result<u32, StoreFault> {
    let mut query = tx.0.prepare_cached("UPDATE sign_in SET tries=tries+1 WHERE tid=?1 RETURNING tries")?;
    Ok(query.query_row([tid.as_bytes()], |row| row.get(0))?)
}

/// Cancels the open sign-ins of an account except one (a "not me" on it); gives their ids.
pub fn cancel_open(tx: &Tx<'_>, account: &str, except: &Tid, now: Time) -> Result<Vec<Tid>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "UPDATE sign_in SET state='cancelled', num=NULL
          WHERE account=?1 AND tid<>?2 AND state IN ('created','pending','claimed') AND exp > ?3 RETURNING tid",
    )?;
    let rows = query
        .query_map(params![account, except.as_bytes(), secs(now)], |row| row.get(0).map(Tid::from_bytes))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ends the session of a sign-in (3.13.1); `false` if it was ended before.
pub fn end_session(tx: &Tx<'_>, tid: &Tid, now: Time) -> Result<bool, StoreFault> {
    let ended = tx.run(
        "UPDATE sign_in SET ended=?2, state=CASE state WHEN 'approved' THEN 'cancelled' ELSE state END
          WHERE tid=?1 AND ended IS NULL AND state IN ('approved','completed')",
        params![tid.as_bytes(), secs(now)],
    )?;
    history::note(tx, tid)?;
    Ok(ended == 1)
}

/// Cancels everything of an account that is not over.
pub fn cancel_all(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE sign_in SET state='cancelled', num=NULL
          WHERE account=?1 AND state IN ('created','pending','claimed','approved')",
        [account],
    )?;
    Ok(())
}

/// Cancels what a removed phone had begun: sign-ins that it claimed, that wait for its code, or that it approved and
/// nobody completed; with the account's last phone also those that wait for any phone.
pub fn cancel_of_phone(tx: &Tx<'_>, phone: &Phone, last: bool, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE sign_in SET state='cancelled', num=NULL
          WHERE account=?1 AND ((state IN ('created','pending','claimed') AND exp > ?4 AND (aid=?2 OR ?3))
                             OR (state='approved' AND decided_by=?2))",
        params![phone.account, phone.aid.as_bytes(), last, secs(now)],
    )?;
    Ok(())
}

/// Services that completed a sign-in of this phone since then.
pub fn services_of_phone(tx: &Tx<'_>, aid: &Aid, since: Time) -> Result<Vec<String>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT DISTINCT service FROM sign_in WHERE account=(SELECT account FROM phone WHERE aid=?1)
            AND decided_by=?1 AND completed_at > ?2",
    )?;
    let rows = query.query_map(params![aid.as_bytes(), secs(since)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Completes an approved sign-in and keeps its sealed answer; `false` if it is not approved any more.
pub fn complete(tx: &Tx<'_>, tid: &Tid, sealed: &[u8], now: Time) -> Result<bool, StoreFault> {
    let changed = tx.run(
        "UPDATE sign_in SET state='completed', completed_at=?2, answer=?3 WHERE tid=?1 AND state='approved'",
        params![tid.as_bytes(), secs(now), sealed],
    )?;
    history::note(tx, tid)?;
    Ok(changed == 1)
}

/// How many sign-ins a service started for an account since `since`.
pub fn starts_since(tx: &Tx<'_>, service: &str, account: &str, since: Time) -> Result<u32, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT count(*) FROM sign_in WHERE account=?1 AND created > ?2 AND service=?3
            AND json_extract(ctx, '$.first') = 1",
    )?;
    Ok(query.query_row(params![account, secs(since), service], |row| row.get(0))?)
}
