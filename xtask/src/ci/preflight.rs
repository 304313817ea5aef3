//! What the machine must have before anything is worth starting.

use crate::failure::Failure;
use crate::process::{cargo, succeeds};
use crate::tools::{self, Tool};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// All of them. A test that drives a browser adds `chromium` here.
const TOOLS: [Tool; 3] = [
    Tool { needed_for: "SQLite and ring, which are C", packages: &["gcc", "libc6-dev"], works: compiles_c },
    Tool { needed_for: "the list of sources", packages: &["git"], works: has_git },
    Tool { needed_for: "an SMTP server in tests", packages: &["python3-aiosmtpd"], works: has_smtp_server },
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
    tools::provide(&TOOLS)
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

/// Debian's package is for Debian's own Python, which need not be the first one.
fn has_smtp_server() -> bool {
    ["python3", "/usr/bin/python3"]
        .iter()
        .any(|python| succeeds(Command::new(python).args(["-c", "import aiosmtpd"])))
}

fn has_git() -> bool {
    succeeds(Command::new("git").arg("--version"))
}
