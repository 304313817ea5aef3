//! `cargo xtask qr-bench DIR…` and `cargo xtask qr-stages OUT IMAGE…`: what the scanner reads of pictures, in figures
//! and to look at. Never a verdict.

use crate::failure::Failure;
use crate::process::{cargo, run};
use clap::Args;
use std::ffi::OsString;
use std::path::Path;

/// Handed on to the tool, which explains them: `cargo xtask qr-bench -- --help`.
#[derive(Args)]
pub struct Options {
    /// Folders or pictures, and options of the tool.
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "PATH")]
    rest: Vec<OsString>,
}

/// Builds a tool of the lab with the scanner as it is released, and lets it print.
pub fn run_tool(root: &Path, name: &str, options: &Options) -> Result<(), Failure> {
    let mut tool = cargo(
        root,
        &["run", "--release", "--quiet", "--package", "countersign-scanner-lab", "--bin", name, "--"],
    );
    // Paths count from where the person stands, which need not be the root.
    if let Some(here) = std::env::var_os("PWD") {
        tool.current_dir(here);
    }
    run(tool.args(&options.rest))
}
