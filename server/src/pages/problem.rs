//! What a person sees instead of a problem body; the status and code stay the same.

use super::setting::Setting;
use super::view::about::{self, ProblemPage};
use super::view::{Next, Post, Step};
use crate::app::App;
use crate::reply::{self, Refusal};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use countersign_protocol::problem::{Code, Problem};

/// The page of a refusal, with a way on. `again` forgets what was under way, if there is anything.
pub fn refusal(app: &App, setting: &Setting, refusal: Refusal, again: Option<Post>) -> Response {
    let problem = refusal.into_problem();
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let first = again.map_or_else(
        || Next::link(Step::SignIn, setting.path("/")),
        |again| Next::post(Step::StartAgain, again),
    );
    let next = vec![first, Next::link(Step::GetHelp, setting.path("/help"))];
    let page = ProblemPage { page: setting.page(app), problem: words(&problem), next, support: None };
    let Ok(page) = page.render() else { return reply::problem(&problem) };
    let mut response = (status, Html(page)).into_response();
    if let Some(secs) = problem.members.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
    }
    response
}

/// The page for whoever came by a name that is not ours: it leads to the right one.
pub fn other_name(app: &App, setting: &Setting) -> Response {
    let page = ProblemPage {
        page: setting.page(app),
        problem: about::Problem::OtherName,
        next: vec![Next::link(Step::SignIn, format!("{}/", app.iss))],
        support: None,
    };
    (StatusCode::MISDIRECTED_REQUEST, Html(page.render().unwrap_or_default())).into_response()
}

fn words(problem: &Problem) -> about::Problem {
    match problem.code {
        Code::NotFound => about::Problem::NotFound,
        Code::CsrfRefused => about::Problem::FormTooOld,
        Code::Malformed => about::Problem::Malformed,
        Code::RateLimited => about::Problem::TooMany(
            problem.members.retry_after.and_then(|secs| u32::try_from(secs).ok()).unwrap_or(60),
        ),
        Code::Unavailable => about::Problem::Unavailable,
        _ => about::Problem::Gone,
    }
}

/// An address that nothing answers to.
pub fn unknown(app: &App, uri: &Uri, headers: &HeaderMap) -> Response {
    let setting = Setting::of(uri, headers);
    let mut page = refusal(app, &setting, Code::NotFound.into(), None);
    super::headers::add(&setting, page.headers_mut());
    page
}

/// Whether the caller is a browser that wants a page.
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
