//! `gradle/libs.versions.toml` is the one place of versions: the poms of the host build follow it.

use crate::read;
use crate::xml::tags;
use std::collections::BTreeMap;

/// A property of `pom.xml` and its key in the catalogue.
const SHARED: [(&str, &str); 11] = [
    ("kotlin.version", "kotlin"),
    ("coroutines.version", "coroutines"),
    ("jna.version", "jna"),
    ("jvm.version", "jvm"),
    ("compose.runtime.version", "compose-runtime"),
    ("lifecycle.version", "lifecycle"),
    ("junit4.version", "junit4"),
    ("compose.android.version", "compose"),
    ("material3.android.version", "material3"),
    ("activity.version", "activity"),
    ("androidx.test.runner.version", "androidx-test-runner"),
];

/// What goes into the APK, or is shown beside it.
const GRADLE: [&str; 7] = ["core", "keystoretest", "software", "shell", "platform", "ui", "app"];

/// Versions that the host build alone has: for a computer's Compose, its tests, formatting, the framework's classes, Robolectric.
const HOST_ALONE: [&str; 10] = [
    "compose.version",
    "material3.version",
    "skiko.version",
    "exec.version",
    "ktlint.version",
    "junit.version",
    "android-all.version",
    "android-instrumented.version",
    "android-resources.version",
    "robolectric.version",
];

#[test]
fn the_host_build_takes_the_versions_of_the_catalogue() {
    let (pom, catalogue) = (properties(), catalogue());
    for (property, key) in SHARED {
        if let Some(version) = pom.get(property) {
            assert_eq!(version, &catalogue[key], "{property}");
        }
    }
}

#[test]
fn every_version_of_the_host_build_is_shared_or_said_to_be_its_own() {
    let shared = SHARED.map(|(property, _)| property);
    for property in properties().keys().filter(|name| name.ends_with(".version")) {
        let known = shared.contains(&property.as_str()) || HOST_ALONE.contains(&property.as_str());
        assert!(known, "{property} is in no list of this test");
    }
}

#[test]
fn no_module_names_a_version_of_its_own() {
    let version = env!("CARGO_PKG_VERSION");
    let pom = read("pom.xml");
    for module in tags(&pom).iter().filter(|tag| tag.name == "module").map(|tag| tag.body) {
        let pom = read(&format!("{module}/pom.xml"));
        for tag in tags(&pom).iter().filter(|tag| tag.name == "version") {
            assert!(tag.body.starts_with("${") || tag.body == version, "{module}: {}", tag.body);
        }
    }
    for module in GRADLE {
        let gradle = read(&format!("{module}/build.gradle.kts"));
        assert!(!gradle.contains(".version(") && !gradle.contains(" version \""), "{module}");
    }
}

#[test]
fn gradle_knows_its_modules() {
    let settings = read("settings.gradle.kts");
    for module in GRADLE {
        assert!(settings.contains(&format!("\":{module}\"")), "{module}");
        assert!(read(&format!("{module}/build.gradle.kts")).contains("alias(libs.plugins."), "{module}");
    }
}

#[test]
fn the_app_has_the_version_of_the_workspace() {
    let version = format!("versionName = \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(read("app/build.gradle.kts").contains(&version));
}

fn properties() -> BTreeMap<String, String> {
    let pom = read("pom.xml");
    let found = tags(&pom);
    let properties = found.iter().find(|tag| tag.name == "properties").expect("properties");
    tags(properties.body).iter().map(|tag| (tag.name.to_owned(), tag.body.to_owned())).collect()
}

/// The `[versions]` of the catalogue.
fn catalogue() -> BTreeMap<String, String> {
    let toml = read("gradle/libs.versions.toml");
    let versions =
        toml.split("[versions]").nth(1).and_then(|rest| rest.split("\n[").next()).expect("versions");
    let pair = |line: &str| {
        let (key, value) = line.split_once(" = ")?;
        Some((key.to_owned(), value.trim_matches('"').to_owned()))
    };
    versions.lines().filter(|line| !line.starts_with('#')).filter_map(pair).collect()
}
