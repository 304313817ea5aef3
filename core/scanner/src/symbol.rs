//! A code as its modules say it.

use crate::found::Text;
use rxing::Point;
use rxing::common::BitMatrix;
use rxing::qrcode::cpp_port::decoder::Decode;

/// A code in the pixels of the picture that was looked at.
pub struct Sighting {
    /// `None` if it is longer than anybody wants: read, and not handed on.
    pub text: Option<Text>,
    pub corners: [Point; 4],
    /// Whether a lattice had to be fitted for it.
    pub is_fitted: bool,
}

/// What a code of one bit a module says, mirrored ones too: nothing that holds together, a text longer than `longest`
/// bytes (an inner `None`), or a text.
#[expect(clippy::option_option, reason = "unread and read but too long are two things")]
pub fn decoded(modules: &BitMatrix, longest: usize) -> Option<Option<Text>> {
    let content = Decode(modules).ok()?;
    if !content.isValid() {
        return None;
    }
    Some(Text::bounded(content.text(), longest))
}
