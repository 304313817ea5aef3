//! `cargo xtask qr-corpus`: the corpus of camera-like pictures, written anew, and what today's scanner reads of it.
//!
//! The same files every time, byte for byte, as long as neither the recipes nor the libraries that store pictures
//! change. Somebody looks at what changed in `read.tsv` before it is committed: it is what the tests hold to.

use clap::Parser;
use countersign_scanner_lab::frames::{Recipe, recipes};
use countersign_scanner_lab::{List, Luma, Reading, write_list};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the corpus, and the list of what is read of it.
#[derive(Parser)]
struct Arguments {
    /// Folder of the corpus; the folders of its effects are emptied first.
    corpus: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = Arguments::parse().corpus;
    let recipes = recipes();
    for recipe in &recipes {
        empty(&corpus, recipe)?;
    }
    let mut list = List::new();
    for recipe in &recipes {
        let reading = written(&corpus, recipe).map_err(|error| format!("{}: {error}", recipe.name))?;
        println!("{}\t{}", recipe.name, reading.columns());
        list.insert(recipe.path(), reading);
    }
    write_list(&corpus, &list)?;
    let read = list.values().filter(|reading| reading.single.is_some()).count();
    println!("{read} of {} pictures are read", list.len());
    Ok(())
}

fn empty(corpus: &Path, recipe: &Recipe) -> Result<(), Box<dyn Error>> {
    let folder = corpus.join(recipe.folder());
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

fn written(corpus: &Path, recipe: &Recipe) -> Result<Reading, Box<dyn Error>> {
    fs::create_dir_all(corpus.join(recipe.folder()))?;
    let (path, text) = (corpus.join(recipe.path()), recipe.text());
    fs::write(&path, recipe.file()?)?;
    fs::write(path.with_extension("txt"), format!("{text}\n"))?;
    Ok(Reading::of(&Luma::open(&path)?, &text)?)
}
