//! `cargo xtask vectors`: the files below tests/vectors/map1, written anew, and out of them the seeds below fuzz/corpus.
//! A test compares the vectors with the tree; the seeds are not kept there.

use crate::failure::Failure;
use crate::process::{cargo, run};
use std::path::Path;

/// Lets the generator write.
pub fn run_generator(root: &Path) -> Result<(), Failure> {
    let (vectors, corpus) = (root.join("tests/vectors/map1"), root.join("fuzz/corpus"));
    let (vectors, corpus) = (vectors.to_string_lossy(), corpus.to_string_lossy());
    run(&mut cargo(root, &["run", "--quiet", "--package", "countersign-proof", "--", &vectors, &corpus]))
}
