//! What a locked or removed phone hears: the problem with a signed notice (3.1, 3.0.7 step 7).

use crate::app::{App, AppFault};
use crate::store::StoreFault;
use crate::store::phone::{self, Phone, PhoneState};
use countersign_protocol::id::Aid;
use countersign_protocol::message::Confirmation;
use countersign_protocol::message::notice::{Notice, NoticeState, NoticeWhy};
use countersign_protocol::problem::{Code, Problem};

/// The problem for a phone that is locked or revoked.
pub fn problem(app: &App, phone: &Phone) -> Result<Problem, AppFault> {
    let (code, state) = match phone.state {
        PhoneState::Locked => (Code::AuthenticatorLocked, NoticeState::Locked),
        _ => (Code::AuthenticatorRevoked, NoticeState::Revoked),
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

/// The problem for a phone by its id, for callers outside the device interface.
pub fn stopped(app: &App, aid: &Aid) -> Result<Problem, AppFault> {
    let phone = app.store.read(|tx| -> Result<_, StoreFault> { phone::by_aid(tx, aid) })?;
    match phone {
        Some(phone) => problem(app, &phone),
        None => Ok(Code::AuthenticatorRevoked.into()),
    }
}
