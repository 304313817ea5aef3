//! What a locked or removed phone hears: the problem with a signed notice (3.1, 3.0.7 step 7).

use crate::app::{App, AppFault};
use crate::reply;
use crate::store::Tx;
use crate::store::phone::{self, Phone, PhoneState};
use countersign_protocol::id::Aid;
use countersign_protocol::message::Confirmation;
use countersign_protocol::message::notice::{Notice, NoticeState, NoticeWhy};
use countersign_protocol::problem::{Code, Problem};

/// The problem for a phone that is locked or revoked. One that goes on again since it was found stopped is told to try
/// again: a notice is signed, and this one would be false.
pub fn problem(app: &App, phone: &Phone) -> Result<Problem, AppFault> {
    let (code, state) = match phone.state {
        PhoneState::Locked => (Code::AuthenticatorLocked, NoticeState::Locked),
        PhoneState::Revoked => (Code::AuthenticatorRevoked, NoticeState::Revoked),
        PhoneState::Active | PhoneState::Enrolling => return Ok(reply::unavailable(1)),
    };
    let why = phone.why.as_deref().and_then(NoticeWhy::from_name).unwrap_or(NoticeWhy::Operator);
    let notice = Notice {
        head: app.head(),
        iat: app.now(),
        aud: phone.aid,
        cnf: Confirmation { jkt: phone.jkt },
        state,
        why,
        at: phone.why_at.unwrap_or_else(|| app.now()),
    };
    let notice = app.sign(&notice)?;
    Ok(Problem::with(code, |m| m.notice = Some(notice)))
}

/// The problem for a phone by its id, as it stands in this transaction.
pub fn stopped(tx: &Tx<'_>, app: &App, aid: &Aid) -> Result<Problem, AppFault> {
    match phone::by_aid(tx, aid)? {
        Some(phone) => problem(app, &phone),
        None => Ok(Code::AuthenticatorRevoked.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn only_a_phone_that_was_removed_hears_that_it_was() {
        let scene = fixture::with_phone();
        for (state, code) in [
            (PhoneState::Enrolling, Code::Unavailable),
            (PhoneState::Active, Code::Unavailable),
            (PhoneState::Locked, Code::AuthenticatorLocked),
            (PhoneState::Revoked, Code::AuthenticatorRevoked),
        ] {
            let problem = problem(&scene.app, &Phone { state, ..scene.phone.clone() }).unwrap();
            assert_eq!(problem.code, code);
            assert_eq!(problem.members.notice.is_some(), code != Code::Unavailable, "{state:?}");
        }
    }

    #[test]
    fn a_phone_that_the_same_batch_locked_hears_that_it_is_locked() {
        let scene = fixture::with_phone();
        let (app, phone) = (scene.app.clone(), scene.phone.clone());
        let told = scene.write(move |tx| -> Result<Problem, AppFault> {
            phone::lock_all(tx, &phone.account, app.now())?;
            stopped(tx, &app, &phone.aid)
        });
        assert_eq!(told.unwrap().code, Code::AuthenticatorLocked);
    }
}
