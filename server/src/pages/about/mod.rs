//! Pages that belong to nobody and to no step: help, how the pages can be used, what happens to data, languages.

mod privacy;

use super::assets;
use super::html;
use super::language;
use super::session::Visit;
use super::table::Table;
use super::view::about::{AccessibilityPage, HelpPage};
use crate::app::Shared;
use crate::reply::Refusal;
use axum::extract::State;
use axum::response::Response;

/// Its addresses.
pub fn table() -> Table {
    Table::default().page("/help", help).page("/accessibility", accessibility).page("/privacy", privacy::page)
}

/// What stands below no language: addresses that are printed, scanned or loaded.
pub fn alone() -> Table {
    Table::default()
        .page("/a/{kind}", opened_code)
        .page("/language/{tag}", language::choose)
        .query(&["to"])
        .data("/assets/{name}", assets::asset)
}

async fn help(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    html(HelpPage { page: visit.page(&app), opened_code: false }.render())
}

async fn accessibility(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    html(AccessibilityPage { page: visit.page(&app) }.render())
}

/// The addresses in QR codes, opened by something that is not the app (protocol 5.1).
async fn opened_code(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    html(HelpPage { page: visit.page(&app), opened_code: true }.render())
}
