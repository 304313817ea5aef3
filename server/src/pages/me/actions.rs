//! What these pages ask of the server: the functions of the backend interface, as the actor `portal`.

use crate::app::Shared;
use crate::backend::enrolments::Way;
use crate::backend::{self, Actor};
use crate::pages::own_url;
use crate::pages::session::Visit;
use crate::pairing::{self, Shown};
use crate::reply::Refusal;
use crate::store::enrolment::Enrolment;
use countersign_protocol::id::Eid;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::{ConfirmCode, ReturnCode};
use zeroize::Zeroizing;

/// Starts a pairing, with another device or on the one that this browser runs on.
pub async fn begin_pairing(app: &Shared, visit: &Visit, account: &str, here: bool) -> Result<Eid, Refusal> {
    let return_url = here.then(|| own_url(app, &visit.path("/me/phones/return")));
    let way = Way { return_url, typed: false };
    let wanted = (way, None, |_: &_, _: Option<&_>| Ok(None));
    let (draft, _) = backend::enrolments::start(app, &Actor::portal(app), account, wanted).await?;
    Ok(draft.row.eid)
}

/// The enrolment of this id.
pub fn enrolment(app: &Shared, eid: &Eid) -> Result<Enrolment, Refusal> {
    pairing::find(app, eid)
}

/// The text of its QR.
pub fn pairing_link(app: &Shared, enrolment: &Enrolment) -> Result<String, Refusal> {
    pairing::link(app, enrolment)
}

/// Lets a pairing be found by a code to type as well.
pub async fn add_code(app: &Shared, enrolment: &Enrolment) -> Result<(), Refusal> {
    pairing::add_code(app, enrolment).await
}

/// That code, if it has one.
pub fn code(app: &Shared, enrolment: &Enrolment) -> Result<Option<Zeroizing<String>>, Refusal> {
    pairing::code(app, enrolment)
}

/// "Pixel 9, Android 17".
pub fn phone_name(app: &Shared, enrolment: &Enrolment) -> Result<String, Refusal> {
    let phone = pairing::claimed_by(app, enrolment)?.ok_or(Code::NotFound)?;
    Ok(format!("{}, {}", phone.name, phone.os))
}

/// Confirms a pairing by what the app brought back, after the person said so.
pub async fn confirm_returned(app: &Shared, eid: &Eid, rc: ReturnCode) -> Result<(), Refusal> {
    pairing::confirm(app, eid, Shown::Returned(rc)).await
}

/// Confirms a pairing by the code on the phone.
pub async fn confirm(app: &Shared, eid: &Eid, code: &ConfirmCode) -> Result<(), Refusal> {
    pairing::confirm(app, eid, Shown::Code(code.clone())).await
}

/// Stops a pairing.
pub async fn cancel_pairing(app: &Shared, eid: &Eid) -> Result<(), Refusal> {
    pairing::cancel(app, &enrolment(app, eid)?).await
}
