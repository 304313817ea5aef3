//! What the package finds ready below `ios/CountersignKit/Generated`: never committed, and a copy because SwiftPM takes
//! no sources from outside of a package.

use crate::bindings;
use crate::failure::Failure;
use crate::generated;
use std::fs;
use std::path::Path;

/// The package, from the root of the repository.
pub const PACKAGE: &str = "ios/CountersignKit";

/// Copies bindings and words to where the package expects them.
pub fn provide(root: &Path) -> Result<(), Failure> {
    let made = root.join(PACKAGE).join("Generated");
    let swift = bindings::target(root).join("bindings").join("swift");
    let words = generated::folder(root).join("ios").join("Words");
    copy(&swift.join("CountersignFFI.swift"), &made.join("CountersignFFI").join("CountersignFFI.swift"))?;
    copy(&swift.join("CountersignABI.h"), &made.join("CountersignABI").join("CountersignABI.h"))?;
    copy(&swift.join("CountersignABI.modulemap"), &made.join("CountersignABI").join("module.modulemap"))?;
    for file in fs::read_dir(words)? {
        let file = file?;
        copy(&file.path(), &made.join("CountersignWords").join(file.file_name()))?;
    }
    Ok(())
}

/// A file that is the same already keeps its time, so that nothing is built anew for it.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let text = fs::read(from)?;
    if fs::read(to).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(fs::write(to, text)?)
}
