//! `app_too_old` (3.0.8, 3.0.9): concerns only a `User-Agent` of the form `countersign/<semver> (android|ios)`.

use crate::app::App;
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

/// The three numbers; what follows a hyphen or plus does not count.
pub fn parse(version: &str) -> Option<[u32; 3]> {
    let core = version.split(['-', '+']).next()?;
    let parts: Vec<u32> = core.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn versions_compare_by_number() {
        assert!(parse("1.9.0") < parse("1.10.0"));
        assert_eq!(parse("1.2.3-beta"), Some([1, 2, 3]));
        assert_eq!(parse("1.2"), None);
    }
}
