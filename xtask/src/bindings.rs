//! `cargo xtask bindings`: Kotlin and Swift for the core, generated below target/bindings and never committed.

use crate::failure::Failure;
use crate::process;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the library and reads from it what it exports.
pub fn run(root: &Path) -> Result<(), Failure> {
    build(root)?;
    let (target, out) = (target(root), target(root).join("bindings"));
    let mut generate = Command::new(target.join("debug").join("countersign-bindgen"));
    generate.current_dir(root).arg(target.join("debug").join(LIBRARY)).arg("uniffi.toml").arg(&out);
    process::run(&mut generate)?;
    println!("Kotlin, Swift and surface.txt are in {}", out.display());
    Ok(())
}

/// Where cargo builds.
pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}

/// Library, generator and server, with the features that all of them have together: each of them alone would have
/// cargo build half of its dependencies once more. After `cargo test` there is nothing left to do.
pub fn build(root: &Path) -> Result<(), Failure> {
    process::run(&mut process::cargo(
        root,
        &["build", "--quiet", "--workspace", "--lib", "--bins", "--tests"],
    ))
}

#[cfg(target_os = "macos")]
const LIBRARY: &str = "libcountersign_ffi.dylib";
#[cfg(not(target_os = "macos"))]
const LIBRARY: &str = "libcountersign_ffi.so";
