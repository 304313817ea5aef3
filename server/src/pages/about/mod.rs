//! Pages that belong to nobody and to no step: help, and the files that all pages load.

use super::assets;
use super::html;
use super::session::Visit;
use super::table::Table;
use super::view::about::HelpPage;
use crate::app::Shared;
use crate::reply::Refusal;
use axum::extract::State;
use axum::response::Response;

/// Its addresses.
pub fn table() -> Table {
    Table::default().page("/help", help).page("/a/{kind}", opened_code).data("/assets/{name}", assets::asset)
}

async fn help(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    html(HelpPage { page: visit.page(&app), opened_code: false }.render())
}

/// The addresses in QR codes, opened by something that is not the app (protocol 5.1).
async fn opened_code(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    html(HelpPage { page: visit.page(&app), opened_code: true }.render())
}
