//! `cargo xtask swift`: the Swift shell, built and tested on this machine against the real library and a real server.
//!
//! A machine without Swift gets a root with it, once ([`root`]). What needs Apple's frameworks is
//! parsed, and the screens are type-checked against the names of SwiftUI that they use ([`app`]).

mod app;
pub mod generated;
mod inside;
mod root;
mod toolchain;

use crate::bindings;
use crate::failure::Failure;
use crate::process;
use crate::strings;
use crate::tokens;
use generated::PACKAGE;
use std::path::Path;
use toolchain::Toolchain;

/// What people have written of the package.
const WRITTEN: [&str; 3] = ["Package.swift", "Sources", "Tests"];

/// Builds and tests all of it, the generated sources first; each line goes to `each`.
pub fn run(root: &Path, mut each: impl FnMut(&str)) -> Result<(), Failure> {
    let swift = Toolchain::provide(root)?;
    bindings::run(root)?;
    strings::run(root)?;
    tokens::run(root)?;
    generated::provide(root)?;
    lint(&swift)?;
    let app = app::parse(root, &swift)?;
    test(&swift, &mut each)?;
    app::check(root, &swift, &app)
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
fn lint(swift: &Toolchain) -> Result<(), Failure> {
    let mut command = swift.command(Path::new("."), "swift");
    command.args(["format", "lint", "--strict", "--recursive", "--parallel"]);
    command.args(["--configuration", "ios/.swift-format"]);
    command.args(WRITTEN.map(|part| Path::new(PACKAGE).join(part)));
    command.args([app::APP, app::ON_DEVICE, app::NAMES]);
    process::run(&mut command)
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
