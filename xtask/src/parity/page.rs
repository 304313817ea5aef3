//! The page itself.

use super::shells::{SHELLS, names};
use super::surface::{FLOWS, Flow, small, variants};
use super::web::{self, PAGES};
use crate::tree::File;
use std::fmt::Write;

const OPENING: &str = "\
# Parity

Made by `cargo xtask parity` from the sources; a test fails when it is not current, or when a state of the core has no
screen in a shell. Beside each screen stands one picture, preview or test in which the state occurs. Kotlin's pictures
are drawn and checked, and its tests and those of the Swift package run, in every `cargo xtask ci`; Swift's previews are
only checked for names there, because SwiftUI exists on a Mac alone. A problem without a picture or test of its own is
among those that `CoverageTest.kt` and `SentenceTests.swift` go through, which take every variant there is.
";
const SURFACE: &str = "bindings/surface.txt";
const PLACES: &str = "android/shell/src/main/kotlin/eu/countersign/shell/Place.kt";
const PLACES_OF_SWIFT: &str = "ios/CountersignKit/Sources/CountersignKit/Place.swift";
const SCREENS_OF_KOTLIN: &str = "android/ui/src/main/kotlin/eu/countersign/ui/AppScreen.kt";
const SCREENS_OF_SWIFT: &str = "ios/Countersign/Screens/RootView.swift";

/// The page, and what is missing, a sentence each.
pub fn made(files: &[File]) -> (String, Vec<String>) {
    let (mut text, mut missing) = (OPENING.to_owned(), Vec::new());
    places(files, &mut text, &mut missing);
    for flow in &FLOWS {
        states(files, flow, &mut text, &mut missing);
    }
    let pages = text_of(files, PAGES);
    let gone = web::outcomes().filter(|outcome| !names(pages, &format!("    {outcome}")));
    missing.extend(gone.map(|outcome| format!("{PAGES} has no {outcome}")));
    (text, missing)
}

fn places(files: &[File], text: &mut String, missing: &mut Vec<String>) {
    text.push_str("\n## Places\n\n| place | Kotlin | Swift |\n|---|---|---|\n");
    let kotlin = text_of(files, SCREENS_OF_KOTLIN);
    let (swift, known) = (text_of(files, SCREENS_OF_SWIFT), text_of(files, PLACES_OF_SWIFT));
    for place in own_places(text_of(files, PLACES)) {
        let in_swift = small(place);
        let shown = [
            ("Kotlin", names(kotlin, &format!("Place.{place}"))),
            ("Swift", names(swift, &format!(".{in_swift}")) && names(known, &format!("case {in_swift}"))),
        ];
        let absent = shown.iter().filter(|(_, is_there)| !is_there);
        missing.extend(absent.map(|(shell, _)| format!("the place {place} has no screen in {shell}")));
        let _ = writeln!(text, "| {place} | `Place.{place}` | `.{in_swift}` |");
    }
}

/// Classes and objects that are places.
fn own_places(kotlin: &str) -> impl Iterator<Item = &str> {
    kotlin.lines().filter_map(|line| {
        let rest = line.strip_prefix("    ")?;
        let name = rest.strip_prefix("class ").or_else(|| rest.strip_prefix("data object "));
        let name = name.or_else(|| rest.strip_prefix("object "))?;
        name.split(|letter: char| !letter.is_alphanumeric()).next()
    })
}

fn states(files: &[File], flow: &Flow, text: &mut String, missing: &mut Vec<String>) {
    let _ = write!(
        text,
        "\n## {}\n\n| state | Kotlin | shown by | Swift | shown by | browser meanwhile |\n|---|---|---|---|---|---|\n",
        flow.states
    );
    for variant in variants(text_of(files, SURFACE), flow.states) {
        let _ = write!(text, "| {variant} |");
        for shell in &SHELLS {
            let (screen, proof) = (shell.screen(files, flow, variant), shell.proof(files, flow, variant));
            if screen.is_none() {
                missing.push(format!("{}.{variant} has no screen in {}", flow.states, shell.name));
            }
            let _ = write!(text, " {} | {} |", link(screen), link(proof));
        }
        let outcome = web::beside(flow.states, variant).map_or("–".to_owned(), |name| format!("`{name}`"));
        let _ = writeln!(text, " {outcome} |");
    }
}

fn link(path: Option<&str>) -> String {
    let linked = path.and_then(|path| Some((path, path.rsplit('/').next()?)));
    linked.map_or("–".to_owned(), |(path, name)| format!("[{name}](../{path})"))
}

fn text_of<'a>(files: &'a [File], path: &str) -> &'a str {
    files.iter().find(|file| file.path == path).map_or("", |file| file.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(screen: &str) -> Vec<File> {
        vec![
            File::new(SURFACE, "enum ClaimState\n  Claimed\n  Other\n"),
            File::new(
                "android/ui/src/main/kotlin/Claim.kt",
                "is ClaimState.Claimed -> 1; is ClaimState.Other -> 2",
            ),
            File::new("ios/Countersign/Screens/Claim/ClaimScreen.swift", screen),
        ]
    }

    #[test]
    fn a_state_that_one_shell_does_not_show_is_named() {
        let of = |screen| {
            let (_, missing) = made(&tree(screen));
            Vec::from_iter(missing.into_iter().filter(|line| line.starts_with("ClaimState")))
        };
        assert!(of("case .claimed: 1; case .other: 2").is_empty());
        assert_eq!(of("case .claimed: 1"), ["ClaimState.Other has no screen in Swift"]);
    }

    #[test]
    fn places_are_read_and_what_is_in_them_is_not() {
        let kotlin = "sealed class Place(\n    val model: M,\n) {\n    class Home(\n        val home: H,\n    )\n    data object Settings : Place()\n}";
        assert_eq!(Vec::from_iter(own_places(kotlin)), ["Home", "Settings"]);
    }
}
