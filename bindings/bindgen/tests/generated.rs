//! What the generator makes of the library: the names that shells import, and the whole surface.

// Built with this test, so that there is a library to read.
use countersign_ffi as _;

use countersign_bindgen::{generate, surface};
use std::path::{Path, PathBuf};

/// The shared library, which cargo puts beside the tests.
fn library() -> PathBuf {
    let test = std::env::current_exe().unwrap_or_default();
    let name = format!("{}countersign_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    test.with_file_name(name)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn package_and_modules_have_the_names_that_the_shells_import() {
    let out = tempfile::tempdir().expect("a folder");
    generate(&library(), &root().join("uniffi.toml"), out.path()).expect("generated");
    let read = |path: &str| std::fs::read_to_string(out.path().join(path)).expect(path);
    let kotlin = read("kotlin/eu/countersign/core/countersign_ffi.kt");
    assert!(kotlin.contains("\npackage eu.countersign.core\n"));
    let members = |word: &str| kotlin.matches(&format!("\n    {word} `")).count();
    assert!(members("val") > 50 && members("var") == 0, "records are immutable");
    let swift = read("swift/CountersignFFI.swift");
    assert!(swift.contains("import CountersignABI\n"));
    assert!(read("swift/CountersignABI.modulemap").contains("module CountersignABI "));
}

#[test]
fn the_exported_surface_is_the_reviewed_one() {
    let found = surface(&library()).expect("a surface");
    let reviewed = std::fs::read_to_string(root().join("bindings/surface.txt")).unwrap_or_default();
    assert!(
        found == reviewed,
        "the surface changed: run `cargo xtask bindings`, copy target/bindings/surface.txt to bindings/surface.txt, \
         and look at the difference as every shell will have to"
    );
}

#[test]
fn every_function_can_fail_none_is_async_and_no_pin_is_a_text() {
    let surface = surface(&library()).expect("a surface");
    for line in surface.lines().filter(|line| line.contains('(')) {
        assert!(line.contains(" throws "), "{line}");
        assert!(!line.contains("async "), "{line}");
    }
    for word in ["pin: String", "pin: Bytes", "pin: [", "message:"] {
        assert!(!surface.contains(word), "{word}");
    }
}
