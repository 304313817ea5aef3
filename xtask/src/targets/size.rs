//! What the library weighs in a phone: every phone loads it, and an app is judged by its size.

use crate::failure::Failure;
use crate::process;
use std::path::Path;
use std::process::Command;

/// Bytes for all of it, stripped (docs/adr/0007).
const LIMIT: u64 = 3_200_000;

/// Strips a copy, as an app's build does, and weighs it.
pub fn judge(library: &Path, scratch: &Path) -> Result<(), Failure> {
    let stripped = scratch.join("stripped.so");
    process::run(Command::new("llvm-strip-19").arg(library).arg("-o").arg(&stripped))?;
    let bytes = std::fs::metadata(&stripped)?.len();
    println!("the arm64 library: {} of at most {}", megabytes(bytes), megabytes(LIMIT));
    if bytes <= LIMIT { Ok(()) } else { Err(Failure::Unfit("the arm64 library is too large".to_owned())) }
}

/// Rounded up, so that nothing too large looks fitting.
fn megabytes(bytes: u64) -> String {
    let hundredths = bytes.div_ceil(10_000);
    format!("{}.{:02} MB", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn megabytes_are_rounded_up() {
        assert_eq!(megabytes(LIMIT), "3.20 MB");
        assert_eq!(megabytes(LIMIT + 1), "3.21 MB");
    }
}
