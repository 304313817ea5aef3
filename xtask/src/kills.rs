//! `cargo xtask kills` and `torture`: servers and phones that are killed in the middle of what they do, and survive.

use crate::failure::Failure;
use crate::process;
use clap::Args;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// How long, and with which dice.
#[derive(Args)]
pub struct Options {
    /// How many kills.
    #[arg(long, default_value_t = 1000)]
    kills: u64,
    /// Thirty kills, to see that it works.
    #[arg(long, conflicts_with = "kills")]
    quick: bool,
    /// What decides who does what and who dies when; a new one each time without this.
    #[arg(long)]
    seed: Option<u64>,
}

impl Options {
    fn count(&self) -> u64 {
        if self.quick { 30 } else { self.kills }
    }
}

/// A kill at every place of every deed, one after the other.
pub fn walk(root: &Path) -> Command {
    let mut command = process::cargo(root, &["test", "--package", "countersign-e2e", "--test", "kills"]);
    // Most of it is waiting for a disk: more threads than processors.
    command.args(["--features", "failpoints", "--", "--test-threads", "8"]);
    command
}

/// Thirty random kills, to see that the way to a thousand is open.
pub fn torture_quickly(root: &Path) -> Result<(), Failure> {
    torture(root, &Options { kills: 0, quick: true, seed: None })
}

/// Random kills in random deeds.
pub fn torture(root: &Path, options: &Options) -> Result<(), Failure> {
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (kills, seed) = (options.count().to_string(), options.seed.unwrap_or(clock).to_string());
    let package = ["--package", "countersign-e2e", "--features", "failpoints"];
    process::run(process::cargo(root, &["build", "--bins"]).args(package))?;
    let run = ["run", "--quiet", "--bin", "torture"];
    process::run(process::cargo(root, &run).args(package).args(["--", &kills, &seed]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_is_thirty_kills() {
        let options = |quick| Options { kills: 1000, quick, seed: None };
        assert_eq!((options(true).count(), options(false).count()), (30, 1000));
    }
}
