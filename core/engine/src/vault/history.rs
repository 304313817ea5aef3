//! What was decided on this phone (A9): one row for each sign-in, sealed with its binding's key.
//!
//! A row is written before an approval is sent, so that its outcome can be asked for after a crash (3.0.5). Nothing
//! in it depends on the PIN.

use super::Vault;
use super::rows::opened;
use crate::port::{Change, Row, RowKey, Table};
use crate::problem::Problem;
use countersign_protocol::id::{Jti, RequestHash, Tid};
use countersign_protocol::json;
use countersign_protocol::time::Time;
use countersign_vault::seal::Dek;
use serde::{Deserialize, Serialize};

/// What the person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Approved a request.
    Approved,
    /// Refused one.
    Cancelled,
    /// Said "It wasn't me".
    Reported,
    /// Made a code for a sign-in without network; whether it was used is not known here.
    OfflineCode,
}

/// What is known of its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The server signed for it.
    Confirmed,
    /// Sent, without an answer so far.
    Unknown,
    /// There is nothing to confirm: an offline code.
    None,
}

/// One decision. Of several answers about one sign-in whose outcome is open it is the one that was sent last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub tid: Tid,
    /// Name of the service.
    pub client: String,
    pub deed: Deed,
    pub outcome: Outcome,
    /// The server's time, or the phone's while there is no receipt.
    pub at: Time,
    /// The answer that was sent and the request it belongs to: what a receipt has to name.
    pub answer: Option<(Jti, RequestHash)>,
    /// What was sent before it, oldest first, and may be what the server took.
    #[serde(default)]
    pub earlier: Vec<Sent>,
}

/// An answer that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub jti: Jti,
    pub req: RequestHash,
    pub deed: Deed,
    pub at: Time,
}

impl Entry {
    /// Every answer that may be what the server took, oldest first.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        let last = self.answer.map(|(jti, req)| Sent { jti, req, deed: self.deed, at: self.at });
        self.earlier.iter().cloned().chain(last).collect()
    }

    /// The same with these answers, of which the last stands for it; nothing if there are none.
    pub(crate) fn with_sent(self, mut sent: Vec<Sent>) -> Option<Self> {
        let Sent { jti, req, deed, at } = sent.pop()?;
        Some(Self { deed, at, answer: Some((jti, req)), earlier: sent, ..self })
    }
}

/// What is kept of a decision: the entry, and its place among all of them, for two in the same second.
#[derive(Serialize, Deserialize)]
struct Plain {
    place: u64,
    entry: Entry,
}

/// One row of the history with the binding that it belongs to.
pub(crate) struct Kept {
    pub binding: u64,
    pub entry: Entry,
    place: u64,
}

impl Vault {
    /// Notes an answer before it is sent, beside those about the same sign-in whose outcome is open.
    pub(crate) fn note(&self, binding: u64, entry: Entry) -> Result<(), Problem> {
        let mut sent = self.unknown(binding, &entry.tid)?.map(|open| open.sent()).unwrap_or_default();
        sent.retain(|sent| entry.answer.is_none_or(|(jti, _)| sent.jti != jti));
        self.record(binding, &Entry { earlier: sent, ..entry })
    }

    /// Takes back one answer that turned out to have no effect. One that was sent before it, and may have been the
    /// faster, stays.
    pub(crate) fn retract(&self, binding: u64, tid: &Tid, jti: &Jti) -> Result<(), Problem> {
        let Some(open) = self.unknown(binding, tid)? else { return Ok(()) };
        let mut sent = open.sent();
        sent.retain(|sent| sent.jti != *jti);
        match open.with_sent(sent) {
            Some(left) => self.record(binding, &left),
            None => self.unrecord(binding, tid),
        }
    }

    /// Writes a decision in place of an earlier one on the same sign-in. What the server signed for is not replaced
    /// by what is only sent.
    pub(crate) fn record(&self, binding: u64, entry: &Entry) -> Result<(), Problem> {
        let known = self.row_of(binding, &entry.tid)?;
        if entry.outcome == Outcome::Unknown && known.as_ref().is_some_and(|row| self.is_confirmed(row)) {
            return Ok(());
        }
        let place = self.next_place()?;
        let id = known.map_or_else(|| self.fresh_id(), |row| Ok(row.id))?;
        let plain = Plain { place, entry: entry.clone() };
        let plain = json::to_vec(&plain).map_err(|_| Problem::VaultCorrupt)?;
        let index = self.history_index(binding, &entry.tid);
        let row = self.sealed(&self.dek(binding)?, Table::History, (id, binding), index, &plain)?;
        Ok(self.store.apply(&[Change::Put(Table::History, row), self.place_change(place)?])?)
    }

    /// One more than the last place given out: a number of its own, because reading all rows for it would make each
    /// approval slower than the one before.
    fn next_place(&self) -> Result<u64, Problem> {
        if let Some(last) = self.last_place()? {
            return Ok(last.saturating_add(1));
        }
        Ok(self.history()?.iter().map(|kept| kept.place).max().map_or(0, |last| last.saturating_add(1)))
    }

    /// Takes back what was sent and turned out to have no effect.
    pub(crate) fn unrecord(&self, binding: u64, tid: &Tid) -> Result<(), Problem> {
        match self.row_of(binding, tid)? {
            Some(row) if !self.is_confirmed(&row) => {
                Ok(self.store.apply(&[Change::Delete(RowKey { table: Table::History, id: row.id })])?)
            }
            _ => Ok(()),
        }
    }

    /// What was sent about a sign-in and had no outcome yet.
    fn unknown(&self, binding: u64, tid: &Tid) -> Result<Option<Entry>, Problem> {
        let Some(row) = self.row_of(binding, tid)? else { return Ok(None) };
        let kept = read(&self.dek(binding)?, &row).map(|kept| kept.entry);
        Ok(kept.filter(|entry| entry.outcome == Outcome::Unknown))
    }

    fn row_of(&self, binding: u64, tid: &Tid) -> Result<Option<Row>, Problem> {
        let index = self.history_index(binding, tid);
        Ok(self.store.find(Table::History, &index)?)
    }

    fn is_confirmed(&self, row: &Row) -> bool {
        let kept = self.dek(row.owner).ok().and_then(|dek| read(&dek, row));
        kept.is_some_and(|kept| kept.entry.outcome == Outcome::Confirmed)
    }

    /// All decisions that can be read, newest first.
    pub(crate) fn history(&self) -> Result<Vec<Kept>, Problem> {
        let rows = self.store.rows(Table::History)?;
        let deks = self.deks()?;
        let mut kept: Vec<Kept> = rows.iter().filter_map(|row| read(deks.get(&row.owner)?, row)).collect();
        kept.sort_by_key(|kept| std::cmp::Reverse((kept.entry.at, kept.place)));
        Ok(kept)
    }

    fn history_index(&self, binding: u64, tid: &Tid) -> [u8; 16] {
        let key = [&binding.to_be_bytes()[..], tid.as_bytes()].concat();
        self.index(Table::History, &key)
    }
}

/// A row as it was written; nothing for one that is damaged.
fn read(dek: &Dek, row: &Row) -> Option<Kept> {
    let plain = opened(dek, Table::History, row).ok()?;
    let Plain { place, entry } = json::parse(&plain).ok()?;
    Some(Kept { binding: row.owner, entry, place })
}
