//! `/assets/…`: the embedded files, for a year, because their address changes with their content.

use super::view::assets;
use crate::reply::Refusal;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use countersign_protocol::problem::Code;

/// Handler.
pub async fn asset(Path(name): Path<String>) -> Result<Response, Refusal> {
    let asset = assets::find(&name).ok_or(Code::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.content_type.to_owned()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (header::ETAG, asset.etag()),
    ];
    Ok((headers, asset.bytes).into_response())
}
