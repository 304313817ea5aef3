//! What is wrong with a text, where a person can find it.

use std::fmt;

/// One thing to mend.
#[derive(Debug, PartialEq, Eq)]
pub struct Slip {
    /// The language, as its file is called.
    pub tag: String,
    /// The section.
    pub section: String,
    /// The key, or nothing where the section itself is meant.
    pub key: String,
    /// What is wrong.
    pub what: String,
}

impl Slip {
    /// A slip at a key.
    pub fn new(tag: &str, section: &str, key: &str, what: impl Into<String>) -> Self {
        Self { tag: tag.to_owned(), section: section.to_owned(), key: key.to_owned(), what: what.into() }
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tag, section, key, what } = self;
        let dot = if key.is_empty() { "" } else { "." };
        write!(formatter, "{}/{tag}.json: {section}{dot}{key}: {what}", super::WORDS)
    }
}
