//! Headers of the phones' C libraries, and Apple's list of what its own exports: those that zig brings, in its Python
//! package. Nothing else of it is unpacked.
//!
//! They are musl's and Darwin's. Android's own come with the NDK only; for compiling ring and SQLite they agree.

use crate::failure::Failure;
use crate::process;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "ziglang==0.17.1";
/// Their folder in the package.
const INSIDE: &str = "ziglang/lib/libc/include";
/// What Apple's library of the system exports.
const EXPORTS: &str = "ziglang/lib/libc/darwin/libSystem.tbd";

/// Where they are.
pub fn folder(scratch: &Path) -> PathBuf {
    scratch.join("zig").join(INSIDE)
}

/// Apple's list.
pub fn exports_of_darwin(scratch: &Path) -> PathBuf {
    scratch.join("zig").join(EXPORTS)
}

/// Loads and unpacks them unless they are there. An interrupted try leaves nothing that looks finished.
pub fn provide(scratch: &Path) -> Result<(), Failure> {
    let (done, begun) = (scratch.join("zig"), scratch.join("zig.new"));
    if done.is_dir() {
        return Ok(());
    }
    let _ = std::fs::remove_dir_all(&begun);
    let mut load = Command::new("python3");
    load.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest"]);
    process::run(load.arg(&begun).arg(PACKAGE))?;
    let wheel = wheel(&begun)?;
    let mut unpack = Command::new("unzip");
    process::run(unpack.arg("-q").arg(&wheel).args([&format!("{INSIDE}/*"), EXPORTS]).arg("-d").arg(&begun))?;
    std::fs::remove_file(&wheel)?;
    give_darwin_a_root(&begun.join(INSIDE))?;
    Ok(std::fs::rename(&begun, &done)?)
}

fn wheel(folder: &Path) -> Result<PathBuf, Failure> {
    let mut files = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let wheel = files.find(|path| path.extension().is_some_and(|ending| ending == "whl"));
    wheel.ok_or_else(|| Failure::Missing(format!("pip brought no wheel of {PACKAGE}")))
}

/// Build scripts ask for an SDK, which is a folder with `usr/include` in it.
fn give_darwin_a_root(headers: &Path) -> Result<(), Failure> {
    let usr = headers.join("darwin-sdk/usr");
    std::fs::create_dir_all(&usr)?;
    Ok(std::os::unix::fs::symlink("../../any-darwin-any", usr.join("include"))?)
}

/// That folder.
pub fn darwin_sdk(scratch: &Path) -> PathBuf {
    folder(scratch).join("darwin-sdk")
}
