//! How the app speaks (look.md section 5), as far as a machine can hear it: no exclamation marks, none of the
//! unwanted words, ’ for the apostrophe, three dots never, and the no-break spaces of French.

use super::language::Language;
use super::read::Sections;
use super::slip::Slip;

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// What a reader of this language would stumble over.
pub fn slips(language: &Language, sections: &Sections) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (section, members) in &sections.0 {
        for (key, text) in &members.0 {
            // A pattern for dates is no text: its apostrophes quote.
            if !key.ends_with("Pattern") {
                slips.extend(of_text(language, text).map(|what| Slip::new(language.tag, section, key, what)));
            }
        }
    }
    slips
}

fn of_text(language: &Language, text: &str) -> Option<String> {
    let small = text.to_lowercase();
    if let Some(word) = language.unwanted.iter().find(|word| small.contains(**word)) {
        return Some(format!("says “{word}”"));
    }
    if let Some(mark) = text.chars().find(|mark| "!'\"…".contains(*mark) || mark.is_control()) {
        return Some(format!("holds {mark:?}"));
    }
    if text != text.trim() || text.contains("  ") {
        return Some("has a space too many".to_owned());
    }
    if language.spaced { unspaced(text) } else { spaced(text) }
}

/// French: a narrow no-break space before ? and ; and inside « », a no-break space before a colon that ends a phrase.
fn unspaced(text: &str) -> Option<String> {
    let marks: Vec<char> = text.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| marks.get(index)).copied();
    for (index, mark) in marks.iter().enumerate() {
        let (before, after) = (at(index.checked_sub(1)), at(index.checked_add(1)));
        let wrong = match mark {
            '?' | ';' | '»' => before != Some(NARROW),
            '«' => after != Some(NARROW),
            ':' => after == Some(' ') && before != Some(NO_BREAK),
            '“' | '”' => true,
            _ => false,
        };
        if wrong {
            return Some(format!("has not the no-break space that {mark} takes, or not the mark of French"));
        }
    }
    None
}

/// Elsewhere: no space before a mark that ends something.
fn spaced(text: &str) -> Option<String> {
    let pairs = text.chars().zip(text.chars().skip(1));
    let wrong = pairs.into_iter().find(|(before, mark)| before.is_whitespace() && "?;:,.".contains(*mark));
    wrong.map(|(_, mark)| format!("has a space before {mark}"))
}

#[cfg(test)]
mod tests {
    use super::super::language::ALL;
    use super::*;

    fn said(tag: &str, text: &str) -> Option<String> {
        let language = ALL.into_iter().find(|language| language.tag == tag).expect("a language");
        of_text(language, text)
    }

    #[test]
    fn unwanted_words_are_heard_in_any_case() {
        for text in ["Please wait", "That PIN is invalid.", "Oops", "Something went wrong."] {
            assert!(said("en", text).is_some(), "{text}");
        }
        for text in ["Veuillez patienter", "Code invalide", "Oups"] {
            assert!(said("fr", text).is_some(), "{text}");
        }
        assert_eq!(said("en", "That PIN is not right."), None);
    }

    #[test]
    fn loud_and_straight_marks_are_heard() {
        for text in ["Done!", "It wasn't me", "\"Pair\"", "One moment…", " Done", "Done  now", "Why ?"] {
            assert!(said("en", text).is_some(), "{text}");
        }
    }

    #[test]
    fn french_takes_its_spaces() {
        for right in
            ["Oublié\u{202f}?", "«\u{202f}Plus\u{202f}»", "reste\u{202f}; puis", "Code\u{a0}: {code}", "3:58"]
        {
            assert_eq!(said("fr", right), None, "{right}");
        }
        for wrong in ["Oublié ?", "Oublié?", "« Plus »", "reste ; puis", "Code : 4", "Code: 4", "“Plus”"]
        {
            assert!(said("fr", wrong).is_some(), "{wrong}");
        }
    }
}
