//! `countersign qr read IMAGE…` and `countersign qr write TEXT --out F.png`.

use crate::failure::Failure;
use crate::picture;
use crate::sink::Sink;
use clap::{Args, Subcommand};
use countersign_scanner::Found;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Fewest pictures for which a progress bar is worth its line.
const LONG: usize = 20;
/// Pictures that are read before their results are said: results come in the order of the names, soon enough.
const BATCH: usize = 32;

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
        /// PNG, JPEG or WebP files.
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
    let bar = progress(images.len());
    let mut missing = Ok(());
    for batch in images.chunks(BATCH) {
        let codes: Vec<_> = batch.par_iter().map(|path| read_one(path, &bar)).collect();
        let said = bar.suspend(|| {
            batch.iter().zip(codes).try_fold(Ok(()), |before, (path, codes)| {
                Ok::<_, Failure>(before.and(say(path, codes, sink)?))
            })
        })?;
        missing = missing.and(said);
    }
    bar.finish_and_clear();
    missing
}

fn read_one(path: &Path, bar: &ProgressBar) -> Result<Vec<Found>, Failure> {
    let codes = picture::codes(path);
    bar.inc(1);
    codes
}

/// Shown on a terminal only.
fn progress(pictures: usize) -> ProgressBar {
    if pictures < LONG {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} pictures, {eta} to go");
    let length = u64::try_from(pictures).unwrap_or(u64::MAX);
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What one file holds. The outer error is that nothing can be said any more, the inner one that it holds nothing.
fn say(
    path: &Path,
    codes: Result<Vec<Found>, Failure>,
    sink: &mut dyn Sink,
) -> Result<Result<(), Failure>, Failure> {
    let file = path.display().to_string();
    let codes = codes.unwrap_or_else(|failure| {
        sink.remark(&failure.to_string());
        Vec::new()
    });
    for code in &codes {
        let text = code.text.as_str();
        let corners = code.corners.map(|corner| [tenths(corner.x), tenths(corner.y)]);
        let value = json!({"file": file, "text": text, "corners": corners, "stage": code.stage.to_string()});
        sink.result(&format!("{file}\t{}", visible(text)), &value)?;
    }
    Ok(if codes.is_empty() { Err(Failure::of("no_code").with("what", file)) } else { Ok(()) })
}

/// Pixels, to a tenth.
fn tenths(pixels: f32) -> f64 {
    (f64::from(pixels) * 10.0).round() / 10.0
}

/// One line, whatever the code holds: control characters are written as escapes.
fn visible(text: &str) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}
