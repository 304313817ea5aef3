//! The catalogue and those who use it agree: no key is missing, none is left over, placeholders are filled.

use super::samples::{PLAIN, draw};
use crate::pages::view::texts::Texts;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CATALOGUE: &str = include_str!("../../../../texts/en.json");

/// All files with this ending in a folder of the crate, at any depth.
fn sources(folder: &str, ending: &str) -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("folder is there") {
            let path = entry.expect("entry").path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                text.push_str(&std::fs::read_to_string(path).expect("text"));
            }
        }
    }
    text
}

/// What stands in quotation marks anywhere in templates and view code.
fn quoted() -> BTreeSet<String> {
    let text = sources("templates", "html") + &sources("src/pages/view", "rs");
    text.split('"').map(str::to_owned).collect()
}

fn is_key(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    let group = word.split('.').next().unwrap_or_default();
    let known = Texts::english().keys().any(|key| key.starts_with(&format!("{group}.")));
    known
        && word.contains('.')
        && word.chars().all(plain)
        && !word.ends_with(".html")
        && !word.ends_with(".js")
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_key_in_use_exists_and_every_key_is_in_use() {
    let quoted = quoted();
    let known: BTreeSet<String> = Texts::english().keys().map(str::to_owned).collect();
    let missing: Vec<_> = quoted.iter().filter(|word| is_key(word) && !known.contains(*word)).collect();
    let unused: Vec<_> = known.difference(&quoted).collect();
    assert!(known.len() > 100);
    assert!(missing.is_empty() && unused.is_empty(), "missing {missing:?}, unused {unused:?}");
}

#[test]
fn no_key_stands_twice() {
    let lines = CATALOGUE.lines().filter(|line| line.trim_start().starts_with('"')).count();
    assert_eq!(lines, Texts::english().keys().count());
}

#[test]
fn no_drawn_page_shows_a_key_or_an_open_placeholder() {
    for (name, html) in draw(&PLAIN) {
        // `{time}` stays in one attribute: the script fills it once a second.
        let html = html.replace("data-text=\"{time} left\"", "");
        assert!(!html.contains('{') && !html.contains('}'), "{name}: a placeholder is not filled");
        let words = html.split(['<', '>', '"']).filter(|word| is_key(word.trim()));
        assert_eq!(words.collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn sentences_with_placeholders_are_never_taken_raw() {
    let catalogue: BTreeMap<String, String> = serde_json::from_str(CATALOGUE).expect("flat strings");
    let templates = sources("templates", "html") + &sources("src/pages/view", "rs");
    for (key, sentence) in &catalogue {
        let raw = templates.contains(&format!(".t(\"{key}\")"));
        let open = placeholders(sentence);
        assert!(!raw || open.is_empty() || key == "time.left", "{key} is taken without {open:?}");
        for name in open {
            let filled = format!(".fill(\"{key}\", \"{name}\"");
            let indirect = ["state.", "step.back", "page.title", "problem."];
            let fills = templates.contains(&filled) || indirect.iter().any(|start| key.starts_with(start));
            assert!(fills, "{key}: nobody fills {name}");
        }
    }
}

#[test]
fn wording_keeps_to_the_rules() {
    let catalogue: BTreeMap<String, String> = serde_json::from_str(CATALOGUE).expect("flat strings");
    for (key, sentence) in catalogue {
        let words = sentence.to_lowercase();
        for never in ["!", "please", "oops", "went wrong", "invalid", "token", "challenge", "login", "'"] {
            assert!(!words.contains(never), "{key}: {never:?} in {sentence:?}");
        }
    }
}
