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

/// The enrolment of this id.
pub fn find(app: &Shared, eid: &Eid) -> Result<Enrolment, Refusal> {
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::by_eid(tx, eid, now) })?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// The pairing link of a living enrolment; the same text as in its QR.
pub fn link(app: &Shared, enrolment: &Enrolment) -> Result<String, Refusal> {
    let pairing = Pairing {
        eid: enrolment.eid,
        secret: offer_secret(app, enrolment)?,
        root: app.root(),
        same_device: enrolment.return_url.is_some(),
    };
    Ok(pairing_text(&app.iss, &pairing))
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
