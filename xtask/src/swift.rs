//! `cargo xtask swift`: the Swift shell, built and tested on this machine against the real library and a real server.
//!
//! A machine without Swift gets a root with it, once ([`root`]). What needs Apple's frameworks is only parsed.

mod generated;
mod inside;
mod root;
mod toolchain;

use crate::bindings;
use crate::failure::Failure;
use crate::process;
use crate::strings;
use generated::PACKAGE;
use std::fs;
use std::path::{Path, PathBuf};
use toolchain::Toolchain;

/// The app for iPhones and the tests that run on one, from the root of the repository.
const APPLE: [&str; 2] = ["ios/Countersign", "ios/CountersignDeviceTests"];
/// What people have written of the package.
const WRITTEN: [&str; 3] = ["Package.swift", "Sources", "Tests"];

/// Builds and tests all of it, the generated sources first; each line goes to `each`.
pub fn run(root: &Path, mut each: impl FnMut(&str)) -> Result<(), Failure> {
    let swift = Toolchain::provide(root)?;
    bindings::run(root)?;
    strings::run(root)?;
    generated::provide(root)?;
    lint(root, &swift)?;
    parse_apple(root, &swift)?;
    test(&swift, &mut each)
}

/// Whether it is worth a look on a terminal: results, and what a compiler has to say.
pub fn is_worth_a_look(line: &str) -> bool {
    let told = ["✘", "✔ Test run", "error:", "warning:", "Fatal error"];
    told.iter().any(|word| line.contains(word))
}

fn test(swift: &Toolchain, each: &mut impl FnMut(&str)) -> Result<(), Failure> {
    let mut command = swift.command(Path::new(PACKAGE), "swift");
    command.args(["test", "--disable-xctest", "--scratch-path"]).arg(swift.scratch().join("package"));
    process::run_lines(&mut command, each)
}

/// The formatter that comes with the toolchain; a finding is an error.
fn lint(root: &Path, swift: &Toolchain) -> Result<(), Failure> {
    let mut command = swift.command(Path::new("."), "swift");
    command.args(["format", "lint", "--strict", "--recursive", "--parallel"]);
    command.args(["--configuration", "ios/.swift-format"]);
    command.args(WRITTEN.map(|part| Path::new(PACKAGE).join(part)));
    command.args(APPLE.iter().filter(|folder| root.join(folder).is_dir()));
    process::run(&mut command)
}

/// What stands on Apple's frameworks is here only seen to be Swift.
fn parse_apple(root: &Path, swift: &Toolchain) -> Result<(), Failure> {
    for folder in APPLE {
        let sources = sources(&root.join(folder))?;
        if sources.is_empty() {
            println!("nothing in {folder} yet");
            continue;
        }
        let relative = sources.iter().map(|path| path.strip_prefix(root).unwrap_or(path));
        process::run(swift.command(Path::new("."), "swiftc").arg("-parse").args(relative))?;
        println!(
            "{folder}: {} files parsed; Apple's frameworks are not here to compile them with",
            sources.len()
        );
    }
    Ok(())
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "swift") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::is_worth_a_look;

    #[test]
    fn results_and_errors_are_shown_and_progress_is_not() {
        assert!(is_worth_a_look("✘ Test pairs() failed after 0.2 seconds with 1 issue."));
        assert!(is_worth_a_look("✔ Test run with 40 tests passed after 9.1 seconds."));
        assert!(is_worth_a_look("Sources/A.swift:3:1: error: no such module"));
        assert!(!is_worth_a_look("✔ Test pairs() passed after 0.2 seconds."));
        assert!(!is_worth_a_look("[3/9] Compiling CountersignKit App.swift"));
    }
}
