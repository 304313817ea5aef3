//! `cargo xtask fuzz`: each parser under libFuzzer for a while, from the seeds that the vectors give.
//!
//! It needs a C++ compiler and nothing else: the coverage that libFuzzer steers by is asked of rustc itself, so the
//! toolchain of the house does. The targets lie in the layout of cargo-fuzz, which runs them as well, with the
//! address sanitizer where a nightly toolchain is at hand.

use crate::failure::Failure;
use crate::{process, vectors};
use clap::Args;
use std::path::Path;
use std::process::Command;

/// What rustc puts in for libFuzzer.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions -Coverflow-checks --cfg fuzzing";

/// How long, and which.
#[derive(Args)]
pub struct Options {
    /// A minute for each target, in place of ten.
    #[arg(long)]
    quick: bool,
    /// Seconds for each target.
    #[arg(long, conflicts_with = "quick")]
    seconds: Option<u64>,
    /// Only these targets.
    targets: Vec<String>,
}

impl Options {
    fn time(&self) -> u64 {
        self.seconds.unwrap_or(if self.quick { 60 } else { 600 })
    }
}

/// Builds all targets, sows the seeds and runs one target after the other; a finding in one does not hide the next.
pub fn run(root: &Path, options: &Options) -> Result<(), Failure> {
    let targets = chosen(root, &options.targets)?;
    if !process::succeeds(Command::new("c++").arg("--version")) {
        let names = targets.join(", ");
        return Err(Failure::Missing(format!(
            "no C++ compiler, which libFuzzer is built with, so this machine cannot run: {names}. Install g++ or \
             clang. `cargo test -p countersign-proof` runs the same targets over their seeds without it."
        )));
    }
    vectors::run_generator(root)?;
    let host = host()?;
    process::run(&mut build(root, &host))?;
    let failed: Vec<String> = targets
        .into_iter()
        .filter(|name| process::run(&mut fuzzer(root, &host, name, options.time())).is_err())
        .collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::Steps(failed.join(", "))) }
}

/// The names of the sources, or those that were asked for.
fn chosen(root: &Path, asked: &[String]) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root.join("fuzz/fuzz_targets"))? {
        let path = entry?.path();
        all.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    all.sort();
    match asked.iter().find(|name| !all.contains(name)) {
        Some(unknown) => {
            Err(Failure::Missing(format!("there is no target {unknown}; there are: {}", all.join(", "))))
        }
        None if asked.is_empty() => Ok(all),
        None => Ok(asked.to_vec()),
    }
}

/// Named, because with a target given cargo leaves build scripts and macros without coverage.
fn host() -> Result<String, Failure> {
    let output = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.ok_or_else(|| Failure::Missing("rustc does not say what machine this is".to_owned()))
}

fn build(root: &Path, host: &str) -> Command {
    let arguments = ["build", "--release", "--bins", "--target", host, "--target-dir", "target"];
    let mut command = process::cargo(&root.join("fuzz"), &arguments);
    command.env("RUSTFLAGS", COVERAGE);
    command
}

fn fuzzer(root: &Path, host: &str, name: &str, seconds: u64) -> Command {
    println!("\n== {name}: {seconds} s");
    let fuzz = root.join("fuzz");
    let mut command = Command::new(fuzz.join("target").join(host).join("release").join(name));
    let found = fuzz.join("artifacts").join(name);
    // libFuzzer writes a finding only into a folder that is there; without one it writes beside the sources.
    let _ = std::fs::create_dir_all(&found);
    command.current_dir(&fuzz).arg(fuzz.join("corpus").join(name));
    command.arg(format!("-artifact_prefix={}/", found.display()));
    command.arg(format!("-max_total_time={seconds}"));
    // Larger than any message of the protocol, and than any picture of a seed.
    command.args(["-max_len=70000", "-timeout=10", "-verbosity=0", "-print_final_stats=1"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(quick: bool, seconds: Option<u64>) -> Options {
        Options { quick, seconds, targets: Vec::new() }
    }

    #[test]
    fn quick_is_a_minute_and_seconds_are_seconds() {
        assert_eq!(options(true, None).time(), 60);
        assert_eq!(options(false, Some(5)).time(), 5);
        assert_eq!(options(false, None).time(), 600);
    }

    #[test]
    fn the_targets_are_the_sources_and_an_unknown_one_is_named() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert!(chosen(&root, &[]).expect("targets").contains(&"qr".to_owned()));
        assert_eq!(chosen(&root, &["op".to_owned()]).expect("a target"), ["op"]);
        let failure = chosen(&root, &["else".to_owned()]).expect_err("no target");
        assert!(failure.to_string().contains("else"), "{failure}");
    }
}
