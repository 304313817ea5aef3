//! What the machine must have before anything is worth starting.
//!
//! Debian packages are installed on the spot where that is possible (root and apt-get), else named. Nothing else
//! is ever installed.

use crate::failure::Failure;
use crate::process::{self, cargo, succeeds};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A program that the build or a test starts.
struct Tool {
    /// What needs it, for the message.
    needed_for: &'static str,
    /// Debian packages that bring it.
    packages: &'static [&'static str],
    /// Whether it is there and works.
    works: fn() -> bool,
}

/// All of them. A test that drives a browser adds `chromium` here.
const TOOLS: [Tool; 2] = [
    Tool { needed_for: "SQLite and ring, which are C", packages: &["gcc", "libc6-dev"], works: compiles_c },
    Tool { needed_for: "the list of sources", packages: &["git"], works: has_git },
];

/// Parts of the toolchain that a minimal one may lack: cargo's word, rustup's word.
const COMPONENTS: [(&str, &str); 2] = [("fmt", "rustfmt"), ("clippy", "clippy")];

/// Installs or names what is missing.
pub fn run(root: &Path) -> Result<(), Failure> {
    for (subcommand, component) in COMPONENTS {
        if !succeeds(&mut cargo(root, &[subcommand, "--version"])) {
            let text = format!("cargo {subcommand} does not start: `rustup component add {component}`");
            return Err(Failure::Missing(text));
        }
    }
    let missing = missing(&TOOLS);
    if missing.is_empty() { Ok(()) } else { provide(&missing) }
}

/// The tools that do not work here; each is named.
fn missing(tools: &[Tool]) -> Vec<&Tool> {
    let missing: Vec<_> = tools.iter().filter(|tool| !(tool.works)()).collect();
    for tool in &missing {
        println!("missing for {}: {}", tool.needed_for, tool.packages.join(" "));
    }
    missing
}

fn provide(missing: &[&Tool]) -> Result<(), Failure> {
    let packages: Vec<_> = missing.iter().flat_map(|tool| tool.packages.iter().copied()).collect();
    if !(is_root() && succeeds(Command::new("apt-get").arg("--version"))) {
        return Err(Failure::Missing(format!("install these Debian packages: {}", packages.join(" "))));
    }
    process::run(apt_get().arg("update"))?;
    process::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    match missing.iter().find(|tool| !(tool.works)()) {
        Some(tool) => Err(Failure::Missing(format!("{} installed, still no use", tool.packages.join(" ")))),
        None => Ok(()),
    }
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// A compiler alone is not enough: the C library's headers come in another package.
fn compiles_c() -> bool {
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let child = Command::new(compiler)
        .args(["-E", "-x", "c", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let written =
        child.stdin.take().is_some_and(|mut input| input.write_all(b"#include <stdlib.h>\n").is_ok());
    child.wait().is_ok_and(|status| written && status.success())
}

fn has_git() -> bool {
    succeeds(Command::new("git").arg("--version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_does_not_work_is_missing() {
        let there = Tool { needed_for: "a", packages: &["here"], works: || true };
        let gone = Tool { needed_for: "b", packages: &["gone"], works: || false };
        let tools = [there, gone];
        let missing = missing(&tools);
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].packages, ["gone"]);
    }
}
