//! `countersign keys`: which keys a server uses, and the next generation of one (protocol 3.8).

use crate::failure::Failure;
use crate::runtime;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_server::operator::{KeysView, Operator, OperatorFault, Rotation, SignEntry};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Arguments of `keys`.
#[derive(Args)]
pub struct Keys {
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Say which keys are in use.
    Status {
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Make the next generation of a key. A running server takes it into use within a second.
    Rotate {
        #[command(subcommand)]
        which: Which,
    },
}

#[derive(Subcommand)]
enum Which {
    /// The key of messages to phones: published now, in use in 30 days.
    Sign {
        /// In use now, and the old keys leave the key set: for a key that is not to be trusted any more.
        #[arg(long)]
        at_once: bool,
        #[command(flatten)]
        place: Place,
    },
    /// The key of offline codes: in use for a phone from when it has acknowledged the new key set.
    Off(Place),
    /// The key that seals values in the database: they are sealed anew bit by bit.
    Kek(Place),
    /// The key of nonces.
    Nonce(Place),
    /// The key that tells repeats of a message from another message.
    Idem(Place),
    /// The key of rotating QR codes.
    Qr(Place),
    /// The key that phones pin: the one that was committed to takes its place, and another is committed to.
    Root(Place),
}

#[derive(Args)]
struct Place {
    /// The server's data folder. The server may be running.
    #[arg(long)]
    data: PathBuf,
}

impl Which {
    fn split(self) -> (Rotation, PathBuf) {
        match self {
            Self::Sign { at_once, place } => (Rotation::Sign { at_once }, place.data),
            Self::Off(place) => (Rotation::Off, place.data),
            Self::Kek(place) => (Rotation::Kek, place.data),
            Self::Nonce(place) => (Rotation::Nonce, place.data),
            Self::Idem(place) => (Rotation::Idem, place.data),
            Self::Qr(place) => (Rotation::Qr, place.data),
            Self::Root(place) => (Rotation::Root, place.data),
        }
    }
}

/// Runs `keys`.
pub fn keys(arguments: Keys, sink: &mut dyn Sink) -> Result<(), Failure> {
    let view = match arguments.command {
        KeysCommand::Status { data } => open(&data)?.keys(&data),
        KeysCommand::Rotate { which } => {
            let (rotation, data) = which.split();
            let operator = open(&data)?;
            runtime()?.block_on(operator.rotate_keys(&data, rotation))
        }
    };
    let view = view.map_err(|fault| not_done(&fault))?;
    sink.result(&text(&view), &value(&view))
}

fn text(view: &KeysView) -> String {
    let ring = &view.ring;
    let sign: Vec<String> = ring.sign.iter().map(|entry| sign_text(entry, view)).collect();
    [
        format!("sign   {}", sign.join(", ")),
        format!("off    {}", ring.off.join(", ")),
        format!("root   generation {}", ring.root),
        format!("kek    generation {}, {} values still under another", ring.kek, view.waiting),
        format!("nonce  generation {}", ring.nonce),
        format!("idem   generation {}", ring.idem),
        format!("qr     generation {}", ring.qr),
    ]
    .join("\n")
}

fn sign_text(entry: &SignEntry, view: &KeysView) -> String {
    let days = entry.from.saturating_sub(view.now.secs()).div_ceil(86_400);
    match (entry.kid == view.signing, days) {
        (true, _) => format!("{} (in use)", entry.kid),
        (false, 0) => format!("{} (former)", entry.kid),
        (false, 1) => format!("{} (in use in 1 day)", entry.kid),
        (false, days) => format!("{} (in use in {days} days)", entry.kid),
    }
}

fn value(view: &KeysView) -> Value {
    json!({"ring": view.ring, "signing": view.signing, "waiting": view.waiting})
}

fn open(data: &Path) -> Result<Operator, Failure> {
    // A mistyped folder must not become a server's data.
    if !data.join("keys").is_dir() {
        return Err(Failure::of("not_set_up").with("what", format!("{} holds no keys", data.display())));
    }
    Operator::open(data).map_err(|fault| not_done(&fault))
}

fn not_done(fault: &OperatorFault) -> Failure {
    Failure::of("not_set_up").with("what", fault.to_string())
}
