//! Luma plane in, texts of its QR codes out.
//!
//! Total: whatever the camera shows, the answer is a list or an error, also where the decoder behind it panics (T20,
//! 6.1). Knows nothing of what a text means (5.4), keeps no picture, and has no camera and no file.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use thiserror::Error;

mod metered;
mod plane;

pub use plane::{MAX_SIDE, MIN_SIDE};

use metered::Metered;
use plane::Plane;

/// Most bytes of a text that is handed on; longer ones are none of ours (5.4).
pub const MAX_TEXT: usize = 1024;

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
    /// The decoder gave up on this picture; the next one may be read.
    #[error("the picture cannot be searched")]
    Decoder,
}

/// Text of one code: UTF-8, at most [`MAX_TEXT`] bytes, from anybody. It may hold the secret of an enrolment, so
/// `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    fn bounded(text: String) -> Option<Self> {
        (text.len() <= MAX_TEXT).then_some(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

/// Reads every code in a plane of 8-bit luma whose rows begin every `stride` bytes; what follows the width of a row
/// is padding. The order of the texts says nothing. No code is an empty list.
///
/// Takes up to some hundred milliseconds, so not for the thread that draws.
pub fn read(luma: &[u8], width: usize, height: usize, stride: usize) -> Result<Vec<Text>, ScanError> {
    let plane = Plane::new(luma, (width, height), stride)?;
    let found = search(&plane)?;
    // A second look at a coarser picture finds some large codes that fall badly on the pixels of the first.
    match plane.coarser() {
        Some(coarser) if found.is_empty() => search(&coarser),
        _ => Ok(found),
    }
}

fn search(plane: &Plane<'_>) -> Result<Vec<Text>, ScanError> {
    // The picture is ours and dropped with the panic: nothing half-changed survives it.
    catch_unwind(AssertUnwindSafe(|| texts(plane))).map_err(|_| ScanError::Decoder)
}

fn texts(plane: &Plane<'_>) -> Vec<Text> {
    let mut picture = rqrr::PreparedImage::prepare(Metered::of(plane));
    picture.detect_grids().iter().filter_map(decoded).collect()
}

/// One code. A panic here takes only this code away, not its neighbours.
fn decoded<G: rqrr::BitGrid>(grid: &rqrr::Grid<G>) -> Option<Text> {
    let (_, text) = catch_unwind(AssertUnwindSafe(|| grid.decode())).ok()?.ok()?;
    Text::bounded(text)
}

#[cfg(test)]
mod read_tests;
