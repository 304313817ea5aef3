//! Files that a command makes out of `design/`, below `<target>/generated`. None of them is ever committed.

use crate::bindings;
use crate::failure::Failure;
use std::path::{Path, PathBuf};

/// Text that a file is to hold; the path counts from `<target>/generated`.
pub struct Made {
    /// Where it belongs.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Made {
    /// One file.
    pub fn new(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text }
    }
}

/// Writes what has changed: a compiler that looks at times has nothing to do for the rest.
pub fn write(root: &Path, files: &[Made]) -> Result<(), Failure> {
    for file in files {
        let path = folder(root).join(&file.path);
        if std::fs::read(&path).is_ok_and(|old| old == file.text.as_bytes()) {
            continue;
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, &file.text)?;
    }
    Ok(())
}

/// Where the files are.
pub fn folder(root: &Path) -> PathBuf {
    bindings::target(root).join("generated")
}

/// The first line of each file, after the sign that opens a comment there.
pub fn origin(command: &str, source: &str) -> String {
    format!("Made by `cargo xtask {command}` from {source}: change that, not this.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_what_it_was_made_from() {
        let line = origin("strings", "design/words");
        assert_eq!(line, "Made by `cargo xtask strings` from design/words: change that, not this.");
    }
}
