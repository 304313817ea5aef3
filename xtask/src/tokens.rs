//! x
use crate::failure::Failure;
use std::path::Path;
pub fn run(_root: &Path) -> Result<(), Failure> {
    Ok(())
}
