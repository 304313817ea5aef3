//! The list of what was read of the corpus: a line for each picture.

use crate::reading::Reading;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// Its name in the folder of the corpus.
const NAME: &str = "read.tsv";
/// Its columns.
const HEADING: &str = "picture\tsingle\tlive";

/// What was read of each picture, by its path below the corpus.
pub type List = BTreeMap<String, Reading>;

/// The list of a corpus.
pub fn read_list(corpus: &Path) -> io::Result<List> {
    let text = fs::read_to_string(corpus.join(NAME))?;
    let lines = text.lines().filter(|line| *line != HEADING);
    lines.map(|line| entry(line).ok_or_else(|| io::Error::other(format!("no entry: {line}")))).collect()
}

/// Writes it anew.
pub fn write_list(corpus: &Path, list: &List) -> io::Result<()> {
    let mut text = format!("{HEADING}\n");
    for (path, reading) in list {
        let _ = writeln!(text, "{path}\t{}", reading.columns());
    }
    fs::write(corpus.join(NAME), text)
}

fn entry(line: &str) -> Option<(String, Reading)> {
    let (path, columns) = line.split_once('\t')?;
    Some((path.to_owned(), Reading::from_columns(columns)?))
}
