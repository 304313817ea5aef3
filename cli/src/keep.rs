//! `countersign backup`, `restore`, `audit`: what keeps a server's memory.

use crate::failure::Failure;
use crate::runtime;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_server::operator::restore::restore;
use countersign_server::operator::{Operator, OperatorFault, Verified};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Arguments of `backup`.
#[derive(Args)]
pub struct Backup {
    /// The file to write; it must not exist. Keys are not in it: keep the folder `keys` elsewhere.
    file: PathBuf,
    /// The server's data folder. The server may be running.
    #[arg(long)]
    data: PathBuf,
}

/// Arguments of `restore`.
#[derive(Args)]
pub struct Restore {
    /// A file that `backup` wrote.
    file: PathBuf,
    /// The server's data folder, with its keys and its audit log. The server must not be running.
    #[arg(long)]
    data: PathBuf,
}

/// Arguments of `audit`.
#[derive(Args)]
pub struct Audit {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Walk the whole log, in the database and outside it.
    Verify {
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Print the newest records.
    Tail {
        /// How many.
        #[arg(short = 'n', long, default_value_t = 20)]
        lines: u32,
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
    },
}

/// Runs `backup`.
pub fn back_up(arguments: &Backup, sink: &mut dyn Sink) -> Result<(), Failure> {
    open(&arguments.data)?.backup(&arguments.file).map_err(|fault| not_done(&fault))?;
    let file = arguments.file.display().to_string();
    let text = format!(
        "Written to {file}. The keys are not in it: keep {}/keys elsewhere.",
        arguments.data.display()
    );
    sink.result(&text, &json!({"backup": file}))
}

/// Runs `restore`.
pub fn put_back(arguments: &Restore, sink: &mut dyn Sink) -> Result<(), Failure> {
    let restoring = restore(&arguments.data, &arguments.file);
    let restored = runtime()?.block_on(restoring).map_err(|fault| not_done(&fault))?;
    let text = restored.replayed.map_or_else(
        || {
            "Restored. No audit log fits this backup, so nobody knows what was removed since: every phone is locked. \
             `account unlock` frees those of an account whose owner you have asked, `account link` lets one pair a \
             phone again whose phone is not in the backup."
                .to_owned()
        },
        |count| format!("Restored, with {count} records since the backup replayed. Each phone has one try of its PIN left."),
    );
    sink.result(&text, &json!({"restored": true, "replayed": restored.replayed}))
}

/// Runs `audit`.
pub fn audit(arguments: &Audit, sink: &mut dyn Sink) -> Result<(), Failure> {
    match &arguments.command {
        AuditCommand::Verify { data } => verify(data, sink),
        AuditCommand::Tail { lines, data } => {
            let records = open(data)?.tail_audit(*lines).map_err(|fault| not_done(&fault))?;
            for one in records {
                let record: Value = serde_json::from_str(&one.record).unwrap_or_default();
                let text = format!("{}  {}", one.seq, one.record);
                sink.result(&text, &json!({"seq": one.seq, "record": record}))?;
            }
            Ok(())
        }
    }
}

fn verify(data: &Path, sink: &mut dyn Sink) -> Result<(), Failure> {
    let Verified { database, file, agree } =
        open(data)?.verify_audit(data).map_err(|fault| not_done(&fault))?;
    let word = |found: Result<u64, i64>| match found {
        Ok(count) => format!("{count} records, unbroken"),
        Err(seq) => format!("broken at record {seq}"),
    };
    let outside = file.map_or_else(|| "none".to_owned(), word);
    let sound = database.is_ok() && file.is_none_or(|file| file.is_ok()) && agree;
    let text = format!(
        "Database: {}. File: {outside}. They {}.",
        word(database),
        if agree { "agree" } else { "differ" }
    );
    let value = json!({
        "sound": sound, "agree": agree, "database": database.ok(), "file": file.and_then(Result::ok),
        "broken_at": database.err().or_else(|| file.and_then(Result::err)),
    });
    sink.result(&text, &value)?;
    if sound { Ok(()) } else { Err(Failure::of("audit_broken")) }
}

fn open(data: &Path) -> Result<Operator, Failure> {
    Operator::open(data).map_err(|fault| not_done(&fault))
}

fn not_done(fault: &OperatorFault) -> Failure {
    Failure::of("not_set_up").with("what", fault.to_string())
}
