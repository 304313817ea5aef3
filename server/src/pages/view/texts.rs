//! The catalogue of sentences: flat keys to sentences with `{name}` placeholders (look.md §5).
//!
//! It never escapes: what it returns is text, and the templates escape it like any other value.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Embedded at compile time, so that a server never starts without its words.
const ENGLISH: &str = include_str!("../../../texts/en.json");

static ENGLISH_TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::parse("en", ENGLISH).unwrap_or_default());

/// All sentences of one language.
#[derive(Default)]
pub struct Texts {
    language: &'static str,
    sentences: BTreeMap<String, String>,
}

impl Texts {
    /// The English catalogue, which is the complete one.
    pub fn english() -> &'static Texts {
        &ENGLISH_TEXTS
    }

    /// Reads a catalogue; `language` is its BCP 47 tag.
    ///
    /// # Errors
    /// When `json` is not one flat object of strings.
    pub fn parse(language: &'static str, json: &str) -> Result<Texts, serde_json::Error> {
        Ok(Texts { language, sentences: serde_json::from_str(json)? })
    }

    /// The BCP 47 tag for `<html lang>`.
    pub fn language(&self) -> &str {
        self.language
    }

    /// The sentence of `key`; the key itself when there is none, which a test makes sure never happens.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.sentences.get(key).map_or(key, String::as_str)
    }

    /// The sentence of `key` with each `{name}` replaced by its value, in one pass.
    ///
    /// One pass matters: a service that is called `{server}` must stay as it is.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut out = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else { break };
            let value = values.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v);
            out.push_str(value);
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// All keys, for the test that compares them with what the templates use.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.sentences.keys().map(String::as_str)
    }
}
