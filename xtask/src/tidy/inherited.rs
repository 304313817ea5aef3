//! Versions and lints stand once, in the workspace; a member only says `workspace = true`.
//!
//! It reads lines, not TOML: all it must know is which table a line stands in.

use super::finding::Finding;
use crate::tree::File;

/// One finding for each dependency with a version of its own, and for each member without the shared lints.
pub fn findings(files: &[File]) -> Vec<Finding> {
    // A manifest that opens a workspace of its own (the fuzz targets) has nothing to inherit from.
    let members = |file: &&File| file.path.ends_with("/Cargo.toml") && !file.text.contains("\n[workspace]\n");
    let manifests = files.iter().filter(members);
    manifests.flat_map(of_manifest).collect()
}

fn of_manifest(file: &File) -> Vec<Finding> {
    let entries = entries(file);
    let mut findings = Vec::new();
    for entry in entries.iter().filter(|entry| entry.is_dependency() && !entry.inherits()) {
        let what = format!("{} has a version of its own", entry.name());
        let mend = "put it into [workspace.dependencies] and write `workspace = true` here";
        findings.push(Finding::new(&file.path, entry.line, what, mend));
    }
    if !entries.iter().any(|entry| entry.table == "lints" && entry.inherits()) {
        let mend = "add `[lints]` with `workspace = true`, or `unsafe` is allowed here";
        findings.push(Finding::new(&file.path, 1, "does not take the workspace's lints", mend));
    }
    findings
}

/// A key with its value, or a dependency's table of its own.
struct Entry {
    table: String,
    line: usize,
    text: String,
}

impl Entry {
    /// Any of `[dependencies]`, `[dev-dependencies]`, `[target.….build-dependencies]`, `[dependencies.name]`.
    fn is_dependency(&self) -> bool {
        let last = self.table.rsplit('.').next().unwrap_or_default();
        last.ends_with("dependencies") || self.own_table().is_some()
    }

    /// The name behind `dependencies.` when the dependency has a table of its own.
    fn own_table(&self) -> Option<&str> {
        self.table.split_once("dependencies.").map(|(_, name)| name)
    }

    fn name(&self) -> &str {
        let key = self.text.split(['=', '.']).next().unwrap_or_default().trim();
        self.own_table().unwrap_or(key)
    }

    fn inherits(&self) -> bool {
        self.text.replace([' ', '\t'], "").contains("workspace=true")
    }
}

/// All keys; a value over several lines is one entry, and so is a dependency's own table.
fn entries(file: &File) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut table = String::new();
    let mut open = 0_usize;
    for (line, text) in file.lines() {
        let text = text.split(" #").next().unwrap_or_default().trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if open == 0 && text.starts_with('[') {
            table = text.trim_matches(['[', ']']).to_owned();
            continue;
        }
        let entry = Entry { table: table.clone(), line, text: text.to_owned() };
        match entries.last_mut() {
            Some(last) if open > 0 || (last.table == table && entry.own_table().is_some()) => {
                last.text.push_str(text);
            }
            _ => entries.push(entry),
        }
        open = (open + text.matches(['[', '{']).count()).saturating_sub(text.matches([']', '}']).count());
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    fn found(text: &str) -> Vec<Finding> {
        findings(&[File::new("a/Cargo.toml", format!("{LINTS}{text}"))])
    }

    #[test]
    fn what_inherits_passes_in_every_spelling() {
        let manifest = "[dependencies]\na.workspace = true\nb = { workspace = true, features = [\n\"x\",\n] } # why\n\
                        [dev-dependencies.c]\nfeatures = [\"y\"]\nworkspace = true\n";
        assert!(found(manifest).is_empty(), "{:?}", found(manifest));
    }

    #[test]
    fn a_version_of_ones_own_is_found_in_every_spelling() {
        for manifest in [
            "[dependencies]\nd = \"1\"\n",
            "[dev-dependencies]\nd = { version = \"1\", features = [\"x\"] }\n",
            "[target.'cfg(unix)'.build-dependencies]\nd = { path = \"../d\" }\n",
            "[dependencies.d]\nversion = \"1\"\nfeatures = [\"x\"]\n",
        ] {
            let found = found(manifest);
            assert_eq!(found.len(), 1, "{manifest}");
            assert!(found[0].what.starts_with("d has"), "{}", found[0].what);
        }
    }

    #[test]
    fn a_member_without_the_shared_lints_is_found() {
        assert_eq!(findings(&[File::new("a/Cargo.toml", "[package]\nname = \"a\"\n")]).len(), 1);
        assert!(findings(&[File::new("Cargo.toml", "[workspace.dependencies]\na = \"1\"\n")]).is_empty());
        let apart =
            File::new("f/Cargo.toml", "[package]\nname = \"f\"\n[workspace]\n[dependencies]\na = \"1\"\n");
        assert!(findings(&[apart]).is_empty());
    }
}
