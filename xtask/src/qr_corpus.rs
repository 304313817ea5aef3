//! `cargo xtask qr-corpus`: the scanner's pictures below tests/scanner/corpus, written anew, with the list of what is
//! read of them. Tests hold the scanner to that list.

use crate::failure::Failure;
use crate::process::{cargo, run};
use std::path::Path;

/// Lets the generator write, built as the scanner is released.
pub fn run_generator(root: &Path) -> Result<(), Failure> {
    let corpus = root.join("tests/scanner/corpus");
    let mut generator = cargo(
        root,
        &["run", "--release", "--quiet", "--package", "countersign-scanner-lab", "--bin", "qr-corpus", "--"],
    );
    run(generator.arg(corpus))
}
