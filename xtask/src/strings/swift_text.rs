//! A text as an expression of Swift.

use super::language::Language;
use super::text::Part;

/// One literal; what it takes is in scope under the placeholders' names.
pub fn expression(language: &Language, parts: &[Part]) -> String {
    let written: String = parts.iter().map(|part| written(language, part)).collect();
    format!("\"{written}\"")
}

fn written(language: &Language, part: &Part) -> String {
    match part {
        Part::Words(words) => quoted(words),
        Part::Value(value) => format!("\\({})", name(value)),
        Part::Plural { name: count, one, other } => {
            let (one, other) = (expression(language, one), expression(language, other));
            format!("\\({}.contains({}) ? {one} : {other})", language.one_in_swift, name(count))
        }
    }
}

/// What stands between the quotes of a literal. Spaces that look like others are written so that one sees them.
pub fn quoted(words: &str) -> String {
    let mut quoted = String::new();
    for character in words.chars() {
        match character {
            '\\' | '"' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{a0}' | '\u{202f}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' => {
                quoted.push_str(&format!("\\u{{{:04X}}}", u32::from(character)));
            }
            other if other.is_control() => quoted.push_str(&format!("\\u{{{:04X}}}", u32::from(other))),
            other => quoted.push(other),
        }
    }
    quoted
}

/// A name, in quotes where Swift would read a word of its own.
pub fn name(name: &str) -> String {
    if WORDS.contains(&name) { format!("`{name}`") } else { name.to_owned() }
}

/// Words of Swift that the names of the catalogue may be, because Kotlin has no use for them.
const WORDS: [&str; 24] = [
    "associatedtype",
    "case",
    "catch",
    "default",
    "defer",
    "deinit",
    "enum",
    "extension",
    "fallthrough",
    "func",
    "guard",
    "import",
    "init",
    "inout",
    "internal",
    "let",
    "nil",
    "operator",
    "protocol",
    "repeat",
    "self",
    "struct",
    "switch",
    "where",
];

#[cfg(test)]
mod tests {
    use super::super::language::ALL;
    use super::super::text::parse;
    use super::*;

    fn written(tag: &str, text: &str) -> String {
        let language = ALL.into_iter().find(|language| language.tag == tag).expect("a language");
        expression(language, &parse(text).expect("a text"))
    }

    #[test]
    fn a_tricky_text_is_quoted_right() {
        assert_eq!(
            quoted("a $b \"c\" \\d\n\te\u{202f}?\u{a0}:\u{7}"),
            "a $b \\\"c\\\" \\\\d\\n\\te\\u{202F}?\\u{00A0}:\\u{0007}"
        );
        assert_eq!(written("en", "{server} \"#\" {case}"), "\"\\(server) \\\"#\\\" \\(`case`)\"");
    }

    #[test]
    fn a_count_chooses_by_the_rule_of_its_language() {
        let text = "so {n, plural, one {# try} other {# tries of {all}}} left";
        let forms = |rule: &str| {
            format!("\"so \\({rule}.contains(n) ? \"\\(n) try\" : \"\\(n) tries of \\(all)\") left\"")
        };
        assert_eq!(written("en", text), forms("(1...1)"));
        assert_eq!(written("fr", text), forms("(0...1)"));
    }
}
