//! `new_enrolment` and `confirm_enrolment`: a phone brings in another one, beside it or in its place (3.7.3).

use super::super::authenticate::Spoken;
use crate::app::Shared;
use crate::pairing::{self, Draft, Wanted};
use crate::reply::Refusal;
use crate::store::account::{self, Account};
use crate::store::service::PORTAL;
use crate::store::{StoreFault, enrolment};
use countersign_protocol::answer::{NewEnrolment, NewEnrolmentAnswer};
use countersign_protocol::id::Eid;
use countersign_protocol::message::offer::OfferKind;
use countersign_protocol::message::op::EnrolmentKind;
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::time::Iso;

/// Step 8d, and the pairing that there will be if the PIN is right.
pub fn judge(app: &Shared, spoken: &Spoken, kind: EnrolmentKind) -> Result<Draft, Refusal> {
    let account = pairable(app, spoken, kind)?;
    let kind = match kind {
        EnrolmentKind::Migrate => OfferKind::Migrate,
        EnrolmentKind::Add => OfferKind::New,
    };
    let wanted = Wanted {
        account: &account,
        service: PORTAL,
        by: Some((spoken.phone.aid, kind)),
        return_url: None,
        life: app.policy().lifetimes.new_enrolment,
    };
    Ok(Draft::new(app, &wanted)?)
}

/// A phone that takes another's place makes no more of them.
fn pairable(app: &Shared, spoken: &Spoken, kind: EnrolmentKind) -> Result<Account, Refusal> {
    let id = &spoken.phone.account;
    let replaced = (kind == EnrolmentKind::Migrate).then_some(&spoken.phone.aid);
    let (account, full) = app.store.read(|tx| -> Result<_, StoreFault> {
        let account = account::by_id(tx, id)?.ok_or(StoreFault::Damaged("phone.account"))?;
        Ok((account, pairing::has_no_room(tx, app, id, replaced)?))
    })?;
    let reason = match (full, account.state.as_str()) {
        (false, "active") => return Ok(account),
        (true, _) => "phones",
        (false, _) => "account",
    };
    Err(Problem::with(Code::MethodUnavailable, |m| m.reason = Some(reason.to_owned())).into())
}

/// Steps 8c and 8d: an enrolment that this phone asked for, and that a phone has claimed.
pub fn check_confirmable(app: &Shared, spoken: &Spoken, eid: &Eid) -> Result<(), Refusal> {
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::by_eid(tx, eid, now) })?;
    let own = found.filter(|found| found.started_by == Some(spoken.phone.aid));
    pairing::check_confirmable(&own.ok_or(Code::EnrolmentUnknown)?)?;
    Ok(())
}

/// What the pairing QR of the new phone is made of.
pub fn answer(draft: &Draft, receipt: String) -> NewEnrolmentAnswer {
    let enrolment = NewEnrolment {
        eid: draft.pairing.eid,
        es: draft.pairing.secret.clone(),
        root_jkt: draft.pairing.root,
        exp: Iso(draft.row.exp),
    };
    NewEnrolmentAnswer { receipt, enrolment }
}
