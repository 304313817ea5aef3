//! `cargo xtask vectors`: the files below tests/vectors/map1, written anew. A test compares them with the tree.

use crate::failure::Failure;
use crate::process::{cargo, run};
use std::path::Path;

/// Lets the generator write.
pub fn run_generator(root: &Path) -> Result<(), Failure> {
    let folder = root.join("tests/vectors/map1");
    let folder = folder.to_string_lossy();
    run(&mut cargo(root, &["run", "--quiet", "--package", "countersign-proof", "--", &folder]))
}
