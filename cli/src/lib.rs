//! The command line of Countersign: demo, server, set-up, virtual phone, QR. One module a command.
//!
//! Exit status: 0 done, 1 refused (problem code and sentence on standard error), 2 usage.

mod account;
mod attestation;
pub mod catalogue;
mod demo;
pub mod failure;
mod keep;
mod keys;
mod mail;
mod operators;
pub mod phone;
pub mod picture;
mod policy;
pub mod qr;
mod serve;
mod service;
pub mod sink;

use clap::{Parser, Subcommand};
use failure::Failure;
use sink::Terminal;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "countersign", version, about = "Approve sign-ins with a phone that keeps its own keys")]
struct Arguments {
    /// One JSON object a line instead of text.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The whole product, on real parts, in this terminal.
    Demo(demo::Arguments),
    /// Run the server.
    Serve(serve::Arguments),
    /// Set up accounts, stop them, remove their phones.
    Account(account::Arguments),
    /// Write the database of a server, running or not, into a file.
    Backup(keep::Backup),
    /// Put a backup in the place of a server's database, so that no guess and no removed phone comes back.
    Restore(keep::Restore),
    /// Look at the audit log.
    Audit(keep::Audit),
    /// Say which keys a server uses, and rotate them while it runs.
    Keys(keys::Keys),
    /// Say which rules a server keeps, and choose others while it runs.
    Policy(policy::Arguments),
    /// Say who sees the operator's pages.
    Operator(operators::Arguments),
    /// Set up services.
    Service(service::Arguments),
    /// A phone in a folder: pair it, approve, refuse, scan.
    Phone(phone::Arguments),
    /// Read and draw QR codes.
    Qr(qr::Arguments),
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let Arguments { json, command } = Arguments::parse();
    let mut terminal = Terminal::new(json);
    let outcome = match command {
        Command::Demo(arguments) => demo::run(&arguments, json),
        Command::Serve(arguments) => serve::run(arguments, json),
        Command::Account(arguments) => account::run(arguments, &mut terminal),
        Command::Backup(arguments) => keep::back_up(&arguments, &mut terminal),
        Command::Restore(arguments) => keep::put_back(&arguments, &mut terminal),
        Command::Keys(arguments) => keys::keys(arguments, &mut terminal),
        Command::Policy(arguments) => policy::run(arguments, &mut terminal),
        Command::Audit(arguments) => keep::audit(&arguments, &mut terminal),
        Command::Operator(arguments) => operators::run(arguments, &mut terminal),
        Command::Service(arguments) => service::run(arguments, &mut terminal),
        Command::Phone(arguments) => phone::run(arguments, &mut terminal),
        Command::Qr(arguments) => qr::run(&arguments, &mut terminal),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal.failed(&failure);
            ExitCode::from(failure.status())
        }
    }
}

/// A small runtime for commands that do one thing.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::file("runtime", &error))
}
