//! `cargo xtask kotlin`: the Kotlin shell, built and tested on a JVM against the real library and a real server.
//!
//! Maven takes what it has loaded before from its own store, so a second run needs no network.

use crate::bindings;
use crate::failure::Failure;
use crate::process::{self, succeeds};
use crate::strings;
use crate::tokens;
use crate::tools::{self, Tool};
use std::path::Path;
use std::process::Command;

/// What the app on the host needs besides.
const LINKING: [Tool; 2] = [
    Tool {
        needed_for: "linking the app's resources",
        packages: &["aapt"],
        works: || starts("aapt2", "version"),
    },
    Tool { needed_for: "unpacking androidx", packages: &["unzip"], works: || starts("unzip", "-v") },
];

const TOOLS: [Tool; 5] = [
    Tool { needed_for: "Kotlin", packages: &["default-jdk"], works: || starts("javac", "-version") },
    Tool { needed_for: "building Kotlin", packages: &["maven"], works: || starts("mvn", "-version") },
    Tool { needed_for: "drawing screens", packages: &["libgl1", "libx11-6", "libfontconfig1"], works: draws },
    Tool { needed_for: "words on screens", packages: &["fontconfig", "fonts-noto-core"], works: writes },
    Tool {
        needed_for: "pictures of screens",
        packages: &["fonts-roboto-unhinted"],
        works: || Path::new(FONT).exists(),
    },
];

/// The font of the pictures, as the package has it and as `android/ui/src/test/resources/fonts.conf` names its folder.
const FONT: &str = "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf";

/// Android as Robolectric runs it, some 200 MB.
const FRAMEWORK: &str = "org.robolectric:android-all-instrumented";

/// Builds and tests what runs on the desktop, the generated sources first; each line of Maven goes to `each`.
pub fn run(root: &Path, each: impl FnMut(&str)) -> Result<(), Failure> {
    prepare(root)?;
    process::run_lines(maven(root).arg("test"), each)
}

/// That, and behind it the app in Robolectric, in one run of Maven; without the latter where its artifacts cannot be had.
pub fn run_all(root: &Path, each: impl FnMut(&str)) -> Result<(), Failure> {
    prepare(root)?;
    if !has_framework(root)? {
        println!(
            "skipped: the app in Robolectric, because Maven cannot load Android's framework ({FRAMEWORK})"
        );
        return process::run_lines(maven(root).arg("test"), each);
    }
    tools::provide(&LINKING)?;
    process::run_lines(maven(root).args(["-Phosttest", "-DskipTests=false", "--fail-at-end", "test"]), each)
}

/// Only the app, against Android's own framework and Compose, in Robolectric.
pub fn run_on_host(root: &Path, each: impl FnMut(&str)) -> Result<(), Failure> {
    prepare(root)?;
    tools::provide(&LINKING)?;
    process::run_lines(maven(root).args(["-Phosttest", "-pl", "hosttest", "-am", "test"]), each)
}

/// What Maven finds ready: its tools, the library with its bindings, words and tokens.
pub fn prepare(root: &Path) -> Result<(), Failure> {
    tools::provide(&TOOLS)?;
    bindings::run(root)?;
    strings::run(root)?;
    tokens::run(root)
}

/// Maven over the whole of `android/`, before it is told what to do.
pub fn maven(root: &Path) -> Command {
    let mut command = Command::new("mvn");
    command.current_dir(root.join("android"));
    command.args(["--batch-mode", "--no-transfer-progress", "-Dstyle.color=never"]);
    command.arg(format!("-Dcountersign.target={}", bindings::target(root).display()));
    command
}

/// Whether the largest of Robolectric's artifacts is there or comes; where it does, the others do.
fn has_framework(root: &Path) -> Result<bool, Failure> {
    let pom = std::fs::read_to_string(root.join("android/pom.xml"))?;
    let framework = property(&pom, "android-all.version").unwrap_or_default();
    let instrumented = property(&pom, "android-instrumented.version").unwrap_or_default();
    let version = instrumented.replace("${android-all.version}", framework);
    let mut get = maven(root);
    get.args(["--quiet", "--non-recursive", "dependency:get", "-Dtransitive=false"]);
    Ok(succeeds(get.arg(format!("-Dartifact={FRAMEWORK}:{version}"))))
}

/// The text of an element that holds nothing but text.
fn property<'a>(pom: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = pom.split_once(&format!("<{name}>"))?;
    Some(rest.split_once("</")?.0)
}

/// Lines of Maven that a person wants to see; the rest says which plugin it is about to start.
pub fn is_worth_a_look(line: &str) -> bool {
    ["Tests run: ", "[ERROR]", "[WARNING]"].iter().any(|word| line.contains(word))
}

/// Compose's drawing library looks for these when it is loaded.
fn draws() -> bool {
    let loader = Command::new("ldconfig").arg("-p").output();
    loader.is_ok_and(|known| {
        let known = String::from_utf8_lossy(&known.stdout).into_owned();
        ["libGL.so.1", "libX11.so.6", "libfontconfig.so.1"].iter().all(|library| known.contains(library))
    })
}

/// The screens have the glyphs of the languages that they speak.
fn writes() -> bool {
    let fonts = Command::new("fc-list").output();
    fonts.is_ok_and(|fonts| String::from_utf8_lossy(&fonts.stdout).contains("NotoSans-Regular"))
}

fn starts(program: &str, argument: &str) -> bool {
    succeeds(Command::new(program).arg(argument))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_by_its_name() {
        let pom = "<a.version>1</a.version>\n<android.version>15</android.version>";
        assert_eq!(property(pom, "android.version"), Some("15"));
        assert_eq!(property(pom, "b.version"), None);
    }

    #[test]
    fn results_and_errors_are_shown_and_plugins_are_not() {
        assert!(is_worth_a_look("[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0"));
        assert!(is_worth_a_look("[ERROR] SignInTest.kt:41 expected <4> but was <3>"));
        assert!(!is_worth_a_look("[INFO] --- surefire:3.5.2:test (default-test) @ shell ---"));
    }
}
