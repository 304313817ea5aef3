//! `countersign account`: add, show, lock, unlock, close, the removal of a phone by an operator, and the way in again.

use crate::failure::Failure;
use crate::runtime;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_protocol::id::PhoneRef;
use countersign_server::operator::{AccountView, Operator, OperatorFault};
use countersign_server::serve::last_address;
use serde_json::json;
use std::path::{Path, PathBuf};

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
    /// Show an account and its phones.
    Show(Which),
    /// Stop an account: its phones approve nothing, nothing is started for it.
    Lock(Which),
    /// Let an account go on that was stopped.
    Unlock(Which),
    /// Close an account for good; its phones are removed.
    Close(Which),
    /// Print a new link that pairs a phone, for an owner without an active one; first make sure that it is the owner.
    Link(Which),
    /// Remove one phone of an account.
    RevokePhone {
        #[command(flatten)]
        which: Which,
        /// As `show` prints it.
        #[arg(value_parser = phone_ref, allow_hyphen_values = true)]
        phone: PhoneRef,
    },
}

#[derive(Args)]
struct Which {
    /// Its id or e-mail address.
    #[arg(allow_hyphen_values = true)]
    account: String,
    /// The server's data folder.
    #[arg(long)]
    data: PathBuf,
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
    match arguments.command {
        Command::Add(add) => add_account(add, sink),
        Command::Show(which) => {
            let view = open(&which)?.account(&which.account).map_err(|fault| not_done(&fault))?;
            sink.result(&lines(&view), &view.to_json())
        }
        Command::Lock(which) => {
            let operator = open(&which)?;
            done(runtime()?.block_on(operator.lock_account(&which.account)), &which, "locked", sink)
        }
        Command::Unlock(which) => {
            let operator = open(&which)?;
            done(runtime()?.block_on(operator.unlock_account(&which.account)), &which, "active", sink)
        }
        Command::Close(which) => {
            let operator = open(&which)?;
            done(runtime()?.block_on(operator.close_account(&which.account)), &which, "closed", sink)
        }
        Command::Link(which) => link_account(&which, sink),
        Command::RevokePhone { which, phone } => {
            let operator = open(&which)?;
            let revoking = operator.revoke_phone(&which.account, phone);
            runtime()?.block_on(revoking).map_err(|fault| not_done(&fault))?;
            sink.result("The phone was removed.", &json!({"revoked": phone}))
        }
    }
}

fn add_account(add: Add, sink: &mut dyn Sink) -> Result<(), Failure> {
    let operator = Operator::open(&add.data).map_err(|fault| not_done(&fault))?;
    let adding = operator.add_account(&add.email, add.name, add.service);
    let added = runtime()?.block_on(adding).map_err(|fault| not_done(&fault))?;
    let link = setup_link(&add.data, &added.setup_path);
    let text = format!(
        "Account {} was added for {}.\nThis link pairs its first phone, once, within a day:\n{link}",
        added.id, add.email
    );
    sink.result(&text, &json!({"account": added.id, "email": add.email, "setup_link": link}))
}

fn link_account(which: &Which, sink: &mut dyn Sink) -> Result<(), Failure> {
    let operator = open(which)?;
    let path =
        runtime()?.block_on(operator.link_account(&which.account)).map_err(|fault| not_done(&fault))?;
    let link = setup_link(&which.data, &path);
    let text = format!(
        "This link pairs a phone with {}, once, within a day; earlier links are over:\n{link}",
        which.account
    );
    sink.result(&text, &json!({"account": which.account, "setup_link": link}))
}

/// A path at the address that the server was last reached at.
fn setup_link(data: &Path, path: &str) -> String {
    let base = last_address(data).map(|iss| iss.to_string()).unwrap_or_default();
    format!("{base}{path}")
}

fn open(which: &Which) -> Result<Operator, Failure> {
    Operator::open(&which.data).map_err(|fault| not_done(&fault))
}

fn done(
    outcome: Result<(), OperatorFault>,
    which: &Which,
    state: &str,
    sink: &mut dyn Sink,
) -> Result<(), Failure> {
    outcome.map_err(|fault| not_done(&fault))?;
    let text = format!("Account {} is {state}.", which.account);
    sink.result(&text, &json!({"account": which.account, "state": state}))
}

fn lines(view: &AccountView) -> String {
    let mut lines = vec![format!("{}  {}  {}", view.account.id, view.account.email, view.account.state)];
    lines.extend(
        view.account.closing.map(|until| format!("  closed for good at {until}, unless its owner keeps it")),
    );
    lines.extend(view.phones.iter().map(|phone| {
        let why = phone.why.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
        format!("  {}  {}, {}: {}{why}", phone.r#ref, phone.name, phone.os, phone.state.as_str())
    }));
    lines.join("\n")
}

fn phone_ref(text: &str) -> Result<PhoneRef, String> {
    PhoneRef::parse(text).map_err(|_| "11 letters and digits, as `account show` prints it".to_owned())
}

fn not_done(fault: &OperatorFault) -> Failure {
    Failure::of("not_set_up").with("what", fault.to_string())
}
