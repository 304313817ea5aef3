//! What the sensor adds and what the file loses.

use super::draw::Draw;
use super::frame::Frame;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageError};

/// Grain of so many levels in the light, and of half as many in the dark.
pub fn noise(frame: &Frame, deviation: f32, draw: &mut Draw) -> Frame {
    frame.map(|_, _, level| {
        let grain = deviation * (0.5 + level.clamp(0.0, 255.0) / 510.0);
        level + grain * draw.around_zero()
    })
}

/// As a grey PNG file.
pub fn png(frame: &Frame) -> Result<Vec<u8>, ImageError> {
    let (mut file, grey) = (Vec::new(), frame.grey());
    PngEncoder::new_with_quality(&mut file, CompressionType::Best, FilterType::Adaptive).write_image(
        grey.as_raw(),
        grey.width(),
        grey.height(),
        ExtendedColorType::L8,
    )?;
    Ok(file)
}

/// As a grey JPEG file of a quality from 1 to 100.
pub fn jpeg(frame: &Frame, quality: u8) -> Result<Vec<u8>, ImageError> {
    let (mut file, grey) = (Vec::new(), frame.grey());
    JpegEncoder::new_with_quality(&mut file, quality).encode_image(&grey)?;
    Ok(file)
}
