//! Under which name the pages may be asked for: the server's own, and no other.
//!
//! A page that is shown under another name would belong to whoever can make that name point here (DNS rebinding), and a
//! name that a caller makes up must never get into a page. Phones and services are not looked at: what they send proves
//! itself, and an operator may let services call by a name of the house.

use super::problem;
use super::setting::Setting;
use crate::app::{App, Shared};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Middleware: `421` for a name that is not ours.
pub async fn own_name(State(app): State<Shared>, setting: Setting, request: Request, next: Next) -> Response {
    if is_own(&app, &request) { next.run(request).await } else { problem::other_name(&app, &setting) }
}

/// Every name that the request gives has to be ours: the header, and the address where that holds one.
fn is_own(app: &App, request: &Request) -> bool {
    let target = request.uri().authority().map(|authority| authority.as_str().as_bytes());
    let mut named =
        request.headers().get_all(header::HOST).iter().map(HeaderValue::as_bytes).chain(target).peekable();
    named.peek().is_some() && named.all(|name| is_name_of(app, name))
}

/// Browsers leave the usual port out; it means the same.
fn is_name_of(app: &App, name: &[u8]) -> bool {
    let own = app.iss.authority();
    let same = |name: &[u8]| name.eq_ignore_ascii_case(own.as_bytes());
    same(name) || (!own.contains(':') && name.strip_suffix(b":443").is_some_and(same))
}
