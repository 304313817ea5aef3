//! What is read of the corpus today stays read. `cargo xtask qr-corpus` writes corpus and list anew.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers may fail the test")]

use countersign_scanner_lab::frames::recipes;
use countersign_scanner_lab::{List, Luma, Reading, read_list};
use std::fs;
use std::path::Path;
use std::thread;

/// Most bytes of all pictures together.
const BYTES: u64 = 2_500_000;
/// Pictures that are made anew by the tests: one of each kind of page, lens, light and file.
const MADE_ANEW: [&str; 7] =
    ["tilted/05", "bent/01", "grainy/03", "on-screen/05", "covered/03", "compressed/01", "mixed-hand/01"];

fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
}

#[test]
fn what_was_read_of_the_corpus_is_still_read_and_nothing_else() {
    let (before, now) = (read_list(corpus()).expect("a list"), read_now());
    let mut lost = Vec::new();
    for (path, reading) in &before {
        let ways =
            [("at once", &reading.single, &now[path].single), ("live", &reading.live, &now[path].live)];
        for (way, before, now) in ways {
            match (before, now) {
                (Some(stage), None) => lost.push(format!("{path} {way} (by {stage})")),
                (None, Some(stage)) => println!("{path} is read now, {way}, by {stage}"),
                _ => (),
            }
        }
    }
    assert!(lost.is_empty(), "no longer read:\n{}", lost.join("\n"));
}

/// Every picture, half of them on each of two threads. A text that is not in its picture ends it.
fn read_now() -> List {
    let list = read_list(corpus()).expect("a list");
    let paths: Vec<&String> = list.keys().collect();
    let read = |path: &&String| ((*path).clone(), read_one(path));
    thread::scope(|scope| {
        let halves = paths.chunks(paths.len().div_ceil(2));
        let readers: Vec<_> =
            halves.map(|half| scope.spawn(move || half.iter().map(read).collect::<Vec<_>>())).collect();
        readers.into_iter().flat_map(|reader| reader.join().expect("every picture read")).collect()
    })
}

fn read_one(path: &str) -> Reading {
    let file = corpus().join(path);
    let text = fs::read_to_string(file.with_extension("txt")).expect("a text");
    let luma = Luma::open(&file).expect("a picture");
    Reading::of(&luma, text.trim_end()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_corpus_is_what_its_recipes_make() {
    let recipes = recipes();
    let made = recipes.iter().filter(|recipe| MADE_ANEW.contains(&recipe.name.as_str()));
    let mut count = 0;
    for recipe in made {
        let path = corpus().join(recipe.path());
        if path.extension().is_some_and(|ending| ending == "jpg") {
            assert!(fs::read(&path).expect("a file") == recipe.file().expect("a file"), "{}", recipe.name);
        } else {
            let made = Luma::from(recipe.frame().expect("a picture").grey());
            let kept = Luma::open(&path).expect("a picture");
            assert_eq!((made.width, made.height), (kept.width, kept.height), "{}", recipe.name);
            assert!(made.pixels == kept.pixels, "{}", recipe.name);
        }
        count += 1;
    }
    assert_eq!(count, MADE_ANEW.len());
}

#[test]
fn each_recipe_has_its_picture_its_text_and_its_line() {
    let (recipes, list) = (recipes(), read_list(corpus()).expect("a list"));
    let mut bytes = 0;
    for recipe in &recipes {
        let file = corpus().join(recipe.path());
        bytes += fs::metadata(&file).expect("a picture").len();
        let text = fs::read_to_string(file.with_extension("txt")).expect("a text");
        assert_eq!(text.trim_end(), recipe.text(), "{}", recipe.name);
        assert!(list.contains_key(&recipe.path()), "{}", recipe.name);
    }
    assert_eq!(list.len(), recipes.len());
    assert!((100..=120).contains(&recipes.len()));
    assert!(bytes <= BYTES, "{bytes} bytes");
}
