//! Formatting is rustfmt's decision; this asks it which files differ.

use super::finding::Finding;
use crate::failure::Failure;
use crate::process;
use std::path::Path;

/// One finding for each file that rustfmt would write differently.
pub fn findings(root: &Path) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    let mut command = process::cargo(root, &["fmt", "--all", "--check", "--", "-l"]);
    let ended = process::run_lines(&mut command, |line| {
        let path = Path::new(line);
        let path = path.strip_prefix(root).unwrap_or(path).display().to_string();
        findings.push(Finding::new(&path, 1, "not formatted", "run `cargo fmt`"));
    });
    // rustfmt's status says "differs" too; only a failure without a list is one of its own.
    if findings.is_empty() { ended.map(|()| findings) } else { Ok(findings) }
}
