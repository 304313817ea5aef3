//! `countersign service`: who may send people here, and with which secret.

use crate::failure::Failure;
use crate::runtime;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_server::operator::{Acr, NewService, Operator, OperatorFault, Relying};
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `service`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Add a service; its secret is shown this once.
    Add(Add),
    /// Give a service another secret, shown this once; the old one is cut at once.
    Rotate(Rotate),
}

#[derive(Args)]
struct Rotate {
    /// Its id, as `add` said it.
    id: String,
    /// The server's data folder.
    #[arg(long)]
    data: PathBuf,
}

#[derive(Args)]
struct Add {
    /// Its name, as people read it on their phones.
    name: String,
    /// Its web address.
    #[arg(long)]
    origin: String,
    /// Where it may return to, besides its own address.
    #[arg(long)]
    return_origin: Vec<String>,
    /// Where people go back to whom it sends here to sign in: whole addresses, nothing else is taken.
    #[arg(long = "return", value_name = "URL")]
    return_url: Vec<String>,
    /// The least level of a sign-in for it: aal1, aal2-otp, aal2.
    #[arg(long, default_value = "aal2", value_parser = level)]
    level: Acr,
    /// Which keys it takes: number, qr, here, offline, password; all of them if nothing is said.
    #[arg(long, value_delimiter = ',')]
    keys: Vec<String>,
    /// What it is told of people who sign in for it: email, given_name, family_name.
    #[arg(long, value_delimiter = ',')]
    receives: Vec<String>,
    /// How many seconds old a sign-in may be for it; however old if nothing is said.
    #[arg(long, value_name = "SECONDS")]
    fresh: Option<u64>,
    /// What it may do: accounts, enrol, sign-in.
    #[arg(long, value_delimiter = ',', default_value = "accounts,enrol,sign-in")]
    scope: Vec<String>,
    /// The server's data folder.
    #[arg(long)]
    data: PathBuf,
}

/// Runs `service`.
pub fn run(arguments: Arguments, sink: &mut dyn Sink) -> Result<(), Failure> {
    match arguments.command {
        Command::Add(add) => add_one(add, sink),
        Command::Rotate(which) => rotate(&which, sink),
    }
}

fn add_one(add: Add, sink: &mut dyn Sink) -> Result<(), Failure> {
    let new = NewService {
        name: add.name,
        origin: add.origin,
        return_origins: add.return_origin,
        scopes: add.scope,
        relying: Relying {
            return_urls: add.return_url,
            level: add.level,
            keys: add.keys,
            releases: add.receives,
            fresh_max: add.fresh,
        },
    };
    let operator = Operator::open(&add.data).map_err(|fault| not_set_up(&fault))?;
    let added = runtime()?.block_on(operator.add_service(&new)).map_err(|fault| not_set_up(&fault))?;
    let text = format!("Service {} was added. Its secret is shown this once:\n{}", added.id, added.secret);
    sink.result(&text, &json!({"id": added.id, "secret": added.secret}))
}

fn rotate(which: &Rotate, sink: &mut dyn Sink) -> Result<(), Failure> {
    let operator = Operator::open(&which.data).map_err(|fault| not_set_up(&fault))?;
    let secret =
        runtime()?.block_on(operator.rotate_service(&which.id)).map_err(|fault| not_set_up(&fault))?;
    let text = format!("The old secret of {} is cut. The new one is shown this once:\n{secret}", which.id);
    sink.result(&text, &json!({"id": which.id, "secret": secret}))
}

fn level(name: &str) -> Result<Acr, &'static str> {
    Acr::from_name(name).ok_or("a level is one of aal1, aal2-otp, aal2")
}

fn not_set_up(fault: &OperatorFault) -> Failure {
    Failure::of("not_set_up").with("what", fault.to_string())
}
