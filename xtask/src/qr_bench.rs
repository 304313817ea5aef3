//! `cargo xtask qr-bench DIR…`: what the scanner reads of folders of pictures. Figures, never a verdict.

use crate::failure::Failure;
use crate::process::{cargo, run};
use clap::Args;
use std::ffi::OsString;
use std::path::Path;

/// Handed on to the meter, which explains them: `cargo xtask qr-bench -- --help`.
#[derive(Args)]
pub struct Options {
    /// Folders of pictures with `.txt` or `.bin` files beside them, and options of the meter.
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "DIR")]
    rest: Vec<OsString>,
}

/// Builds the meter as the scanner is released, and lets it print.
pub fn run_bench(root: &Path, options: &Options) -> Result<(), Failure> {
    let mut meter = cargo(
        root,
        &["run", "--release", "--quiet", "--package", "countersign-scanner-lab", "--bin", "qr-bench", "--"],
    );
    // Folders count from where the person stands, which need not be the root.
    if let Some(here) = std::env::var_os("PWD") {
        meter.current_dir(here);
    }
    run(meter.args(&options.rest))
}
