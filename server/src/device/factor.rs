//! Which factor the first signature of a message claims to be (3.0.3), and whether biometrics still stand for the PIN.

use super::authenticate::Spoken;
use crate::app::Shared;
use crate::policy::Policy;
use crate::reply::Refusal;
use crate::store::phone::Phone;
use crate::store::{StoreFault, bio};
use countersign_protocol::jose::envelope::FactorSignature;
use countersign_protocol::message::Factor;
use countersign_protocol::time::Time;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// What a signature claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// A try of the PIN, under whatever id.
    Pin,
    /// The biometric key that is registered.
    Bio,
    /// A biometric key that was registered: no try of anything.
    FormerBio,
}

/// The first signature. Told by its id alone: no sealed key is opened (3.0.7).
pub fn of(app: &Shared, spoken: &Spoken) -> Result<Used, Refusal> {
    let Some(fid) = spoken.envelope.factors().first().and_then(FactorSignature::fid) else {
        return Ok(Used::Pin);
    };
    if spoken.phone.bio.is_some_and(|bio| bio.fid == fid) {
        return Ok(Used::Bio);
    }
    let aid = spoken.phone.aid;
    let former = app.store.read(|tx| -> Result<_, StoreFault> { bio::had(tx, &aid, &fid) })?;
    Ok(if former { Used::FormerBio } else { Used::Pin })
}

/// The factors that a phone may use of those that a sign-in allows: the PIN is asked for again after too many failures,
/// too many uses, or too long (2.6). A sign-in that is left with none takes the PIN.
pub fn allowed(wanted: &[Factor], phone: &Phone, policy: &Policy, now: Time) -> Vec<Factor> {
    let suspended = is_suspended(phone, policy, now);
    let left: Vec<Factor> =
        wanted.iter().copied().filter(|factor| *factor != Factor::Bio || !suspended).collect();
    if left.is_empty() { vec![Factor::Pin] } else { left }
}

fn is_suspended(phone: &Phone, policy: &Policy, now: Time) -> bool {
    let (used, limits) = (phone.bio_use, &policy.limits);
    let life = u64::from(policy.bio_days) * DAY;
    let old = used.pin_at.is_some_and(|at| now.since(at) >= life);
    phone.bio.is_some() && (used.fails >= limits.bio_max || used.uses >= limits.bio_uses || old)
}
