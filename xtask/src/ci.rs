//! `cargo xtask ci`: everything that must hold before a change goes in, the cheap checks first.
//!
//! A failing step does not hide the later ones, except that nothing runs on a machine that lacks its tools. The
//! last line of standard output is the sum over all test binaries, `N passed, N failed`; what failed is named
//! behind it, on standard error.

mod preflight;
mod tally;

use crate::failure::Failure;
use crate::{cases, kills, kotlin, process, swift, targets, tidy, web};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use tally::Tally;

/// A part of the run: its heading and what it does.
type Step = (&'static str, fn(&Path, &mut Tally) -> Result<(), Failure>);

/// In order. What is quick to fail comes first.
const STEPS: [Step; 12] = [
    ("formatting", |root, _| tidy::formatting(root)),
    ("tidy", |root, _| tidy::own_checks(root)),
    ("deny", |root, _| deny(root)),
    ("clippy", |root, _| tidy::clippy(root)),
    ("test", test),
    ("web", test_web),
    ("kotlin", test_kotlin),
    ("swift", test_swift),
    ("targets", |root, _| targets::run(root, &targets::Options::default())),
    ("kills", walk_kills),
    ("demo", |root, _| demo(root)),
    ("cases", |root, _| cases::run(root)),
];

/// Runs all steps; fails if one of them does.
pub fn run(root: &Path) -> Result<(), Failure> {
    let mut tally = Tally::default();
    timed("preflight", || preflight::run(root))?;
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        if timed(name, || step(root, &mut tally)).is_err() {
            failed.push(name);
        }
    }
    println!("\n{tally}");
    if failed.is_empty() { Ok(()) } else { Err(Failure::Steps(failed.join(", "))) }
}

/// Prints a heading before and the time after.
fn timed(name: &str, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    println!("\n== {name}");
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    match &result {
        Ok(()) => println!("== {name}: ok, {seconds:.1} s"),
        Err(failure) => println!("== {name}: failed, {seconds:.1} s: {failure}"),
    }
    result
}

/// All tests of all crates, those in documentation included.
fn test(root: &Path, tally: &mut Tally) -> Result<(), Failure> {
    tallied(&mut process::cargo(root, &["test", "--workspace", "--no-fail-fast"]), tally)
}

/// The tests that need a build of their own, in which processes can be told where to die.
fn walk_kills(root: &Path, tally: &mut Tally) -> Result<(), Failure> {
    tallied(&mut kills::walk(root), tally).and(kills::torture_quickly(root))
}

/// The Kotlin app on a JVM, then in Robolectric; its library and the server are built by then.
fn test_kotlin(root: &Path, tally: &mut Tally) -> Result<(), Failure> {
    kotlin::run_all(root, |line| {
        if kotlin::is_worth_a_look(line) {
            println!("{line}");
        }
        tally.read(line);
    })
}

/// The server's pages in a real browser; a run in which nothing passed is none.
fn test_web(root: &Path, tally: &mut Tally) -> Result<(), Failure> {
    let before = tally.passed();
    web::run(root, &web::Options::default(), |line| {
        if web::is_worth_a_look(line) {
            println!("{line}");
        }
        tally.read(line);
    })?;
    if tally.passed() > before { Ok(()) } else { Err(Failure::Unfit("no test of the pages ran".to_owned())) }
}

/// The Swift package; where Swift cannot be had, that is said and is no failure.
fn test_swift(root: &Path, tally: &mut Tally) -> Result<(), Failure> {
    let tested = swift::run(root, |line| {
        if swift::is_worth_a_look(line) {
            println!("{line}");
        }
        tally.read(line);
    });
    match tested {
        Err(Failure::Missing(why)) => {
            println!("skipped: the Swift package was neither built nor tested, its app not parsed: {why}");
            Ok(())
        }
        other => other,
    }
}

fn tallied(command: &mut Command, tally: &mut Tally) -> Result<(), Failure> {
    process::run_lines(command, |line| {
        println!("{line}");
        tally.read(line);
    })
}

/// Licences, bans and sources, by a tool that takes minutes to build: used where it is installed. Advisories are
/// not asked for: one that appears overnight must not fail a tree that nobody touched.
fn deny(root: &Path) -> Result<(), Failure> {
    if !process::succeeds(&mut process::cargo(root, &["deny", "--version"])) {
        println!("cargo-deny is not installed, so licences are not checked here");
        println!("(`cargo install cargo-deny --locked` gets it; tidy has checked the TLS libraries itself)");
        return Ok(());
    }
    process::run(&mut process::cargo(root, &["deny", "--workspace", "check", "bans", "licenses", "sources"]))
}

/// The product's main job, as a newcomer starts it.
fn demo(root: &Path) -> Result<(), Failure> {
    process::run(&mut process::cargo(root, &["run", "--", "demo", "--once"]))
}
