//! Operations that change something: one transaction each, with its stored answer. `claim`, `report` and
//! `ack_keyset` are here, what concerns the phone itself is in [`own`](super::own).

use super::super::attempt::{self, Keyed, Outcome, Undone};
use super::super::authenticate::Spoken;
use super::super::judge::flow_of;
use super::super::notice;
use super::check_no_factor;
use super::own::{self, Own};
use crate::app::{AppFault, Shared};
use crate::refusals::Reporter;
use crate::reply::{self, Refusal};
use crate::requests;
use crate::store::attempt::{Ticket as Row, close};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, account, audit, request, ticket};
use crate::{binding, refusals, tag};
use axum::response::Response;
use countersign_protocol::answer::{BindingAnswer, ClaimAnswer, ReceiptAnswer, SignInState};
use countersign_protocol::id::Tid;
use countersign_protocol::json;
use countersign_protocol::label::sha256;
use countersign_protocol::message::op::{Op, Operation};
use countersign_protocol::message::receipt::OpReceipt;
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::Ticket;

/// What the transaction does.
enum Effect {
    Claim { sign_in: Box<SignIn>, request: Box<request::StoredRequest> },
    Report(Box<SignIn>),
    Acknowledge(u64),
    Own(Own),
}

/// Judges and performs an operation that changes something.
pub async fn perform(
    app: &Shared,
    spoken: &Spoken,
    op: Op,
    keyed: Keyed,
    row: Row,
) -> Result<Response, Refusal> {
    let effect = match judge(app, spoken, &op) {
        Ok(effect) => effect,
        Err(refusal) => return Err(attempt::withdraw(app, &keyed, row, refusal).await),
    };
    let told = effect.concerns();
    let work = Work { app: app.clone(), phone: spoken.phone.clone(), op, row: row.clone() };
    match app.store.write(move |tx| work.commit(tx, effect)).await {
        Ok(outcome) => {
            tell(app, told.as_ref());
            outcome.wake_others(app);
            Ok(reply::stored(outcome.http, outcome.body))
        }
        Err(Undone::Overtaken) => attempt::overtaken(app, &keyed),
        Err(Undone::Fault(fault)) => Err(attempt::withdraw(app, &keyed, row, fault.into()).await),
    }
}

fn tell(app: &Shared, told: Option<&(Tid, Option<String>)>) {
    if let Some((tid, service)) = told {
        app.sign_in_changed(tid);
        if let Some(service) = service {
            refusals::announce(app, service);
        }
    }
}

/// Steps 8c to 8h.
fn judge(app: &Shared, spoken: &Spoken, op: &Op) -> Result<Effect, Refusal> {
    let effect = match &op.operation {
        Operation::Claim(ticket) => judge_claim(app, spoken, ticket)?,
        Operation::Report(tid) => Effect::Report(Box::new(own_sign_in(app, spoken, tid)?)),
        Operation::AckKeyset(ver) if *ver <= app.published().ver => Effect::Acknowledge(*ver),
        operation => Effect::Own(own::judge(app, spoken, operation)?),
    };
    check_no_factor(spoken)?;
    Ok(effect)
}

fn judge_claim(app: &Shared, spoken: &Spoken, ticket: &Ticket) -> Result<Effect, Refusal> {
    let (now, policy) = (app.now(), app.policy());
    let hash = sha256(ticket.expose());
    let sign_in = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(tid) = ticket::sign_in(tx, &hash, now)? else { return Ok(None) };
        sign_in::by_tid(tx, &tid, now, &policy.lifetimes)
    })?;
    let sign_in = sign_in.ok_or(Code::TicketInvalid)?;
    if sign_in.account_given && sign_in.account.as_deref() != Some(&spoken.phone.account) {
        return Err(Code::TransactionUnknown.into());
    }
    claimable(sign_in.state)?;
    let exp = now.plus(policy.lifetimes.claim).min(sign_in.created.plus(policy.lifetimes.total));
    let request = requests::make(app, &sign_in, &spoken.phone, flow_of(&sign_in), exp)?;
    Ok(Effect::Claim { sign_in: Box::new(sign_in), request: Box::new(request) })
}

/// The column `claim` of the table in 3.13.1.
fn claimable(state: SignInState) -> Result<(), Problem> {
    match state {
        SignInState::Created => Ok(()),
        SignInState::Claimed | SignInState::Pending => Err(Code::TransactionClaimed.into()),
        other => super::super::judge::check_open(other),
    }
}

/// A sign-in that this phone was asked about or claimed (8c).
pub(super) fn own_sign_in(app: &Shared, spoken: &Spoken, tid: &Tid) -> Result<SignIn, Refusal> {
    let (aid, now, policy) = (spoken.phone.aid, app.now(), app.policy());
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(sign_in) = sign_in::by_tid(tx, tid, now, &policy.lifetimes)? else { return Ok(None) };
        let own = sign_in.aid == Some(aid) || request::find(tx, tid, &aid)?.is_some();
        Ok(own.then_some(sign_in))
    })?;
    Ok(found.ok_or(Code::TransactionUnknown)?)
}

impl Effect {
    /// Whom it concerns: the sign-in, and the service that has to be told.
    fn concerns(&self) -> Option<(Tid, Option<String>)> {
        match self {
            Self::Claim { sign_in, .. } => Some((sign_in.tid, None)),
            Self::Report(sign_in) => Some((sign_in.tid, Some(sign_in.service.clone()))),
            Self::Own(own) => own.concerns(),
            Self::Acknowledge(_) => None,
        }
    }

    /// Whether a phone that was locked meanwhile may still have it (step 7).
    fn stands_while_locked(&self) -> bool {
        match self {
            Self::Report(_) => true,
            Self::Own(own) => own.stands_while_locked(),
            Self::Claim { .. } | Self::Acknowledge(_) => false,
        }
    }
}

/// What the transaction works with.
pub(super) struct Work {
    pub app: Shared,
    pub phone: Phone,
    pub op: Op,
    row: Row,
}

impl Work {
    fn commit(self, tx: &Tx<'_>, effect: Effect) -> Result<Outcome, Undone> {
        let state = phone::state(tx, &self.phone.aid)?;
        let allowed =
            state == PhoneState::Active || (state == PhoneState::Locked && effect.stands_while_locked());
        let outcome = if allowed { self.effect(tx, effect)? } else { self.stopped(tx)? };
        let sealed = self.app.seal_answer(&self.row.jkt, &self.row.jti, &outcome.body)?;
        if close(tx, &self.row, outcome.http, &sealed)? { Ok(outcome) } else { Err(Undone::Overtaken) }
    }

    fn stopped(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        Ok(notice::stopped(tx, &self.app, &self.phone.aid)?.into())
    }

    fn effect(&self, tx: &Tx<'_>, effect: Effect) -> Result<Outcome, AppFault> {
        match effect {
            Effect::Claim { sign_in, request } => self.claim(tx, &sign_in, &request),
            Effect::Report(sign_in) => self.report(tx, &sign_in),
            Effect::Acknowledge(ver) => self.acknowledge(tx, ver),
            Effect::Own(own) => own.perform(self, tx),
        }
    }

    fn claim(
        &self,
        tx: &Tx<'_>,
        sign_in: &SignIn,
        made: &request::StoredRequest,
    ) -> Result<Outcome, AppFault> {
        let (now, account) = (self.app.now(), &self.phone.account);
        let claim = sign_in::Claim { aid: &self.phone.aid, account, exp: made.exp };
        if !sign_in::claim(tx, &sign_in.tid, &claim, now)? {
            return Ok(Code::TransactionClaimed.into());
        }
        // Only this ticket is used up: who comes with another one hears that somebody was faster, until it dies.
        if let Operation::Claim(used) = &self.op.operation {
            ticket::remove(tx, &sha256(used.expose()))?;
        }
        request::insert(tx, made)?;
        self.ok(&ClaimAnswer { receipt: self.receipt()?, request: made.jws.clone() })
    }

    fn report(&self, tx: &Tx<'_>, sign_in: &SignIn) -> Result<Outcome, AppFault> {
        // Read again: the state may have changed since the message was judged.
        let now = self.app.now();
        let fresh = sign_in::by_tid(tx, &sign_in.tid, now, &self.app.policy().lifetimes)?;
        let fresh = fresh.ok_or(StoreFault::Damaged("sign_in"))?;
        if refusals::report(tx, &self.app, &fresh, &Reporter::phone(&self.phone), now)? {
            let about =
                serde_json::json!({"tid": fresh.tid, "aid": self.phone.aid, "account": self.phone.account});
            audit::append(tx, &self.app.keys().audit, "sign_in_reported", &about, now)?;
        }
        self.done()
    }

    fn acknowledge(&self, tx: &Tx<'_>, ver: u64) -> Result<Outcome, AppFault> {
        phone::acknowledge(tx, &self.phone.aid, ver)?;
        self.binding(tx)
    }

    /// Receipt and binding, as the row stands in this transaction.
    pub(super) fn binding(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        let phone = tag::genuine_phone(tx, &self.app.keys().evid, &self.phone.aid)?;
        let label = account::by_id(tx, &phone.account)?.ok_or(StoreFault::Damaged("phone.account"))?.email;
        let binding = binding::sign(&self.app, &phone, label, self.op.jti)?;
        self.ok(&BindingAnswer { receipt: self.receipt()?, binding })
    }

    /// A bare receipt.
    pub(super) fn done(&self) -> Result<Outcome, AppFault> {
        self.ok(&ReceiptAnswer { receipt: self.receipt()? })
    }

    pub(super) fn receipt(&self) -> Result<String, AppFault> {
        self.app.sign(&OpReceipt {
            head: self.app.head(),
            aud: self.phone.aid,
            iat: self.app.now(),
            r#ref: self.op.jti,
            op: self.op.operation.name().to_owned(),
            ok: true,
        })
    }

    pub(super) fn ok<T: serde::Serialize>(&self, answer: &T) -> Result<Outcome, AppFault> {
        Ok(Outcome::ok(json::to_vec(answer)?))
    }
}
