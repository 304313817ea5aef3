//! The static library for iPhones and for their simulator, and whether Apple's own library has all that it takes from outside.
//!
//! A static library is not linked: a symbol that no device has would be found by Xcode, on somebody's Mac, much later.
//! zig brings Apple's list of what libSystem exports; a symbol of any other library would have to be named to Xcode too
//! (`ios/project.yml` names none).

use super::check;
use super::headers;
use super::platform::Platform;
use super::toolchain::{self, STD, Std};
use crate::bindings;
use crate::failure::Failure;
use crate::process;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const BUILD: [&str; 8] = [
    "rustc",
    "--quiet",
    "--lib",
    "--profile",
    "phone",
    "--package",
    "countersign-ffi",
    "--crate-type=staticlib",
];

/// Builds it and compares.
pub fn run(root: &Path, scratch: &Path, platform: &Platform) -> Result<(), Failure> {
    let library = build(root, scratch, platform)?;
    let (taken, own) = (symbols(&library, "--undefined-only")?, symbols(&library, "--defined-only")?);
    let exports = std::fs::read_to_string(headers::exports_of_darwin(scratch))?;
    let exported = listed(&exports);
    let outside = Vec::from_iter(taken.difference(&own));
    let unknown = Vec::from_iter(outside.iter().filter(|name| !exported.contains(name.as_str())));
    println!(
        "{}: {} symbols from outside, {} of them unknown to Apple's list",
        platform.target,
        outside.len(),
        unknown.len()
    );
    if unknown.is_empty() { Ok(()) } else { Err(Failure::Unfit(format!("nobody exports {unknown:?}"))) }
}

fn build(root: &Path, scratch: &Path, platform: &Platform) -> Result<PathBuf, Failure> {
    let std = toolchain::provide(root, platform.target)?;
    let mut build = check::cargo(root, scratch, platform, &BUILD);
    let folder = match std {
        Std::Installed => bindings::target(root),
        Std::FromSource => {
            toolchain::with_std(&mut build, scratch, STD);
            toolchain::folder(scratch)
        }
    };
    process::run(&mut build)?;
    Ok(folder.join(platform.target).join("phone/libcountersign_ffi.a"))
}

fn symbols(library: &Path, which: &str) -> Result<BTreeSet<String>, Failure> {
    let mut tell = Command::new("llvm-nm-19");
    let mut names = BTreeSet::new();
    // Rust's own objects carry what an older LLVM cannot read, beside the code that is asked for.
    tell.args(["--no-llvm-bc", "--quiet", "--extern-only", "--just-symbol-name", which]);
    process::run_lines(tell.arg(library), |line| {
        // A heading for each object of the archive ends so.
        if !line.is_empty() && !line.ends_with(':') {
            names.insert(line.to_owned());
        }
    })?;
    Ok(names)
}

/// Every word of the list that could be a symbol; C's begin with a line.
fn listed(exports: &str) -> BTreeSet<&str> {
    let words = exports.split(|letter: char| letter.is_whitespace() || "[],'".contains(letter));
    words.filter(|word| word.starts_with('_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_out_of_a_list_and_libraries_are_not() {
        let exports = "install-name: '/usr/lib/libSystem.B.dylib'\nexports:\n  - symbols: [ _abs, '_$ld$x',\n  _zero ]\n";
        assert_eq!(Vec::from_iter(listed(exports)), ["_$ld$x", "_abs", "_zero"]);
    }
}
