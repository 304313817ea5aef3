//! `app_too_old` (3.0.8, 3.0.9): concerns only a `User-Agent` of the form `countersign/<semver> (android|ios)`.

use crate::app::App;
use crate::policy::version::parse;
use axum::http::{HeaderMap, header};
use countersign_protocol::problem::{Code, Problem};

/// The problem, if the app is older than the policy accepts.
pub fn refuse_old(app: &App, headers: &HeaderMap) -> Option<Problem> {
    let agent = headers.get(header::USER_AGENT)?.to_str().ok()?;
    let (version, system) = agent.strip_prefix("countersign/")?.split_once(' ')?;
    let policy = app.policy();
    let min = match system {
        "(android)" => &policy.min_app_android,
        "(ios)" => &policy.min_app_ios,
        _ => return None,
    };
    let old = parse(version)? < parse(min)?;
    old.then(|| Problem::with(Code::AppTooOld, |m| m.min = Some(min.clone())))
}
