//! The end of a pairing: what the new phone shows is typed by its owner elsewhere, or brought back by the app into the
//! browser that started (3.3 step 9, 3.3.1).

use crate::app::{App, AppFault, Shared};
use crate::reply::Refusal;
use crate::store::enrolment::{self, Enrolment, EnrolmentState};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, Tx, account, audit, session, successor};
use crate::{letters, tag};
use countersign_protocol::id::{Aid, Eid};
use countersign_protocol::label::sha256;
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::{ConfirmCode, ReturnCode};
use serde_json::json;
use subtle::ConstantTimeEq;

/// What shows that the phone which claimed is the owner's.
#[derive(Clone)]
pub enum Shown {
    /// The six digits on the phone, typed.
    Code(ConfirmCode),
    /// The code that the app brought back. The caller vouches for the browser and for a click of the person.
    Returned(ReturnCode),
}

/// Judges it: right makes the phone active, the third wrong code ends the pairing.
pub async fn confirm(app: &Shared, eid: &Eid, shown: Shown) -> Result<(), Refusal> {
    let (shared, id) = (app.clone(), *eid);
    let outcome = app.store.write(move |tx| judge(tx, &shared, &id, &shown)).await?;
    app.enrolment_changed(eid);
    outcome.map_err(Refusal::from)
}

/// The outer error rolls back; a wrong code is an outcome that is committed.
pub fn judge(tx: &Tx<'_>, app: &App, eid: &Eid, shown: &Shown) -> Result<Result<(), Problem>, AppFault> {
    let Some(enrolment) = enrolment::by_eid(tx, eid, app.now())? else {
        return Ok(Err(Code::NotFound.into()));
    };
    let aid = match confirmable(&enrolment) {
        Ok(aid) => aid,
        Err(problem) => return Ok(Err(problem)),
    };
    match shown {
        Shown::Code(code) => {
            let expected = enrolment.cc.as_deref().and_then(|cc| ConfirmCode::parse(cc).ok());
            let expected = expected.ok_or(StoreFault::Damaged("enrolment.cc"))?;
            if !expected.matches(code) {
                return Ok(Err(wrong(tx, app, &enrolment)?));
            }
        }
        Shown::Returned(rc) if !returns(app, &enrolment, rc) => return Ok(Err(Code::ReturnRefused.into())),
        Shown::Returned(_) => {}
    }
    let phone = tag::genuine_phone(tx, &app.keys().evid, &aid)?;
    if phone.state != PhoneState::Enrolling {
        tracing::error!(%aid, alarm = true, "a phone that is confirmed is not enrolling");
        return Err(StoreFault::Damaged("phone").into());
    }
    if is_full(tx, app, &enrolment)? {
        return Ok(Err(Problem::with(Code::MethodUnavailable, |m| m.reason = Some("phones".to_owned()))));
    }
    activate(tx, app, &enrolment, &phone)?;
    Ok(Ok(()))
}

/// Whether the account has all its phones by now: pairings that were begun at the same time may have been faster. A
/// phone that takes another's place is none more.
fn is_full(tx: &Tx<'_>, app: &App, enrolment: &Enrolment) -> Result<bool, StoreFault> {
    let replaced = enrolment.started_by.as_ref().filter(|_| enrolment.migrates);
    has_no_room(tx, app, &enrolment.account, replaced)
}

/// Whether an account takes no phone more, be it in the place of `replaced`.
pub fn has_no_room(
    tx: &Tx<'_>,
    app: &App,
    account: &str,
    replaced: Option<&Aid>,
) -> Result<bool, StoreFault> {
    let most = usize::try_from(app.policy().phones_max).unwrap_or(usize::MAX);
    if most == 0 || phone::of_account(tx, account)?.len() < most {
        return Ok(false);
    }
    Ok(match replaced {
        Some(old) => !successor::has_free_place(tx, old)?,
        None => true,
    })
}

/// Whether a phone has claimed it and nothing ended it (3.13.2).
pub fn check_confirmable(enrolment: &Enrolment) -> Result<(), Problem> {
    confirmable(enrolment).map(|_| ())
}

/// The phone that claimed, or what the state answers (3.13.2).
fn confirmable(enrolment: &Enrolment) -> Result<Aid, Problem> {
    match (enrolment.state, enrolment.aid) {
        (EnrolmentState::Claimed, Some(aid)) => Ok(aid),
        (EnrolmentState::Expired, _) => Err(Code::EnrolmentExpired.into()),
        (EnrolmentState::Cancelled, _) => Err(Code::EnrolmentCancelled.into()),
        (state, _) => Err(Problem::with(Code::EnrolmentState, |m| m.state = Some(state.as_str().to_owned()))),
    }
}

/// A return counts if it is the right one, nobody else tried to claim, and the phone was there soon (3.3.1).
fn returns(app: &App, enrolment: &Enrolment, rc: &ReturnCode) -> bool {
    let soon = app.policy().lifetimes.enrolment_return;
    let in_time = enrolment.claimed_at.is_some_and(|at| at.since(enrolment.created) <= soon);
    let right = enrolment.rc.is_some_and(|hash| hash.ct_eq(&sha256(rc.expose())).into());
    right && in_time && !enrolment.contested
}

fn wrong(tx: &Tx<'_>, app: &App, enrolment: &Enrolment) -> Result<Problem, StoreFault> {
    let count = enrolment::count_wrong_code(tx, &enrolment.eid)?;
    let left = app.policy().limits.confirm_tries.saturating_sub(count);
    if left > 0 {
        return Ok(Problem::with(Code::ConfirmCodeIncorrect, |m| m.left = Some(left)));
    }
    enrolment::cancel(tx, enrolment)?;
    audit::append(tx, &app.keys().audit, "enrolment_failed", &json!({"eid": enrolment.eid}), app.now())?;
    Ok(Code::EnrolmentCancelled.into())
}

fn activate(tx: &Tx<'_>, app: &App, enrolment: &Enrolment, phone: &Phone) -> Result<(), StoreFault> {
    let now = app.now();
    if !phone::activate(tx, &phone.aid)? || !enrolment::activate(tx, &enrolment.eid, now)? {
        return Err(StoreFault::NotCommitted);
    }
    if let (true, Some(old)) = (enrolment.migrates, &enrolment.started_by) {
        successor::set(tx, &phone.aid, old, now.plus(app.policy().lifetimes.moved))?;
    }
    if account::by_id(tx, &phone.account)?.is_some_and(|account| !account.had_phone) {
        // From now on a password is not enough, in browsers where it was neither.
        session::end_beside(tx, &phone.account, &enrolment.eid, now)?;
    }
    account::note_phone(tx, &phone.account)?;
    session::end_pairing(tx, &phone.account, now)?;
    letters::phone_added(tx, app, phone, &enrolment.service, now)?;
    let about = json!({"aid": phone.aid, "account": phone.account, "service": enrolment.service});
    audit::append(tx, &app.keys().audit, "phone_added", &about, now)
}
