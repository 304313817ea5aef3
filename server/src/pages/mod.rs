//! The server's own pages (product W1–W9 and W12): plain HTML that works without scripts, one folder an area.
//!
//! Handlers fill the structs of [`view`]; what they change, they change through the functions of the backend
//! interface. A page belongs to the browser's cookie: no address holds an id that another browser could use. Every
//! address stands in the [`table`], which the router is made from and which tests walk.

mod about;
mod address;
mod agent;
mod assets;
mod cookie;
mod form;
mod headers;
mod host;
mod keys_of;
mod language;
mod letters;
mod link_token;
mod me;
mod new;
mod operator;
mod password;
mod picture;
mod problem;
mod recover;
mod relying;
mod session;
mod sessions;
mod setting;
mod sign_in;
pub mod table;
pub mod view;

pub use language::without_prefix;
pub use problem::{unknown, wants_html};

use crate::app::{App, Shared};
use crate::reply::Refusal;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use countersign_protocol::problem::Code;
use table::Table;
use view::texts::Texts;

/// Largest form.
const MAX_FORM: usize = 16 * 1024;

/// Every address of the pages.
pub fn table() -> Table {
    about::alone().alone().with(areas())
}

/// What stands below the prefix of each language, by area.
fn areas() -> Table {
    let areas = [
        about::table(),
        new::table(),
        password::table(),
        address::table(),
        recover::table(),
        relying::table(),
        sign_in::table(),
        me::table(),
        sessions::table(),
        letters::table(),
        operator::table(),
    ];
    areas.into_iter().fold(Table::default(), Table::with)
}

/// The routes of the pages: once without a prefix, once for each language besides English.
pub fn routes(app: &Shared) -> Router<Shared> {
    let areas = areas().into_router();
    let whole = about::alone().into_router().merge(areas.clone());
    let further = Texts::all().iter().filter(|texts| !texts.prefix().is_empty());
    further
        .fold(whole, |whole, texts| whole.nest(texts.prefix(), areas.clone()))
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(from_fn_with_state(app.clone(), host::own_name))
        .layer(from_fn(headers::page_headers))
}

/// A page, or the fault of the template engine.
fn html(page: Result<String, askama::Error>) -> Result<Response, Refusal> {
    page.map(|page| Html(page).into_response()).map_err(|_| Code::Unavailable.into())
}

/// A page of this server, as the app is told it.
fn own_url(app: &App, path: &str) -> String {
    format!("{}{path}", app.iss)
}
