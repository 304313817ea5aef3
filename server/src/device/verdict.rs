//! C of 3.9.1 and step 10 of 3.0.7: effect, counters, evidence, audit and the stored answer, in one transaction.

use super::attempt::{Outcome, Undone};
use super::authenticate::Spoken;
use super::factor::Used;
use super::judge::{Case, check_open, flow_of, reread};
use super::notice;
use crate::app::{AppFault, Shared};
use crate::refusals::Reporter;
use crate::store::attempt::{self, Ticket};
use crate::store::evidence::{self, Evidence, Signed};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, Tx, account, accounting, audit, bio, request, sign_in, successor, wake};
use crate::{locking, random, refusals, removal, tag};
use countersign_protocol::answer::{ResponseAnswer, SignInState};
use countersign_protocol::json;
use countersign_protocol::label::sha256;
use countersign_protocol::message::receipt::ResponseReceipt;
use countersign_protocol::message::response::{Decision, DecisionWord, DenyWhy};
use countersign_protocol::message::{Factor, Flow};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::ReturnCode;
use countersign_protocol::time::Time;

/// What B found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Factor and number, or transfer hash, are right.
    Right,
    /// The PIN is wrong; the number was not looked at.
    WrongPin,
    /// The biometric signature is wrong; the number was not looked at.
    WrongBio,
    /// The factor is right, the number is not.
    WrongNumber,
    /// The factor is right, the transfer hash is not.
    WrongTransfer,
    /// A refusal: there was no factor to find.
    Denied,
}

/// What the transaction works with.
struct Bench {
    app: Shared,
    case: Case,
    phone: Phone,
    ticket: Ticket,
    signed: Signed,
    now: Time,
}

/// Commits the outcome, or says that the row was taken over.
pub async fn commit(
    app: &Shared,
    case: Case,
    finding: Finding,
    spoken: &Spoken,
    ticket: Ticket,
) -> Result<Outcome, Undone> {
    let signed = Signed {
        pk_dev: spoken.phone.pk_dev.as_sec1().to_vec(),
        request: case.request.jws.clone(),
        payload: spoken.envelope.payload_text().to_owned(),
        protected: spoken.envelope.device_protected().to_owned(),
        signature: spoken.envelope.device_signature().to_owned(),
    };
    let (shared, phone) = (app.clone(), spoken.phone.clone());
    app.store
        .write(move |tx| {
            // Read here, and once: a decision that waited for its turn past the end of its sign-in is too late (3.4.7).
            let now = shared.now();
            Bench { app: shared, case, phone, ticket, signed, now }.commit(tx, finding)
        })
        .await
}

impl Bench {
    fn commit(self, tx: &Tx<'_>, finding: Finding) -> Result<Outcome, Undone> {
        let state = phone::state(tx, &self.phone.aid)?;
        let stopped = match state {
            PhoneState::Active => false,
            PhoneState::Locked => finding != Finding::Denied,
            _ => true,
        };
        let outcome = if stopped { self.stopped(tx)? } else { self.effect(tx, finding)? };
        let sealed = self.app.seal_answer(&self.ticket.jkt, &self.ticket.jti, &outcome.body)?;
        if attempt::close(tx, &self.ticket, outcome.http, &sealed)? {
            Ok(outcome)
        } else {
            Err(Undone::Overtaken)
        }
    }

    /// The phone was locked or removed since the reservation: no effect, counters as they are.
    fn stopped(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        Ok(notice::stopped(tx, &self.app, &self.phone.aid)?.into())
    }

    fn effect(&self, tx: &Tx<'_>, finding: Finding) -> Result<Outcome, AppFault> {
        if finding != Finding::Denied && self.is_factor_gone(tx)? {
            return Ok(
                Problem::with(Code::FactorNotAllowed, |m| m.factors = Some(vec!["pin".to_owned()])).into()
            );
        }
        match finding {
            Finding::WrongPin => self.wrong_pin(tx),
            Finding::WrongBio => {
                bio::count_failure(tx, &self.phone.aid)?;
                Ok(Code::InvalidFactorSignature.into())
            }
            Finding::WrongNumber => self.wrong_number(tx),
            Finding::WrongTransfer => {
                self.release(tx)?;
                Ok(Code::TransferMismatch.into())
            }
            Finding::Right => self.approve(tx),
            Finding::Denied => self.deny(tx),
        }
    }

    fn wrong_pin(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        let failure = accounting::fail_online(tx, &self.phone.aid, self.now, &self.app.policy().limits)?;
        if !failure.shut {
            return Ok(Problem::with(Code::PinIncorrect, |m| {
                m.attempts_left = Some(failure.left);
                m.retry_after = Some(failure.wait);
            })
            .into());
        }
        if failure.locked_now {
            locking::tell(tx, &self.app, &self.phone, self.now)?;
        }
        self.stopped(tx)
    }

    fn wrong_number(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        self.release(tx)?;
        account::add_number_failure(tx, &self.phone.account)?;
        if let Some(gone) = self.gone(tx)? {
            return Ok(gone);
        }
        let tid = self.case.tid();
        let tries = sign_in::count_wrong(tx, &tid)?;
        let limit = self.app.policy().limits.num_tries;
        if tries >= limit {
            sign_in::end(tx, &tid, SignInState::Failed, Some("numbers"))?;
            self.audit(tx, "sign_in_failed")?;
            return Ok(Code::TransactionFailed.into());
        }
        Ok(Problem::with(Code::NumberMismatch, |m| m.number_attempts_left = Some(limit - tries)).into())
    }

    fn decide(&self, tx: &Tx<'_>, state: SignInState, reason: Option<&str>) -> Result<bool, StoreFault> {
        let decision = sign_in::Decision { state, reason, aid: &self.phone.aid };
        sign_in::decide(tx, &self.case.tid(), &decision, self.now)
    }

    fn approve(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        if !self.decide(tx, SignInState::Approved, None)? {
            self.release(tx)?;
            return Ok(self.gone(tx)?.unwrap_or_else(|| Code::TransactionExpired.into()));
        }
        self.count_success(tx)?;
        account::clear_number_failures(tx, &self.phone.account)?;
        wake::answered(tx, &self.phone.aid)?;
        phone::note_use(tx, &self.phone.aid, self.now)?;
        evidence::insert(tx, &self.evidence())?;
        let moved = self.finish_move(tx)?;
        self.audit(tx, "sign_in_approved")?;
        let rc = self.return_code(tx)?;
        Ok(self.answer(tx, DecisionWord::Approve, rc)?.reaching_others(moved))
    }

    fn count_success(&self, tx: &Tx<'_>) -> Result<(), StoreFault> {
        match self.case.used {
            Used::Pin => accounting::succeed_online(tx, &self.phone.aid, &self.ticket.id, self.now),
            Used::Bio | Used::FormerBio => bio::count_use(tx, &self.phone.aid),
        }
    }

    /// Biometrics that were turned off, or replaced, since they were judged approve nothing.
    fn is_factor_gone(&self, tx: &Tx<'_>) -> Result<bool, StoreFault> {
        if self.case.used == Used::Pin {
            return Ok(false);
        }
        let now = phone::by_aid(tx, &self.phone.aid)?.and_then(|phone| phone.bio);
        Ok(now != self.phone.bio)
    }

    /// What the app brings back to the browser that started, beside the receipt and never inside it (3.5.2).
    fn return_code(&self, tx: &Tx<'_>) -> Result<Option<ReturnCode>, StoreFault> {
        if flow_of(&self.case.sign_in) != Flow::Link {
            return Ok(None);
        }
        let rc = ReturnCode::from_bytes(random::bytes());
        sign_in::set_return(tx, &self.case.tid(), &sha256(rc.expose()))?;
        Ok(Some(rc))
    }

    /// The first approval of a phone that moved ends the old one (3.7.3).
    fn finish_move(&self, tx: &Tx<'_>) -> Result<bool, StoreFault> {
        match successor::take(tx, &self.phone.aid)? {
            Some(old) => removal::end_moved(tx, &self.app, &old, self.now),
            None => Ok(false),
        }
    }

    fn deny(&self, tx: &Tx<'_>) -> Result<Outcome, AppFault> {
        let Decision::Deny(why) = self.case.response.decision else { return Ok(Code::Malformed.into()) };
        let (state, reason) = match why {
            DenyWhy::Cancel => (SignInState::Denied, "cancel"),
            DenyWhy::NotMe => (SignInState::Reported, "not_me"),
        };
        if !self.decide(tx, state, Some(reason))? {
            return Ok(self.gone(tx)?.unwrap_or_else(|| Code::TransactionExpired.into()));
        }
        let reported = why == DenyWhy::NotMe;
        if reported {
            refusals::not_me(tx, &self.app, &self.case.sign_in, &Reporter::phone(&self.phone), self.now)?;
        }
        self.audit(tx, if reported { "sign_in_reported" } else { "sign_in_denied" })?;
        Ok(self.answer(tx, DecisionWord::Deny, None)?.reaching_others(reported))
    }

    fn answer(&self, tx: &Tx<'_>, dec: DecisionWord, rc: Option<ReturnCode>) -> Result<Outcome, AppFault> {
        let receipt = self.app.sign(&ResponseReceipt {
            head: self.app.head(),
            aud: self.phone.aid,
            iat: self.now,
            r#ref: self.ticket.jti,
            tid: self.case.tid(),
            dec,
            req: self.case.response.req,
        })?;
        request::set_receipt(tx, &self.case.tid(), &self.phone.aid, &receipt)?;
        Ok(Outcome::ok(json::to_vec(&ResponseAnswer { receipt, rc })?))
    }

    fn evidence(&self) -> Evidence {
        let tid = self.case.tid();
        let approval = tag::Approval {
            tid: &tid,
            aid: &self.phone.aid,
            jkt: &self.phone.jkt,
            req: &self.case.response.req,
            pay: sha256(self.signed.payload.as_bytes()),
            at: self.now,
            service: &self.case.sign_in.service,
            account: &self.phone.account,
        };
        let ev = tag::approval(&self.app.keys().evid, &approval).to_vec();
        let (aid, jkt) = (self.phone.aid, self.phone.jkt);
        let factor = if self.case.used == Used::Bio { Factor::Bio } else { Factor::Pin };
        Evidence { tid, aid, jkt, at: self.now, ev, signed: Some(self.signed.clone()), factor }
    }

    /// The problem of a sign-in that ended since it was judged.
    fn gone(&self, tx: &Tx<'_>) -> Result<Option<Outcome>, StoreFault> {
        let state =
            reread(tx, &self.app, &self.case.tid())?.map_or(SignInState::Expired, |sign_in| sign_in.state);
        Ok(check_open(state).err().map(Outcome::from))
    }

    fn release(&self, tx: &Tx<'_>) -> Result<(), StoreFault> {
        match self.case.used {
            Used::Pin => accounting::release_online(tx, &self.phone.aid, &self.ticket.id),
            Used::Bio | Used::FormerBio => Ok(()),
        }
    }

    fn audit(&self, tx: &Tx<'_>, what: &str) -> Result<(), StoreFault> {
        let about = serde_json::json!({
            "tid": self.case.tid(),
            "aid": self.phone.aid,
            "account": self.phone.account,
            "service": self.case.sign_in.service,
            "flow": flow_of(&self.case.sign_in).as_str(),
        });
        audit::append(tx, &self.app.keys().audit, what, &about, self.now)
    }
}
