//! The catalogue and those who use it agree: no key is missing, none is left over, placeholders are filled.

use super::samples::{FRENCH, PLAIN, draw};
use crate::pages::view::texts::Texts;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CATALOGUE: &str = include_str!("../../../../texts/en.json");
const FRENCH_CATALOGUE: &str = include_str!("../../../../texts/fr.json");

/// Endings of keys whose sentence depends on a number.
const FORMS: [&str; 6] = [".zero", ".one", ".two", ".few", ".many", ".other"];
/// Keys that are filled by a script, or by the page itself.
const ELSEWHERE: [&str; 19] = [
    "state.",
    "step.back",
    "page.title",
    "problem.",
    "time.",
    "tries.",
    "mail.",
    "password.least",
    "password.short",
    "password.old_wait",
    "recover.wait",
    "op.sent",
    "op.waiting",
    "op.dead",
    "op.whole",
    "op.woken",
    "op.came",
    "op.push_",
    "your_password.wait",
];

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

/// What stands in quotation marks anywhere in templates, view code and letters.
fn quoted() -> BTreeSet<String> {
    let text = ["src/pages/view", "src/pages/keys_of", "src/letters"]
        .iter()
        .fold(sources("templates", "html"), |text, folder| text + &sources(folder, "rs"));
    text.split('"').map(str::to_owned).collect()
}

fn is_key(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    // The catalogue is asked last: hardly a word on a page has a dot within.
    let Some((group, _)) = word.split_once('.').filter(|_| word.chars().all(plain)) else { return false };
    let known = || Texts::english().keys().any(|key| key.split('.').next() == Some(group));
    !word.ends_with(".html") && !word.ends_with(".js") && known()
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_key_in_use_exists_and_every_key_is_in_use() {
    let quoted = quoted();
    let known: BTreeSet<String> = Texts::english().keys().map(str::to_owned).collect();
    let counted = |key: &str| FORMS.iter().any(|form| known.contains(&format!("{key}{form}")));
    let in_use = |key: &str| {
        let stem = FORMS.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key);
        quoted.contains(key) || quoted.contains(stem)
    };
    let absent = |word: &&String| is_key(word) && !known.contains(*word) && !counted(word);
    let missing: Vec<_> = quoted.iter().filter(absent).collect();
    let unused: Vec<_> = known.iter().filter(|key| !in_use(key)).collect();
    assert!(known.len() > 100);
    assert!(missing.is_empty() && unused.is_empty(), "missing {missing:?}, unused {unused:?}");
}

#[test]
fn no_key_stands_twice() {
    for (text, language) in [(CATALOGUE, "en"), (FRENCH_CATALOGUE, "fr")] {
        let lines = text.lines().filter(|line| line.trim_start().starts_with('"')).count();
        assert_eq!(lines, Texts::of(language).unwrap().keys().count());
    }
}

#[test]
fn french_is_complete_and_fills_the_same_places() {
    let (english, french) = (Texts::english(), Texts::of("fr").unwrap());
    let keys = |texts: &'static Texts| texts.keys().collect::<BTreeSet<_>>();
    assert_eq!(keys(english), keys(french));
    for key in english.keys() {
        assert_eq!(placeholders(english.get(key)), placeholders(french.get(key)), "{key}");
    }
}

#[test]
fn french_is_set_as_french_is_printed() {
    for key in Texts::of("fr").unwrap().keys() {
        let sentence = Texts::of("fr").unwrap().get(key);
        for (at, sign) in sentence.char_indices() {
            let before = sentence[..at].chars().next_back();
            let after = sentence[at + sign.len_utf8()..].chars().next();
            let narrow = match sign {
                '?' | '!' | ';' | '»' => before == Some('\u{202f}'),
                '«' => after == Some('\u{202f}'),
                // An address is none of the language's words.
                ':' if after == Some('/') => true,
                ':' | '%' => before == Some('\u{a0}'),
                '\'' | '"' => false,
                _ => true,
            };
            assert!(narrow, "{key}: {sign} in {sentence}");
        }
    }
}

#[test]
fn what_a_language_does_not_have_is_said_in_english() {
    let half = Texts::parse("tlh", "{\"page.help\": \"QaH\"}").unwrap();
    assert_eq!((half.get("page.help"), half.get("sign_in.title")), ("QaH", "Sign in"));
    assert_eq!([1, 2].map(|n| half.count("tries", n)), ["1 try left", "2 tries left"]);
    assert_eq!(half.prefix(), "/tlh");
}

#[test]
fn no_drawn_page_shows_a_key_or_an_open_placeholder() {
    for (name, html) in draw(&PLAIN).into_iter().chain(draw(&FRENCH)) {
        // What scripts fill stays open in attributes of theirs.
        let mut parts = html.split(" data-");
        let first = parts.next().unwrap_or_default().to_owned();
        let html = parts.fold(first, |text, part| text + part.splitn(3, '"').nth(2).unwrap_or(part));
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
        assert!(!raw || open.is_empty() || key.starts_with("time."), "{key} is taken without {open:?}");
        for name in open {
            let filled = format!(".fill(\"{key}\", \"{name}\"");
            let counted = key.rsplit_once('.').map(|(base, _)| format!(".count(\"{base}\""));
            let with_others = format!(".fill_all(\"{key}\", ");
            let mut together =
                templates.split(&with_others).skip(1).map(|rest| rest.split("])").next().unwrap_or_default());
            let fills = templates.contains(&filled)
                || together.any(|values| values.contains(&format!("(\"{name}\"")))
                || counted.is_some_and(|counted| name == "n" && templates.contains(&counted))
                || ELSEWHERE.iter().any(|start| key.starts_with(start));
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

#[test]
fn every_page_is_among_the_samples_that_are_looked_at() {
    let (pages, samples) = (sources("src/pages/view", "rs"), sources("src/pages/view/tests/samples", "rs"));
    let drawn = pages.split("#[template(path = ").skip(1);
    let names: Vec<&str> = drawn
        .filter_map(|rest| rest.split_once("pub struct ")?.1.split(|c: char| !c.is_alphanumeric()).next())
        .collect();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        assert!(samples.contains(&format!("{name} {{")) || samples.contains(&format!("{name}::")), "{name}");
    }
}
