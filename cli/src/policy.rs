//! `countersign policy`: what an operator may choose, while the server runs.

use crate::failure::Failure;
use crate::runtime;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_server::operator::{Operator, OperatorFault, PolicyView};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Arguments of `policy`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is in force; what was chosen has a star.
    Show {
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Choose a value. A running server follows within a second, phones with their next key set.
    Set {
        /// One of the names that `show` lists, such as `min_app_android`.
        name: String,
        /// JSON, or a text.
        value: String,
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Go back to the default.
    Unset {
        /// Its name.
        name: String,
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
    },
}

/// Runs `policy`.
pub fn run(arguments: Arguments, sink: &mut dyn Sink) -> Result<(), Failure> {
    let view = match arguments.command {
        Command::Show { data } => Operator::policy(&data).map_err(|fault| not_done(&fault))?,
        Command::Set { name, value, data } => {
            let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
            choose(&data, &name, Some(value))?
        }
        Command::Unset { name, data } => choose(&data, &name, None)?,
    };
    let policy = serde_json::to_value(&view.policy).unwrap_or_default();
    sink.result(&text(&policy, &view), &json!({"policy": policy, "chosen": view.chosen}))
}

fn choose(data: &Path, name: &str, value: Option<Value>) -> Result<PolicyView, Failure> {
    let operator = Operator::open(data).map_err(|fault| not_done(&fault))?;
    runtime()?.block_on(operator.choose(data, name, value)).map_err(|fault| not_done(&fault))
}

fn text(policy: &Value, view: &PolicyView) -> String {
    let members = policy.as_object().into_iter().flatten().filter(|(_, value)| !value.is_object());
    let line = |(name, value): (&String, &Value)| {
        format!("{} {name:22} {value}", if view.chosen.contains_key(name) { '*' } else { ' ' })
    };
    members.map(line).collect::<Vec<_>>().join("\n")
}

fn not_done(fault: &OperatorFault) -> Failure {
    Failure::of("not_set_up").with("what", fault.to_string())
}
