//! Grey to black and white: which pixels count as dark.

use crate::grey::{Grey, Window};
use rxing::common::{BitArray, BitMatrix, HybridBinarizer};
use rxing::{Binarizer, Luma8Source};

/// How a stage tells dark from light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// By the blocks of 40 pixels around each block of 8; what has no contrast there is light. Good for small codes.
    Blocks,
    /// By the mean of a window as large as the longer side divided by this; a pixel is dark if it lies `margin` below.
    Window {
        /// The longer side of the picture holds so many windows.
        parts: usize,
        /// Levels of 255 below the mean.
        margin: u32,
    },
}

impl Threshold {
    /// The dark pixels; `None` if the picture has none.
    pub fn dark(self, grey: &Grey) -> Option<BitMatrix> {
        match self {
            Self::Blocks => by_blocks(grey),
            Self::Window { parts, margin } => {
                by_window(grey, grey.width.max(grey.height) / (2 * parts), margin)
            }
        }
    }
}

fn by_blocks(grey: &Grey) -> Option<BitMatrix> {
    let (width, height) = size(grey)?;
    let source = Luma8Source::new_with_slice(&grey.pixels, width, height).ok()?;
    HybridBinarizer::new(source).get_black_matrix().ok().cloned()
}

fn by_window(grey: &Grey, radius: usize, margin: u32) -> Option<BitMatrix> {
    let (width, height) = size(grey)?;
    let mut dark = BitMatrix::new(width, height).ok()?;
    let mut line = BitArray::with_size(grey.width);
    let mut window = Window::new(grey, radius);
    for y in 0..grey.height {
        let row = grey.pixels.get(y * grey.width..)?;
        line.clear();
        window.move_to(y);
        window.sums(|x, sum, area| {
            // In sums, not means: no division for each pixel. Half the mean is dark in any case.
            if u32::from(row[x]) * area < sum - (margin * area).min(sum / 2) {
                line.set(x);
            }
        });
        dark.setRow(u32::try_from(y).ok()?, &line);
    }
    Some(dark)
}

fn size(grey: &Grey) -> Option<(u32, u32)> {
    Some((u32::try_from(grey.width).ok()?, u32::try_from(grey.height).ok()?))
}
