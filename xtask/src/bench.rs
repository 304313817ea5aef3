//! `cargo xtask bench`: what a sign-in costs the server. Figures, never a verdict.

use crate::failure::Failure;
use crate::process::{cargo, run};
use std::path::Path;

/// Builds the binary and its meter as they are released, and lets the meter print.
pub fn run_bench(root: &Path) -> Result<(), Failure> {
    run(&mut cargo(
        root,
        &["build", "--release", "--package", "countersign", "--package", "countersign-bench"],
    ))?;
    let binary = root.join("target/release/countersign");
    let binary = binary.to_string_lossy();
    run(&mut cargo(root, &["run", "--release", "--quiet", "--package", "countersign-bench", "--", &binary]))
}
