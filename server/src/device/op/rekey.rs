//! `rekey` (3.7.1): another PIN, other derivation parameters, another device key.
//!
//! New keys are judged before the old PIN is counted (8h), and nothing of the message that could test a guess is kept:
//! no payload, no signature, no hash of them (2.5).

use super::super::attempt::Outcome;
use super::super::authenticate::Spoken;
use super::with_pin::{Work, check_signatures};
use crate::app::{AppFault, Shared};
use crate::attestation::{self, Accepted, Subject};
use crate::reply::Refusal;
use crate::seal::Purpose;
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, Tx, account, audit};
use crate::{binding, letters, random, tag};
use countersign_protocol::answer::BindingAnswer;
use countersign_protocol::id::Fid;
use countersign_protocol::key::{Jwk, PublicKey};
use countersign_protocol::message::op::{NewDevice, Rekey};
use countersign_protocol::problem::{Code, Problem};

/// The new keys, judged.
pub struct New {
    fid: Fid,
    sig: PublicKey,
    ka: PublicKey,
    dev: Option<PublicKey>,
    accepted: Option<Accepted>,
}

/// Step 8h: the list of signatures, then the new keys, their possession, their protection. The sealed keys stay shut.
pub fn judge(app: &Shared, spoken: &Spoken, nonce: &str, rekey: &Rekey) -> Result<New, Refusal> {
    check_signatures(app, spoken, if rekey.new_dev.is_some() { 3 } else { 2 })?;
    let mut new = keys(rekey)?;
    check_differences(spoken, &new)?;
    check_unknown(app, spoken, &new)?;
    check_possession(spoken, &new)?;
    if let (Some(device), Some(key)) = (&rekey.new_dev, new.dev) {
        new.accepted = Some(check_protection(app, &spoken.phone, (nonce, &key), device)?);
    }
    Ok(new)
}

pub fn rejected(reason: &str) -> Problem {
    Problem::with(Code::KeyRejected, |m| m.reason = Some(reason.to_owned()))
}

fn keys(rekey: &Rekey) -> Result<New, Problem> {
    let key = |jwk: &Jwk| PublicKey::from_jwk(jwk).map_err(|_| rejected("jwk"));
    let dev = rekey.new_dev.as_ref().map(|device| key(&device.jwk)).transpose()?;
    Ok(New { fid: rekey.pin.fid, sig: key(&rekey.pin.sig)?, ka: key(&rekey.pin.ka)?, dev, accepted: None })
}

fn check_differences(spoken: &Spoken, new: &New) -> Result<(), Problem> {
    let mut keys = vec![spoken.phone.pk_dev, new.sig, new.ka];
    keys.extend(new.dev);
    let distinct = keys.iter().enumerate().all(|(place, key)| !keys.iter().skip(place + 1).any(|k| k == key));
    if distinct { Ok(()) } else { Err(rejected("equal")) }
}

/// Concerns thumbprints of device keys and former ids only, never a PIN key (3.0.7).
fn check_unknown(app: &Shared, spoken: &Spoken, new: &New) -> Result<(), Refusal> {
    let known = app.store.read(|tx| -> Result<bool, StoreFault> {
        let device = new.dev.map_or(Ok(false), |key| phone::is_key_known(tx, &key.thumbprint()))?;
        Ok(device || is_current(&spoken.phone, &new.fid) || phone::had_fid(tx, &spoken.phone.aid, &new.fid)?)
    })?;
    if known { Err(rejected("known").into()) } else { Ok(()) }
}

/// Whether one of the phone's factors has this id now.
pub fn is_current(phone: &Phone, fid: &Fid) -> bool {
    *fid == phone.fid || phone.bio.is_some_and(|bio| bio.fid == *fid)
}

fn check_possession(spoken: &Spoken, new: &New) -> Result<(), Problem> {
    let proves = |place: usize, kid: String, key: &PublicKey| {
        let factor = spoken.envelope.factors().get(place);
        factor.is_some_and(|factor| factor.kid() == kid && spoken.envelope.factor_verifies(factor, key))
    };
    let pin = proves(1, new.fid.to_string(), &new.sig);
    let device = new.dev.is_none_or(|key| proves(2, key.thumbprint().to_string(), &key));
    if pin && device { Ok(()) } else { Err(rejected("pop")) }
}

/// A new device key is protected at least as well as the one that it replaces, and as the policy asks.
fn check_protection(
    app: &Shared,
    phone: &Phone,
    (nonce, key): (&str, &PublicKey),
    device: &NewDevice,
) -> Result<Accepted, Problem> {
    let subject = Subject { binding: phone.aid.as_bytes(), nonce: nonce.as_bytes(), key };
    attestation::device(app, &subject, (device.level, &device.att), Some(binding::level(phone.level)))
}

impl New {
    /// The effect, inside the transaction: keys, tag, former id, letter, audit, binding.
    pub fn replace(&self, work: &Work, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        let mut row = tag::genuine_phone(tx, &work.app.keys().evid, &work.phone.aid)?;
        let plain = [&self.sig.as_sec1()[..], self.ka.as_sec1()].concat();
        row.pin_keys =
            work.app.keys().kek.seal(&Purpose::pin(&row.aid, &self.fid), &plain, random::bytes())?;
        row.fid = self.fid;
        if let (Some(key), Some(accepted)) = (self.dev, &self.accepted) {
            (row.pk_dev, row.jkt) = (key, key.thumbprint());
            (row.level, row.attested) = (accepted.level.tag(), accepted.attested);
            row.attestation = accepted.record.as_ref().map(ToString::to_string);
        }
        row.row_tag = tag::of_phone(&work.app.keys().evid, &row).to_vec();
        phone::replace_keys(tx, &row, &work.phone.fid)?;
        self.tell(work, tx, &row)?;
        let label = account::by_id(tx, &row.account)?.ok_or(StoreFault::Damaged("phone.account"))?.email;
        let binding = binding::sign(&work.app, &row, label, work.op.jti)?;
        work.ok(&BindingAnswer { receipt: work.receipt()?, binding })
    }

    fn tell(&self, work: &Work, tx: &Tx<'_>, row: &Phone) -> Result<(), StoreFault> {
        let now = work.app.now();
        letters::keys_replaced(tx, &work.app, row, self.dev.is_some(), now)?;
        let record = self.accepted.as_ref().map(|accepted| &accepted.record);
        let about = serde_json::json!({
            "aid": row.aid, "account": row.account, "jti": work.op.jti,
            "jkt": [work.phone.jkt, row.jkt], "fid": [work.phone.fid, row.fid],
            "level": binding::level(row.level), "attestation": record,
        });
        audit::append(tx, &work.app.keys().audit, "phone_rekeyed", &about, now)
    }
}
