//! Pictures with QR codes: files into texts by the phone's own scanner, and texts into files.

use crate::failure::Failure;
use countersign_scanner::{ANY_TEXT, Found, MAX_TEXT, Options, Plane, Text, read_image};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageReader, Limits, Luma};
use qrcode::{EcLevel, QrCode};
use std::io::{BufRead, Seek};
use std::path::Path;

/// Pixels of one module in a drawn code.
const MODULE: u32 = 8;
/// Modules of quiet zone on each side.
const QUIET: u32 = 4;
/// Longest side of a picture that is opened at all.
const MAX_OPENED: u32 = 10_000;

/// All codes in a PNG, JPEG or WebP file, whatever they say. Corners are those of the picture as it is shown, upright.
pub fn codes(path: &Path) -> Result<Vec<Found>, Failure> {
    found(path, ANY_TEXT)
}

fn found(path: &Path, longest_text: usize) -> Result<Vec<Found>, Failure> {
    let luma = grey(&opened(path)?);
    let size = |side: u32| usize::try_from(side).unwrap_or(usize::MAX);
    let (width, height) = (size(luma.width()), size(luma.height()));
    let plane = Plane::new(luma.as_raw(), (width, height), width);
    let plane = plane.map_err(|error| bad(path, &error.to_string()))?;
    Ok(read_image(&plane, &Options { longest_text, ..Options::default() }))
}

/// The text of the only code in a file.
pub fn only_text(path: &Path) -> Result<Text, Failure> {
    let mut found = found(path, MAX_TEXT)?;
    match (found.pop(), found.is_empty()) {
        (Some(code), true) => Ok(code.text),
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
    upright(reader).map_err(|error| bad(path, &error.to_string()))
}

/// Turned as its EXIF data says.
fn upright<R: BufRead + Seek>(reader: ImageReader<R>) -> Result<DynamicImage, ImageError> {
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// What is transparent shows the white that most programs put behind it.
fn grey(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let luma = picture.to_luma_alpha8();
    GrayImage::from_fn(luma.width(), luma.height(), |x, y| {
        let [shade, alpha] = luma.get_pixel(x, y).0.map(u32::from);
        Luma([u8::try_from((shade * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)])
    })
}

fn bad(path: &Path, why: &str) -> Failure {
    Failure::of("bad_picture").with("what", format!("{}: {why}", path.display()))
}
