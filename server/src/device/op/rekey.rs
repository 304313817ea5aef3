//! `rekey` (3.7.1): another PIN, other derivation parameters, another device key.
//!
//! New keys are judged before the old PIN is counted (8h), and nothing of the message that could test a guess is kept:
//! no payload, no signature, no hash of them (2.5).

use super::super::attempt::{self, Keyed, Outcome, Undone};
use super::super::authenticate::Spoken;
use super::super::judge::PinKeys;
use super::super::{notice, respond};
use crate::app::{AppFault, Shared};
use crate::points::Point;
use crate::reply::{self, Refusal};
use crate::seal::Purpose;
use crate::store::attempt::{Ticket, close};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, Tx, account, accounting, audit};
use crate::{binding, letters, random, tag};
use axum::response::Response;
use countersign_protocol::answer::BindingAnswer;
use countersign_protocol::id::Fid;
use countersign_protocol::json;
use countersign_protocol::key::{Jwk, PublicKey};
use countersign_protocol::message::op::{NewDevice, Op, Operation, Rekey};
use countersign_protocol::message::receipt::OpReceipt;
use countersign_protocol::problem::{Code, Problem};

/// The new keys, judged.
struct New {
    fid: Fid,
    sig: PublicKey,
    ka: PublicKey,
    dev: Option<(PublicKey, u8)>,
}

/// Judges, counts the old PIN, and replaces.
pub async fn perform(
    app: &Shared,
    spoken: &Spoken,
    op: Op,
    keyed: Keyed,
    ticket: Ticket,
) -> Result<Response, Refusal> {
    let new = match judge(app, spoken, &op) {
        Ok(new) => new,
        Err(refusal) => return Err(attempt::withdraw(app, &keyed, ticket, refusal).await),
    };
    if let Err(refusal) = respond::reserve(app, spoken, &ticket).await {
        return Err(attempt::withdraw(app, &keyed, ticket, refusal).await);
    }
    app.points.reach(Point::AfterReserve).await;
    let right = old_pin_is_right(app, spoken)?;
    app.points.reach(Point::BeforeCommit).await;
    let work = Work { app: app.clone(), phone: spoken.phone.clone(), op, ticket };
    match app.store.write(move |tx| work.commit(tx, right.then_some(new))).await {
        Ok(outcome) => {
            app.points.reach(Point::AfterCommit).await;
            Ok(reply::stored(outcome.http, outcome.body))
        }
        Err(Undone::Overtaken) => attempt::overtaken(app, &keyed),
        Err(Undone::Fault(fault)) => Err(fault.into()),
    }
}

/// Step 8h: the list of signatures, then the new keys, their possession, their protection. The sealed keys stay shut.
fn judge(app: &Shared, spoken: &Spoken, op: &Op) -> Result<New, Refusal> {
    let Operation::Rekey(rekey) = &op.operation else { return Err(Code::Malformed.into()) };
    let wanted = if rekey.new_dev.is_some() { 3 } else { 2 };
    if spoken.envelope.factors().len() != wanted {
        return Err(
            Problem::with(Code::FactorNotAllowed, |m| m.factors = Some(vec!["pin".to_owned()])).into()
        );
    }
    let new = keys(rekey)?;
    check_differences(spoken, &new)?;
    check_unknown(app, spoken, &new)?;
    check_possession(spoken, &new)?;
    if let Some(device) = &rekey.new_dev {
        check_level(app, &spoken.phone, device)?;
    }
    Ok(new)
}

fn rejected(reason: &str) -> Problem {
    Problem::with(Code::KeyRejected, |m| m.reason = Some(reason.to_owned()))
}

fn keys(rekey: &Rekey) -> Result<New, Problem> {
    let key = |jwk: &Jwk| PublicKey::from_jwk(jwk).map_err(|_| rejected("jwk"));
    let device = |device: &NewDevice| -> Result<_, Problem> { Ok((key(&device.jwk)?, device.level.tag())) };
    let dev = rekey.new_dev.as_ref().map(device).transpose()?;
    Ok(New { fid: rekey.pin.fid, sig: key(&rekey.pin.sig)?, ka: key(&rekey.pin.ka)?, dev })
}

fn check_differences(spoken: &Spoken, new: &New) -> Result<(), Problem> {
    let mut keys = vec![spoken.phone.pk_dev, new.sig, new.ka];
    keys.extend(new.dev.map(|(key, _)| key));
    let distinct = keys.iter().enumerate().all(|(place, key)| !keys.iter().skip(place + 1).any(|k| k == key));
    if distinct { Ok(()) } else { Err(rejected("equal")) }
}

/// Concerns thumbprints of device keys and former ids only, never a PIN key (3.0.7).
fn check_unknown(app: &Shared, spoken: &Spoken, new: &New) -> Result<(), Refusal> {
    let known = app.store.read(|tx| -> Result<bool, StoreFault> {
        let device = new.dev.map_or(Ok(false), |(key, _)| phone::is_key_known(tx, &key.thumbprint()))?;
        Ok(device || new.fid == spoken.phone.fid || phone::had_fid(tx, &spoken.phone.aid, &new.fid)?)
    })?;
    if known { Err(rejected("known").into()) } else { Ok(()) }
}

fn check_possession(spoken: &Spoken, new: &New) -> Result<(), Problem> {
    let proves = |place: usize, kid: String, key: &PublicKey| {
        let factor = spoken.envelope.factors().get(place);
        factor.is_some_and(|factor| factor.kid() == kid && spoken.envelope.factor_verifies(factor, key))
    };
    let pin = proves(1, new.fid.to_string(), &new.sig);
    let device = new.dev.is_none_or(|(key, _)| proves(2, key.thumbprint().to_string(), &key));
    if pin && device { Ok(()) } else { Err(rejected("pop")) }
}

/// A new device key is protected at least as well as the one that it replaces, and as the policy asks.
fn check_level(app: &Shared, phone: &Phone, device: &NewDevice) -> Result<(), Problem> {
    let least = app.policy().min_level.rank().max(binding::level(phone.level).rank());
    if device.level.rank() >= least {
        return Ok(());
    }
    Err(Problem::with(Code::AttestationRejected, |m| m.reason = Some("level".to_owned())))
}

/// B of 3.9.1. Signature and id are both looked at, so that an unknown id takes as long as a wrong PIN.
fn old_pin_is_right(app: &Shared, spoken: &Spoken) -> Result<bool, Refusal> {
    let keys = PinKeys::open(app, spoken)?;
    let Some(factor) = spoken.envelope.factors().first() else { return Err(Code::FactorNotAllowed.into()) };
    let verifies = spoken.envelope.factor_verifies(factor, &keys.sig);
    Ok((factor.fid() == Some(spoken.phone.fid)) & verifies)
}

struct Work {
    app: Shared,
    phone: Phone,
    op: Op,
    ticket: Ticket,
}

impl Work {
    /// C of 3.9.1: `new` if the old PIN was right.
    fn commit(self, tx: &Tx<'_>, new: Option<New>) -> Result<Outcome, Undone> {
        let active = phone::state(tx, &self.phone.aid)? == PhoneState::Active;
        let outcome = match new {
            _ if !active => self.stopped(tx)?,
            Some(new) => self.replace(tx, &new)?,
            None => self.wrong_pin(tx)?,
        };
        let sealed = self.app.seal_answer(&self.ticket.jkt, &self.ticket.jti, &outcome.body)?;
        if close(tx, &self.ticket, outcome.http, &sealed)? { Ok(outcome) } else { Err(Undone::Overtaken) }
    }

    fn stopped(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        let phone = phone::by_aid(tx, &self.phone.aid)?.unwrap_or_else(|| self.phone.clone());
        Ok(notice::problem(&self.app, &phone)?.into())
    }

    fn wrong_pin(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        let now = self.app.now();
        let failure = accounting::fail_online(tx, &self.phone.aid, now, &self.app.policy().limits)?;
        if failure.locked_now {
            letters::phone_locked(tx, &self.app, &self.phone, now)?;
            let about = serde_json::json!({"aid": self.phone.aid, "account": self.phone.account});
            audit::append(tx, &self.app.keys.audit, "phone_locked", &about, now)?;
        }
        if failure.shut {
            return self.stopped(tx);
        }
        let problem = Problem::with(Code::PinIncorrect, |m| {
            m.attempts_left = Some(failure.left);
            m.retry_after = Some(failure.wait);
        });
        Ok(problem.into())
    }

    fn replace(&self, tx: &Tx<'_>, new: &New) -> Result<Outcome, AppFault> {
        let mut row = phone::by_aid(tx, &self.phone.aid)?.ok_or(StoreFault::Damaged("phone"))?;
        let plain = [&new.sig.as_sec1()[..], new.ka.as_sec1()].concat();
        row.pin_keys = self.app.keys.kek.seal(&Purpose::pin(&row.aid, &new.fid), &plain, random::bytes())?;
        row.fid = new.fid;
        if let Some((key, level)) = new.dev {
            (row.pk_dev, row.jkt, row.level, row.attested) = (key, key.thumbprint(), level, false);
        }
        row.row_tag = tag::phone(&self.app.keys.evid, &row).to_vec();
        phone::replace_keys(tx, &row, &self.phone.fid)?;
        accounting::succeed_online(tx, &row.aid, &self.ticket.id)?;
        self.tell(tx, &row, new.dev.is_some())?;
        self.answer(tx, &row)
    }

    fn tell(&self, tx: &Tx<'_>, row: &Phone, device: bool) -> Result<(), StoreFault> {
        let now = self.app.now();
        letters::keys_replaced(tx, &self.app, row, device, now)?;
        let about = serde_json::json!({
            "aid": row.aid, "account": row.account, "jti": self.op.jti,
            "jkt": [self.phone.jkt, row.jkt], "fid": [self.phone.fid, row.fid],
        });
        audit::append(tx, &self.app.keys.audit, "phone_rekeyed", &about, now)
    }

    fn answer(&self, tx: &Tx<'_>, row: &Phone) -> Result<Outcome, AppFault> {
        let label = account::by_id(tx, &row.account)?.ok_or(StoreFault::Damaged("phone.account"))?.email;
        let receipt = self.app.sign(&OpReceipt {
            head: self.app.head(),
            aud: row.aid,
            iat: self.app.now(),
            r#ref: self.op.jti,
            op: "rekey".to_owned(),
            ok: true,
        })?;
        let binding = binding::sign(&self.app, row, label, self.op.jti)?;
        Ok(Outcome { http: 200, body: json::to_vec(&BindingAnswer { receipt, binding })? })
    }
}
