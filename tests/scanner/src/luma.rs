//! Grey pictures that can be turned.

use image::imageops::{FilterType, crop_imm, resize};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader};
use std::path::Path;

/// Longest side of a measured picture, in pixels; larger ones are scaled down.
const LONGEST: u32 = 1280;

/// 8-bit luma without padding.
#[derive(Clone)]
pub struct Luma {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row after row.
    pub pixels: Vec<u8>,
}

impl Luma {
    /// Of a file, upright as its EXIF data says, on white where it is transparent, at most 1,280 pixels on a side.
    pub fn open(path: &Path) -> Result<Self, image::ImageError> {
        let mut decoder = ImageReader::open(path)?.with_guessed_format()?.into_decoder()?;
        let orientation = decoder.orientation()?;
        let mut picture = DynamicImage::from_decoder(decoder)?;
        picture.apply_orientation(orientation);
        Ok(scaled(&on_white(&picture)).into())
    }

    /// The middle of it as a frame of a camera of that size, scaled so that it fills the frame.
    pub fn framed(&self, width: u32, height: u32) -> Self {
        let side = |pixels: usize| u32::try_from(pixels).unwrap_or(1).max(1);
        let (own_width, own_height) = (side(self.width), side(self.height));
        let picture = GrayImage::from_raw(own_width, own_height, self.pixels.clone()).unwrap_or_default();
        // What would be cut off at the frame's edges, in the picture's own pixels.
        let fits = own_width * height / width;
        let (shown_width, shown_height) = if fits <= own_height {
            (own_width, fits.max(1))
        } else {
            (own_height * width / height, own_height)
        };
        let (left, top) = ((own_width - shown_width) / 2, (own_height - shown_height) / 2);
        let shown = crop_imm(&picture, left, top, shown_width, shown_height).to_image();
        resize(&shown, width, height, FilterType::Triangle).into()
    }

    /// Turned by a quarter, against the clock.
    pub fn turned(&self) -> Self {
        let (width, height) = (self.height, self.width);
        let pixel = |i: usize| self.pixels[(i % width) * self.width + self.width - 1 - i / width];
        Self { width, height, pixels: (0..width * height).map(pixel).collect() }
    }
}

impl From<GrayImage> for Luma {
    fn from(picture: GrayImage) -> Self {
        let side = |pixels: u32| usize::try_from(pixels).unwrap_or(0);
        Self { width: side(picture.width()), height: side(picture.height()), pixels: picture.into_raw() }
    }
}

fn on_white(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let luma = picture.to_luma_alpha8();
    GrayImage::from_fn(luma.width(), luma.height(), |x, y| {
        let [shade, alpha] = luma.get_pixel(x, y).0.map(u32::from);
        image::Luma([u8::try_from((shade * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)])
    })
}

fn scaled(picture: &GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    let longest = width.max(height);
    if longest <= LONGEST {
        return picture.clone();
    }
    let side = |pixels: u32| (pixels * LONGEST).div_ceil(longest).max(1);
    resize(picture, side(width), side(height), FilterType::Triangle)
}
