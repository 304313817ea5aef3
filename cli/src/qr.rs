//! `countersign qr read IMAGE…` and `countersign qr write TEXT --out F.png`.

use crate::failure::Failure;
use crate::picture;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `qr`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the text of every code: the file, a tab, the text.
    Read {
        /// PNG or JPEG files.
        #[arg(required = true)]
        images: Vec<PathBuf>,
    },
    /// Draw a text as a code.
    Write {
        /// The text.
        text: String,
        /// The PNG file.
        #[arg(long)]
        out: PathBuf,
    },
}

/// Runs `qr`.
pub fn run(arguments: &Arguments, sink: &mut dyn Sink) -> Result<(), Failure> {
    match &arguments.command {
        Command::Read { images } => read(images, sink),
        Command::Write { text, out } => {
            picture::draw(text, out)?;
            let file = out.display().to_string();
            sink.result(&file, &json!({"file": file}))
        }
    }
}

/// Reads every file before it ends with 1 because one held nothing.
fn read(images: &[PathBuf], sink: &mut dyn Sink) -> Result<(), Failure> {
    let mut missing = None;
    for path in images {
        let file = path.display().to_string();
        let texts = picture::texts(path).unwrap_or_else(|failure| {
            sink.remark(&failure.to_string());
            Vec::new()
        });
        for text in &texts {
            let line = format!("{file}\t{}", visible(text.as_str()));
            sink.result(&line, &json!({"file": file, "text": text.as_str()}))?;
        }
        if texts.is_empty() {
            missing.get_or_insert(Failure::of("no_code").with("what", file));
        }
    }
    missing.map_or(Ok(()), Err)
}

/// One line, whatever the code holds: control characters are written as escapes.
fn visible(text: &str) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}
