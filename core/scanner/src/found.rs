//! What was read: a text, where it stands in the plane, and which stage read it.

use crate::Stage;
use std::fmt;

/// Most bytes of a text that can be one of ours (5.4). A phone wants no longer ones.
pub const MAX_TEXT: usize = 1024;
/// Bytes that no code's text exceeds: 7,089 digits are the most of all contents, and no character that a code holds
/// takes more than three bytes as UTF-8.
pub const ANY_TEXT: usize = 3 * 7089;

/// Text of one code: UTF-8, bounded in length, from anybody. It may hold the secret of an enrolment, so `Debug` shows
/// its length only.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    pub(crate) fn bounded(text: String, longest: usize) -> Option<Self> {
        (text.len() <= longest).then_some(Self(text))
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

/// A point of the plane, in pixels from its upper left corner. It may lie outside where a code is cut off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corner {
    /// Pixels to the right.
    pub x: f32,
    /// Pixels down.
    pub y: f32,
}

/// One code of a plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What it says.
    pub text: Text,
    /// Its outline without the quiet zone: the corner between the two others that bear a finder pattern, then on
    /// around the code, so that the third one is the corner without a pattern.
    pub corners: [Corner; 4],
    /// The stage that read it.
    pub stage: Stage,
}
