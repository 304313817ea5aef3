//! `add_factor` and `remove_factor` (2.6, 3.7): a biometric key beside the PIN, brought in by the PIN only.

use super::super::attempt::Outcome;
use super::super::authenticate::Spoken;
use super::change;
use super::rekey::{is_current, rejected};
use super::with_pin::{self, check_signatures};
use crate::app::{App, AppFault, Shared};
use crate::attestation::{self, Subject};
use crate::reply::Refusal;
use crate::store::phone::{self, Bio, Phone};
use crate::store::{StoreFault, Tx, account, audit, bio};
use crate::{binding, letters, tag};
use countersign_protocol::answer::BindingAnswer;
use countersign_protocol::id::{Fid, Jti};
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::op::AddFactor;
use countersign_protocol::problem::{Code, Problem};
use serde_json::Value;

/// A biometric key that may come in.
pub struct Added {
    bio: Bio,
    record: Option<Value>,
}

/// Step 8h: the list of signatures, then the key, whether it is known, its possession, its attestation.
pub fn judge(app: &Shared, spoken: &Spoken, nonce: &str, add: &AddFactor) -> Result<Added, Refusal> {
    check_signatures(app, spoken, 2)?;
    let key = PublicKey::from_jwk(&add.jwk).map_err(|_| rejected("jwk"))?;
    if key == spoken.phone.pk_dev {
        return Err(rejected("equal").into());
    }
    let known = app.store.read(|tx| -> Result<bool, StoreFault> {
        Ok(phone::is_key_known(tx, &key.thumbprint())?
            || is_current(&spoken.phone, &add.fid)
            || phone::had_fid(tx, &spoken.phone.aid, &add.fid)?)
    })?;
    if known {
        return Err(rejected("known").into());
    }
    check_possession(spoken, &add.fid, &key)?;
    let subject = Subject { binding: spoken.phone.aid.as_bytes(), nonce: nonce.as_bytes(), key: &key };
    let record = attestation::biometric(app, &subject, &spoken.phone, &add.att)?;
    Ok(Added { bio: Bio { fid: add.fid, key }, record })
}

fn check_possession(spoken: &Spoken, fid: &Fid, key: &PublicKey) -> Result<(), Problem> {
    let proof = spoken.envelope.factors().get(1);
    let proves = proof
        .is_some_and(|proof| proof.kid() == fid.to_string() && spoken.envelope.factor_verifies(proof, key));
    if proves { Ok(()) } else { Err(rejected("pop")) }
}

/// The effect of `add_factor`; a key that was there before gives way.
pub fn add(work: &with_pin::Work, tx: &Tx<'_>, added: &Added) -> Result<Outcome, AppFault> {
    let row = tag::genuine_phone(tx, &work.app.keys().evid, &work.phone.aid)?;
    let row = replace(tx, &work.app, row, Some(added.bio))?;
    letters::biometrics_on(tx, &work.app, &row, work.app.now())?;
    audited(tx, &work.app, &row, ("biometrics_on", work.op.jti), added.record.as_ref())?;
    let label = account::by_id(tx, &row.account)?.ok_or(StoreFault::Damaged("phone.account"))?.email;
    let binding = binding::sign(&work.app, &row, label, work.op.jti)?;
    work.ok(&BindingAnswer { receipt: work.receipt()?, binding })
}

/// Step 8c of `remove_factor`: the factor that is there, or was.
pub fn judge_removal(app: &Shared, spoken: &Spoken, fid: &Fid) -> Result<(), Refusal> {
    let current = spoken.phone.bio.is_some_and(|bio| bio.fid == *fid);
    let aid = spoken.phone.aid;
    let former = app.store.read(|tx| -> Result<_, StoreFault> { bio::had(tx, &aid, fid) })?;
    if current || former { Ok(()) } else { Err(Code::NotFound.into()) }
}

/// The effect of `remove_factor`; asked a second time, nothing changes.
pub fn remove(work: &change::Work, tx: &Tx<'_>, fid: &Fid) -> Result<Outcome, AppFault> {
    let row = tag::genuine_phone(tx, &work.app.keys().evid, &work.phone.aid)?;
    if row.bio.is_some_and(|bio| bio.fid == *fid) {
        let row = replace(tx, &work.app, row, None)?;
        audited(tx, &work.app, &row, ("biometrics_off", work.op.jti), None)?;
    }
    work.binding(tx)
}

/// Writes the row with another biometric key, or none.
fn replace(tx: &Tx<'_>, app: &App, mut row: Phone, bio: Option<Bio>) -> Result<Phone, StoreFault> {
    let former = row.bio.map(|bio| bio.fid);
    row.bio = bio;
    row.row_tag = tag::of_phone(&app.keys().evid, &row).to_vec();
    bio::set(tx, &row, former.as_ref())?;
    Ok(row)
}

fn audited(
    tx: &Tx<'_>,
    app: &App,
    row: &Phone,
    (what, jti): (&str, Jti),
    record: Option<&Value>,
) -> Result<(), StoreFault> {
    let about = serde_json::json!({
        "aid": row.aid, "account": row.account, "jti": jti, "bio_fid": row.bio.map(|bio| bio.fid),
        "attestation": record,
    });
    audit::append(tx, &app.keys().audit, what, &about, app.now())
}
