//! The code that an old phone shows a new one (A6), as modules: how it is drawn is the shell's.

use crate::problem::Problem;
use qrcode::{Color, EcLevel, QrCode};

/// A QR code without its quiet zone.
#[derive(uniffi::Record)]
pub struct QrPicture {
    /// Modules on each side.
    pub size: u32,
    /// One byte per module, row by row: 1 is dark.
    pub modules: Vec<u8>,
}

/// Draws a text as a QR code of level M; `BadQr` if it is too long for one.
#[uniffi::export]
pub fn draw_qr(text: String) -> Result<QrPicture, Problem> {
    let code =
        QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).map_err(|_| Problem::BadQr)?;
    let modules = code.to_colors().into_iter().map(|colour| u8::from(colour == Color::Dark)).collect();
    Ok(QrPicture { size: u32::try_from(code.width()).unwrap_or(u32::MAX), modules })
}
