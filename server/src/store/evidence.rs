//! Evidence of approvals (2.5, 3.0.7): what the device signed, and the tag; never a factor signature.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::id::{Aid, Thumbprint, Tid};
use countersign_protocol::message::Factor;
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// The column's words.
const PIN: &str = "pin";
const BIO: &str = "bio";

/// Evidence of one approval.
#[derive(Clone)]
pub struct Evidence {
    /// The sign-in.
    pub tid: Tid,
    /// The phone.
    pub aid: Aid,
    /// Thumbprint of its device key.
    pub jkt: Thumbprint,
    /// When it approved.
    pub at: Time,
    /// The approval tag.
    pub ev: Vec<u8>,
    /// What the device signed; nothing for an offline code.
    pub signed: Option<Signed>,
    /// What the person used.
    pub factor: Factor,
}

/// A device signature and what it covers, as sent.
#[derive(Clone)]
pub struct Signed {
    /// Device key, SEC 1.
    pub pk_dev: Vec<u8>,
    /// The request that was shown.
    pub request: String,
    /// Payload, base64url.
    pub payload: String,
    /// Protected header, base64url.
    pub protected: String,
    /// Signature, base64url.
    pub signature: String,
}

/// Stores evidence.
pub fn insert(tx: &Tx<'_>, evidence: &Evidence) -> Result<(), StoreFault> {
    let signed = evidence.signed.as_ref();
    tx.run(
        "INSERT INTO evidence (tid, aid, jkt, at, ev, pk_dev, request, payload, protected, signature,
                               factor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            evidence.tid.as_bytes(),
            evidence.aid.as_bytes(),
            evidence.jkt.as_bytes(),
            secs(evidence.at),
            evidence.ev,
            signed.map(|s| &s.pk_dev),
            signed.map(|s| &s.request),
            signed.map(|s| &s.payload),
            signed.map(|s| &s.protected),
            signed.map(|s| &s.signature),
            if evidence.factor == Factor::Bio { BIO } else { PIN }
        ],
    )?;
    Ok(())
}

/// The evidence of a sign-in.
pub fn find(tx: &Tx<'_>, tid: &Tid) -> Result<Option<Evidence>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT aid, jkt, at, ev, pk_dev, request, payload, protected, signature, factor
           FROM evidence WHERE tid=?1",
    )?;
    let found = query.query_row([tid.as_bytes()], |row| {
        let pk_dev: Option<Vec<u8>> = row.get(4)?;
        let signed = match pk_dev {
            Some(pk_dev) => Some(Signed {
                pk_dev,
                request: row.get(5)?,
                payload: row.get(6)?,
                protected: row.get(7)?,
                signature: row.get(8)?,
            }),
            None => None,
        };
        Ok(Evidence {
            tid: *tid,
            aid: Aid::from_bytes(row.get(0)?),
            jkt: Thumbprint::from_bytes(row.get(1)?),
            at: time(row.get(2)?),
            ev: row.get(3)?,
            signed,
            factor: if row.get::<_, String>(9)? == BIO { Factor::Bio } else { Factor::Pin },
        })
    });
    Ok(found.optional()?)
}
