//! A checked view of a luma plane, no larger than the decoder shall see.

use crate::ScanError;

/// Fewest pixels of a side: the smallest code has 21 modules.
pub const MIN_SIDE: usize = 21;
/// Most pixels of a side. Bounds the time that reading takes, far above any camera.
pub const MAX_SIDE: usize = 16_384;
/// Most pixels of a side that the decoder sees (6.1); larger planes are scaled down by a whole number.
const DECODER_SIDE: usize = 1280;

/// Pixels that certainly lie in the buffer.
pub struct Plane<'a> {
    luma: &'a [u8],
    size: (usize, usize),
    stride: usize,
    /// Pixels of a side that become one.
    scale: usize,
}

impl<'a> Plane<'a> {
    /// Checks every number before a pixel is read. `size` is width and height, `stride` bytes from row to row; the
    /// last row may end with its width.
    pub fn new(luma: &'a [u8], size: (usize, usize), stride: usize) -> Result<Self, ScanError> {
        let (width, height) = size;
        let longest = width.max(height);
        if width.min(height) < MIN_SIDE {
            return Err(ScanError::TooSmall);
        }
        if longest > MAX_SIDE {
            return Err(ScanError::TooLarge);
        }
        let needed = (height - 1).checked_mul(stride).and_then(|rows| rows.checked_add(width));
        if stride < width || needed.is_none_or(|needed| needed > luma.len()) {
            return Err(ScanError::BadBuffer);
        }
        Ok(Self { luma, size, stride, scale: longest.div_ceil(DECODER_SIDE) })
    }

    /// The same plane, scaled down by one more; `None` if no code would fit any more.
    pub fn coarser(&self) -> Option<Self> {
        let coarser = Self { scale: self.scale + 1, ..*self };
        let (width, height) = coarser.size();
        (width.min(height) >= MIN_SIDE).then_some(coarser)
    }

    /// Width and height after scaling. A rest at the right and lower edge is left out: a code has a quiet zone.
    pub const fn size(&self) -> (usize, usize) {
        (self.size.0 / self.scale, self.size.1 / self.scale)
    }

    /// Mean of the pixels that fall into one pixel of the scaled plane; beyond its edge, white.
    pub fn luma(&self, x: usize, y: usize) -> u8 {
        if self.scale == 1 {
            return self.luma.get(y * self.stride + x).copied().unwrap_or(u8::MAX);
        }
        let area = self.scale * self.scale;
        let sum: usize = (0..self.scale).map(|row| self.sum_of_row(x, y * self.scale + row)).sum();
        u8::try_from(sum / area).unwrap_or(u8::MAX)
    }

    fn sum_of_row(&self, x: usize, row: usize) -> usize {
        let start = row * self.stride + x * self.scale;
        let pixels = self.luma.get(start..start + self.scale).unwrap_or_default();
        pixels.iter().copied().map(usize::from).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_up_to_the_limit_of_the_decoder_is_seen_as_it_is() {
        let luma: Vec<u8> = (0..30 * 40).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let plane = Plane::new(&luma, (30, 30), 40).ok().unwrap();
        assert_eq!(plane.size(), (30, 30));
        assert_eq!(plane.luma(29, 29), luma[29 * 40 + 29]);
    }

    #[test]
    fn a_larger_plane_is_averaged_over_whole_blocks() {
        // Columns of 0 and 200 in turn: the mean of each block of 2 by 2 is 100.
        let row: Vec<u8> = (0..1281).map(|x| if x % 2 == 0 { 0 } else { 200 }).collect();
        let luma = row.repeat(60);
        let plane = Plane::new(&luma, (1281, 60), 1281).ok().unwrap();
        assert_eq!(plane.size(), (640, 30));
        assert!((0..640).all(|x| plane.luma(x, 29) == 100));
    }
}
