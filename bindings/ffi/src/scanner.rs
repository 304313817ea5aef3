//! Frames of a camera in, texts of QR codes out. A frame is read where it lies and never copied.

use crate::problem::Problem;
use countersign_scanner::{Corner as InnerCorner, Found, Plane};
use std::sync::{Mutex, PoisonError};

/// Reads the frames of one camera.
#[derive(uniffi::Object)]
pub struct LiveScanner(Mutex<countersign_scanner::LiveScanner>);

/// What the bytes of a frame mean.
#[derive(uniffi::Record)]
pub struct FrameSize {
    /// Pixels of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Bytes from row to row: cameras pad their rows.
    pub stride: u32,
}

/// One code that this scanner has not told yet. No `Debug`: the text may hold the secret of a pairing.
#[derive(uniffi::Record)]
pub struct ScannedCode {
    /// Goes into `Authenticator::open_code` as it is, with the entry `SCANNER`.
    pub text: String,
    /// Its outline, around the code, in pixels of the frame.
    pub corners: Vec<Corner>,
}

/// A point of a frame.
#[derive(uniffi::Record)]
pub struct Corner {
    /// Pixels to the right.
    pub x: f32,
    /// Pixels down.
    pub y: f32,
}

#[uniffi::export]
impl LiveScanner {
    /// One that has told nothing yet.
    #[uniffi::constructor]
    pub fn new() -> Result<Self, Problem> {
        Ok(Self(Mutex::default()))
    }

    /// The codes of this frame that it has not told yet. `luma` is the brightness plane: in Kotlin a direct buffer,
    /// whose position is ignored, so pass `slice()`.
    pub fn scan(&self, luma: &[u8], size: FrameSize) -> Result<Vec<ScannedCode>, Problem> {
        let plane = Plane::new(luma, (pixels(size.width), pixels(size.height)), pixels(size.stride))?;
        let mut scanner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(scanner.scan(&plane).iter().map(Into::into).collect())
    }

    /// Forgets what it told, so that the same code is told again.
    pub fn start_over(&self) -> Result<(), Problem> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).start_over();
        Ok(())
    }
}

fn pixels(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl From<&Found> for ScannedCode {
    fn from(found: &Found) -> Self {
        let corners = found.corners.iter().map(|InnerCorner { x, y }| Corner { x: *x, y: *y }).collect();
        Self { text: found.text.as_str().to_owned(), corners }
    }
}
