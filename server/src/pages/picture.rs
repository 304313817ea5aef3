//! QR codes as SVG: level M, quiet zone 4, dark on white in dark mode too (protocol 5.2, look.md).

use crate::reply::Refusal;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use countersign_protocol::problem::Code;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Pixels of a module at the least.
const MODULE: u32 = 4;

/// The picture of a text.
pub fn svg(text: &str) -> Result<Response, Refusal> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Code::Unavailable)?;
    let picture = code
        .render::<svg::Color<'_>>()
        .quiet_zone(true)
        .module_dimensions(MODULE, MODULE)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    let mut response = picture.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    Ok(response)
}
