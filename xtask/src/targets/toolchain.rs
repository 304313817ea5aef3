//! Rust's own part for a target: its standard library, or the sources to build one from.

use crate::failure::Failure;
use crate::process::{self, succeeds};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Parts of the standard library that a library needs.
pub const STD: &str = "std,panic_unwind";
/// Those that tests need.
pub const STD_AND_TEST: &str = "std,panic_unwind,test";

/// How a target comes by its standard library.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Std {
    /// It is installed.
    Installed,
    /// It is not to be had here, so it is compiled along with us.
    FromSource,
}

/// Installs the target, or else the sources of the standard library.
pub fn provide(root: &Path, target: &str) -> Result<Std, Failure> {
    if is_there(root, target) || succeeds(rustup(root).args(["target", "add", target])) {
        return Ok(Std::Installed);
    }
    println!("no standard library for {target} is to be had, so it is built from its sources");
    sources(root)?;
    Ok(Std::FromSource)
}

/// Has the standard library built along with all else, by the same profile (bindings/phone-std.toml). A folder of its own, because the variable that a
/// stable cargo wants for this makes build scripts think of a nightly, and all else would be built anew each time.
pub fn with_std(command: &mut Command, scratch: &Path, parts: &str) {
    command.env("RUSTC_BOOTSTRAP", "1").arg("--target-dir").arg(folder(scratch));
    command.args(["--config", "bindings/phone-std.toml"]).arg(format!("-Zbuild-std={parts}"));
}

/// Where that is built.
pub fn folder(scratch: &Path) -> PathBuf {
    scratch.join("with-std")
}

/// The sources of the standard library, and of the libunwind that belongs to it.
pub fn sources(root: &Path) -> Result<PathBuf, Failure> {
    let folder = PathBuf::from(ask(root, &["--print", "sysroot"])?).join("lib/rustlib/src/rust");
    if !folder.join("library/std").is_dir() {
        process::run(rustup(root).args(["component", "add", "rust-src"]))?;
    }
    Ok(folder)
}

fn is_there(root: &Path, target: &str) -> bool {
    let folder = ask(root, &["--print", "target-libdir", "--target", target]);
    folder.is_ok_and(|folder| Path::new(&folder).is_dir())
}

fn ask(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("rustc").current_dir(root).args(arguments).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn rustup(root: &Path) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(root);
    command
}
