//! The text files of the repository, as the checks see them.
//!
//! It takes what git tracks. Without git (an unpacked archive, or a checkout that belongs to another user) it
//! walks the folders instead, past build output. Files that are not UTF-8 are pictures and the like: left out.

use crate::failure::Failure;
use std::path::Path;
use std::process::Command;

/// Folders that hold no sources; only the walk without git needs to know.
const NOT_SOURCES: [&str; 2] = ["target", ".git"];

/// One text file.
pub struct File {
    /// From the root of the repository, with `/` between the parts.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl File {
    /// A file for a check to look at.
    #[cfg(test)]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// Whether the name ends in `.extension`.
    pub fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|own| own == extension)
    }

    /// Each line with its number, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Reads all text files below `root`, in the order of their paths.
pub fn read(root: &Path) -> Result<Vec<File>, Failure> {
    let mut paths = tracked(root).map_or_else(|| walked(root), Ok)?;
    paths.sort();
    Ok(paths.into_iter().filter_map(|path| read_one(root, path)).collect())
}

/// Reads one file that a check cannot do without.
pub fn read_needed(root: &Path, path: &str) -> Result<String, Failure> {
    std::fs::read_to_string(root.join(path))
        .map_err(|error| Failure::Unreadable { path: path.to_owned(), reason: error.to_string() })
}

/// `None` for what is no text, and for a tracked file that was just deleted.
fn read_one(root: &Path, path: String) -> Option<File> {
    let bytes = std::fs::read(root.join(&path)).ok()?;
    String::from_utf8(bytes).ok().map(|text| File { path, text })
}

/// What git tracks, or nothing if git does not answer for this folder.
fn tracked(root: &Path) -> Option<Vec<String>> {
    let output = Command::new("git").arg("-C").arg(root).args(["ls-files", "-z"]).output().ok()?;
    let names = String::from_utf8(output.stdout).ok()?;
    let paths: Vec<_> = names.split_terminator('\0').map(str::to_owned).collect();
    (output.status.success() && !paths.is_empty()).then_some(paths)
}

fn walked(root: &Path) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() && !NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.extend(relative(root, &entry.path()));
            }
        }
    }
    Ok(found)
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str());
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_git_the_walk_finds_sources_and_passes_build_output() {
        let root = std::env::temp_dir().join(format!("xtask-walk-{}", std::process::id()));
        for folder in ["a/b", "target", ".git"] {
            std::fs::create_dir_all(root.join(folder)).expect("folder");
        }
        for file in ["top.rs", "a/b/deep.rs", "target/built.rs", ".git/HEAD"] {
            std::fs::write(root.join(file), "//! x\n").expect("file");
        }
        let mut found = walked(&root).expect("walk");
        found.sort();
        std::fs::remove_dir_all(&root).expect("clean up");
        assert_eq!(found, ["a/b/deep.rs", "top.rs"]);
    }
}
