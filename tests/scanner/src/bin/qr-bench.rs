//! `cargo xtask qr-bench DIR`: what the scanner reads of folders of pictures, and how long it takes.
//!
//! Each picture at 0, 90, 180 and 270 degrees, at most 1,280 pixels on a side. Time is that of this thread on its
//! processor, so that other work on the machine does not count. Figures, never a verdict.

use clap::Parser;
use countersign_scanner::{ANY_TEXT, Found, LiveScanner, Options, Plane, looks, read_image};
use countersign_scanner_lab::{Luma, Outcome, Picture, Rival, Row, pictures, report};
use rustix::time::{ClockId, clock_gettime};
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Measures the scanner on folders of pictures with `.txt` or `.bin` files beside them.
#[derive(Parser)]
struct Arguments {
    /// Folders; each folder below one of them has a line of its own.
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Names each picture that was not read, with its rotation.
    #[arg(long)]
    misses: bool,
    /// Measures each look for itself, too.
    #[arg(long)]
    looks: bool,
    /// Measures the live scanner too: twelve frames of 1,280 by 720 pixels of each picture, a line for all frames.
    #[arg(long)]
    live: bool,
    /// One rotation only, for a quick look.
    #[arg(long)]
    upright: bool,
    /// Leaves zxing-cpp out, though it is installed.
    #[arg(long)]
    alone: bool,
}

/// A reader: its name, and what it says of a picture.
type Reader = (String, Box<dyn FnMut(&Luma) -> (Vec<Vec<u8>>, Duration)>);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    for (name, mut read) in readers(&arguments) {
        let mut rows = Vec::new();
        for folder in arguments.folders.iter().flat_map(|folder| leaves(folder)) {
            rows.push(measured(&folder, &arguments, &mut read)?);
        }
        let mut sums = vec![Row::all("all", &rows)];
        if !arguments.upright {
            let turned = |quarter| Row::every(&format!("all at {} degrees", 90 * quarter), &rows, quarter, 4);
            sums.extend((0..4).map(turned));
        }
        rows.extend(sums);
        println!("\n{name}\n{}", report(&rows));
    }
    if arguments.live {
        println!("\nframes of 1,280 by 720 pixels\n{}", report(&[frames(&arguments.folders)?]));
    }
    Ok(())
}

/// As many frames of each picture as the live scanner has turns. A frame counts as right if the scanner has said
/// something by then.
fn frames(folders: &[PathBuf]) -> Result<Row, Box<dyn Error>> {
    let mut row = Row::new("live, each frame".to_owned());
    for folder in folders {
        for picture in pictures(folder)? {
            let frame = Luma::open(&picture.path)?.framed(1280, 720);
            let mut scanner = LiveScanner::new();
            let mut outcome = Outcome::Nothing;
            for _ in 0..12 {
                let plane = Plane::new(&frame.pixels, (frame.width, frame.height), frame.width)?;
                let start = processor_time();
                let said = scanner.scan(&plane);
                let time = processor_time().saturating_sub(start);
                if !said.is_empty() {
                    outcome = Outcome::Right;
                }
                row.add(outcome, time);
            }
        }
    }
    Ok(row)
}

fn readers(arguments: &Arguments) -> Vec<Reader> {
    let mut readers: Vec<Reader> =
        vec![("this scanner".to_owned(), Box::new(|luma| timed(luma, read(0, looks().len()))))];
    if arguments.looks {
        readers.push(("without the lattice".to_owned(), Box::new(|luma| timed(luma, without_lattice))));
        for (i, name) in looks().enumerate() {
            readers.push((format!("{name} alone"), Box::new(move |luma| timed(luma, read(i, 1)))));
            readers.push((format!("without {name}"), Box::new(move |luma| timed(luma, without(i)))));
        }
        readers.push((
            "live, three frames of a still picture".to_owned(),
            Box::new(|luma| timed(luma, three_frames)),
        ));
    }
    match Rival::start() {
        Some(mut rival) if !arguments.alone => {
            let read = move |luma: &Luma| {
                rival.read(luma).unwrap_or_else(|error| {
                    eprintln!("zxing-cpp gave no answer: {error}");
                    (Vec::new(), Duration::ZERO)
                })
            };
            readers.push(("zxing-cpp".to_owned(), Box::new(read)));
        }
        Some(_) => (),
        None => {
            println!("zxing-cpp is not installed (`pip install zxing-cpp numpy`), so it is not in the table");
        }
    }
    readers
}

/// The scanner with some of its looks. No text is too long for it here: the sets hold some of thousands of letters.
fn read(skipped: usize, tried: usize) -> impl Fn(&Plane<'_>) -> Vec<Found> {
    let options = Options { longest_text: ANY_TEXT, looks: (skipped, tried), ..Options::default() };
    move |plane| read_image(plane, &options)
}

fn without_lattice(plane: &Plane<'_>) -> Vec<Found> {
    read_image(plane, &Options { longest_text: ANY_TEXT, lattices: 0, ..Options::default() })
}

/// Those before one look, then those after it if they read nothing.
fn without(look: usize) -> impl Fn(&Plane<'_>) -> Vec<Found> {
    move |plane| {
        let found = read(0, look)(plane);
        if found.is_empty() { read(look + 1, looks().len())(plane) } else { found }
    }
}

fn three_frames(plane: &Plane<'_>) -> Vec<Found> {
    let mut scanner = LiveScanner::new();
    (0..3).flat_map(|_| scanner.scan(plane)).collect()
}

fn timed(luma: &Luma, read: impl Fn(&Plane<'_>) -> Vec<Found>) -> (Vec<Vec<u8>>, Duration) {
    let start = processor_time();
    let plane = Plane::new(&luma.pixels, (luma.width, luma.height), luma.width);
    let found = plane.map(|plane| read(&plane)).unwrap_or_default();
    let time = processor_time().saturating_sub(start);
    (found.iter().map(|code| code.text.as_bytes().to_vec()).collect(), time)
}

fn processor_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// The folders below that hold pictures, or the folder itself.
fn leaves(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut below: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    below.sort();
    if below.is_empty() { vec![folder.to_owned()] } else { below }
}

fn measured(
    folder: &Path,
    arguments: &Arguments,
    read: &mut impl FnMut(&Luma) -> (Vec<Vec<u8>>, Duration),
) -> Result<Row, Box<dyn Error>> {
    let mut row = Row::new(name_of(folder));
    for picture in pictures(folder)? {
        let mut luma = Luma::open(&picture.path)?;
        for quarter in 0..if arguments.upright { 1 } else { 4 } {
            let (outcome, time) = outcome(&luma, &picture, read);
            if arguments.misses && outcome != Outcome::Right {
                println!("{outcome:?} {} at {}", picture.path.display(), 90 * quarter);
            }
            row.add(outcome, time);
            luma = luma.turned();
        }
    }
    Ok(row)
}

fn outcome(
    luma: &Luma,
    picture: &Picture,
    read: &mut impl FnMut(&Luma) -> (Vec<Vec<u8>>, Duration),
) -> (Outcome, Duration) {
    let Ok((texts, time)) = catch_unwind(AssertUnwindSafe(|| read(luma))) else {
        return (Outcome::Panicked, Duration::ZERO);
    };
    let is_right = |expected: &countersign_scanner_lab::Expected| texts.iter().any(|text| expected.is(text));
    let outcome = match &picture.expected {
        Some(expected) if is_right(expected) => Outcome::Right,
        Some(_) if !texts.is_empty() => Outcome::Wrong,
        _ => Outcome::Nothing,
    };
    (outcome, time)
}

/// The last two parts of a path.
fn name_of(folder: &Path) -> String {
    let parts: Vec<_> = folder.iter().map(|part| part.to_string_lossy()).collect();
    parts[parts.len().saturating_sub(2)..].join("/")
}
