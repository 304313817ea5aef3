//! How the linker makes the library that goes into an Android app. What each option saves is in docs/adr/0007.

/// For the linker of the NDK, which is LLVM's.
const OPTIONS: [&str; 5] = [
    // One copy of functions that came out the same.
    "--icf=all",
    // Relocations in a form that is a hundredth of the size; by Android's own numbers it is read since API 28.
    "--pack-dyn-relocs=relr",
    "--use-android-relr-tags",
    // Devices with pages of 16 KB load nothing else.
    "-zmax-page-size=16384",
    // Descriptions of the exported functions: the generator reads them from a library of the build machine.
    "--script=leave-out.lds",
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=leave-out.lds");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "android") {
        let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        for option in OPTIONS {
            let option = option.replace("leave-out.lds", &format!("{folder}/leave-out.lds"));
            println!("cargo:rustc-cdylib-link-arg=-Wl,{option}");
        }
    }
}
