//! What an attestation does at this server (2.3): examined unless the policy is `off`, recorded, and under `enforce`
//! what a new key is let in by.
//!
//! A level above `software` is a claim; an attestation proves it, or another one. What was proven counts, whatever was
//! said. A key in software claims nothing: whether it is taken is for `min_level` alone to say.

mod finding;

pub use finding::{Finding, Subject};

use crate::app::App;
use crate::binding;
use crate::store::phone::Phone;
use countersign_attestation::Flaw;
use countersign_attestation::android::Usage;
use countersign_protocol::message::Level;
use countersign_protocol::message::enrol::Attestation;
use countersign_protocol::message::offer::AttestPolicy;
use countersign_protocol::problem::{Code, Problem};
use serde_json::Value;

/// A device key that may come in, and what is kept of its attestation.
pub struct Accepted {
    /// The level that counts from now on.
    pub level: Level,
    /// Whether the key itself was attested.
    pub attested: bool,
    /// For the phone's row and the audit log; nothing if the policy is `off`.
    pub record: Option<Value>,
}

/// Judges a device key that claims a level (E10, 8h): it has to reach `min_level`, and `present` where it takes the
/// place of another key.
pub fn device(
    app: &App,
    subject: &Subject<'_>,
    (claimed, att): (Level, &Attestation),
    present: Option<Level>,
) -> Result<Accepted, Problem> {
    let policy = app.policy();
    let least = policy.min_level.rank().max(present.map_or(0, Level::rank));
    let reaches = |level: Level| if level.rank() >= least { Ok(()) } else { Err(rejected("level")) };
    reaches(claimed)?;
    if policy.attest == AttestPolicy::Off {
        return Ok(Accepted { level: claimed, attested: false, record: None });
    }
    let finding = finding::examine(app, subject, att, Usage::Device);
    check(app, &finding, claimed)?;
    let level = finding.proven.unwrap_or(claimed);
    reaches(level)?;
    Ok(Accepted { level, attested: finding.attested, record: Some(finding.record(Some(claimed))) })
}

/// Judges the biometric key of a phone (2.6). It has no level of its own on the wire, so it needs the proof that a
/// device key of this phone's level would need.
pub fn biometric(
    app: &App,
    subject: &Subject<'_>,
    phone: &Phone,
    att: &Attestation,
) -> Result<Option<Value>, Problem> {
    let policy = app.policy();
    if policy.attest == AttestPolicy::Off {
        return Ok(None);
    }
    let finding = finding::examine(app, subject, att, Usage::Biometric);
    check(app, &finding, binding::level(phone.level))?;
    if finding.proven.is_some_and(|level| level.rank() < policy.min_level.rank()) {
        return Err(rejected("level"));
    }
    Ok(Some(finding.record(None)))
}

/// Under `enforce` every claim has its proof, and nothing false is let in.
fn check(app: &App, finding: &Finding, claimed: Level) -> Result<(), Problem> {
    let Err(flaw) = finding.verdict else { return Ok(()) };
    if flaw == Flaw::Missing && claimed == Level::Software {
        return Ok(());
    }
    let enforced = app.policy().attest == AttestPolicy::Enforce;
    tracing::warn!(format = finding.format, flaw = flaw.as_str(), refused = enforced, "attestation");
    if enforced { Err(rejected("chain")) } else { Ok(()) }
}

fn rejected(reason: &str) -> Problem {
    Problem::with(Code::AttestationRejected, |m| m.reason = Some(reason.to_owned()))
}
