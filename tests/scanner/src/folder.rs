//! A folder of pictures with the texts that they should give.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of files that are taken for pictures.
const PICTURES: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

/// What a picture's code holds: one of several, where the picture has several codes.
pub struct Expected(Vec<Vec<u8>>);

impl Expected {
    /// Whether a text is what it should be; line ends and white space around it do not count.
    pub fn is(&self, text: &[u8]) -> bool {
        self.0.iter().any(|expected| plain(expected) == plain(text))
    }
}

/// A picture and what it holds; `None` where nobody knows.
pub struct Picture {
    /// Its file.
    pub path: PathBuf,
    /// Its content.
    pub expected: Option<Expected>,
}

/// All pictures below a folder, in the order of their names.
pub fn pictures(folder: &Path) -> io::Result<Vec<Picture>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pictures(&path)?);
        } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(is_picture) {
            found.push(Picture { expected: expected(&path), path });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn is_picture(ending: &str) -> bool {
    PICTURES.iter().any(|picture| ending.eq_ignore_ascii_case(picture))
}

/// `name.bin`, `name.txt`, or `name.2.txt` and so on for further codes.
fn expected(picture: &Path) -> Option<Expected> {
    let further = (2..).map(|number| format!("{number}.txt"));
    let first = ["bin", "txt"].iter().find_map(|ending| fs::read(picture.with_extension(ending)).ok())?;
    let rest = further.map_while(|ending| fs::read(picture.with_extension(ending)).ok());
    Some(Expected(std::iter::once(first).chain(rest).collect()))
}

fn plain(text: &[u8]) -> Vec<u8> {
    text.trim_ascii().iter().copied().filter(|byte| *byte != b'\r').collect()
}
