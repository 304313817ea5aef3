//! The browser in words that a person knows.

use axum::http::{HeaderMap, header};

/// Whether a browser of this name runs on a phone.
pub fn is_phone(agent: &str) -> bool {
    ["Android", "iPhone"].iter().any(|system| agent.ends_with(system))
}

/// "Firefox on Linux"; nothing rather than a guess.
pub fn agent(headers: &HeaderMap) -> Option<String> {
    let raw = headers.get(header::USER_AGENT)?.to_str().ok()?;
    let first = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| raw.contains(mark)).map(|n| n.1)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ])?;
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(|| browser.to_owned(), |system| format!("{browser} on {system}")))
}
