//! Whatever the core can show has words: each variant of its enums is a key of the section that is named like the
//! enum. A new variant of the bindings fails here until somebody has found its sentence.

use super::catalogue::Catalogue;
use super::slip::Slip;

/// Enums that are nothing to read: a shell acts on them, or asks with them.
const WORDLESS: [&str; 12] = [
    "Arrival",
    "Attestations",
    "Biometrics",
    "EnrolmentKind",
    "Entry",
    "KeyStoreFault",
    "KeyUsage",
    "NoticeState",
    "Platform",
    "PrfKind",
    "Scanned",
    "SignatureReason",
];

/// One slip for each variant without words.
pub fn slips(surface: &str, catalogue: &Catalogue) -> Vec<Slip> {
    let reference = catalogue.languages.first().map_or("", |language| language.tag);
    let missing = variants(surface).into_iter().filter(|(section, key)| !has(catalogue, section, key));
    missing
        .map(|(section, key)| Slip::new(reference, &section, &key, "is missing: the core can show it"))
        .collect()
}

fn has(catalogue: &Catalogue, section: &str, key: &str) -> bool {
    let mut sections = catalogue.sections.iter().filter(|own| own.name == section);
    sections.any(|own| own.entries.iter().any(|entry| entry.key == key))
}

/// Section and key of each variant that a person can meet.
fn variants(surface: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut section = None;
    for line in surface.lines() {
        let mut words = line.split_whitespace();
        match (line.starts_with("  "), words.next(), words.next()) {
            (false, Some("enum" | "error"), Some(name)) if is_shown(name) => section = Some(small(name)),
            (false, _, _) => section = None,
            (true, Some(variant), _) => {
                found.extend(section.clone().map(|section| (section, small(variant))));
            }
            (true, None, _) => {}
        }
    }
    found
}

fn is_shown(name: &str) -> bool {
    !WORDLESS.contains(&name)
}

/// With a small first letter.
fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURFACE: &str = "enum Deed\n  Approved\n  OfflineCode { at: UInt64 }\n\nrecord Row\n  label: String\n\n\
                           enum Entry\n  Scanner\n\nerror Problem\n  BadQr\n";

    #[test]
    fn variants_are_keys_of_their_enum_and_records_are_not() {
        let pairs = |section: &str, key: &str| (section.to_owned(), key.to_owned());
        let expected = [pairs("deed", "approved"), pairs("deed", "offlineCode"), pairs("problem", "badQr")];
        assert_eq!(variants(SURFACE), expected);
    }

    #[test]
    fn a_variant_without_words_is_named() {
        let catalogue = Catalogue { sections: Vec::new(), languages: super::super::language::ALL.to_vec() };
        let slips = slips(SURFACE, &catalogue);
        assert_eq!(slips.len(), 3);
        assert_eq!(
            slips[1].to_string(),
            "design/words/en.json: deed.offlineCode: is missing: the core can show it"
        );
    }
}
