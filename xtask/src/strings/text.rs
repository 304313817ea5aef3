//! A text and its placeholders: `{server}`, and of ICU's messages `{n, plural, one {# try} other {# tries}}`.
//!
//! Nothing can be escaped: no text needs a brace, and the apostrophe is ’.

/// A piece of a text.
#[derive(Debug, PartialEq, Eq, Clone)]
pub enum Part {
    /// As it stands.
    Words(String),
    /// What the shell puts in.
    Value(String),
    /// What depends on a count; neither form holds another plural.
    Plural {
        /// The count's name.
        name: String,
        /// For what the language counts as one.
        one: Vec<Part>,
        /// For all other counts.
        other: Vec<Part>,
    },
}

/// Takes a text apart, or says what it cannot be.
pub fn parse(text: &str) -> Result<Vec<Part>, String> {
    let mut reader = Reader { rest: text };
    let parts = reader.parts(None)?;
    if reader.rest.is_empty() { Ok(parts) } else { Err("a } that closes nothing".to_owned()) }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// Up to the end, or to the brace that closes the form of a plural over `count`.
    fn parts(&mut self, count: Option<&str>) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        loop {
            let end = self.rest.find(|mark| is_mark(mark, count)).unwrap_or(self.rest.len());
            let words = self.take(end);
            if !words.is_empty() {
                parts.push(Part::Words(words));
            }
            match (self.rest.chars().next(), count) {
                (Some('{'), _) => parts.push(self.placeholder(count.is_some())?),
                (Some('#'), Some(count)) => {
                    self.take(1);
                    parts.push(Part::Value(count.to_owned()));
                }
                _ => return Ok(parts),
            }
        }
    }

    fn placeholder(&mut self, within_plural: bool) -> Result<Part, String> {
        self.take(1);
        let name = self.name()?;
        if self.skip("}") {
            return Ok(Part::Value(name));
        }
        if !self.skip(", plural,") {
            return Err(format!("after {{{name} comes neither }} nor \", plural,\""));
        }
        if within_plural {
            return Err(format!("{{{name}, plural stands inside another plural"));
        }
        let (one, other) = (self.form("one", &name)?, self.form("other", &name)?);
        self.spaces();
        if self.skip("}") {
            Ok(Part::Plural { name, one, other })
        } else {
            Err(format!("the plural of {name} is not closed after its form \"other\""))
        }
    }

    fn form(&mut self, form: &str, count: &str) -> Result<Vec<Part>, String> {
        self.spaces();
        if !self.skip(form) {
            return Err(format!("the plural of {count} has no form \"{form}\" in its place"));
        }
        self.spaces();
        if !self.skip("{") {
            return Err(format!("no {{ after \"{form}\" of {count}"));
        }
        let parts = self.parts(Some(count))?;
        if parts.is_empty() {
            return Err(format!("the form \"{form}\" of {count} is empty"));
        }
        if self.skip("}") { Ok(parts) } else { Err(format!("the form \"{form}\" of {count} is not closed")) }
    }

    fn name(&mut self) -> Result<String, String> {
        let end = self.rest.find(|mark: char| !mark.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let name = self.take(end);
        if is_name(&name) { Ok(name) } else { Err(format!("{{{name} is no name of a placeholder")) }
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    fn skip(&mut self, expected: &str) -> bool {
        let after = self.rest.strip_prefix(expected);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn take(&mut self, end: usize) -> String {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken.to_owned()
    }
}

fn is_mark(character: char, count: Option<&str>) -> bool {
    matches!(character, '{' | '}') || (character == '#' && count.is_some())
}

/// Whether it can name a section, a key or a placeholder: camel case, and free to use in Kotlin.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|character| character.is_ascii_alphanumeric())
        && !KOTLIN_WORDS.contains(&name)
}

/// Names that Kotlin would not take without quotes.
const KOTLIN_WORDS: [&str; 28] = [
    "as",
    "break",
    "class",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
];
