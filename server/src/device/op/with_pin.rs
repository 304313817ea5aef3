//! Operations that the PIN signs (3.7): judged, then counted, then the PIN, then the effect, in this order (3.9.1).

use super::super::attempt::{self, Keyed, Outcome, Undone};
use super::super::authenticate::Spoken;
use super::super::factor::{self, Used};
use super::super::judge::PinKeys;
use super::super::{notice, respond};
use super::biometric::{self, Added};
use super::enrolment;
use super::rekey::{self, New};
use crate::app::{AppFault, Shared};
use crate::locking;
use crate::pairing::{self, Draft, Shown};
use crate::points::Point;
use crate::removal::{self, Removal};
use crate::reply::{self, Refusal};
use crate::store::attempt::{Ticket, close};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, Tx, accounting};
use axum::response::Response;
use countersign_protocol::answer::ReceiptAnswer;
use countersign_protocol::id::{Eid, PhoneRef};
use countersign_protocol::json;
use countersign_protocol::message::op::{Op, Operation};
use countersign_protocol::message::receipt::OpReceipt;
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::ConfirmCode;

/// What happens if the PIN is right.
enum Effect {
    Rekey(Box<New>),
    AddFactor(Box<Added>),
    RevokeDevice(Box<Phone>),
    NewEnrolment(Box<Draft>),
    ConfirmEnrolment(Eid, ConfirmCode),
}

impl Effect {
    /// The enrolment that it may change.
    fn enrolment(&self) -> Option<Eid> {
        match self {
            Self::ConfirmEnrolment(eid, _) => Some(*eid),
            _ => None,
        }
    }
}

/// Judges, counts, looks at the PIN, and does it.
pub async fn perform(
    app: &Shared,
    spoken: &Spoken,
    op: Op,
    keyed: Keyed,
    ticket: Ticket,
) -> Result<Response, Refusal> {
    let effect = match judge(app, spoken, &op) {
        Ok(effect) => effect,
        Err(refusal) => return Err(attempt::withdraw(app, &keyed, ticket, refusal).await),
    };
    if let Err(refusal) = respond::reserve(app, spoken, &ticket).await {
        return Err(attempt::withdraw(app, &keyed, ticket, refusal).await);
    }
    app.points.reach(Point::AfterReserve).await;
    let right = pin_is_right(app, spoken)?;
    app.points.reach(Point::BeforeCommit).await;
    let enrolment = effect.enrolment();
    let work = Work { app: app.clone(), phone: spoken.phone.clone(), op, ticket };
    match app.store.write(move |tx| work.commit(tx, right.then_some(effect))).await {
        Ok(outcome) => {
            app.points.reach(Point::AfterCommit).await;
            if let Some(eid) = enrolment {
                app.enrolment_changed(&eid);
            }
            outcome.wake_others(app);
            Ok(reply::stored(outcome.http, outcome.body))
        }
        Err(Undone::Overtaken) => attempt::overtaken(app, &keyed),
        Err(Undone::Fault(fault)) => Err(fault.into()),
    }
}

/// Steps 8c to 8h.
fn judge(app: &Shared, spoken: &Spoken, op: &Op) -> Result<Effect, Refusal> {
    match &op.operation {
        Operation::Rekey(rekey) => Ok(Effect::Rekey(Box::new(rekey::judge(app, spoken, &op.nonce, rekey)?))),
        Operation::AddFactor(add) => {
            Ok(Effect::AddFactor(Box::new(biometric::judge(app, spoken, &op.nonce, add)?)))
        }
        Operation::RevokeDevice(target) => {
            let target = sibling(app, spoken, target)?;
            check_signatures(app, spoken, 1)?;
            Ok(Effect::RevokeDevice(Box::new(target)))
        }
        Operation::NewEnrolment(kind) => {
            let draft = enrolment::judge(app, spoken, *kind)?;
            check_signatures(app, spoken, 1)?;
            Ok(Effect::NewEnrolment(Box::new(draft)))
        }
        Operation::ConfirmEnrolment { eid, code } => {
            enrolment::check_confirmable(app, spoken, eid)?;
            check_signatures(app, spoken, 1)?;
            Ok(Effect::ConfirmEnrolment(*eid, code.clone()))
        }
        _ => Err(Code::Malformed.into()),
    }
}

/// Another phone of this account.
fn sibling(app: &Shared, spoken: &Spoken, target: &PhoneRef) -> Result<Phone, Refusal> {
    let phones =
        app.store.read(|tx| -> Result<_, StoreFault> { phone::of_account(tx, &spoken.phone.account) })?;
    let found = phones.into_iter().find(|phone| phone.r#ref == *target && phone.aid != spoken.phone.aid);
    Ok(found.ok_or(Code::NotFound)?)
}

/// 8h: exactly this many signatures before the device's, the first by the PIN: what a biometric key signs or signed is
/// no try of the PIN (3.0.3).
pub fn check_signatures(app: &Shared, spoken: &Spoken, count: usize) -> Result<(), Refusal> {
    if spoken.envelope.factors().len() == count && factor::of(app, spoken)? == Used::Pin {
        return Ok(());
    }
    Err(Problem::with(Code::FactorNotAllowed, |m| m.factors = Some(vec!["pin".to_owned()])).into())
}

/// B of 3.9.1. Signature and id are both looked at, so that an unknown id takes as long as a wrong PIN.
fn pin_is_right(app: &Shared, spoken: &Spoken) -> Result<bool, Refusal> {
    let keys = PinKeys::open(app, spoken)?;
    let Some(factor) = spoken.envelope.factors().first() else { return Err(Code::FactorNotAllowed.into()) };
    let verifies = spoken.envelope.factor_verifies(factor, &keys.sig);
    Ok((factor.fid() == Some(spoken.phone.fid)) & verifies)
}

/// What the transaction works with.
pub struct Work {
    /// The server.
    pub app: Shared,
    /// The phone that asks.
    pub phone: Phone,
    /// What it asks for.
    pub op: Op,
    ticket: Ticket,
}

impl Work {
    /// C of 3.9.1: with an effect if the PIN was right.
    fn commit(self, tx: &Tx<'_>, effect: Option<Effect>) -> Result<Outcome, Undone> {
        let active = phone::state(tx, &self.phone.aid)? == PhoneState::Active;
        let outcome = match effect {
            _ if !active => self.stopped(tx)?,
            Some(effect) => self.right_pin(tx, &effect)?,
            None => self.wrong_pin(tx)?,
        };
        let sealed = self.app.seal_answer(&self.ticket.jkt, &self.ticket.jti, &outcome.body)?;
        if close(tx, &self.ticket, outcome.http, &sealed)? { Ok(outcome) } else { Err(Undone::Overtaken) }
    }

    fn stopped(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        Ok(notice::stopped(tx, &self.app, &self.phone.aid)?.into())
    }

    fn wrong_pin(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        let now = self.app.now();
        let failure = accounting::fail_online(tx, &self.phone.aid, now, &self.app.policy().limits)?;
        if failure.locked_now {
            locking::tell(tx, &self.app, &self.phone, now)?;
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

    fn right_pin(&self, tx: &Tx<'_>, effect: &Effect) -> Result<Outcome, AppFault> {
        if let Effect::ConfirmEnrolment(eid, code) = effect
            && let Err(problem) = pairing::judge(tx, &self.app, eid, &Shown::Code(code.clone()))?
        {
            accounting::release_online(tx, &self.phone.aid, &self.ticket.id)?;
            return Ok(problem.into());
        }
        accounting::succeed_online(tx, &self.phone.aid, &self.ticket.id, self.app.now())?;
        match effect {
            Effect::Rekey(new) => new.replace(self, tx),
            Effect::AddFactor(bio) => biometric::add(self, tx, bio),
            Effect::RevokeDevice(target) => {
                let by = self.phone.aid.to_string();
                let removal = Removal { phone: target, why: "user", by: &by, through: None };
                let ended = removal::revoke(tx, &self.app, &removal, self.app.now())?;
                Ok(self.ok(&ReceiptAnswer { receipt: self.receipt()? })?.reaching_others(ended))
            }
            Effect::NewEnrolment(draft) => {
                draft.insert(tx, &self.app)?;
                self.ok(&enrolment::answer(draft, self.receipt()?))
            }
            Effect::ConfirmEnrolment(..) => self.ok(&ReceiptAnswer { receipt: self.receipt()? }),
        }
    }

    /// The receipt of this operation.
    pub fn receipt(&self) -> Result<String, AppFault> {
        self.app.sign(&OpReceipt {
            head: self.app.head(),
            aud: self.phone.aid,
            iat: self.app.now(),
            r#ref: self.op.jti,
            op: self.op.operation.name().to_owned(),
            ok: true,
        })
    }

    /// A success with this body.
    pub fn ok<T: serde::Serialize>(&self, answer: &T) -> Result<Outcome, AppFault> {
        Ok(Outcome::ok(json::to_vec(answer)?))
    }
}
