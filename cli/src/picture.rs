//! Pictures with QR codes: files into texts by the phone's own scanner, and texts into files.

use crate::failure::Failure;
use countersign_scanner::{Text, read};
use image::{DynamicImage, GrayImage, ImageReader, Limits, Luma};
use qrcode::{EcLevel, QrCode};
use std::path::Path;

/// Pixels of one module in a drawn code.
const MODULE: u32 = 8;
/// Modules of quiet zone on each side.
const QUIET: u32 = 4;
/// Longest side of a picture that is opened at all.
const MAX_OPENED: u32 = 10_000;

/// The texts of all codes in a PNG or JPEG file.
pub fn texts(path: &Path) -> Result<Vec<Text>, Failure> {
    let luma = opened(path)?.into_luma8();
    let size = |side: u32| usize::try_from(side).unwrap_or(usize::MAX);
    let (width, height) = (size(luma.width()), size(luma.height()));
    read(luma.as_raw(), width, height, width).map_err(|error| bad(path, &error.to_string()))
}

/// The text of the only code in a file.
pub fn only_text(path: &Path) -> Result<Text, Failure> {
    let mut found = texts(path)?;
    match (found.pop(), found.is_empty()) {
        (Some(text), true) => Ok(text),
        (None, _) => Err(Failure::of("no_code").with("what", path.display().to_string())),
        (Some(_), false) => Err(Failure::of("several_codes").with("what", path.display().to_string())),
    }
}

/// A drawn code: dark on light, level M, quiet zone of four modules.
pub fn drawn(text: &str) -> Result<GrayImage, Failure> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Failure::of("too_long"))?;
    let modules = u32::try_from(code.width()).map_err(|_| Failure::of("too_long"))?;
    let colours = code.to_colors();
    let side = (modules + 2 * QUIET) * MODULE;
    Ok(GrayImage::from_fn(side, side, |x, y| {
        let at = |pixel: u32| (pixel / MODULE).checked_sub(QUIET).filter(|module| *module < modules);
        let dark = at(x).zip(at(y)).is_some_and(|(column, row)| {
            let index = usize::try_from(row * modules + column).unwrap_or(usize::MAX);
            colours.get(index).is_some_and(|colour| *colour == qrcode::Color::Dark)
        });
        Luma([if dark { 0 } else { 255 }])
    }))
}

/// Draws a code into a PNG file.
pub fn draw(text: &str, path: &Path) -> Result<(), Failure> {
    drawn(text)?
        .save_with_format(path, image::ImageFormat::Png)
        .map_err(|error| Failure::of("file").with("what", format!("{}: {error}", path.display())))
}

fn opened(path: &Path) -> Result<DynamicImage, Failure> {
    let reader =
        ImageReader::open(path).map_err(|error| Failure::file(&path.display().to_string(), &error))?;
    let mut reader =
        reader.with_guessed_format().map_err(|error| Failure::file(&path.display().to_string(), &error))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_OPENED);
    limits.max_image_height = Some(MAX_OPENED);
    reader.limits(limits);
    reader.decode().map_err(|error| bad(path, &error.to_string()))
}

fn bad(path: &Path, why: &str) -> Failure {
    Failure::of("bad_picture").with("what", format!("{}: {why}", path.display()))
}
