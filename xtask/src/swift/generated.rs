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

/// The same for the app's own project, below `ios/Generated`.
pub fn provide_app(root: &Path) -> Result<(), Failure> {
    let (made, to) = (generated::folder(root).join("ios"), root.join("ios").join("Generated"));
    for name in ["Tokens.swift", "Icons.swift", "Localizable.xcstrings", "InfoPlist.xcstrings"] {
        copy(&made.join(name), &to.join(name))?;
    }
    copy_folder(&made.join("Look.xcassets"), &to.join("Look.xcassets"))
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy_folder(&entry.path(), &to)? } else { copy(&entry.path(), &to)? }
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
