//! The sum of what test binaries report.

use std::fmt;

/// Tests that passed and failed so far.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Adds the counts if the line is the result of a test binary; other lines count nothing.
    pub fn read(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ").filter(|(before, _)| before.is_empty())
        else {
            return;
        };
        // "ok. 3 passed; 0 failed; 0 ignored; …"
        let words: Vec<_> = counts.split([' ', ';']).collect();
        self.passed += before(&words, "passed");
        self.failed += before(&words, "failed");
    }
}

fn before(words: &[&str], word: &str) -> u64 {
    let pair = words.windows(2).find(|pair| pair[1] == word);
    pair.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn results_are_summed_and_other_lines_are_not() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test a::b ... ok",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 40 passed; 2 failed; 1 ignored; 0 measured; 9 filtered out; finished in 1.20s",
            "the words test result: ok. 7 passed; 7 failed; in a sentence",
        ] {
            tally.read(line);
        }
        assert_eq!(tally.to_string(), "43 passed, 2 failed");
    }
}
