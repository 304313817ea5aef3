//! Which PINs may be chosen: length, and a blocklist made of rules (2.2.4). No list is shipped.
//!
//! Runs when a PIN is set, never when it is used: it branches on digits, and a later use must not (6.2).

use crate::pin_entry::PinEntry;
use thiserror::Error;

/// Fewest digits of any PIN, whatever a server allows.
pub const MIN_DIGITS: usize = 4;
/// Most digits of a PIN.
pub const MAX_DIGITS: usize = 12;

/// Why a PIN was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PinRejected {
    /// Something else than the bytes `0` to `9`.
    #[error("a PIN is made of the digits 0 to 9")]
    NotDigits,
    /// Fewer digits than the service asks for.
    #[error("the PIN is shorter than {min} digits")]
    TooShort {
        /// Fewest digits here.
        min: usize,
    },
    /// More than 12 digits.
    #[error("the PIN is longer than 12 digits")]
    TooLong,
    /// One digit, pair or triple repeated, or mirrored.
    #[error("the PIN is a repetition")]
    Repetition,
    /// Each digit one more, or each one less, than the digit before.
    #[error("the PIN is a row")]
    Row,
    /// A year or a date.
    #[error("the PIN is a date")]
    Date,
    /// A line, or the corners, of the keypad.
    #[error("the PIN is a line of keys")]
    KeyLine,
}

/// Judges a PIN that somebody wants to have from now on; `pin_min` is the service's fewest digits, taken into
/// 4 to 12. There is no "use anyway".
pub fn check_new(entry: &PinEntry, pin_min: usize) -> Result<(), PinRejected> {
    check_length(entry.len(), pin_min.clamp(MIN_DIGITS, MAX_DIGITS))?;
    match weakness(entry.digits()) {
        None => Ok(()),
        Some(reason) => Err(reason),
    }
}

/// Refuses what cannot be any PIN, without a look at the digits.
pub(crate) const fn check_length(len: usize, min: usize) -> Result<(), PinRejected> {
    if len < min {
        return Err(PinRejected::TooShort { min });
    }
    if len > MAX_DIGITS { Err(PinRejected::TooLong) } else { Ok(()) }
}

/// The first rule that `pin`, ASCII digits, falls under.
fn weakness(pin: &[u8]) -> Option<PinRejected> {
    if is_repetition(pin) {
        return Some(PinRejected::Repetition);
    }
    if is_row(pin) {
        return Some(PinRejected::Row);
    }
    if is_key_line(pin) {
        return Some(PinRejected::KeyLine);
    }
    is_date(pin).then_some(PinRejected::Date)
}

/// All the same; of four AABB, ABAB, ABBA; of six ABABAB, ABCABC, AAABBB.
fn is_repetition(pin: &[u8]) -> bool {
    if every_step_is(pin, 0) {
        return true;
    }
    match *pin {
        [a, b, c, d] => (a == b && c == d) || (a == c && b == d) || (a == d && b == c),
        [a, b, c, d, e, f] => {
            let pairs = a == c && c == e && b == d && d == f;
            let triples = a == d && b == e && c == f;
            pairs || triples || (a == b && b == c && d == e && e == f)
        }
        _ => false,
    }
}

fn is_row(pin: &[u8]) -> bool {
    every_step_is(pin, 1) || every_step_is(pin, 9)
}

/// Whether each digit is `step` more than the one before, modulo 10.
fn every_step_is(pin: &[u8], step: u8) -> bool {
    pin.windows(2).all(|pair| (pair[1] + 10 - pair[0]) % 10 == step)
}

/// Columns and diagonals of the keypad, its corners in any order; of six, two lines or two columns of it.
fn is_key_line(pin: &[u8]) -> bool {
    const FOUR: [&[u8; 4]; 6] = [b"2580", b"0852", b"1470", b"0741", b"3690", b"0963"];
    const COLUMNS: [&[u8]; 3] = [b"147", b"258", b"369"];
    const LINES: [&[u8]; 3] = [b"123", b"456", b"789"];
    match pin.len() {
        4 => FOUR.iter().any(|line| line[..] == *pin) || b"1379".iter().all(|corner| pin.contains(corner)),
        6 => {
            let (first, last) = pin.split_at(3);
            let both_in = |set: &[&[u8]]| set.contains(&first) && set.contains(&last);
            both_in(&COLUMNS) || both_in(&LINES)
        }
        _ => false,
    }
}

/// Of four: a year 1930 to 2029, DDMM or MMDD. Of six: DDMMYY, MMDDYY or YYMMDD.
fn is_date(pin: &[u8]) -> bool {
    match *pin {
        [a, b, c, d] => {
            let (first, last) = (number(a, b), number(c, d));
            let is_year = (first == 19 && last >= 30) || (first == 20 && last <= 29);
            is_year || is_day(first, last) || is_day(last, first)
        }
        [a, b, c, d, e, f] => {
            let (first, middle, last) = (number(a, b), number(c, d), number(e, f));
            is_day(first, middle) || is_day(middle, first) || is_day(last, middle)
        }
        _ => false,
    }
}

const fn number(tens: u8, ones: u8) -> u8 {
    (tens - b'0') * 10 + (ones - b'0')
}

/// Whether the month has that day; 29 February always counts.
fn is_day(day: u8, month: u8) -> bool {
    const LENGTHS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = usize::from(month).checked_sub(1).and_then(|index| LENGTHS.get(index));
    length.is_some_and(|length| (1..=*length).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::typed;

    fn rejected(count: u32, width: usize) -> usize {
        (0..count).filter(|pin| weakness(format!("{pin:0width$}").as_bytes()).is_some()).count()
    }

    #[test]
    fn the_rules_refuse_978_of_10_000_and_85_323_of_1_000_000() {
        assert_eq!(rejected(10_000, 4), 978);
        assert_eq!(rejected(1_000_000, 6), 85_323);
    }

    #[test]
    fn n42_blocked_pins_are_refused_with_their_reason() {
        use PinRejected::{Date, KeyLine, Repetition, Row};
        let blocked =
            [("1234", Row), ("0000", Repetition), ("2580", KeyLine), ("1987", Date), ("3112", Date)];
        for (pin, reason) in blocked {
            assert_eq!(check_new(&typed(pin), 4), Err(reason), "{pin}");
        }
        assert_eq!(check_new(&typed("492"), 4), Err(PinRejected::TooShort { min: 4 }));
        assert_eq!(check_new(&typed("4927"), 4), Ok(()));
    }

    #[test]
    fn each_rule_has_its_reason() {
        use PinRejected::{Date, KeyLine, Repetition, Row};
        let cases = [
            (Repetition, "7788 7878 7887 999999 787878 783783 777888 44444 555555555555"),
            (Row, "7890 9012 2109 43210 890123456789"),
            (KeyLine, "0741 9137 147369 789123"),
            (Date, "2029 1930 2902 0229 241299 122499 991224"),
        ];
        for (reason, pins) in cases {
            for pin in pins.split(' ') {
                assert_eq!(check_new(&typed(pin), 4), Err(reason), "{pin}");
            }
        }
        for fine in ["4927", "2030", "3014", "3104", "147741", "123321", "49270", "831504", "78787878"] {
            assert_eq!(check_new(&typed(fine), 4), Ok(()), "{fine}");
        }
    }

    #[test]
    fn the_service_may_ask_for_more_digits_but_never_for_fewer_than_four() {
        assert_eq!(check_new(&typed("4927"), 6), Err(PinRejected::TooShort { min: 6 }));
        assert_eq!(check_new(&typed("831504"), 6), Ok(()));
        assert_eq!(check_new(&typed("492"), 0), Err(PinRejected::TooShort { min: 4 }));
        assert_eq!(check_new(&typed("314159265358"), 99), Ok(()));
    }
}
