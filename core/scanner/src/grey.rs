//! The pixels that a stage works on: a plane's, scaled down and filtered.

use crate::plane::Plane;

/// Pixels without padding, row after row.
#[derive(Default, Clone)]
pub struct Grey {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Grey {
    /// Takes over a plane, each block of `scale` by `scale` pixels as their mean. A rest at the right and lower edge
    /// is left out: a code has a quiet zone.
    pub fn take(&mut self, plane: &Plane<'_>, scale: usize) {
        let (width, height) = plane.size();
        self.resize(width / scale, height / scale);
        let mut sums = vec![0_u32; self.width];
        for (y, out) in self.pixels.chunks_exact_mut(self.width.max(1)).enumerate() {
            if scale == 1 {
                out.copy_from_slice(plane.row(y));
                continue;
            }
            sums.fill(0);
            for row in 0..scale {
                add_blocks(&mut sums, plane.row(y * scale + row), scale);
            }
            write_means(out, &sums, scale * scale);
        }
    }

    /// White becomes black.
    pub fn invert(&mut self) {
        for pixel in &mut self.pixels {
            *pixel = u8::MAX - *pixel;
        }
    }

    /// Makes edges steeper: what a pixel differs by from the mean of the window of `2 * radius + 1` pixels around it
    /// counts three times.
    pub fn sharpen_into(&self, radius: usize, out: &mut Self) {
        out.resize(self.width, self.height);
        let (width, mut sharp) = (self.width, std::mem::take(&mut out.pixels));
        let mut window = Window::new(self, radius);
        for (y, row) in sharp.chunks_exact_mut(width.max(1)).enumerate() {
            window.move_to(y);
            let source = &self.pixels[y * width..(y + 1) * width];
            window.sums(|x, sum, area| {
                let (pixel, mean) = (i32::from(source[x]), i32::try_from(sum / area).unwrap_or(0));
                row[x] = u8::try_from((3 * pixel - 2 * mean).clamp(0, 255)).unwrap_or(0);
            });
        }
        out.pixels = sharp;
    }

    /// The pixel under a point, from its four neighbours; outside, that of the edge.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (left, right, across) = neighbours(x, self.width);
        let (upper, lower, down) = neighbours(y, self.height);
        let pixel = |x: usize, y: usize| f32::from(self.pixels.get(y * self.width + x).copied().unwrap_or(0));
        let between = |from: f32, to: f32, part: f32| from + (to - from) * part;
        let above = between(pixel(left, upper), pixel(right, upper), across);
        let below = between(pixel(left, lower), pixel(right, lower), across);
        between(above, below, down)
    }

    fn resize(&mut self, width: usize, height: usize) {
        (self.width, self.height) = (width, height);
        self.pixels.resize(width * height, 0);
    }
}

/// The two pixels that a coordinate lies between, and how far it is from the first. Pixel 0 has its centre at 0.5.
fn neighbours(at: f32, length: usize) -> (usize, usize, f32) {
    let last = length.saturating_sub(1);
    // A coordinate that is no number becomes 0, one beyond the last pixel the last.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float as usize saturates")]
    let first = ((at - 0.5).max(0.0) as usize).min(last);
    #[expect(clippy::cast_precision_loss, reason = "a side has at most 2^14 pixels")]
    let part = (at - 0.5 - first as f32).clamp(0.0, 1.0);
    (first, (first + 1).min(last), if part.is_nan() { 0.0 } else { part })
}

fn add_blocks(sums: &mut [u32], row: &[u8], scale: usize) {
    for (sum, block) in sums.iter_mut().zip(row.chunks_exact(scale)) {
        *sum += block.iter().copied().map(u32::from).sum::<u32>();
    }
}

fn write_means(out: &mut [u8], sums: &[u32], area: usize) {
    let area = u32::try_from(area).unwrap_or(u32::MAX);
    for (pixel, sum) in out.iter_mut().zip(sums) {
        *pixel = u8::try_from(sum / area).unwrap_or(u8::MAX);
    }
}

/// Sums of the pixels in a square window that goes over a picture from row to row. Holds one row of column sums, so
/// that it costs the same for every radius, in time and in memory.
pub struct Window<'a> {
    grey: &'a Grey,
    radius: usize,
    columns: Vec<u32>,
    /// Rows in the column sums: from the first to below the second.
    rows: (usize, usize),
}

impl<'a> Window<'a> {
    /// A window of `2 * radius + 1` pixels; where it hangs over an edge it holds fewer.
    pub fn new(grey: &'a Grey, radius: usize) -> Self {
        Self { grey, radius, columns: vec![0; grey.width], rows: (0, 0) }
    }

    /// Centres it on a row; rows go up by one at a time.
    pub fn move_to(&mut self, y: usize) {
        let Self { grey, radius, columns, rows } = self;
        let end = (y + *radius + 1).min(grey.height);
        while rows.1 < end {
            for (sum, pixel) in columns.iter_mut().zip(&grey.pixels[rows.1 * grey.width..]) {
                *sum += u32::from(*pixel);
            }
            rows.1 += 1;
        }
        while rows.0 + *radius < y {
            for (sum, pixel) in columns.iter_mut().zip(&grey.pixels[rows.0 * grey.width..]) {
                *sum -= u32::from(*pixel);
            }
            rows.0 += 1;
        }
    }

    /// Calls with each column, the sum of the window around it, and how many pixels that holds.
    pub fn sums(&self, mut each: impl FnMut(usize, u32, u32)) {
        let (width, radius) = (self.columns.len(), self.radius);
        let rows = u32::try_from(self.rows.1 - self.rows.0).unwrap_or(0);
        let mut sum: u32 = self.columns.iter().take(radius).sum();
        let mut area = rows * u32::try_from(radius.min(width)).unwrap_or(0);
        for x in 0..width {
            if let Some(entering) = self.columns.get(x + radius) {
                sum += entering;
                area += rows;
            }
            if x > radius {
                sum -= self.columns[x - radius - 1];
                area -= rows;
            }
            each(x, sum, area);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: usize, height: usize, pixel: impl Fn(usize, usize) -> u8) -> Grey {
        let pixels = (0..width * height).map(|i| pixel(i % width, i / width)).collect();
        Grey { width, height, pixels }
    }

    #[test]
    fn a_plane_is_averaged_over_whole_blocks() {
        // Columns of 0 and 200 in turn: the mean of each block of 2 by 2 is 100.
        let row: Vec<u8> = (0..61).map(|x| if x % 2 == 0 { 0 } else { 200 }).collect();
        let luma = row.repeat(41);
        let plane = Plane::new(&luma, (61, 41), 61).unwrap();
        let mut taken = Grey::default();
        taken.take(&plane, 2);
        assert_eq!((taken.width, taken.height), (30, 20));
        assert!(taken.pixels.iter().all(|pixel| *pixel == 100));
    }

    #[test]
    fn a_window_sums_what_lies_around_each_pixel() {
        let grey = grey(9, 7, |x, y| u8::try_from(x * 7 + y * 31).unwrap());
        for radius in [0, 1, 3, 8, 20] {
            let mut window = Window::new(&grey, radius);
            for y in 0..7 {
                window.move_to(y);
                window.sums(|x, sum, area| {
                    let near = |a: usize, b: usize| a.abs_diff(b) <= radius;
                    let around = (0..63).filter(|i| near(i % 9, x) && near(i / 9, y));
                    let pixels: Vec<u32> = around.map(|i| u32::from(grey.pixels[i])).collect();
                    assert_eq!((sum, area), (pixels.iter().sum(), u32::try_from(pixels.len()).unwrap()));
                });
            }
        }
    }

    #[test]
    fn a_point_outside_or_nowhere_is_a_pixel_of_the_edge() {
        let grey = grey(3, 3, |x, y| u8::try_from(10 * x + 100 * y).unwrap());
        assert!((grey.at(1.5, 1.5) - 110.0).abs() < 0.001);
        assert!((grey.at(2.0, 0.5) - 15.0).abs() < 0.001);
        assert!((grey.at(-7.0, 1e9) - 200.0).abs() < 0.001);
        for nowhere in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(grey.at(nowhere, nowhere).is_finite());
        }
    }
}
