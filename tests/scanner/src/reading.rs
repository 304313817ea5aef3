//! What the scanner says of a picture: at once, and frame by frame as a camera would show it.

use crate::luma::Luma;
use countersign_scanner::{Found, LiveScanner, Options, Plane, ScanError, read_image};
use std::fmt;

/// Frames after which the live scanner has tried all that it tries.
const FRAMES: usize = 12;

/// How each way of reading came to the text, by the name of its stage; `None` where it did not.
#[derive(Clone, PartialEq, Eq)]
pub struct Reading {
    /// With all that may be tried on one picture.
    pub single: Option<String>,
    /// Within twelve frames that all show the same.
    pub live: Option<String>,
}

impl Reading {
    /// Of a picture whose only code says `text`.
    pub fn of(luma: &Luma, text: &str) -> Result<Self, Misread> {
        let plane = Plane::new(&luma.pixels, (luma.width, luma.height), luma.width)?;
        let mut scanner = LiveScanner::new();
        let frames: Vec<Found> = (0..FRAMES).flat_map(|_| scanner.scan(&plane)).collect();
        let single = stage(&read_image(&plane, &Options::default()), text)?;
        Ok(Self { single, live: stage(&frames, text)? })
    }

    /// Its part of a line of the list: two columns.
    pub fn columns(&self) -> String {
        let [single, live] = [&self.single, &self.live].map(|stage| stage.as_deref().unwrap_or(NOTHING));
        format!("{single}\t{live}")
    }

    /// From its part of a line of the list.
    pub fn from_columns(columns: &str) -> Option<Self> {
        let (single, live) = columns.split_once('\t')?;
        let stage = |column: &str| (column != NOTHING).then(|| column.to_owned());
        Some(Self { single: stage(single), live: stage(live) })
    }
}

/// Stands in the list where a stage would.
const NOTHING: &str = "-";

/// A picture that should not be like that.
#[derive(Debug)]
pub enum Misread {
    /// It is no picture for the scanner.
    Refused(ScanError),
    /// A text that is not in it.
    Wrong(String),
}

impl From<ScanError> for Misread {
    fn from(error: ScanError) -> Self {
        Self::Refused(error)
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "{error}"),
            Self::Wrong(text) => write!(f, "a text that the picture does not hold was read: {text}"),
        }
    }
}

impl std::error::Error for Misread {}

fn stage(found: &[Found], text: &str) -> Result<Option<String>, Misread> {
    match found.iter().find(|code| code.text.as_str() != text) {
        Some(code) => Err(Misread::Wrong(code.text.as_str().to_owned())),
        None => Ok(found.first().map(|code| code.stage.to_string())),
    }
}
