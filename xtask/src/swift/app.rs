//! The app on a machine without Apple's frameworks. Every source is parsed. The screens are type-checked, too, against
//! the package and against modules below `ios/Lint` that have the names of SwiftUI that the app uses and nothing behind
//! them: a wrong name of a model, a word or a place is found. Whether SwiftUI takes it only Xcode knows.

use super::generated::PACKAGE;
use super::toolchain::Toolchain;
use crate::failure::Failure;
use crate::{generated, process};
use std::fs;
use std::path::{Path, PathBuf};

/// The app for iPhones, from the root of the repository.
pub const APP: &str = "ios/Countersign";
/// Tests that run on a device.
pub const ON_DEVICE: &str = "ios/CountersignDeviceTests";
/// Names of Apple's modules.
pub const NAMES: &str = "ios/Lint";
/// What calls the system itself, and is only parsed.
const SYSTEM: [&str; 2] = ["ios/Countersign/App", "ios/Countersign/Platform"];
/// In the order in which they need one another.
const MODULES: [&str; 3] = ["UIKit", "Accessibility", "SwiftUI"];
/// Names of what the app is given by `cargo xtask tokens`.
const GIVEN: [&str; 2] = ["Tokens.swift", "Icons.swift"];

/// Parses all of it and what is tested on a device; the app's sources, from the root of the repository.
pub fn parse(root: &Path, swift: &Toolchain) -> Result<Vec<PathBuf>, Failure> {
    let sources = sources(root, APP)?;
    for sources in [&sources, &self::sources(root, ON_DEVICE)?] {
        process::run(swift.command(Path::new("."), "swiftc").arg("-parse").args(sources))?;
    }
    Ok(sources)
}

/// Type-checks the screens. The package is built by then.
pub fn check(root: &Path, swift: &Toolchain, sources: &[PathBuf]) -> Result<(), Failure> {
    let made = swift.scratch().join("app");
    if made.exists() {
        fs::remove_dir_all(&made)?;
    }
    let checked: Vec<_> =
        sources.iter().filter(|path| SYSTEM.iter().all(|own| !path.starts_with(own))).collect();
    let mut copies = Vec::new();
    for path in &checked {
        copies.push(copy(&root.join(path), &made.join(path))?);
    }
    for name in GIVEN {
        copies.push(copy(&generated::folder(root).join("ios").join(name), &made.join(name))?);
    }
    for module in MODULES {
        let own = sources_of_module(root, module)?;
        process::run(compile(swift, &made, module).arg("-emit-module").args(own))?;
    }
    let mut command = compile(swift, &made, "Countersign");
    command.args(["-typecheck", "-wmo", "-warnings-as-errors", "-D", "DEBUG", "-I"]);
    command.arg(swift.scratch().join("package/debug/Modules"));
    command.arg("-I").arg(Path::new(PACKAGE).join("Generated/CountersignABI")).args(copies);
    process::run(&mut command)?;
    println!(
        "{} sources of {APP} are parsed, {} of them type-checked against {NAMES}",
        sources.len(),
        checked.len()
    );
    Ok(())
}

fn compile(swift: &Toolchain, made: &Path, module: &str) -> std::process::Command {
    let mut command = swift.command(Path::new("."), "swiftc");
    command.args(["-swift-version", "6", "-parse-as-library", "-module-name", module, "-I"]).arg(made);
    if module != "Countersign" {
        command.arg("-o").arg(made.join(module).with_extension("swiftmodule"));
    }
    command
}

fn sources_of_module(root: &Path, module: &str) -> Result<Vec<PathBuf>, Failure> {
    sources(root, &format!("{NAMES}/{module}"))
}

/// A source as it can be checked: Xcode's macro for previews is a function here, line for line.
fn copy(from: &Path, to: &Path) -> Result<PathBuf, Failure> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, without_macros(&fs::read_to_string(from)?))?;
    Ok(to.to_owned())
}

fn without_macros(source: &str) -> String {
    let lines = source.lines().enumerate().map(|(place, line)| {
        if line.trim_start().starts_with("#Preview(") && line.ends_with(") {") {
            format!("@MainActor @ViewBuilder private func preview{place}() -> some View {{\n")
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}

/// All sources below a folder, in order, from the root of the repository.
fn sources(root: &Path, folder: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(folder))? {
        let name = entry?.file_name();
        let path = format!("{folder}/{}", name.to_string_lossy());
        if root.join(&path).is_dir() {
            found.extend(sources(root, &path)?);
        } else if path.ends_with(".swift") {
            found.push(PathBuf::from(path));
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::without_macros;

    #[test]
    fn a_preview_is_a_function_on_the_same_lines() {
        let source = "import SwiftUI\n\n    #Preview(\"Wrong PIN\") {\n    Text(\"#Preview\")\n}\n";
        let checked = without_macros(source);
        assert_eq!(checked.lines().count(), source.lines().count());
        assert!(checked.contains("private func preview2() -> some View {\n    Text(\"#Preview\")\n}\n"));
    }
}
