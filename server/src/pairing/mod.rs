//! Pairings (enrolments) as such, whoever drives them: a service, the server's own pages, or an older phone (3.3,
//! 3.7.3). Never decides who may start or confirm one; that is its callers'.

mod confirm;
mod draft;
mod typed;

pub use confirm::{Shown, check_confirmable, confirm, has_no_room, judge};
pub use draft::{Draft, Wanted};
pub use typed::Typed;

use crate::app::Shared;
use crate::device::offer_secret;
use crate::reply::Refusal;
use crate::store::enrolment::{self, Enrolment, EnrolmentState};
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, audit};
use countersign_protocol::id::Eid;
use countersign_protocol::problem::Code;
use countersign_protocol::qr::{Pairing, pairing_text};
use serde_json::json;
use zeroize::Zeroizing;

/// The enrolment of this id.
pub fn find(app: &Shared, eid: &Eid) -> Result<Enrolment, Refusal> {
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::by_eid(tx, eid, now) })?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// The pairing link of a living enrolment; the same text as in its QR.
pub fn link(app: &Shared, enrolment: &Enrolment) -> Result<String, Refusal> {
    Ok(pairing_text(&app.iss, &pairing(app, enrolment)?))
}

fn pairing(app: &Shared, enrolment: &Enrolment) -> Result<Pairing, Refusal> {
    Ok(Pairing {
        eid: enrolment.eid,
        secret: offer_secret(app, enrolment)?,
        root: app.root(),
        same_device: enrolment.return_url.is_some(),
    })
}

/// The code that may be typed instead of scanning (P3), if [`add_code`] made the enrolment one.
pub fn code(app: &Shared, enrolment: &Enrolment) -> Result<Option<Zeroizing<String>>, Refusal> {
    if !enrolment.is_typed {
        return Ok(None);
    }
    Ok(Some(typed::code_of(&offer_secret(app, enrolment)?).shown()))
}

/// Lets an open enrolment be found by a code to type as well; a second time changes nothing. Not for one that comes back
/// into a browser (3.11).
pub async fn add_code(app: &Shared, enrolment: &Enrolment) -> Result<(), Refusal> {
    if enrolment.is_typed || enrolment.state != EnrolmentState::Open || enrolment.return_url.is_some() {
        return Ok(());
    }
    let pairing = pairing(app, enrolment)?;
    let boxed = Typed::of(&pairing.secret, &app.iss).await?.boxed(&app.iss, &pairing)?;
    let (eid, now) = (enrolment.eid, app.now());
    app.store.write(move |tx| -> Result<_, StoreFault> { enrolment::add_box(tx, &eid, &boxed, now) }).await?;
    Ok(())
}

/// The phone that claimed an enrolment.
pub fn claimed_by(app: &Shared, enrolment: &Enrolment) -> Result<Option<Phone>, Refusal> {
    let Some(aid) = enrolment.aid else { return Ok(None) };
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { phone::by_aid(tx, &aid) })?)
}

/// Stops a pairing that is not done; its phone is purged.
pub async fn cancel(app: &Shared, enrolment: &Enrolment) -> Result<(), Refusal> {
    let (shared, eid, now) = (app.clone(), enrolment.eid, app.now());
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            // Read again: a phone may have claimed it since.
            let Some(fresh) = enrolment::by_eid(tx, &eid, now)? else { return Ok(()) };
            if !matches!(fresh.state, EnrolmentState::Open | EnrolmentState::Claimed) {
                return Ok(());
            }
            enrolment::cancel(tx, &fresh)?;
            audit::append(tx, &shared.keys().audit, "enrolment_cancelled", &json!({"eid": eid}), now)
        })
        .await?;
    app.enrolment_changed(&enrolment.eid);
    Ok(())
}
