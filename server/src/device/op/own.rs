//! What a phone does about itself without a factor: `rename`, `set_push`, `list_devices`, `revoke_self`,
//! `end_session`, `settle` (3.7).

use super::super::attempt::Outcome;
use super::super::authenticate::Spoken;
use super::biometric;
use super::change::{Work, own_sign_in};
use crate::app::{AppFault, Shared};
use crate::binding::level;
use crate::random;
use crate::removal::{self, Removal};
use crate::reply::{Refusal, unavailable};
use crate::store::attempt::{self, Closing};
use crate::store::phone::{self, Phone};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, accounting, audit, event};
use countersign_protocol::answer::{DeviceEntry, DevicesAnswer, SignInState};
use countersign_protocol::id::{Fid, Jti, Tid};
use countersign_protocol::message::enrol::Push;
use countersign_protocol::message::op::Operation;
use countersign_protocol::problem::{Code, Problem};

/// What the transaction does.
pub enum Own {
    /// Another name.
    Rename(String),
    /// Another push address, or none.
    SetPush(Option<String>),
    /// The account's phones.
    ListDevices,
    /// Biometrics off.
    RemoveFactor(Fid),
    /// Unregisters this phone.
    RevokeSelf,
    /// Ends the session of a sign-in.
    EndSession(Box<SignIn>),
    /// Closes an operation of unknown outcome.
    Settle(Jti),
}

/// Steps 8a to 8d.
pub fn judge(app: &Shared, spoken: &Spoken, operation: &Operation) -> Result<Own, Refusal> {
    Ok(match operation {
        Operation::Rename(name) => Own::Rename(name.clone()),
        Operation::SetPush(push) => Own::SetPush(allowed(app, push.as_ref())?),
        Operation::ListDevices => Own::ListDevices,
        Operation::RemoveFactor(fid) => {
            biometric::judge_removal(app, spoken, fid)?;
            Own::RemoveFactor(*fid)
        }
        Operation::RevokeSelf => Own::RevokeSelf,
        Operation::EndSession(tid) => Own::EndSession(Box::new(approved(app, spoken, tid)?)),
        Operation::Settle(jti) => Own::Settle(settleable(app, spoken, jti)?),
        _ => return Err(Code::Malformed.into()),
    })
}

fn allowed(app: &Shared, push: Option<&Push>) -> Result<Option<String>, Refusal> {
    let Some(push) = push else { return Ok(None) };
    let known = push
        .origin()
        .is_some_and(|origin| app.policy().push_origins.iter().any(|own| own == origin.as_str()));
    if known { Ok(Some(push.url.clone())) } else { Err(Code::Malformed.into()) }
}

/// A sign-in that this phone approved, or ended before: a repeat changes nothing.
fn approved(app: &Shared, spoken: &Spoken, tid: &Tid) -> Result<SignIn, Refusal> {
    let sign_in = own_sign_in(app, spoken, tid)?;
    if sign_in.decided_by.is_some_and(|by| by != spoken.phone.aid) {
        return Err(Code::TransactionUnknown.into());
    }
    let ended = sign_in.ended.is_some() && sign_in.state == SignInState::Cancelled;
    if ended || matches!(sign_in.state, SignInState::Approved | SignInState::Completed) {
        return Ok(sign_in);
    }
    let state = sign_in.state.as_str().to_owned();
    Err(Problem::with(Code::TransactionDecided, |m| m.state = Some(state)).into())
}

/// An operation that is being judged right now cannot be closed yet.
fn settleable(app: &Shared, spoken: &Spoken, jti: &Jti) -> Result<Jti, Refusal> {
    let (jkt, now) = (spoken.phone.jkt, app.now());
    let busy =
        app.store.read(|tx| -> Result<_, StoreFault> { attempt::is_being_judged(tx, &jkt, jti, now) })?;
    if busy { Err(unavailable(1).into()) } else { Ok(*jti) }
}

impl Own {
    /// Whom it concerns: the sign-in, and the service that has to be told.
    pub fn concerns(&self) -> Option<(Tid, Option<String>)> {
        match self {
            Self::EndSession(sign_in) => Some((sign_in.tid, Some(sign_in.service.clone()))),
            _ => None,
        }
    }

    /// Step 7.
    pub const fn stands_while_locked(&self) -> bool {
        matches!(self, Self::RevokeSelf | Self::EndSession(_) | Self::Settle(_))
    }

    /// Effect and answer, inside the transaction.
    pub fn perform(self, work: &Work, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        match self {
            Self::Rename(name) => {
                phone::rename(tx, &work.phone.aid, &name)?;
                work.done()
            }
            Self::SetPush(url) => {
                phone::set_push(tx, &work.phone.aid, url.as_deref())?;
                work.done()
            }
            Self::ListDevices => list(work, tx),
            Self::RemoveFactor(fid) => biometric::remove(work, tx, &fid),
            Self::RevokeSelf => {
                let removal = Removal { phone: &work.phone, why: "user", by: "user", through: None };
                let ended = removal::revoke(tx, &work.app, &removal, work.app.now())?;
                Ok(work.done()?.reaching_others(ended))
            }
            Self::EndSession(sign_in) => end_session(work, tx, &sign_in),
            Self::Settle(jti) => settle(work, tx, jti),
        }
    }
}

fn list(work: &Work, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
    let phones = phone::of_account(tx, &work.phone.account)?;
    let devices = phones.iter().map(|phone| entry(phone, &work.phone)).collect();
    work.ok(&DevicesAnswer { receipt: work.receipt()?, devices })
}

fn entry(phone: &Phone, asking: &Phone) -> DeviceEntry {
    DeviceEntry {
        r#ref: phone.r#ref,
        name: phone.name.clone(),
        os: phone.os.clone(),
        level: level(phone.level),
        state: phone.state.as_str().to_owned(),
        created: phone.created.to_string(),
        last_used: phone.last_used.map(|at| at.to_string()),
        this: phone.aid == asking.aid,
    }
}

fn end_session(work: &Work, tx: &Tx<'_>, sign_in: &SignIn) -> Result<Outcome, AppFault> {
    let (now, account) = (work.app.now(), &work.phone.account);
    if sign_in::end_session(tx, &sign_in.tid, now)? {
        let told = event::NewEvent {
            r#type: "sign_in_ended",
            service: &sign_in.service,
            tid: Some(&sign_in.tid),
            account,
        };
        event::insert(tx, &told, now)?;
        let about = serde_json::json!({"tid": sign_in.tid, "aid": work.phone.aid, "account": account});
        audit::append(tx, &work.app.keys().audit, "session_ended", &about, now)?;
    }
    work.done()
}

/// What arrives under the closed id from now on has no effect; what was done before stays done. The binding tells.
fn settle(work: &Work, tx: &Tx<'_>, jti: Jti) -> Result<Outcome, AppFault> {
    let (now, policy) = (work.app.now(), work.app.policy());
    let lifetimes = &policy.lifetimes;
    let closing = Closing {
        jkt: work.phone.jkt,
        jti,
        id: random::bytes(),
        owner: random::bytes(),
        now,
        keep_until: now.plus(lifetimes.nonce + lifetimes.attempt),
    };
    if attempt::settle(tx, &closing)? {
        // Its judge died after it had counted: that stays a wrong PIN, as for a row that is swept away (3.0.5).
        let failure = accounting::fail_online(tx, &work.phone.aid, now, &policy.limits)?;
        if failure.locked_now {
            crate::locking::tell(tx, &work.app, &work.phone, now)?;
        }
    }
    work.binding(tx)
}
