//! Programs that a command starts and that a machine may lack.
//!
//! Debian packages are installed on the spot where that is possible (root and apt-get), else named. Nothing else
//! is ever installed.

use crate::failure::Failure;
use crate::process::{self, succeeds};
use std::process::Command;

/// A program that the build or a test starts.
pub struct Tool {
    /// What needs it, for the message.
    pub needed_for: &'static str,
    /// Debian packages that bring it.
    pub packages: &'static [&'static str],
    /// Whether it is there and works.
    pub works: fn() -> bool,
}

/// Installs or names those that do not work here.
pub fn provide(tools: &[Tool]) -> Result<(), Failure> {
    let missing = missing(tools);
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// The tools that do not work here; each is named.
fn missing(tools: &[Tool]) -> Vec<&Tool> {
    let missing: Vec<_> = tools.iter().filter(|tool| !(tool.works)()).collect();
    for tool in &missing {
        println!("missing for {}: {}", tool.needed_for, tool.packages.join(" "));
    }
    missing
}

fn install(missing: &[&Tool]) -> Result<(), Failure> {
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
