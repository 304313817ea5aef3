//! What the tests of this crate share.

use crate::pin_entry::PinEntry;

/// Bytes from lower-case hex of exactly that length.
pub fn hex<const N: usize>(text: &str) -> [u8; N] {
    assert_eq!(text.len(), 2 * N, "{text}");
    std::array::from_fn(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
}

/// An entry with these digits typed.
pub fn typed(digits: &str) -> PinEntry {
    let mut entry = PinEntry::new();
    digits.bytes().for_each(|digit| entry.push(digit).unwrap());
    entry
}
