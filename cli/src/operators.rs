//! `countersign operator`: who sees the operator's pages in a browser.

use crate::failure::Failure;
use crate::runtime;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_protocol::time::Iso;
use countersign_server::operator::{Operator, OperatorFault};
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `operator`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Let the owner of an account use the operator's pages; they sign in there with their phone each time.
    Add(Which),
    /// Take that away; what they have open ends at once.
    Remove(Which),
    /// Say who can.
    List(Place),
}

#[derive(Args)]
struct Which {
    /// Id or e-mail address of the account.
    #[arg(allow_hyphen_values = true)]
    account: String,
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
struct Place {
    /// The server's data folder.
    #[arg(long)]
    data: PathBuf,
}

/// Runs `operator`.
pub fn run(arguments: Arguments, sink: &mut dyn Sink) -> Result<(), Failure> {
    match arguments.command {
        Command::Add(which) => change(&which, true, sink),
        Command::Remove(which) => change(&which, false, sink),
        Command::List(place) => list(&place, sink),
    }
}

fn open(place: &Place) -> Result<Operator, Failure> {
    Operator::open(&place.data).map_err(|fault| not_done(&fault))
}

fn change(which: &Which, add: bool, sink: &mut dyn Sink) -> Result<(), Failure> {
    let (operator, account, runtime) = (open(&which.place)?, &which.account, runtime()?);
    let changed = if add {
        runtime.block_on(operator.add_operator(account))
    } else {
        runtime.block_on(operator.remove_operator(account))
    };
    let changed = changed.map_err(|fault| not_done(&fault))?;
    let text = match (add, changed) {
        (true, true) => "can use the operator's pages now.",
        (true, false) => "could use the operator's pages before.",
        (false, true) => "can no longer use the operator's pages.",
        (false, false) => "could not use the operator's pages before.",
    };
    let told = json!({"account": account, "operator": add, "changed": changed});
    sink.result(&format!("{account} {text}"), &told)
}

fn list(place: &Place, sink: &mut dyn Sink) -> Result<(), Failure> {
    let all = open(place)?.operators().map_err(|fault| not_done(&fault))?;
    let lines: Vec<String> = all.iter().map(|(email, since)| format!("{email} since {since}")).collect();
    let text = if lines.is_empty() { "Nobody.".to_owned() } else { lines.join("\n") };
    let told: Vec<_> =
        all.iter().map(|(email, since)| json!({"email": email, "added": Iso(*since)})).collect();
    sink.result(&text, &json!({"operators": told}))
}

fn not_done(fault: &OperatorFault) -> Failure {
    Failure::of("not_set_up").with("what", fault.to_string())
}
