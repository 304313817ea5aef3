//! The machine's own Swift, or the one of a root that is made for it.

use super::inside::{self, Shown};
use super::root;
use crate::bindings;
use crate::failure::Failure;
use crate::process::succeeds;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Swift on this machine.
pub struct Toolchain {
    checkout: PathBuf,
    target: PathBuf,
    scratch: PathBuf,
    root: Option<PathBuf>,
}

impl Toolchain {
    /// Finds or makes one. What cannot be had is [`Failure::Missing`], with the reason.
    pub fn provide(checkout: &Path) -> Result<Self, Failure> {
        let checkout = checkout.canonicalize()?;
        let target = bindings::target(&checkout);
        let scratch = target.join("swift").join("build");
        fs::create_dir_all(&scratch)?;
        let on_path = succeeds(Command::new("swift").arg("--version"));
        let root = if on_path { None } else { Some(made(&target.join("swift"))?) };
        Ok(Self { checkout, target, scratch, root })
    }

    /// Where it builds.
    pub fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// A program of it, in a folder of the checkout; its arguments follow.
    pub fn command(&self, folder: &Path, program: &str) -> Command {
        let folder = self.checkout.join(folder);
        let mut command = if let Some(root) = &self.root {
            let shown = Shown { checkout: &self.checkout, target: &self.target, scratch: &self.scratch };
            inside::running(root, &shown, &folder, program)
        } else {
            let mut command = Command::new(program);
            command.current_dir(folder);
            command
        };
        command.env("COUNTERSIGN_TARGET", &self.target);
        command
    }
}

/// Whatever goes wrong is one thing to whoever asks: Swift is not to be had here.
fn made(folder: &Path) -> Result<PathBuf, Failure> {
    root::provide(folder).map_err(|failure| {
        let log = folder.join("root.log");
        let more = if log.exists() { format!(" (see {})", log.display()) } else { String::new() };
        Failure::Missing(format!("no Swift on the PATH, and no root for it: {failure}{more}"))
    })
}
