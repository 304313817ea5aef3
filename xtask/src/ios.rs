//! `cargo xtask ios`: what Xcode finds ready: the bindings, the words and the look, and the library as `.xcframework`.
//!
//! Nothing of it is ever committed. Elsewhere than on a Mac with Xcode words and look are made, what is missing is named,
//! and nothing is built.

use crate::failure::Failure;
use crate::swift::generated;
use crate::{bindings, process, strings, tokens};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Devices, and simulators on Macs of today.
const TARGETS: [&str; 2] = ["aarch64-apple-ios", "aarch64-apple-ios-sim"];
/// The oldest system that the library runs on.
const OLDEST: &str = "17.0";
const LIBRARY: &str = "libcountersign_ffi.a";

/// Makes all of it.
pub fn run(root: &Path) -> Result<(), Failure> {
    strings::run(root)?;
    tokens::run(root)?;
    generated::provide_app(root)?;
    look_for_xcode()?;
    bindings::run(root)?;
    generated::provide(root)?;
    let libraries = TARGETS.map(|target| library(root, target));
    let libraries = libraries.into_iter().collect::<Result<Vec<_>, _>>()?;
    framework(root, &libraries)
}

/// Only Apple's own tool makes a framework, and only its linker's rules are the ones of a device.
fn look_for_xcode() -> Result<(), Failure> {
    let missing = |what: &str| {
        Failure::Missing(format!(
            "words and look are in ios/Generated; bindings and .xcframework need {what}"
        ))
    };
    if !cfg!(target_os = "macos") {
        return Err(missing("a Mac with Xcode: xcodebuild and the SDKs iphoneos and iphonesimulator"));
    }
    for sdk in ["iphoneos", "iphonesimulator"] {
        if !process::succeeds(Command::new("xcrun").args(["--sdk", sdk, "--show-sdk-path"])) {
            return Err(missing(&format!("Xcode's SDK {sdk} (install Xcode, then run xcode-select)")));
        }
    }
    Ok(())
}

/// The static library for one target; rustup brings the target along.
fn library(root: &Path, target: &str) -> Result<PathBuf, Failure> {
    process::run(Command::new("rustup").current_dir(root).args(["target", "add", target]))?;
    let wanted =
        ["rustc", "--release", "-p", "countersign-ffi", "--crate-type", "staticlib", "--target", target];
    process::run(process::cargo(root, &wanted).env("IPHONEOS_DEPLOYMENT_TARGET", OLDEST))?;
    Ok(bindings::target(root).join(target).join("release").join(LIBRARY))
}

/// Libraries and their one header, as Xcode links them.
fn framework(root: &Path, libraries: &[PathBuf]) -> Result<(), Failure> {
    let package = root.join(generated::PACKAGE).join("Generated");
    let (headers, framework) = (package.join("CountersignABI"), package.join("CountersignABI.xcframework"));
    if framework.exists() {
        fs::remove_dir_all(&framework)?;
    }
    let mut command = Command::new("xcodebuild");
    command.arg("-create-xcframework");
    for library in libraries {
        command.arg("-library").arg(library).arg("-headers").arg(&headers);
    }
    process::run(command.arg("-output").arg(framework))
}
