//! `countersign account add`.

use crate::failure::Failure;
use crate::runtime;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_server::operator::{Operator, OperatorFault};
use countersign_server::serve::last_address;
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `account`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Add an account and print the link that pairs its first phone.
    Add(Add),
}

#[derive(Args)]
struct Add {
    /// E-mail address.
    email: String,
    /// Name of the person.
    #[arg(long)]
    name: Option<String>,
    /// A service that may see the account (its id); can be given several times.
    #[arg(long)]
    service: Vec<String>,
    /// The server's data folder.
    #[arg(long)]
    data: PathBuf,
}

/// Runs `account`.
pub fn run(arguments: Arguments, sink: &mut dyn Sink) -> Result<(), Failure> {
    let Command::Add(add) = arguments.command;
    let operator = Operator::open(&add.data).map_err(|fault| not_set_up(&fault))?;
    let adding = operator.add_account(&add.email, add.name, add.service);
    let added = runtime()?.block_on(adding).map_err(|fault| not_set_up(&fault))?;
    let base = last_address(&add.data).map(|iss| iss.to_string()).unwrap_or_default();
    let link = format!("{base}{}", added.setup_path);
    let text = format!(
        "Account {} was added for {}.\nThis link pairs its first phone, once, within a day:\n{link}",
        added.id, add.email
    );
    sink.result(&text, &json!({"account": added.id, "email": add.email, "setup_link": link}))
}

fn not_set_up(fault: &OperatorFault) -> Failure {
    Failure::of("not_set_up").with("what", fault.to_string())
}
