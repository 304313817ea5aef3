//! The corpus: which pictures there are, each with its name, its text and its file.

use super::draw::Draw;
use super::frame::Frame;
use super::shot::Shot;
use super::{mixture, sensor, series};
use std::error::Error;

/// One picture of the corpus.
pub struct Recipe {
    /// Its file below the corpus, without an ending: the effect, and a number.
    pub name: String,
    shot: Shot,
}

/// All of them. For each effect: weak, middle and strong, two pictures of each; the strong ones stand where the
/// scanner begins to fail.
pub fn recipes() -> Vec<Recipe> {
    let folders = series::all().into_iter().chain(mixture::all());
    folders.flat_map(|(folder, shots)| numbered(folder, shots)).collect()
}

fn numbered(folder: &'static str, shots: Vec<Shot>) -> impl Iterator<Item = Recipe> {
    let name = move |i: usize| format!("{folder}/{:02}", i + 1);
    shots.into_iter().enumerate().map(move |(i, shot)| Recipe { name: name(i), shot })
}

impl Recipe {
    /// What its code says: a text of the form of ours, another one for each picture.
    pub fn text(&self) -> String {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut draw = Draw::of(&self.name);
        let mut text = String::from("https://id.example.eu/a/o#");
        let rest = self.shot.length - text.len();
        text.extend((0..rest).map(|_| char::from(ALPHABET[draw.below(64)])));
        text
    }

    /// Its pixels, before they are stored.
    pub fn frame(&self) -> Result<Frame, Box<dyn Error>> {
        Ok(self.shot.take(&self.text(), &mut Draw::of(&self.name))?)
    }

    /// The folder of its effect.
    pub fn folder(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// Its file, from the folder of the corpus, with `/` between the parts.
    pub fn path(&self) -> String {
        format!("{}.{}", self.name, if self.shot.quality.is_some() { "jpg" } else { "png" })
    }

    /// What is in its file.
    pub fn file(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let frame = self.frame()?;
        Ok(match self.shot.quality {
            Some(quality) => sensor::jpeg(&frame, quality)?,
            None => sensor::png(&frame)?,
        })
    }
}
