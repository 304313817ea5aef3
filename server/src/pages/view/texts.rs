//! The catalogues of sentences: flat keys to sentences with `{name}` placeholders (look.md §5), one a language.
//!
//! They never escape: what they return is text, and the templates escape it like any other value.

use super::plural;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Tag and JSON of every catalogue, English first; embedded, so that a server never starts without its words.
const CATALOGUES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

static ALL: LazyLock<Vec<Texts>> = LazyLock::new(|| {
    CATALOGUES.iter().map(|(tag, json)| Texts::parse(tag, json).unwrap_or_default()).collect()
});
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| {
    let english = CATALOGUES.iter().find(|(tag, _)| *tag == "en");
    english.and_then(|(tag, json)| Texts::parse(tag, json).ok()).unwrap_or_default()
});

/// All sentences of one language.
#[derive(Default)]
pub struct Texts {
    language: &'static str,
    prefix: String,
    sentences: BTreeMap<String, String>,
}

impl Texts {
    /// The English catalogue, in which nothing is missing.
    pub fn english() -> &'static Texts {
        &ENGLISH
    }

    /// Every catalogue, English first.
    pub fn all() -> &'static [Texts] {
        &ALL
    }

    /// The catalogue of a language, by its BCP 47 tag.
    pub fn of(tag: &str) -> Option<&'static Texts> {
        ALL.iter().find(|texts| texts.language == tag)
    }

    /// Reads a catalogue; `language` is its BCP 47 tag.
    ///
    /// # Errors
    /// When `json` is not one flat object of strings.
    pub fn parse(language: &'static str, json: &str) -> Result<Texts, serde_json::Error> {
        let prefix = if language == "en" { String::new() } else { format!("/{language}") };
        Ok(Texts { language, prefix, sentences: serde_json::from_str(json)? })
    }

    /// The BCP 47 tag for `<html lang>`.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// What addresses of pages in this language begin with: nothing for English.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The sentence of `key`, in English when this language has none yet; the key itself when there is none at all,
    /// which a test makes sure never happens.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        let own = self.sentences.get(key);
        own.or_else(|| ENGLISH.sentences.get(key)).map_or(key, String::as_str)
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

    /// The sentence of `key` for this many, as the language counts; `{n}` is the number.
    pub fn count(&self, key: &str, n: u32) -> String {
        let forms = [format!("{key}.{}", plural::category(self.language, n)), format!("{key}.other")];
        match forms.iter().find(|form| self.sentences.contains_key(*form)) {
            Some(form) => self.fill(form, &[("n", &n.to_string())]),
            None if self.language == "en" => key.to_owned(),
            None => ENGLISH.count(key, n),
        }
    }

    /// All keys, for the tests that compare them with what the templates use.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.sentences.keys().map(String::as_str)
    }
}
