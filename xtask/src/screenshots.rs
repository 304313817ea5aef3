//! `cargo xtask screenshots`: every screen of the app in every state and look, as contact sheets.
//!
//! The tests that draw the screens anyway, to check them, write what they have drawn. A state of the core or a place
//! of the app that no picture shows fails the run by its name. Beside the sheets lie marks of what is on them: the same
//! tests, in every other run, fail for a sheet that no longer shows what they draw, so that nobody has to remember.

use crate::failure::Failure;
use crate::kotlin;
use crate::process;
use std::path::Path;

/// Where the sheets lie, from the root of the repository.
const SHEETS: &str = "docs/screens/android";
/// The tests that draw: one writes the sheets, the other knows what must be on them.
const DRAWING: &str = "ScreensTest,CoverageTest";

/// Draws all of them anew; each line of Maven goes to `each`.
pub fn run(root: &Path, each: impl FnMut(&str)) -> Result<(), Failure> {
    kotlin::prepare(root)?;
    let sheets = root.join(SHEETS);
    let mut maven = kotlin::maven(root);
    maven.args(["--projects", "ui", "--also-make", "-Dsurefire.failIfNoSpecifiedTests=false"]);
    maven.arg(format!("-Dtest={DRAWING}"));
    maven.arg(format!("-Dcountersign.screens={}", sheets.display()));
    process::run_lines(maven.arg("test"), each)?;
    println!("Sheets are in {SHEETS}");
    Ok(())
}
