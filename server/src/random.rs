//! Random bytes from the operating system.

use ring::rand::{SecureRandom, SystemRandom};

/// `N` random bytes.
///
/// A machine without randomness cannot run this server in any safe way, so that case ends the process.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    if SystemRandom::new().fill(&mut out).is_err() {
        tracing::error!("the operating system gives no random bytes");
        std::process::abort();
    }
    out
}

/// A uniform number below `bound`, by rejection (3.4.1).
pub fn below(bound: u32) -> u32 {
    let limit = u32::MAX - u32::MAX % bound;
    loop {
        let value = u32::from_be_bytes(bytes());
        if value < limit {
            return value % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digit_numbers_fill_their_range_evenly() {
        let mut tenths = [0_u32; 10];
        for _ in 0..20_000 {
            tenths[usize::try_from(below(1_000_000) / 100_000).unwrap()] += 1;
        }
        // 2,000 expected each; eight standard deviations are 340.
        assert!(tenths.iter().all(|count| (1660..2340).contains(count)), "{tenths:?}");
    }
}
