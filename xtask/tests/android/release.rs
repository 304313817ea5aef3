//! A release can be built again by somebody else, and loads on phones with large pages.

use crate::{read, read_below};

#[test]
fn nothing_of_the_place_or_the_moment_goes_into_a_release() {
    let app = read("app/build.gradle.kts");
    for setting in [
        "vcsInfo.include = false",
        "includeInApk = false",
        "includeInBundle = false",
        "\"--locked\"",
        "\"--config\", \"bindings/phone.toml\", \"--config\", \"bindings/phone-std.toml\"",
    ] {
        assert!(app.contains(setting), "{setting}");
    }
    assert!(read_below("bindings", "phone-std.toml").contains("trim-paths = \"object\""));
    let all = read("build.gradle.kts");
    assert!(
        all.contains("isPreserveFileTimestamps = false") && all.contains("isReproducibleFileOrder = true")
    );
}

#[test]
fn the_library_is_built_for_every_processor_on_pages_of_16_kilobytes() {
    let app = read("app/build.gradle.kts");
    assert!(app.contains("useLegacyPackaging = false"));
    assert!(read_below("bindings", "ffi/build.rs").contains("\"-zmax-page-size=16384\""));
    for processor in ["arm64-v8a", "armeabi-v7a", "x86_64"] {
        assert!(app.contains(&format!("\"{processor}\"")), "{processor}");
    }
    assert!(read("gradle/libs.versions.toml").contains("min-sdk = \"29\""));
}

#[test]
fn what_native_code_calls_by_name_keeps_its_name() {
    let rules = read("app/proguard-rules.pro");
    for kept in [
        "-keep class com.sun.jna.** { *; }",
        "-keep class eu.countersign.core.** { *; }",
        "RuntimeVisibleAnnotations",
    ] {
        assert!(rules.contains(kept), "{kept}");
    }
}

#[test]
fn the_wrapper_loads_one_archive_and_knows_its_digest() {
    let wrapper = read("gradle/wrapper/gradle-wrapper.properties");
    let value = |name: &str| {
        let line = wrapper.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.map(str::to_owned).expect("a value")
    };
    assert!(value("distributionUrl").starts_with("https\\://services.gradle.org/distributions/gradle-"));
    let digest = value("distributionSha256Sum");
    assert!(digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()));
}
