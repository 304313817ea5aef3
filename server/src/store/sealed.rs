//! What stands sealed in the database, and under which key encryption key: the first byte of a sealed value says it.

use super::{StoreFault, Tx};
use countersign_protocol::id::{Aid, Fid};
use rusqlite::params;

/// Every column that holds sealed values. Those of phones and passwords stay for years, letters for a month, the others
/// for a day at most.
const COLUMNS: [(&str, &str); 8] = [
    ("mail", "sealed"),
    ("phone", "pin_keys"),
    ("password", "sealed"),
    ("enrolment", "es"),
    ("attempt", "answer"),
    ("sign_in", "answer"),
    ("ticket", "sealed"),
    ("repeat", "answer"),
];

/// PIN keys of a phone, sealed.
pub struct SealedKeys {
    /// The phone.
    pub aid: Aid,
    /// Its PIN epoch.
    pub fid: Fid,
    /// The sealed value.
    pub value: Vec<u8>,
}

/// A password, sealed.
pub struct SealedPassword {
    /// Whose.
    pub account: String,
    /// The sealed value.
    pub value: Vec<u8>,
}

/// How many values are sealed under another key than that of this id.
pub fn count_others(tx: &Tx<'_>, id: u8) -> Result<u64, StoreFault> {
    let mut sum = 0;
    for (table, column) in COLUMNS {
        let query = format!(
            "SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND length({column}) > 0 AND substr({column}, 1, 1) != ?1"
        );
        sum += tx.0.query_row(&query, [&[id][..]], |row| row.get::<_, i64>(0))?.unsigned_abs();
    }
    Ok(sum)
}

/// Some of the phones whose PIN keys are sealed under another key than that of this id.
pub fn phones_of_others(tx: &Tx<'_>, id: u8, most: u32) -> Result<Vec<SealedKeys>, StoreFault> {
    let mut query = tx
        .0
        .prepare_cached("SELECT aid, fid, pin_keys FROM phone WHERE substr(pin_keys, 1, 1) != ?1 LIMIT ?2")?;
    let rows = query.query_map(params![&[id][..], most], |row| {
        Ok(SealedKeys {
            aid: Aid::from_bytes(row.get(0)?),
            fid: Fid::from_bytes(row.get(1)?),
            value: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Some of the passwords that are sealed under another key than that of this id.
pub fn passwords_of_others(tx: &Tx<'_>, id: u8, most: u32) -> Result<Vec<SealedPassword>, StoreFault> {
    let mut query = tx
        .0
        .prepare_cached("SELECT account, sealed FROM password WHERE substr(sealed, 1, 1) != ?1 LIMIT ?2")?;
    let rows = query.query_map(params![&[id][..], most], |row| {
        Ok(SealedPassword { account: row.get(0)?, value: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Numbers and sealed bodies of some of the letters that are sealed under another key than that of this id.
pub fn letters_of_others(tx: &Tx<'_>, id: u8, most: u32) -> Result<Vec<(i64, Vec<u8>)>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT id, sealed FROM mail WHERE substr(sealed, 1, 1) != ?1 LIMIT ?2")?;
    let rows = query.query_map(params![&[id][..], most], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts the same letter, sealed anew, in the place of a value.
pub fn replace_letter(tx: &Tx<'_>, id: i64, old: &[u8], new: &[u8]) -> Result<(), StoreFault> {
    tx.run("UPDATE mail SET sealed=?3 WHERE id=?1 AND sealed=?2", params![id, old, new])?;
    Ok(())
}

/// Puts the same password, sealed anew, in the place of a value.
pub fn replace_password(tx: &Tx<'_>, old: &SealedPassword, new: &[u8]) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE password SET sealed=?3 WHERE account=?1 AND sealed=?2",
        params![old.account, old.value, new],
    )?;
    Ok(())
}

/// Puts the same keys, sealed anew, in the place of a value.
pub fn replace(tx: &Tx<'_>, old: &SealedKeys, new: &[u8]) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET pin_keys=?3 WHERE aid=?1 AND pin_keys=?2",
        params![old.aid.as_bytes(), old.value, new],
    )?;
    Ok(())
}
