//! `cargo xtask web`: the server's pages in a real browser, in every state, language, theme and width; walks through them
//! with a phone beside; and attacks.
//!
//! A page joins by being drawn in the server's gallery, an address by being in its table of routes. The npm registry is
//! asked as this machine is set up to; two packages come from it, held to their hashes, and no script of theirs runs.

use crate::bindings;
use crate::failure::Failure;
use crate::process::{self, cargo, succeeds};
use crate::tools::{self, Tool};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the suite lies, from the root of the repository.
const SUITE: &str = "tests/web";
/// Where the sheets of pictures lie, from the root of the repository.
const SHEETS: &str = "docs/screens/web";
/// The oldest Node.js that Playwright works with.
const NODE: u32 = 20;

const TOOLS: [Tool; 2] = [
    Tool {
        needed_for: "pages in a browser",
        packages: &["chromium"],
        works: || succeeds(Command::new("chromium").arg("--version")),
    },
    Tool {
        needed_for: "words on pages",
        packages: &["fonts-roboto-unhinted"],
        works: || {
            Path::new("/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf").exists()
        },
    },
];

/// What to do.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Draw the pictures of all pages anew, below docs/screens/web, and check nothing.
    #[arg(long)]
    screens: bool,
    /// Run only the files whose name begins like this: gallery, mutants, walks, tricks, live, stored, attacks, screens.
    only: Option<String>,
}

/// Runs the suite or draws the pictures; each line of the former goes to `each`.
pub fn run(root: &Path, options: &Options, each: impl FnMut(&str)) -> Result<(), Failure> {
    if options.screens {
        return draw(root);
    }
    prepare(root)?;
    bindings::build(root)?;
    process::run_lines(&mut suite(root, options.only.as_deref().unwrap_or_default())?, each)
}

/// Draws every page anew.
pub fn draw(root: &Path) -> Result<(), Failure> {
    prepare(root)?;
    process::run(node(root).arg("src/draw.js"))?;
    println!("Sheets are in {SHEETS}");
    Ok(())
}

/// Lines that a person wants to see: what failed and why, and the sums.
pub fn is_worth_a_look(line: &str) -> bool {
    let passed = line.trim_start().starts_with('✔');
    !passed && !line.trim().is_empty()
}

/// Tools, packages, and the gallery as it is now.
fn prepare(root: &Path) -> Result<(), Failure> {
    check_node()?;
    tools::provide(&TOOLS)?;
    let mut npm = Command::new("npm");
    npm.current_dir(root.join(SUITE)).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::run(&mut npm)?;
    // The whole workspace, so that what `cargo test` has built is used again.
    let gallery = ["test", "--quiet", "--workspace", "--lib", "pages::view::tests::gallery::"];
    process::run(&mut cargo(root, &gallery))
}

fn suite(root: &Path, only: &str) -> Result<Command, Failure> {
    let files = files(root, only)?;
    let mut command = node(root);
    // Two at a time: walks wait for clocks and pictures, which leaves time for somebody else.
    command.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]).args(files);
    Ok(command)
}

/// The files of tests whose name begins like this.
fn files(root: &Path, only: &str) -> Result<Vec<PathBuf>, Failure> {
    let begins = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(only))
    };
    let folder = std::fs::read_dir(root.join(SUITE).join("test"))?;
    let mut files: Vec<PathBuf> =
        folder.filter_map(|entry| Some(entry.ok()?.path())).filter(begins).collect();
    files.sort();
    // Without a file Node.js would look for tests by itself, find none and be content.
    if files.is_empty() {
        return Err(Failure::Unfit(format!("no file of {SUITE}/test begins with {only}")));
    }
    Ok(files)
}

/// Node.js in the folder of the suite, told where everything is.
fn node(root: &Path) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root.join(SUITE));
    command.env("COUNTERSIGN_GALLERY", root.join("target/pages"));
    command.env("COUNTERSIGN_PROGRAMS", bindings::target(root).join("debug"));
    command.env("COUNTERSIGN_SHEETS", root.join(SHEETS));
    command
}

/// Debian's own may be too old, and no other is ours to install: it is named.
fn check_node() -> Result<(), Failure> {
    let output = Command::new("node").arg("--version").output();
    let version =
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    if is_new_enough(&version) && succeeds(Command::new("npm").arg("--version")) {
        return Ok(());
    }
    let found = if version.is_empty() { "none" } else { version.trim() };
    Err(Failure::Missing(format!("the browser suite needs Node.js {NODE} or newer with npm; found: {found}")))
}

/// "v20.20.2".
fn is_new_enough(version: &str) -> bool {
    let major = version.trim().strip_prefix('v').and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    major.is_some_and(|major| major >= NODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_node_or_none_is_not_enough() {
        assert!(is_new_enough("v20.20.2\n") && is_new_enough("v112.0.0"));
        for version in ["", "v18.19.1", "20", "v"] {
            assert!(!is_new_enough(version), "{version}");
        }
    }

    #[test]
    fn what_passed_is_not_shown_and_what_failed_is() {
        assert!(!is_worth_a_look("  ✔ sign-in/keys in en (512.1ms)") && !is_worth_a_look("  "));
        assert!(is_worth_a_look("  ✖ sign-in/keys in en (512.1ms)") && is_worth_a_look("ℹ pass 60"));
    }

    #[test]
    fn a_run_of_no_file_is_refused() {
        let root = std::env::temp_dir().join(format!("xtask-web-{}", std::process::id()));
        std::fs::create_dir_all(root.join(SUITE).join("test")).expect("folder");
        assert!(files(&root, "").is_err());
        std::fs::write(root.join(SUITE).join("test/a.test.js"), "").expect("file");
        assert_eq!(files(&root, "a").map(|files| files.len()).unwrap_or_default(), 1);
        assert!(files(&root, "b").is_err());
        std::fs::remove_dir_all(&root).expect("clean up");
    }
}
