//! Whether the library compiles for a target, its C included.

use super::headers;
use super::platform::Platform;
use super::toolchain::{self, STD, Std};
use crate::failure::Failure;
use crate::process;
use std::path::Path;
use std::process::Command;

/// By the profile of a release: what is checked is what would be built, and C is compiled as it would be.
const ARGUMENTS: [&str; 6] = ["check", "--quiet", "--profile", "phone", "--package", "countersign-ffi"];

/// Type-checks the library, and compiles ring and SQLite.
pub fn run(root: &Path, scratch: &Path, platform: &Platform) -> Result<(), Failure> {
    let std = toolchain::provide(root, platform.target)?;
    let mut check = cargo(root, scratch, platform, &ARGUMENTS);
    if std == Std::FromSource {
        toolchain::with_std(&mut check, scratch, STD);
    }
    process::run(&mut check)
}

/// A cargo that compiles C for the target too.
pub fn cargo(root: &Path, scratch: &Path, platform: &Platform, arguments: &[&str]) -> Command {
    let mut command = process::cargo(root, arguments);
    let (flags, of_target) = (platform.flags(&headers::folder(scratch)).join(" "), platform.variable());
    command.args(["--config", "bindings/phone.toml", "--target", platform.target]);
    command.env(format!("CC_{of_target}"), "clang-19").env(format!("AR_{of_target}"), "llvm-ar-19");
    // No panic passes through C, so it needs no unwind tables.
    let flags = format!("{flags} -fno-unwind-tables -fno-asynchronous-unwind-tables");
    command.env(format!("CFLAGS_{of_target}"), flags);
    if platform.target.contains("apple") {
        command.env("SDKROOT", headers::darwin_sdk(scratch));
    }
    command
}
