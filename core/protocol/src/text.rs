//! Text hygiene: what may be shown to a person who decides by it (protocol 3.0.1 and 3.4.3).
//!
//! A text is NFC, has 1 to its limit of code points and no character that hides, reorders or ends a line. A message
//! with any other text is refused as a whole; nothing is cleaned up silently.

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::is_nfc;

/// Limit of an account label, an origin and the text of a signed row, in code points.
pub const LONG: usize = 120;
/// Limit of the label of a signed row.
pub const ROW_LABEL: usize = 24;
/// Limit of every other text.
pub const SHORT: usize = 40;

/// Whether `text` may be shown: NFC, 1 to `limit` code points, no hidden character.
pub fn is_clean(text: &str, limit: usize) -> bool {
    let count = text.chars().take(limit + 1).count();
    (1..=limit).contains(&count) && text.chars().all(is_visible) && is_nfc(text)
}

fn is_visible(c: char) -> bool {
    !matches!(
        get_general_category(c),
        Category::Control
            | Category::Format
            | Category::Surrogate
            | Category::PrivateUse
            | Category::Unassigned
            | Category::LineSeparator
            | Category::ParagraphSeparator
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n71_n150_hidden_reordering_and_unnormalised_characters_are_refused() {
        for bad in [
            "a\u{202e}b",
            "a\u{200b}b",
            "a\u{200d}b",
            "a\nb",
            "a\u{2028}b",
            "e\u{301}",
            "\u{e0041}",
            "\u{e000}",
            "",
        ] {
            assert!(!is_clean(bad, SHORT), "{bad:?}");
        }
        for good in ["Grants Portal", "Brüssel, BE", "Ελληνικά", "日本", "a b'c", "é"] {
            assert!(is_clean(good, SHORT), "{good:?}");
        }
    }

    #[test]
    fn n71_limits_are_in_code_points() {
        assert!(is_clean(&"é".repeat(40), SHORT));
        assert!(!is_clean(&"é".repeat(41), SHORT));
    }
}
