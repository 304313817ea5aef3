//! Numbers that look random and are the same every time.

use super::frame::real;

/// A source of numbers (xorshift), not random in any other sense.
pub struct Draw(u64);

impl Draw {
    /// From a name: pictures must not share their grain.
    pub fn of(name: &str) -> Self {
        // FNV-1a spreads names that differ in one letter.
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from((self.0 >> 20) % bound).unwrap_or(0)
    }

    /// A part of one.
    pub fn part(&mut self) -> f32 {
        real(self.below(1 << 16)) / 65_536.0
    }

    /// Around zero, most of them near it, with a standard deviation of one.
    pub fn around_zero(&mut self) -> f32 {
        // Three even draws have together a variance of a quarter.
        2.0 * (self.part() + self.part() + self.part() - 1.5)
    }
}
