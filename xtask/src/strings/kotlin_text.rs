//! A text as an expression of Kotlin.

use super::language::Language;
use super::text::Part;

/// The expression; what it takes is in scope under the placeholders' names.
pub fn expression(language: &Language, parts: &[Part]) -> String {
    terms(language, parts).join(" + ")
}

/// Literals with the values in them, and between them what depends on a count. A literal, empty if need be, opens:
/// a text that is one bare value would be no `String`.
fn terms(language: &Language, parts: &[Part]) -> Vec<String> {
    let mut terms = Vec::new();
    let mut literal = String::new();
    for part in parts {
        match part {
            Part::Words(words) => literal.push_str(&quoted(words)),
            Part::Value(name) => literal.push_str(&format!("${{{name}}}")),
            Part::Plural { name, one, other } => {
                if !literal.is_empty() {
                    terms.push(format!("\"{}\"", std::mem::take(&mut literal)));
                }
                let (one, other) = (expression(language, one), expression(language, other));
                terms.push(format!("(if ({name} {}) {one} else {other})", language.one));
            }
        }
    }
    if !literal.is_empty() {
        terms.push(format!("\"{literal}\""));
    }
    terms
}

/// What stands between the quotes of a literal. Spaces that look like others are written so that one sees them.
pub fn quoted(words: &str) -> String {
    let mut quoted = String::new();
    for character in words.chars() {
        match character {
            '\\' | '"' | '$' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{a0}' | '\u{202f}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(character)));
            }
            other if other.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(other))),
            other => quoted.push(other),
        }
    }
    quoted
}

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
            "a \\$b \\\"c\\\" \\\\d\\n\\te\\u202F?\\u00A0:\\u0007"
        );
        assert_eq!(written("en", "$ {server} \"#\""), "\"\\$ ${server} \\\"#\\\"\"");
    }

    #[test]
    fn a_count_chooses_by_the_rule_of_its_language() {
        let text = "so {n, plural, one {# try} other {# tries of {all}}} left";
        let forms = |rule: &str| {
            format!("\"so \" + (if (n {rule}) \"${{n}} try\" else \"${{n}} tries of ${{all}}\") + \" left\"")
        };
        assert_eq!(written("en", text), forms("== 1"));
        assert_eq!(written("fr", text), forms("in 0..1"));
    }
}
