//! `cargo xtask`: what a person would otherwise do by hand.
//!
//! One file per command. It never talks to the network itself and knows none of our own crates, so that it
//! compiles in seconds and still works while they do not.

mod app;
mod bench;
mod bindings;
mod cases;
mod ci;
mod failure;
mod fuzz;
mod generated;
mod ios;
mod kills;
mod kotlin;
mod parity;
mod process;
mod qr_bench;
mod qr_corpus;
mod rust;
mod screenshots;
mod strings;
mod swift;
mod targets;
mod tidy;
mod tokens;
mod tools;
mod tree;
mod vectors;
mod web;

use clap::{CommandFactory, Parser, Subcommand};
use failure::Failure;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "What a person would otherwise do by hand",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run every check in order, the cheap ones first, as `.ci/run` does.
    Ci,
    /// Hold the sources to the rules of the house: edges, sizes, secrets, formatting, clippy.
    Tidy,
    /// Measure what a sign-in costs the server, on this machine, in figures; or a part that is not in it.
    Bench(bench::Options),
    /// Measure what the scanner reads of folders of pictures, and how long it takes.
    QrBench(qr_bench::Options),
    /// Draw how the scanner sees pictures, as a sheet.
    QrStages(qr_bench::Options),
    /// Write the scanner's camera-like pictures anew, below tests/scanner/corpus, and what is read of them.
    QrCorpus,
    /// List the negative conformance cases of the protocol with the tests that show them.
    Cases,
    /// Write the test vectors of MAP/1 anew, below tests/vectors/map1.
    Vectors,
    /// Write Kotlin and Swift for the core, below target/bindings.
    Bindings,
    /// Write the words of the app for Kotlin, Swift and Android out of design/words, below target/generated.
    Strings,
    /// Write colours, sizes and icons for Kotlin, Swift and the web out of design, below target/generated.
    Tokens,
    /// Open the Kotlin app in a window on this computer, to try it without a phone.
    App(app::Options),
    /// Build and test the Kotlin shell on a JVM, with the real library and a real server.
    Kotlin,
    /// Build and test the Swift shell, with the real library and a real server; Swift comes with it where it is missing.
    Swift,
    /// Make what Xcode needs for the iPhone app: bindings, words, look, and on a Mac the library.
    Ios,
    /// Write docs/parity.md: which screen of which shell shows which state of the core.
    Parity,
    /// Run the Android app itself in Robolectric, with Android's own Compose.
    Hosttest,
    /// Draw every screen of the app and every page of the server in every state, onto sheets below docs/screens.
    Screenshots,
    /// Check the server's pages in a real browser, walk through them with a phone beside, and attack them.
    Web(web::Options),
    /// Check the library for the targets of phones; link, weigh and run the arm64 code without one.
    Targets(targets::Options),
    /// Attack every parser with libFuzzer, one after the other.
    Fuzz(fuzz::Options),
    /// Kill server and phone at every place of every flow, one after the other, and see what is left.
    Kills,
    /// Kill server and phone at random in random flows, and see what is left.
    Torture(kills::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command.as_ref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Option<&Command>) -> Result<(), Failure> {
    let root = root();
    match command {
        None => Ok(Arguments::command().print_help()?),
        Some(Command::Ci) => ci::run(&root),
        Some(Command::Tidy) => tidy::run(&root),
        Some(Command::Bench(options)) => bench::run(&root, options),
        Some(Command::QrBench(options)) => qr_bench::run_tool(&root, "qr-bench", options),
        Some(Command::QrStages(options)) => qr_bench::run_tool(&root, "qr-stages", options),
        Some(Command::QrCorpus) => qr_corpus::run_generator(&root),
        Some(Command::Bindings) => bindings::run(&root),
        Some(Command::App(options)) => app::run(&root, options),
        Some(Command::Hosttest) => kotlin::run_on_host(&root, print_result),
        Some(Command::Kotlin) => kotlin::run(&root, print_result),
        Some(Command::Parity) => parity::run(&root),
        Some(Command::Swift) => swift::run(&root, print_swift),
        Some(Command::Ios) => ios::run(&root),
        Some(Command::Screenshots) => screenshots::run(&root, print_result).and(web::draw(&root)),
        Some(Command::Web(options)) => web::run(&root, options, print_web),
        Some(Command::Strings) => strings::run(&root),
        Some(Command::Tokens) => tokens::run(&root),
        Some(Command::Targets(options)) => targets::run(&root, options),
        Some(Command::Cases) => cases::run(&root),
        Some(Command::Fuzz(options)) => fuzz::run(&root, options),
        Some(Command::Kills) => process::run(&mut kills::walk(&root)),
        Some(Command::Torture(options)) => kills::torture(&root, options),
        Some(Command::Vectors) => vectors::run_generator(&root),
    }
}

fn print_swift(line: &str) {
    if swift::is_worth_a_look(line) {
        println!("{line}");
    }
}

fn print_web(line: &str) {
    if web::is_worth_a_look(line) {
        println!("{line}");
    }
}

fn print_result(line: &str) {
    if kotlin::is_worth_a_look(line) {
        println!("{line}");
    }
}

/// The folder of the workspace: cargo names this crate's own folder when it runs us.
fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|own| Path::new(&own).parent().map(Path::to_path_buf))
        .unwrap_or_else(|| PathBuf::from("."))
}
