//! What happens to people's data: what this server does, and what its operator adds in `privacy.<language>.txt` of the
//! data folder.

use crate::app::{App, Shared};
use crate::pages::html;
use crate::pages::session::Visit;
use crate::pages::view::about::PrivacyPage;
use crate::reply::Refusal;
use axum::extract::State;
use axum::response::Response;
use std::fs;

/// Longest text of an operator.
const LONGEST: usize = 64 * 1024;

/// `GET /privacy`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let page = visit.page(&app);
    let text = read(&app, page.language()).or_else(|| read(&app, "en")).unwrap_or_default();
    let added =
        text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    html(PrivacyPage { page, added }.render())
}

fn read(app: &App, language: &str) -> Option<String> {
    let text = fs::read_to_string(app.data().join(format!("privacy.{language}.txt"))).ok()?;
    (text.len() <= LONGEST).then(|| text.replace("\r\n", "\n"))
}
