//! Which language a page is in: that of its address, else of a cookie, else of the account, else what the browser asks
//! for, else English.

use super::cookie::cookie_of;
use super::setting::Setting;
use super::table::{Kind, Row};
use super::view::address;
use super::view::texts::Texts;
use super::{problem, table};
use crate::app::Shared;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use countersign_protocol::problem::Code;
use serde::Deserialize;
use std::sync::LazyLock;

/// The cookie that holds a tag. It is no secret and proves nothing.
const COOKIE: &str = "lang";
/// Seconds that a choice is remembered: a year.
const REMEMBERED: u64 = 31_536_000;

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| table().rows().to_vec());

/// Where to go on in another language.
#[derive(Deserialize)]
pub struct To {
    #[serde(default)]
    to: String,
}

/// `GET /language/{tag}?to=`: remembers the language and shows the same page in it. Nothing but pages of the table is
/// led to.
pub async fn choose(
    State(app): State<Shared>,
    setting: Setting,
    Path(tag): Path<String>,
    Query(To { to }): Query<To>,
) -> Response {
    let Some(texts) = Texts::of(&tag) else {
        return problem::refusal(&app, &setting, Code::NotFound.into(), None);
    };
    let (path, query) = to.split_once('?').map_or((to.as_str(), None), |(path, query)| (path, Some(query)));
    let prefix = if is_alone(path) { "" } else { texts.prefix() };
    let mut response = Redirect::to(&address(prefix, &page_at(path, query))).into_response();
    let (name, secure) = if app.iss.is_loopback_http() { (COOKIE, "") } else { ("__Host-lang", "; Secure") };
    let tag = texts.language();
    let cookie = format!("{name}={tag}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={REMEMBERED}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The language that an address begins with, and the rest of it.
pub fn of_path(path: &str) -> (Option<&'static Texts>, &str) {
    let further = Texts::all().iter().filter(|texts| !texts.prefix().is_empty());
    for texts in further {
        match path.strip_prefix(texts.prefix()) {
            Some("") => return (Some(texts), "/"),
            Some(rest) if rest.starts_with('/') => return (Some(texts), rest),
            _ => {}
        }
    }
    (None, path)
}

/// An address without its language.
pub fn without_prefix(path: &str) -> &str {
    of_path(path).1
}

/// The language of the cookie.
pub fn of_cookie(headers: &HeaderMap) -> Option<&'static Texts> {
    let named = |name: &str| cookie_of(headers, name).and_then(Texts::of);
    named("__Host-lang").or_else(|| named(COOKIE))
}

/// The first of our languages that the browser would like most (RFC 9110 section 12.5.4).
pub fn of_header(headers: &HeaderMap) -> Option<&'static Texts> {
    let asked = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(&'static Texts, f32)> = None;
    for part in asked.split(',').take(20) {
        let (range, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let primary = range.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight.trim().parse().unwrap_or(0.0_f32);
        if let Some(texts) = Texts::of(&primary).filter(|_| weight > best.map_or(0.0, |(_, least)| least)) {
            best = Some((texts, weight));
        }
    }
    best.map(|(texts, _)| texts)
}

/// The page of the table that can be looked at where `path` is: itself, or what its form may answer with.
pub fn page_at(path: &str, query: Option<&str>) -> String {
    let here: Vec<&Row> = ROWS.iter().filter(|row| matches(row.path, path)).collect();
    if here.iter().any(|row| row.kind == Kind::Page) {
        return match query.filter(|query| is_plain(query)) {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
    }
    here.iter().find_map(|row| row.shown_at).unwrap_or("/").to_owned()
}

fn is_alone(path: &str) -> bool {
    ROWS.iter().any(|row| !row.prefixed && matches(row.path, path))
}

/// Whether an address is one of a row. What stands in the place of a name holds nothing that could lead elsewhere.
fn matches(row: &str, path: &str) -> bool {
    let (mut parts, mut wanted) = (path.split('/'), row.split('/'));
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(name), Some(part)) if name.starts_with('{') && !part.is_empty() && is_plain(part) => {}
            (Some(name), Some(part)) if name == part => {}
            _ => return false,
        }
    }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~=&".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_table_are_led_to() {
        for (to, page) in [
            ("/", "/"),
            ("/help", "/help"),
            ("/sign-in/keys", "/sign-in/keys"),
            ("/undo/AAAA-_9", "/undo/AAAA-_9"),
            ("/sign-in", "/"),
            ("/sign-in/code", "/sign-in/wait"),
            ("/sign-in/poll", "/"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example/help", "/"),
            ("/undo//evil.example", "/"),
            ("/undo/a%0d%0aX: y", "/"),
            ("/undo/", "/"),
            ("/help/", "/"),
            ("help", "/"),
        ] {
            assert_eq!(page_at(to, None), page, "{to}");
        }
        assert_eq!(page_at("/me/phones/return", Some("rc=AAAA")), "/me/phones/return?rc=AAAA");
        assert_eq!(page_at("/help", Some("a=%0d%0a")), "/help");
    }

    #[test]
    fn the_language_that_is_wanted_most_counts() {
        let best = |asked: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(asked).unwrap());
            of_header(&headers).map(Texts::language)
        };
        assert_eq!(best("fr"), Some("fr"));
        assert_eq!(best("fr-BE,fr;q=0.9,en;q=0.8"), Some("fr"));
        assert_eq!(best("tlh, en;q=0.4, fr;q=0.5"), Some("fr"));
        assert_eq!(best("FR-be;q=0.2, en;q=0.3"), Some("en"));
        for none in ["", "tlh", "fr;q=0", "fr;q=much", ";;;,,,"] {
            assert_eq!(best(none), None, "{none}");
        }
    }

    #[test]
    fn an_address_begins_with_its_language_or_with_none() {
        for (path, language, rest) in [
            ("/fr", Some("fr"), "/"),
            ("/fr/help", Some("fr"), "/help"),
            ("/french", None, "/french"),
            ("/en/help", None, "/en/help"),
            ("/", None, "/"),
        ] {
            let (texts, found) = of_path(path);
            assert_eq!((texts.map(Texts::language), found), (language, rest), "{path}");
        }
    }
}
