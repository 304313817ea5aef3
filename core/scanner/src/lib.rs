//! Luma plane in, texts of its QR codes and their corners out.
//!
//! [`read_image`] spends what it takes on one picture; [`LiveScanner`] spends little on each frame of a camera and
//! tries another way with the next one. Both go through the same stages ([`Stage`]); `docs/scanner.md` says what each
//! of them buys.
//!
//! Total: whatever the camera shows, the answer is a list or an error, also where the library behind it panics (T20,
//! 6.1). Knows nothing of what a text means (5.4), keeps no picture, and has no camera and no file.

use thiserror::Error;

mod bounds;
mod fit;
mod found;
mod grey;
mod live;
mod plane;
mod read;
mod search;
mod stage;
mod symbol;
mod threshold;

#[cfg(test)]
mod tests;

pub use found::{ANY_TEXT, Corner, Found, MAX_TEXT, Text};
pub use live::LiveScanner;
pub use plane::{MAX_SIDE, MIN_SIDE, Plane, Region};
pub use read::{Options, read_image};
pub use stage::{BlackAndWhite, Stage, black_and_white, looks};

/// Why a plane was not searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ScanError {
    /// A side of fewer than [`MIN_SIDE`] pixels: no code fits.
    #[error("the picture is too small for any code")]
    TooSmall,
    /// A side of more than [`MAX_SIDE`] pixels.
    #[error("the picture is too large")]
    TooLarge,
    /// The stride is below the width, or the buffer ends before the last row does.
    #[error("the picture's buffer does not hold that many pixels")]
    BadBuffer,
    /// The region of interest is not wholly inside the plane.
    #[error("the region lies outside the picture")]
    BadRegion,
}
