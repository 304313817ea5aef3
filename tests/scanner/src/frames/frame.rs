//! A grey picture in floating point, so that one effect after the other loses nothing to rounding.

use image::GrayImage;

/// Levels from 0, black, to 255; effects may leave that range, the file does not.
#[derive(Clone)]
pub struct Frame {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row after row.
    pub pixels: Vec<f32>,
}

impl Frame {
    /// One whose pixels a function tells, by column and row.
    pub fn of((width, height): (usize, usize), mut pixel: impl FnMut(usize, usize) -> f32) -> Self {
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            pixels.extend((0..width).map(|x| pixel(x, y)));
        }
        Self { width, height, pixels }
    }

    /// The same size, each pixel by its column, its row and what it was.
    pub fn map(&self, mut pixel: impl FnMut(f32, f32, f32) -> f32) -> Self {
        let of = |x: usize, y: usize| pixel(real(x), real(y), self.pixels[y * self.width + x]);
        Self::of((self.width, self.height), of)
    }

    /// The level at a point, from its four neighbours; outside, that of the edge. Pixel 0 has its centre at 0.5.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (left, across) = below(x, self.width);
        let (upper, down) = below(y, self.height);
        let (right, lower) = ((left + 1).min(self.width - 1), (upper + 1).min(self.height - 1));
        let between = |from: f32, to: f32, part: f32| from + (to - from) * part;
        let row = |y: usize| {
            between(self.pixels[y * self.width + left], self.pixels[y * self.width + right], across)
        };
        between(row(upper), row(lower), down)
    }

    /// As eight bits a pixel.
    pub fn grey(&self) -> GrayImage {
        let pixels = self.pixels.iter().map(|level| byte(*level)).collect();
        let side = |pixels: usize| u32::try_from(pixels).unwrap_or(0);
        GrayImage::from_raw(side(self.width), side(self.height), pixels).unwrap_or_default()
    }
}

/// The pixel before a coordinate, and how far the coordinate is from its centre.
fn below(at: f32, length: usize) -> (usize, f32) {
    let at = (at - 0.5).clamp(0.0, real(length - 1));
    let first = whole(at);
    (first, at - real(first))
}

/// A count as a coordinate.
#[expect(clippy::cast_precision_loss, reason = "counts of pixels, far below 2^24")]
pub fn real(count: usize) -> f32 {
    count as f32
}

/// A coordinate as a count, rounded down.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float as usize saturates")]
pub fn whole(at: f32) -> usize {
    at as usize
}

fn byte(level: f32) -> u8 {
    u8::try_from(whole(level.clamp(0.0, 255.0) + 0.5)).unwrap_or(u8::MAX)
}
