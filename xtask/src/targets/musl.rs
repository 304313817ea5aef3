//! Android-target code on musl: a link that exists for tests only.
//!
//! Rust's code is that of `aarch64-linux-android`; the C library is Debian's musl for arm64, which qemu can run without
//! a phone. Two things that Android has are added: `__errno`, and LLVM's libunwind, from the sources that belong to
//! Rust's standard library. The result imports `__errno_location`, which Android lacks: no phone would load it.

use super::platform::ANDROID_ARM64;
use super::toolchain::STD;
use super::{check, headers, toolchain};
use crate::failure::Failure;
use crate::process;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Parts of libunwind that an ELF system needs.
const UNWIND: [&str; 5] = [
    "libunwind.cpp",
    "UnwindLevel1.c",
    "UnwindLevel1-gcc-ext.c",
    "UnwindRegistersRestore.S",
    "UnwindRegistersSave.S",
];
/// As LLVM builds them, without a C++ library and without exporting their names.
const UNWIND_FLAGS: [&str; 9] = [
    "-Oz",
    "-fPIC",
    "-funwind-tables",
    "-fno-exceptions",
    "-fno-rtti",
    "-fvisibility=hidden",
    "-DNDEBUG",
    "-D_LIBUNWIND_IS_NATIVE_ONLY",
    "-D_LIBUNWIND_DISABLE_VISIBILITY_ANNOTATIONS",
];
/// Libraries of Android that musl is one with, or that nothing is taken from.
const EMPTY: [&str; 3] = ["dl", "log", "m"];
/// The library as a release would have it, which musl does not load.
const RELEASED: &str = "as-released.so";
/// rustc takes a linker for a compiler by this beginning of its name.
const LINKER: &str = "clang-android-on-musl";

/// Links the library as it would go into a phone.
pub fn link(root: &Path, scratch: &Path) -> Result<(), Failure> {
    toolchain::sources(root)?;
    provide(root, scratch)?;
    let mut build = cargo(root, scratch, STD, &["rustc", "--quiet", "--lib", "--profile", "phone"]);
    process::run(build.args(["--package", "countersign-ffi", "--crate-type", "cdylib"]))
}

/// The library to weigh.
pub fn released(scratch: &Path) -> PathBuf {
    folder(scratch).join(RELEASED)
}

/// The library to run.
pub fn library(scratch: &Path) -> PathBuf {
    toolchain::folder(scratch).join(ANDROID_ARM64.target).join("phone/libcountersign_ffi.so")
}

/// A cargo whose Android code is linked against musl, with these parts of the standard library.
pub fn cargo(root: &Path, scratch: &Path, parts: &str, arguments: &[&str]) -> Command {
    let mut command = check::cargo(root, scratch, &ANDROID_ARM64, arguments);
    toolchain::with_std(&mut command, scratch, parts);
    let variable = ANDROID_ARM64.variable().to_uppercase();
    command.env(format!("CARGO_TARGET_{variable}_LINKER"), linker(scratch));
    command
}

/// Links a program for the test.
pub fn linker(scratch: &Path) -> PathBuf {
    folder(scratch).join(LINKER)
}

/// The root of a system that has musl and nothing else.
pub fn system(scratch: &Path) -> PathBuf {
    folder(scratch).join("system")
}

fn folder(scratch: &Path) -> PathBuf {
    scratch.join("musl")
}

fn provide(root: &Path, scratch: &Path) -> Result<(), Failure> {
    let folder = folder(scratch);
    if !system(scratch).is_dir() {
        debian(&folder)?;
    }
    unwind(root, scratch)?;
    compile(scratch, &root.join("tests/targets/errno.c"), &["-Oz", "-fPIC"], &folder.join("errno.o"))?;
    for name in EMPTY {
        std::fs::write(folder.join(format!("lib{name}.a")), "!<arch>\n")?;
    }
    let linker = linker(scratch);
    std::fs::write(&linker, linker_script(&folder))?;
    Ok(std::fs::set_permissions(&linker, std::fs::Permissions::from_mode(0o755))?)
}

/// Loads musl for arm64 through apt, with lists of their own: this machine stays one of its own architecture.
fn debian(folder: &Path) -> Result<(), Failure> {
    let (apt, new) = (folder.join("apt"), folder.join("system.new"));
    let _ = std::fs::remove_dir_all(&new);
    for part in ["lists/partial", "archives/partial"] {
        std::fs::create_dir_all(apt.join(part))?;
    }
    std::fs::write(apt.join("status"), "")?;
    process::run(apt_get(&apt).args(["-qq", "update"]))?;
    process::run(apt_get(&apt).args(["-qq", "download", "musl", "musl-dev"]))?;
    for entry in std::fs::read_dir(&apt)?.flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "deb") {
            process::run(Command::new("dpkg-deb").arg("-x").arg(entry.path()).arg(&new))?;
        }
    }
    Ok(std::fs::rename(new, folder.join("system"))?)
}

fn apt_get(apt: &Path) -> Command {
    let mut command = Command::new("apt-get");
    command.current_dir(apt);
    let at = apt.display();
    for option in [
        "APT::Architecture=arm64".to_owned(),
        "APT::Architectures=arm64".to_owned(),
        "APT::Sandbox::User=root".to_owned(),
        "Acquire::Languages=none".to_owned(),
        format!("Dir::State={at}"),
        format!("Dir::State::status={at}/status"),
        format!("Dir::Cache={at}"),
    ] {
        command.args(["-o", &option]);
    }
    command
}

fn unwind(root: &Path, scratch: &Path) -> Result<(), Failure> {
    let sources = toolchain::sources(root)?.join("src/llvm-project/libunwind");
    let folder = folder(scratch);
    let include = format!("-I{}", sources.join("include").display());
    let mut archive = Command::new("llvm-ar-19");
    archive.arg("rcs").arg(folder.join("libunwind.a"));
    for name in UNWIND {
        let object = folder.join(name).with_extension("o");
        let flags = [&UNWIND_FLAGS[..], &[&include]].concat();
        compile(scratch, &sources.join("src").join(name), &flags, &object)?;
        archive.arg(object);
    }
    process::run(&mut archive)
}

/// Compiles one file for the target.
pub fn compile(scratch: &Path, source: &Path, flags: &[&str], object: &Path) -> Result<(), Failure> {
    let mut clang = Command::new("clang-19");
    clang.args(ANDROID_ARM64.flags(&headers::folder(scratch))).args(flags);
    // Half of the flags are for C++ only, or for C only.
    clang.arg("-Wno-unused-command-line-argument").arg("-c").arg(source).arg("-o").arg(object);
    process::run(&mut clang)
}

/// Programs get musl's start-up code, libraries none. Nothing may stay undefined, and pages are of 16 KB. A library is
/// linked twice: as released, to be weighed, and with relocations in a form that musl reads, to be run.
fn linker_script(folder: &Path) -> String {
    format!(
        "#!/bin/sh\nset -e\nat='{at}'\nlink() {{\n\
         \x20   clang-19 --target=aarch64-linux-android29 -fuse-ld=lld-19 -nostartfiles -nodefaultlibs \\\n\
         \x20       -L\"$at\" -L\"$at/system/lib/aarch64-linux-musl\" -Wl,--no-undefined \\\n\
         \x20       -Wl,-z,max-page-size=16384 -Wl,--dynamic-linker=/lib/ld-musl-aarch64.so.1 \\\n\
         \x20       \"$@\" \"$at/errno.o\" -lc\n}}\n\
         start=\"$at/system/usr/lib/aarch64-linux-musl/Scrt1.o\"\n\
         for word; do test \"$word\" = -shared && start=; done\n\
         if test -n \"$start\"; then link \"$start\" \"$@\"; exit; fi\n\
         link \"$@\" -o \"$at/{RELEASED}\"\n\
         link \"$@\" -Wl,--pack-dyn-relocs=none\n",
        at = folder.display()
    )
}
