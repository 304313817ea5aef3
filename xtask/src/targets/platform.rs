//! The targets of phones, and what their C compiler has to be told.

use std::path::Path;

/// One target.
pub struct Platform {
    /// Rust's name.
    pub target: &'static str,
    /// clang's name, with the oldest system that is supported.
    clang: &'static str,
    /// Folders of headers below the wheel's, in the order in which they are searched.
    headers: &'static [&'static str],
}

/// Those that releases are built for, and the simulator, which is how an iPhone's app is tried out.
pub const PLATFORMS: [Platform; 5] = [
    ANDROID_ARM64,
    Platform {
        target: "armv7-linux-androideabi",
        clang: "armv7a-linux-androideabi29",
        headers: &["arm-linux-musl", "generic-musl", "arm-linux-any", "any-linux-any"],
    },
    Platform {
        target: "x86_64-linux-android",
        clang: "x86_64-linux-android29",
        headers: &["x86_64-linux-musl", "generic-musl", "x86-linux-any", "any-linux-any"],
    },
    Platform { target: "aarch64-apple-ios", clang: "arm64-apple-ios17.0", headers: DARWIN },
    Platform { target: "aarch64-apple-ios-sim", clang: "arm64-apple-ios17.0-simulator", headers: DARWIN },
];

/// The one that is linked as well.
pub const ANDROID_ARM64: Platform = Platform {
    target: "aarch64-linux-android",
    clang: "aarch64-linux-android29",
    headers: &["aarch64-linux-musl", "generic-musl", "aarch64-linux-any", "any-linux-any"],
};

const DARWIN: &[&str] = &["any-darwin-any"];

impl Platform {
    /// What clang is called with, by build scripts and by us; `headers` holds those of the wheel.
    pub fn flags(&self, headers: &Path) -> Vec<String> {
        let system = self.headers.iter().map(|folder| format!("-isystem{}", headers.join(folder).display()));
        [format!("--target={}", self.clang), "-nostdlibinc".to_owned()].into_iter().chain(system).collect()
    }

    /// Its name within the variables that build scripts read.
    pub fn variable(&self) -> String {
        self.target.replace('-', "_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clang_is_told_the_target_and_no_header_of_this_machine() {
        let flags = ANDROID_ARM64.flags(Path::new("h"));
        assert_eq!(
            flags[..3],
            ["--target=aarch64-linux-android29", "-nostdlibinc", "-isystemh/aarch64-linux-musl"]
        );
        assert_eq!(ANDROID_ARM64.variable(), "aarch64_linux_android");
    }
}
