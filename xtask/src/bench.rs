//! `cargo xtask bench`: what a sign-in costs the server, and what the way from Kotlin into the core costs. Figures, never
//! a verdict.

use crate::failure::Failure;
use crate::process::{cargo, run as run_command};
use crate::{bindings, kotlin};
use std::path::Path;

/// What `cargo xtask bench` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Measure only this.
    part: Option<Part>,
}

/// What is measured only where it is asked for.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Part {
    /// Calls of the core on a JVM, and the start of the app with ten accounts.
    Kotlin,
}

/// Builds what is measured as it is released, and lets the meter print.
pub fn run(root: &Path, options: &Options) -> Result<(), Failure> {
    match options.part {
        None => run_server(root),
        Some(Part::Kotlin) => run_kotlin(root),
    }
}

fn run_server(root: &Path) -> Result<(), Failure> {
    run_command(&mut cargo(
        root,
        &["build", "--release", "--package", "countersign", "--package", "countersign-bench"],
    ))?;
    let binary = root.join("target/release/countersign");
    let binary = binary.to_string_lossy();
    run_command(&mut cargo(
        root,
        &["run", "--release", "--quiet", "--package", "countersign-bench", "--", &binary],
    ))
}

/// The library takes servers on loopback here, which what is put into a phone never does.
fn run_kotlin(root: &Path) -> Result<(), Failure> {
    kotlin::prepare(root)?;
    let packages = ["--package", "countersign", "--package", "countersign-ffi"];
    run_command(
        cargo(root, &["build", "--release", "--features", "countersign-ffi/development"]).args(packages),
    )?;
    let release = bindings::target(root).join("release");
    let mut maven = kotlin::maven(root);
    maven.args(["--quiet", "--projects", "desktop", "--also-make", "--activate-profiles", "bench"]);
    maven.arg(format!("-Dcountersign.library={}", release.display()));
    maven.arg(format!("-Dcountersign.binary={}", release.join("countersign").display()));
    run_command(maven.arg("process-test-classes"))
}
