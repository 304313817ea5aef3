//! What the Android app promises in files that nothing compiles here: versions, manifest, resources, release settings.

// Without this the helpers of the tests count as production code, where `unwrap` is denied.
#![cfg(test)]

mod manifest;
mod release;
mod resources;
mod versions;
mod xml;

use std::path::Path;

/// A file below `android/`.
fn read(path: &str) -> String {
    read_below("android", path)
}

/// A file of the repository.
fn read_below(folder: &str, path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{folder}/{path}: {error}"))
}
