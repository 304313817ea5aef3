//! A checked view of a luma plane or of a part of it.

use crate::ScanError;

/// Fewest pixels of a side: the smallest code has 21 modules.
pub const MIN_SIDE: usize = 21;
/// Most pixels of a side. Bounds the time that reading takes, far above any camera.
pub const MAX_SIDE: usize = 16_384;

/// A part of a plane, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First column.
    pub left: usize,
    /// First row.
    pub top: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

/// 8-bit luma whose pixels certainly lie in the buffer.
#[derive(Clone, Copy)]
pub struct Plane<'a> {
    luma: &'a [u8],
    stride: usize,
    region: Region,
}

impl<'a> Plane<'a> {
    /// Checks every number before a pixel is read. `size` is width and height in pixels, `stride` the bytes from row
    /// to row; what follows the width of a row is padding, and the last row may end with its width.
    pub fn new(luma: &'a [u8], size: (usize, usize), stride: usize) -> Result<Self, ScanError> {
        let (width, height) = size;
        if width.min(height) < MIN_SIDE {
            return Err(ScanError::TooSmall);
        }
        if width.max(height) > MAX_SIDE {
            return Err(ScanError::TooLarge);
        }
        let needed = (height - 1).checked_mul(stride).and_then(|rows| rows.checked_add(width));
        if stride < width || needed.is_none_or(|needed| needed > luma.len()) {
            return Err(ScanError::BadBuffer);
        }
        Ok(Self { luma, stride, region: Region { left: 0, top: 0, width, height } })
    }

    /// The part of it that is to be searched; `region` counts from the upper left corner of what this view shows.
    /// Corners are still told in the pixels of the whole plane.
    pub fn region(&self, region: Region) -> Result<Self, ScanError> {
        let fits = |start: usize, length: usize, whole: usize| {
            start.checked_add(length).is_some_and(|end| end <= whole)
        };
        if !fits(region.left, region.width, self.region.width)
            || !fits(region.top, region.height, self.region.height)
        {
            return Err(ScanError::BadRegion);
        }
        if region.width.min(region.height) < MIN_SIDE {
            return Err(ScanError::TooSmall);
        }
        let left = self.region.left + region.left;
        let top = self.region.top + region.top;
        Ok(Self { region: Region { left, top, ..region }, ..*self })
    }

    /// Width and height of what is searched.
    pub const fn size(&self) -> (usize, usize) {
        (self.region.width, self.region.height)
    }

    /// Column and row of the whole plane where the searched part begins.
    pub const fn origin(&self) -> (usize, usize) {
        (self.region.left, self.region.top)
    }

    /// The pixels of a row of the searched part; nothing below its last one.
    pub fn row(&self, y: usize) -> &'a [u8] {
        let start = (self.region.top + y) * self.stride + self.region.left;
        self.luma.get(start..start + self.region.width).unwrap_or_default()
    }
}
