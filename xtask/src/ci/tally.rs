//! The sum of what test binaries, Maven, swift-testing and Node.js report.

use std::fmt;

/// Tests that passed and failed so far.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Adds the counts if the line is the result of a test binary, of a Maven module, of a test in Swift or of a
    /// run of Node.js; other lines count nothing.
    pub fn read(&mut self, line: &str) {
        self.read_module(line);
        self.read_swift(line);
        self.read_node(line);
        let Some((_, counts)) = line.split_once("test result: ").filter(|(before, _)| before.is_empty())
        else {
            return;
        };
        // "ok. 3 passed; 0 failed; 0 ignored; …"
        let words: Vec<_> = counts.split([' ', ';']).collect();
        self.passed += before(&words, "passed");
        self.failed += before(&words, "failed");
    }

    /// "✔ Test pairs() passed after 0.3 seconds.", and the same with ✘ and failed; the run itself is no test.
    fn read_swift(&mut self, line: &str) {
        let told = |sign: &str, result: &str| {
            let name = line.strip_prefix(sign).and_then(|rest| rest.strip_prefix(" Test "));
            name.is_some_and(|name| !name.starts_with("run with ") && name.contains(result))
        };
        self.passed += u64::from(told("✔", " passed after "));
        self.failed += u64::from(told("✘", " failed after "));
    }

    /// "ℹ pass 60" and "ℹ fail 0", once a run.
    fn read_node(&mut self, line: &str) {
        let count = |word| line.strip_prefix(word).and_then(|count| count.parse::<u64>().ok()).unwrap_or(0);
        self.passed += count("ℹ pass ");
        self.failed += count("ℹ fail ") + count("ℹ cancelled ");
    }

    /// How many passed so far.
    pub const fn passed(&self) -> u64 {
        self.passed
    }

    fn read_module(&mut self, line: &str) {
        if let Some([run, failures, errors, skipped]) = module(line) {
            self.passed += run.saturating_sub(failures + errors + skipped);
            self.failed += failures + errors;
        }
    }
}

/// Counts of a module, "[INFO] Tests run: 4, Failures: 0, Errors: 1, Skipped: 0"; its classes have times behind them.
fn module(line: &str) -> Option<[u64; 4]> {
    // Also without colours it may begin with the end of one.
    let line = line.trim_start_matches("\u{1b}[0m");
    let behind = ["[INFO] ", "[WARNING] ", "[ERROR] "].iter().find_map(|level| line.strip_prefix(level))?;
    let mut counts = behind.split(", ").zip(["Tests run: ", "Failures: ", "Errors: ", "Skipped: "]);
    let mut count = || counts.next().and_then(|(part, name)| part.strip_prefix(name)?.parse().ok());
    let all = [count()?, count()?, count()?, count()?];
    (behind.split(", ").count() == all.len()).then_some(all)
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

    #[test]
    fn a_maven_module_counts_once_and_its_classes_do_not() {
        let mut tally = Tally::default();
        for line in [
            "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 5.1 s -- in eu.countersign.A",
            "[ERROR] Tests run: 8, Failures: 1, Errors: 1, Skipped: 1, Time elapsed: 1.0 s <<< FAILURE! -- in B",
            "[ERROR] Tests run: 11, Failures: 1, Errors: 1, Skipped: 1",
            "\u{1b}[0m[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0",
            "[INFO] BUILD SUCCESS",
        ] {
            tally.read(line);
        }
        assert_eq!(tally.to_string(), "10 passed, 2 failed");
    }

    #[test]
    fn a_test_in_swift_counts_and_the_run_does_not() {
        let mut tally = Tally::default();
        for line in [
            "◇ Test approves() started.",
            "✔ Test approves() passed after 0.310 seconds.",
            "✘ Test denies() recorded an issue at SignInTests.swift:41:9: Expectation failed: a == b",
            "✘ Test denies() failed after 0.100 seconds with 1 issue.",
            "✔ Test \"a name\" with 3 test cases passed after 0.002 seconds.",
            "✔ Suite SignInTests passed after 0.311 seconds.",
            "✘ Test run with 3 tests failed after 0.400 seconds with 1 issue.",
            "✔ Test run with 3 tests passed after 0.400 seconds.",
        ] {
            tally.read(line);
        }
        assert_eq!(tally.to_string(), "2 passed, 1 failed");
    }

    #[test]
    fn a_run_of_node_counts_by_its_sums() {
        let mut tally = Tally::default();
        for line in ["✔ sign-in/keys in en (512.1ms)", "ℹ tests 61", "ℹ pass 60", "ℹ fail 1", "ℹ cancelled 2"]
        {
            tally.read(line);
        }
        assert_eq!((tally.to_string().as_str(), tally.passed()), ("60 passed, 3 failed", 60));
    }
}
