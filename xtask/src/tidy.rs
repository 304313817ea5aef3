//! `cargo xtask tidy`: the rules of the house that no compiler checks, then formatting and clippy.
//!
//! Each finding is one line, `path:line: what – how to mend it`. The rules: who may depend on whom, no TLS but
//! rustls with ring, lengths, no `Debug` on secrets, module openings, words that must not stay, versions in one
//! place. A check looks and never changes anything.

mod cited;
mod edges;
mod finding;
mod format;
mod inherited;
mod lockfile;
mod openings;
mod secrets;
mod sizes;
mod words;

use crate::failure::Failure;
use crate::{process, tree};
use finding::Finding;
use std::path::Path;

/// Runs all checks; fails if any finds something.
pub fn run(root: &Path) -> Result<(), Failure> {
    let mut findings = own_findings(root)?;
    findings.extend(format::findings(root)?);
    let own = report(&findings);
    clippy(root).and(own)
}

/// The checks that are ours alone: seconds, and no compilation.
pub fn own_checks(root: &Path) -> Result<(), Failure> {
    report(&own_findings(root)?)
}

/// Whether every source is formatted as rustfmt would.
pub fn formatting(root: &Path) -> Result<(), Failure> {
    report(&format::findings(root)?)
}

/// Clippy on everything, tests included; warnings are errors.
pub fn clippy(root: &Path) -> Result<(), Failure> {
    let arguments =
        ["clippy", "--workspace", "--all-targets", "--message-format", "short", "--", "-D", "warnings"];
    process::run(&mut process::cargo(root, &arguments))?;
    // What is there only while it is being killed.
    let arguments = ["clippy", "--package", "countersign-failpoint", "--package", "countersign-e2e"];
    let more = ["--features", "countersign-e2e/failpoints", "--all-targets", "--", "-D", "warnings"];
    process::run(process::cargo(root, &arguments).args(more))
}

fn own_findings(root: &Path) -> Result<Vec<Finding>, Failure> {
    let files = tree::read(root)?;
    let mut findings = edges::findings(root)?;
    findings.extend(lockfile::findings(&tree::read_needed(root, lockfile::PATH)?));
    findings.extend(secrets::findings(&files, &tree::read_needed(root, secrets::LIST)?));
    for check in [sizes::findings, openings::findings, words::findings, inherited::findings, cited::findings]
    {
        findings.extend(check(&files));
    }
    Ok(findings)
}

fn report(findings: &[Finding]) -> Result<(), Failure> {
    for finding in findings {
        println!("{finding}");
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings.len())) }
}
