//! Writes the vectors, and the seeds of the fuzz targets out of them; `cargo xtask vectors` runs it.

use countersign_proof::make;
use countersign_proof::target::{ALL, seeds};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut folders = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(vectors), Some(corpus)) = (folders.next(), folders.next()) else {
        eprintln!("say which folder the vectors go to, and which the seeds");
        return ExitCode::FAILURE;
    };
    match write(&vectors).and_then(|files| Ok((files, sow(&vectors, &corpus)?))) {
        Ok((files, seeds)) => {
            println!("{files} files and {seeds} seeds written");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &std::path::Path) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let files = make::all();
    for file in &files {
        std::fs::write(folder.join(format!("{}.json", file.name)), file.to_json())?;
    }
    Ok(files.len())
}

/// One folder for each target, one file for each seed.
fn sow(vectors: &std::path::Path, corpus: &std::path::Path) -> std::io::Result<usize> {
    let mut count = 0;
    for target in ALL {
        let folder = corpus.join(target.name);
        std::fs::create_dir_all(&folder)?;
        for (index, seed) in seeds::of(target.name, vectors)?.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{index:04}")), seed)?;
            count += 1;
        }
    }
    Ok(count)
}
