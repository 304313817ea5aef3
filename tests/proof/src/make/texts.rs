//! Which texts may be shown (3.0.1).

use crate::case::{Case, Group, Vectors, bad, good};
use serde_json::json;

pub fn file() -> Vectors {
    let groups = [24, 40, 120].map(|limit| Group {
        kind: "Text",
        members: json!({"limit": limit}),
        cases: cases(limit),
    });
    Vectors { name: "text", about: "Texts within a limit of code points", groups: groups.into() }
}

const GOOD: [&str; 13] = [
    "a",
    "Grants Portal",
    "Brüssel, BE",
    "Ελληνικά",
    "日本",
    "한국",
    "עברית",
    "العربية",
    "हिन्दी",
    "a b'c <d> & \"e\"",
    "é",
    "🔐",
    "a\u{a0}b",
];

/// What hides, reorders, is not NFC, or has no fixed meaning.
const BAD: &[(&str, &str)] = &[
    ("empty", ""),
    ("NUL", "a\0b"),
    ("line feed", "a\nb"),
    ("carriage return", "a\rb"),
    ("tabulator", "a\tb"),
    ("escape", "a\u{1b}b"),
    ("delete", "a\u{7f}b"),
    ("next line", "a\u{85}b"),
    ("soft hyphen", "a\u{ad}b"),
    ("Arabic letter mark", "a\u{61c}b"),
    ("Mongolian vowel separator", "a\u{180e}b"),
    ("zero width space", "a\u{200b}b"),
    ("zero width non-joiner", "a\u{200c}b"),
    ("zero width joiner", "a\u{200d}b"),
    ("left-to-right mark", "a\u{200e}b"),
    ("right-to-left mark", "a\u{200f}b"),
    ("line separator", "a\u{2028}b"),
    ("paragraph separator", "a\u{2029}b"),
    ("left-to-right embedding", "a\u{202a}b"),
    ("pop directional formatting", "a\u{202c}b"),
    ("right-to-left override", "a\u{202e}b"),
    ("word joiner", "a\u{2060}b"),
    ("invisible times", "a\u{2062}b"),
    ("left-to-right isolate", "a\u{2066}b"),
    ("pop directional isolate", "a\u{2069}b"),
    ("byte order mark", "a\u{feff}b"),
    ("interlinear annotation", "a\u{fff9}b"),
    ("private use", "a\u{e000}b"),
    ("private use beyond the basic plane", "a\u{f0000}b"),
    ("tag character", "a\u{e0041}b"),
    ("not assigned", "a\u{378}b"),
    ("a code point that is no character", "a\u{fffe}b"),
    ("letter and combining accent, not composed", "e\u{301}"),
    ("Angstrom sign, not NFC", "\u{212b}"),
    ("combining marks in another order", "q\u{307}\u{323}"),
    ("Hangul, not composed", "\u{1100}\u{1161}"),
];

fn cases(limit: usize) -> Vec<Case> {
    let mut cases: Vec<Case> = GOOD.iter().map(|text| good(*text, json!({"text": text}))).collect();
    cases.extend(BAD.iter().map(|(name, text)| bad(*name, "Text", json!({"text": text}))));
    for symbol in ["x", "é", "日", "🔐"] {
        cases.push(good(format!("{limit} times {symbol}"), json!({"text": symbol.repeat(limit)})));
        cases.push(bad(
            format!("{} times {symbol}", limit + 1),
            "Text",
            json!({"text": symbol.repeat(limit + 1)}),
        ));
    }
    cases
}
