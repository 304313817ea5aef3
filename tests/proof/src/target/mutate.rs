//! Small changes of a seed, drawn from a number: the same number gives the same bytes on every machine.

/// Pieces that parsers trip over.
const PIECES: [&[u8]; 16] = [
    b"\"",
    b"{",
    b"}",
    b"[",
    b",",
    b":",
    b"null",
    b"-1",
    b"1e9",
    b"9007199254740992",
    b"\\u0000",
    b"\xff",
    b"=",
    b".",
    b"\xe2\x80\xae",
    b"\0",
];

/// A source of numbers (xorshift), not random in any other sense.
pub struct Draw(u64);

impl Draw {
    /// From a number that is not zero.
    pub const fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from((self.0 >> 8) % bound).unwrap_or(0)
    }
}

/// `seed` with one to four changes; `other` lends a tail now and then.
pub fn mutated(seed: &[u8], other: &[u8], draw: &mut Draw) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=draw.below(4) {
        let at = draw.below(bytes.len() + 1);
        match draw.below(7) {
            0 => flip(&mut bytes, at, draw),
            1 => drop(bytes.splice(at..at, PIECES[draw.below(PIECES.len())].iter().copied())),
            2 => bytes.truncate(at),
            3 => cut(&mut bytes, at, draw),
            4 => {
                let end = (at + draw.below(24)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
            5 => {
                bytes.truncate(at);
                bytes.extend_from_slice(&other[draw.below(other.len() + 1)..]);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(draw.below(256)).unwrap_or(0);
                }
            }
        }
    }
    bytes
}

fn flip(bytes: &mut [u8], at: usize, draw: &mut Draw) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << draw.below(8);
    }
}

fn cut(bytes: &mut Vec<u8>, at: usize, draw: &mut Draw) {
    let end = (at + 1 + draw.below(16)).min(bytes.len());
    bytes.drain(at.min(end)..end);
}
