//! `cargo xtask app`: the Kotlin app in a window on this computer, to try against any server without a phone.
//!
//! Keys are in software and lie, with the vault, in the folder that it is given: whoever reads that folder has them.

use crate::failure::Failure;
use crate::{kotlin, process};
use std::path::{Path, PathBuf};

/// What `cargo xtask app` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Folder of the app's state; made when it is not there. Two folders are two phones.
    #[arg(long, default_value = "target/app")]
    state: PathBuf,
    /// A link to open with, as if the browser of the same device had brought it.
    link: Option<String>,
}

/// Builds the library and the screens, and opens the window; ends when it is closed.
pub fn run(root: &Path, options: &Options) -> Result<(), Failure> {
    kotlin::prepare(root)?;
    let state = root.join(&options.state);
    let mut maven = kotlin::maven(root);
    maven.args(["--quiet", "--projects", "desktop", "--also-make", "--activate-profiles", "app"]);
    maven.arg(format!("-Dcountersign.state={}", state.display()));
    maven.arg(format!("-Dcountersign.link={}", options.link.as_deref().unwrap_or_default()));
    maven.arg("process-classes");
    println!("the window opens; its state is in {}", state.display());
    process::run(&mut maven)
}
