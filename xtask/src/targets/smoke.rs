//! What the linked code does when it runs, under qemu and musl's loader.
//!
//! Twice: the library itself is loaded and called as a shell calls it, through its C functions (tests/targets/load.c);
//! and the engine's tests, built by the same profile, pair and sign in with a scripted server: SQLite, Argon2id, AEAD,
//! P-256 and JSON.

use super::musl;
use super::toolchain::STD_AND_TEST;
use crate::failure::Failure;
use crate::process;
use std::path::Path;
use std::process::Command;

const QEMU: &str = "qemu-aarch64-static";
/// Parts of the engine's tests: what they compute is all of what a phone computes.
const PARTS: [&str; 4] = ["pairing::", "sign_in::", "storage::", "broken_keys::"];

/// Loads the library, then runs the tests.
pub fn run(root: &Path, scratch: &Path) -> Result<(), Failure> {
    load(root, scratch)?;
    process::run(&mut tests(root, scratch))
}

fn load(root: &Path, scratch: &Path) -> Result<(), Failure> {
    let (object, program) = (scratch.join("load.o"), scratch.join("load"));
    musl::compile(scratch, &root.join("tests/targets/load.c"), &["-Wall", "-Werror", "-fPIE"], &object)?;
    let mut link = Command::new(musl::linker(scratch));
    process::run(link.args(["-pie", "-o"]).arg(&program).arg(&object))?;
    let mut load = Command::new(QEMU);
    process::run(load.arg("-L").arg(musl::system(scratch)).arg(&program).arg(musl::library(scratch)))
}

fn tests(root: &Path, scratch: &Path) -> Command {
    let arguments =
        ["test", "--quiet", "--profile", "phone", "--package", "countersign-engine", "--test", "engine"];
    let mut command = musl::cargo(root, scratch, STD_AND_TEST, &arguments);
    let runner = format!("{QEMU} -L {}", musl::system(scratch).display());
    command.env("CARGO_TARGET_AARCH64_LINUX_ANDROID_RUNNER", runner).arg("--").args(PARTS);
    // A program for Android looks for it in a folder that only phones have.
    command.env("TMPDIR", std::env::temp_dir());
    command
}
