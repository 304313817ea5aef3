//! `cargo xtask strings`: the words of the phone app, out of `design/words`, for Kotlin, Swift and Android's resources.
//!
//! One file per language, section → key → text. English is the reference: it gives the order and the names of
//! the placeholders, and every other language has exactly its keys and placeholders. Whatever breaks a rule is named
//! with file, section and key, and then nothing is written.

mod android;
mod apple;
mod catalogue;
mod kotlin;
mod kotlin_text;
mod language;
mod manner;
mod read;
mod slip;
mod surface;
mod swift;
mod swift_text;
mod text;

use crate::failure::Failure;
use crate::generated::{self, Made};
use crate::tree;
use catalogue::Catalogue;
use slip::Slip;
use std::path::Path;

/// The folder of the languages, from the root of the repository.
const WORDS: &str = "design/words";
/// The exported surface of the core: what a person can meet of it needs words.
const SURFACE: &str = "bindings/surface.txt";

/// Reads and checks the words and writes what is made of them.
pub fn run(root: &Path) -> Result<(), Failure> {
    let (catalogue, mut slips) = load(root)?;
    slips.extend(surface::slips(&tree::read_needed(root, SURFACE)?, &catalogue));
    if !slips.is_empty() {
        for slip in &slips {
            println!("{slip}");
        }
        return Err(Failure::Findings(slips.len()));
    }
    generated::write(root, &files(&catalogue))?;
    println!("Words are in {}", generated::folder(root).display());
    Ok(())
}

fn files(catalogue: &Catalogue) -> Vec<Made> {
    const KOTLIN: [(&str, &str); 2] =
        [("en", "kotlin/eu/countersign/ui/words/En.kt"), ("fr", "kotlin/eu/countersign/ui/words/Fr.kt")];
    const ANDROID: [(&str, &str); 2] =
        [("en", "android/res/values/strings.xml"), ("fr", "android/res/values-fr/strings.xml")];
    const SWIFT: [(&str, &str); 2] = [("en", "ios/Words/EnWords.swift"), ("fr", "ios/Words/FrWords.swift")];
    let words = Made::new("kotlin/eu/countersign/ui/words/Words.kt", kotlin::interface(catalogue));
    let apple = Made::new("ios/Localizable.xcstrings", apple::catalogue(catalogue));
    let purposes = Made::new("ios/InfoPlist.xcstrings", apple::purposes(catalogue));
    let protocols = Made::new("ios/Words/Words.swift", swift::protocols(catalogue));
    let mut files = vec![words, apple, purposes, protocols];
    files.extend(KOTLIN.map(|(tag, path)| Made::new(path, kotlin::language(catalogue, tag))));
    files.extend(SWIFT.map(|(tag, path)| Made::new(path, swift::language(catalogue, tag))));
    files.extend(ANDROID.map(|(tag, path)| Made::new(path, android::resources(catalogue, tag))));
    files
}

/// The catalogue of the tree, and what is wrong with it.
fn load(root: &Path) -> Result<(Catalogue, Vec<Slip>), Failure> {
    let mut languages = Vec::new();
    let mut slips = Vec::new();
    for language in language::ALL {
        let path = format!("{WORDS}/{}.json", language.tag);
        let sections = read::sections(&path, &tree::read_needed(root, &path)?)?;
        slips.extend(manner::slips(language, &sections));
        languages.push((language, sections));
    }
    let (catalogue, found) = catalogue::join(languages);
    slips.extend(found);
    Ok((catalogue, slips))
}

#[cfg(test)]
mod tests;
