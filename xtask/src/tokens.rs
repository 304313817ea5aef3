//! `cargo xtask tokens`: how the app looks, out of `design/`, for Kotlin, Swift and the web.
//!
//! `tokens.json` holds colours, sizes, type and times, `icons/` the icons as their authors made them, and
//! `mark.svg` the brand's two halves. That the colours are legible is a test of the server, which has the same source.

mod apple;
mod assets;
mod icons;
mod kotlin;
mod name;
mod read;
mod svg;
mod web;

use crate::failure::Failure;
use crate::generated::{self, Made};
use crate::tree;
use read::Tokens;
use std::path::Path;
use svg::Drawing;

const TOKENS: &str = "design/tokens.json";
const ICONS: &str = "design/icons";
const MARK: &str = "design/mark.svg";

/// Reads the look and writes what is made of it.
pub fn run(root: &Path) -> Result<(), Failure> {
    generated::write(root, &files(root)?)?;
    println!("The look is in {}", generated::folder(root).display());
    Ok(())
}

fn files(root: &Path) -> Result<Vec<Made>, Failure> {
    let tokens =
        read::tokens(&tree::read_needed(root, TOKENS)?).map_err(|reason| unreadable(TOKENS, reason))?;
    let drawings = drawings(root)?;
    check_mirrored(&tokens, &drawings)?;
    let mark = svg::drawing(&tree::read_needed(root, MARK)?, svg::MARK)
        .map_err(|reason| unreadable(MARK, reason))?;
    let mut files = vec![
        Made::new("kotlin/eu/countersign/ui/theme/Tokens.kt", kotlin::tokens(&tokens)),
        Made::new("kotlin/eu/countersign/ui/theme/Icons.kt", icons::icons(&drawings, &tokens.mirrored)),
        Made::new("kotlin/eu/countersign/ui/theme/Mark.kt", icons::mark(&mark)),
        Made::new("ios/Tokens.swift", apple::tokens(&tokens)),
        Made::new("ios/Icons.swift", apple::icons(&drawings)),
        Made::new("web/tokens.css", web::style_sheet(&tokens)),
    ];
    files.extend(assets::catalogue(&drawings, &tokens.mirrored, &mark));
    Ok(files)
}

/// Each icon by the name of its file, in order.
fn drawings(root: &Path) -> Result<Vec<(String, Drawing)>, Failure> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root.join(ICONS))? {
        let file = entry?.file_name();
        names.extend(file.to_str().and_then(|file| file.strip_suffix(".svg")).map(str::to_owned));
    }
    names.sort();
    let read = |name: String| {
        let path = format!("{ICONS}/{name}.svg");
        let drawing = svg::drawing(&tree::read_needed(root, &path)?, svg::SYMBOL);
        drawing.map(|drawing| (name, drawing)).map_err(|reason| unreadable(&path, reason))
    };
    names.into_iter().map(read).collect()
}

fn check_mirrored(tokens: &Tokens, drawings: &[(String, Drawing)]) -> Result<(), Failure> {
    match tokens.mirrored.iter().find(|name| drawings.iter().all(|(own, _)| own != *name)) {
        None => Ok(()),
        Some(name) => Err(unreadable(TOKENS, format!("mirrored: there is no icon {name}"))),
    }
}

fn unreadable(path: &str, reason: impl Into<String>) -> Failure {
    Failure::Unreadable { path: path.to_owned(), reason: reason.into() }
}

#[cfg(test)]
mod tests;
