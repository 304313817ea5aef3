//! Letters as files, for trying out: `.eml`, for their owner alone.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Writes a letter by one rename, so that nobody reads half of one. Written twice, it is still one.
pub fn write(folder: &Path, name: &str, letter: &[u8]) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let (fresh, path) = (folder.join(format!("{name}.new")), folder.join(format!("{name}.eml")));
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(letter)?;
    file.sync_all()?;
    fs::rename(fresh, path)
}
