//! The PIN while it is typed: one digit per call, in fixed memory, wiped when it is used (2.7, 6.3).
//!
//! The PIN is never an argument, a `String` or a heap value, and nothing outside this crate can read it back: it
//! only goes into the derivation, which empties the entry.

use crate::pin_rules::{MAX_DIGITS, PinRejected};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Digits typed so far. No `Debug`, no `Clone`; wiped, its length too, on drop and by every use.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct PinEntry {
    digits: [u8; MAX_DIGITS],
    len: usize,
}

impl PinEntry {
    /// An empty entry.
    pub const fn new() -> Self {
        Self { digits: [0; MAX_DIGITS], len: 0 }
    }

    /// Adds one digit, given as its ASCII byte `b'0'..=b'9'` (numbers 0 to 9 are refused, so that a mix-up of the
    /// two shows at once). Errors, which leave the entry as it was: `NotDigits`, and `TooLong` for a 13th digit.
    pub fn push(&mut self, digit: u8) -> Result<(), PinRejected> {
        if !digit.is_ascii_digit() {
            return Err(PinRejected::NotDigits);
        }
        let place = self.digits.get_mut(self.len).ok_or(PinRejected::TooLong)?;
        *place = digit;
        self.len += 1;
        Ok(())
    }

    /// Takes the last digit away, if there is one.
    pub fn backspace(&mut self) {
        self.len = self.len.saturating_sub(1);
        if let Some(place) = self.digits.get_mut(self.len) {
            place.zeroize();
        }
    }

    /// Wipes everything: when the app goes to the background, after idling, when the person leaves.
    pub fn clear(&mut self) {
        self.zeroize();
    }

    /// Digits typed, 0 to 12: the dots on the screen.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is typed.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether both entries hold the same digits, in constant time: a new PIN is typed twice (2.2.4).
    pub fn matches(&self, other: &Self) -> bool {
        let same = self.digits.ct_eq(&other.digits) & self.len.ct_eq(&other.len);
        same.into()
    }

    /// The same digits once more: one entry of the person serves several accounts (2.2.4). Each is wiped by its own use.
    #[must_use]
    pub const fn twin(&self) -> Self {
        Self { digits: self.digits, len: self.len }
    }

    /// The digits, for the rules and the derivation.
    pub(crate) fn digits(&self) -> &[u8] {
        &self.digits[..self.len]
    }

    /// The digits for one last use: the entry is wiped when the guard goes, on every way out.
    pub(crate) const fn consume(&mut self) -> ConsumedPin<'_> {
        ConsumedPin(self)
    }
}

/// A PIN in its last use.
pub(crate) struct ConsumedPin<'a>(&'a mut PinEntry);

impl ConsumedPin<'_> {
    pub(crate) fn digits(&self) -> &[u8] {
        self.0.digits()
    }
}

impl Drop for ConsumedPin<'_> {
    fn drop(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::typed;

    #[test]
    fn typing_counts_and_backspace_takes_one_away() {
        let mut entry = typed("4921");
        entry.backspace();
        entry.push(b'7').unwrap();
        assert_eq!(entry.digits(), b"4927");
        assert_eq!(entry.len(), 4);
        for _ in 0..6 {
            entry.backspace();
        }
        assert!(entry.is_empty());
        assert_eq!(entry.digits, [0; MAX_DIGITS], "what was taken away is wiped");
    }

    #[test]
    fn n42_non_digits_and_a_thirteenth_digit_are_refused_and_change_nothing() {
        let mut entry = typed("4927");
        let arabic_indic = "٤".as_bytes().iter().copied();
        for bad in [b'a', b' ', b'/', b':', 0, 4, 9].into_iter().chain(arabic_indic) {
            assert_eq!(entry.push(bad), Err(PinRejected::NotDigits), "{bad}");
        }
        assert_eq!(entry.digits(), b"4927");
        let mut full = typed("314159265358");
        assert_eq!(full.push(b'9'), Err(PinRejected::TooLong));
        assert_eq!(full.digits(), b"314159265358");
    }

    #[test]
    fn clearing_and_the_last_use_wipe_every_byte() {
        let mut entry = typed("4927");
        assert_eq!(entry.consume().digits(), b"4927");
        assert_eq!((entry.digits, entry.len), ([0; MAX_DIGITS], 0));
        let mut entry = typed("4927");
        entry.clear();
        assert_eq!((entry.digits, entry.len), ([0; MAX_DIGITS], 0));
    }

    #[test]
    fn two_entries_match_only_with_the_same_digits_and_length() {
        assert!(typed("4927").matches(&typed("4927")));
        assert!(!typed("4927").matches(&typed("4928")));
        assert!(!typed("4927").matches(&typed("49270")));
    }
}
