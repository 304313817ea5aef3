//! The server's own pages (product W2, W3, P1, P3): plain HTML that works without scripts.
//!
//! Handlers fill the structs of [`view`]; what they change, they change through the functions of the backend
//! interface. A page belongs to the browser's cookie: no address holds an id that another browser could use.

mod actions;
mod assets;
mod form;
mod frame;
mod me;
mod outcome;
mod phones;
mod picture;
mod report;
mod returned;
mod session;
mod sign_in;
mod start;
mod undo;
pub mod view;
mod wait;

use crate::app::Shared;
use crate::reply::{self, Refusal};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use countersign_protocol::problem::{Code, Problem};
use view::{Page, Post, ProblemPage, Step};

/// Largest form.
const MAX_FORM: usize = 16 * 1024;

/// The routes of the pages.
pub fn routes() -> Router<Shared> {
    let pages = Router::new()
        .route("/", get(sign_in::first))
        .route("/help", get(help))
        .route("/a/{kind}", get(opened_code))
        .route("/start/{token}", get(start::ask).post(start::begin))
        .route("/sign-in", post(sign_in::identify))
        .route("/sign-in/keys", get(sign_in::keys))
        .route("/sign-in/forget", post(sign_in::forget))
        .route("/sign-in/number", post(sign_in::by_number))
        .route("/sign-in/qr", post(sign_in::by_qr))
        .route("/sign-in/here", post(sign_in::here))
        .route("/sign-in/return", get(returned::sign_in))
        .route("/sign-in/offline", post(sign_in::offline))
        .route("/sign-in/wait", get(wait::page))
        .route("/sign-in/poll", get(wait::poll))
        .route("/sign-in/frame", get(frame::next))
        .route("/sign-in/qr.svg", get(frame::picture))
        .route("/sign-in/code", post(wait::code))
        .route("/sign-in/cancel", post(wait::cancel))
        .route("/sign-in/confirm", post(outcome::confirm))
        .route("/sign-in/not-mine", post(outcome::not_mine))
        .route("/me", get(me::page))
        .route("/sign-out", post(me::sign_out))
        .route("/me/phones/add", get(phones::page).post(phones::begin))
        .route("/me/phones/qr.svg", get(phones::picture))
        .route("/me/phones/poll", get(phones::poll))
        .route("/me/phones/here", post(phones::begin_here))
        .route("/me/phones/return", get(returned::pairing))
        .route("/me/phones/returned", post(returned::confirm_pairing))
        .route("/report", get(report::form).post(report::send))
        .route("/report/{token}", get(report::ask).post(report::report))
        .route("/undo/{token}", get(undo::ask).post(undo::undo))
        .route("/me/phones/confirm", post(phones::confirm))
        .route("/me/phones/cancel", post(phones::cancel));
    pages
        .route("/assets/{name}", get(assets::asset))
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(from_fn(page_headers))
}

/// Headers of every page: nothing from elsewhere, nothing framed, nothing kept, no address passed on.
async fn page_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    add_page_headers(response.headers_mut());
    response
}

/// The same for a page that no route of the pages gives: an unknown address.
pub fn add_page_headers(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_SECURITY_POLICY, view::CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// A page, or the fault of the template engine.
fn html(page: Result<String, askama::Error>) -> Result<Response, Refusal> {
    page.map(|page| Html(page).into_response()).map_err(|_| Code::Unavailable.into())
}

/// After a form: the browser gets the page by GET, so that a reload repeats nothing.
fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

async fn help(State(app): State<Shared>) -> Result<Response, Refusal> {
    html(view::HelpPage { page: Page::new(&app.name), opened_code: false }.render())
}

/// The addresses in QR codes, opened by something that is not the app (protocol 5.1).
async fn opened_code(State(app): State<Shared>) -> Result<Response, Refusal> {
    html(view::HelpPage { page: Page::new(&app.name), opened_code: true }.render())
}

/// What a person sees instead of a problem body; the status and code stay the same.
pub fn refusal(app: &Shared, refusal: Refusal, csrf: Option<String>) -> Response {
    let problem = refusal.into_problem();
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut next = vec![view::Next::link(Step::SignIn, "/")];
    if let Some(csrf) = csrf {
        next = vec![view::Next::post(Step::StartAgain, Post::new("/sign-in/forget", csrf))];
    }
    next.push(view::Next::link(Step::GetHelp, "/help"));
    let page = ProblemPage { page: Page::new(&app.name), problem: words(&problem), next, support: None };
    match page.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(_) => reply::problem(&problem),
    }
}

fn words(problem: &Problem) -> view::Problem {
    match problem.code {
        Code::NotFound => view::Problem::NotFound,
        Code::CsrfRefused => view::Problem::FormTooOld,
        Code::Malformed => view::Problem::Malformed,
        Code::RateLimited => view::Problem::TooMany(
            problem.members.retry_after.and_then(|secs| u32::try_from(secs).ok()).unwrap_or(60),
        ),
        Code::Unavailable => view::Problem::Unavailable,
        _ => view::Problem::Gone,
    }
}

/// Whether the caller is a browser that wants a page.
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
