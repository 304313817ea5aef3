//! `cargo xtask targets`: the library for the phones' own targets, as far as a machine without NDK and Xcode can go.
//!
//! It type-checks the library for three Android targets, and builds the static ones for iPhones and their simulator,
//! whose symbols it compares with Apple's list ([`apple`]). It links it for arm64 once, against musl in place
//! of Android's C library, runs it under qemu and weighs it: "Android-target code on musl". That proves that the code
//! for the target links, loads and computes; it says nothing of a phone, and what it links must never ship. Releases
//! are built by the NDK and by Xcode (android/README.md).
//!
//! What it needs it loads through apt, pip and rustup as they are set up here, or names.

mod apple;
mod check;
mod headers;
mod musl;
mod platform;
mod size;
mod smoke;
mod toolchain;

use crate::bindings;
use crate::failure::Failure;
use crate::process::succeeds;
use crate::tools::{self, Tool};
use clap::Args;
use platform::PLATFORMS;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Of one version, because names carry it; the system's own `clang` may be any.
const TOOLS: [Tool; 4] = [
    Tool {
        needed_for: "C of other machines",
        packages: &["clang-19", "lld-19", "llvm-19"],
        works: || ["clang-19", "ld.lld-19", "llvm-ar-19", "llvm-strip-19"].iter().all(|tool| starts(tool)),
    },
    Tool {
        needed_for: "running arm64",
        packages: &["qemu-user-static"],
        works: || starts("qemu-aarch64-static"),
    },
    Tool { needed_for: "headers of other C libraries", packages: &["python3-pip"], works: has_pip },
    Tool {
        needed_for: "unpacking them",
        packages: &["unzip"],
        works: || succeeds(Command::new("unzip").arg("-v")),
    },
];

/// Which part.
#[derive(Args, Default)]
pub struct Options {
    /// Only what is linked for arm64: its size, and its run.
    #[arg(long)]
    link: bool,
}

/// Runs all of it; each part says how long it took.
pub fn run(root: &Path, options: &Options) -> Result<(), Failure> {
    let scratch = scratch(root);
    std::fs::create_dir_all(&scratch)?;
    timed("tools and headers", || {
        tools::provide(&TOOLS)?;
        headers::provide(&scratch)
    })?;
    for platform in PLATFORMS.iter().filter(|_| !options.link) {
        timed(platform.target, || match platform.target {
            target if target.contains("apple") => apple::run(root, &scratch, platform),
            _ => check::run(root, &scratch, platform),
        })?;
    }
    timed("Android-target code on musl: link", || musl::link(root, &scratch))?;
    timed("Android-target code on musl: size", || size::judge(&musl::released(&scratch), &scratch))?;
    timed("Android-target code on musl: run", || smoke::run(root, &scratch))
}

/// What is loaded and made here, and never part of a release.
fn scratch(root: &Path) -> PathBuf {
    bindings::target(root).join("targets")
}

fn timed(name: &str, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let start = Instant::now();
    work()?;
    println!("{name}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn starts(tool: &str) -> bool {
    succeeds(Command::new(tool).arg("--version"))
}

fn has_pip() -> bool {
    succeeds(Command::new("python3").args(["-m", "pip", "download", "--help"]))
}
