//! Biometric factors of phones: the key in the phone's row, the ids that were used before, the counts (2.6, 3.9.1).

use super::phone::Phone;
use super::{StoreFault, Tx};
use countersign_protocol::id::{Aid, Fid, Thumbprint};
use rusqlite::params;

/// Whether a phone had this id as that of a biometric factor.
pub fn had(tx: &Tx<'_>, aid: &Aid, fid: &Fid) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT 1 FROM former_fid WHERE aid=?1 AND fid=?2 AND bio=1")?;
    Ok(query.exists(params![aid.as_bytes(), fid.as_bytes()])?)
}

/// Writes the biometric factor of a phone, or that it has none any more, with its tag; remembers the id of the former.
pub fn set(tx: &Tx<'_>, row: &Phone, former: Option<&Fid>) -> Result<(), StoreFault> {
    if let Some(former) = former {
        tx.run(
            "INSERT INTO former_fid (aid, fid, bio) VALUES (?1, ?2, 1)",
            params![row.aid.as_bytes(), former.as_bytes()],
        )?;
    }
    let jkt = row.bio.map(|bio| bio.key.thumbprint());
    tx.run(
        "UPDATE phone SET pk_bio=?2, bio_fid=?3, bio_jkt=?4, row_tag=?5, bio_fail=0, bio_uses=0 WHERE aid=?1",
        params![
            row.aid.as_bytes(),
            row.bio.as_ref().map(|bio| &bio.key.as_sec1()[..]),
            row.bio.as_ref().map(|bio| bio.fid.as_bytes()),
            jkt.as_ref().map(Thumbprint::as_bytes),
            row.row_tag
        ],
    )?;
    Ok(())
}

/// Counts a wrong biometric signature.
pub fn count_failure(tx: &Tx<'_>, aid: &Aid) -> Result<(), StoreFault> {
    tx.run("UPDATE phone SET bio_fail=bio_fail+1 WHERE aid=?1", [aid.as_bytes()])?;
    Ok(())
}

/// Counts an approval by biometrics.
pub fn count_use(tx: &Tx<'_>, aid: &Aid) -> Result<(), StoreFault> {
    tx.run("UPDATE phone SET bio_fail=0, bio_uses=bio_uses+1 WHERE aid=?1", [aid.as_bytes()])?;
    Ok(())
}
