//! All languages as one: each key with its placeholders and its text in every language.

use super::language::Language;
use super::read::{Members, Sections};
use super::slip::Slip;
use super::text::{self, Part};
use std::collections::{BTreeMap, BTreeSet};

/// The words, in the order of the reference.
#[derive(Debug)]
pub struct Catalogue {
    /// The sections.
    pub sections: Vec<Section>,
    /// The languages; the first is the reference.
    pub languages: Vec<&'static Language>,
}

/// What belongs together on a screen.
#[derive(Debug)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its texts.
    pub entries: Vec<Entry>,
}

/// One text in all languages.
#[derive(Debug)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// What the shell puts in, in the order of the reference.
    pub parameters: Vec<Parameter>,
    /// The text of each language by its tag.
    pub texts: BTreeMap<&'static str, Vec<Part>>,
}

/// A placeholder.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Whether it is a count: a plural in at least one language.
    pub is_count: bool,
}

/// The texts of one language by section and key.
type Texts = BTreeMap<String, BTreeMap<String, Vec<Part>>>;

/// Joins the languages, the reference first, and lists what does not fit.
pub fn join(languages: Vec<(&'static Language, Sections)>) -> (Catalogue, Vec<Slip>) {
    let mut slips = Vec::new();
    let mut parsed = Vec::new();
    let order = languages.first().map(|(_, sections)| order(sections)).unwrap_or_default();
    for (language, sections) in languages {
        parsed.push((language, texts(language.tag, sections, &mut slips)));
    }
    if let Some(((reference, reference_texts), others)) = parsed.split_first() {
        for (language, texts) in others {
            slips.extend(strangers(language.tag, reference.tag, reference_texts, texts));
        }
    }
    let mut sections = Vec::new();
    for (name, keys) in order {
        let entries = keys.into_iter().filter_map(|key| entry(&name, key, &parsed, &mut slips)).collect();
        sections.push(Section { name, entries });
    }
    let languages = parsed.into_iter().map(|(language, _)| language).collect();
    (Catalogue { sections, languages }, slips)
}

fn order(sections: &Sections) -> Vec<(String, Vec<String>)> {
    let keys = |members: &Members<String>| members.0.iter().map(|(key, _)| key.clone()).collect();
    sections.0.iter().map(|(name, members)| (name.clone(), keys(members))).collect()
}

/// The texts of a language; what is doubled, misnamed, empty or unreadable is a slip and left out.
fn texts(tag: &str, sections: Sections, slips: &mut Vec<Slip>) -> Texts {
    let mut all = Texts::new();
    for (section, members) in sections.0 {
        if !text::is_name(&section) {
            slips.push(Slip::new(tag, &section, "", "is no name in camel case, or a word of Kotlin"));
        }
        let mut own = BTreeMap::new();
        for (key, text) in members.0 {
            let taken = readable(&key, &text).and_then(|parts| match own.insert(key.clone(), parts) {
                None => Ok(()),
                Some(_) => Err("stands twice".to_owned()),
            });
            slips.extend(taken.err().map(|what| Slip::new(tag, &section, &key, what)));
        }
        if all.insert(section.clone(), own).is_some() {
            slips.push(Slip::new(tag, &section, "", "stands twice"));
        }
    }
    all
}

fn readable(key: &str, text: &str) -> Result<Vec<Part>, String> {
    if !text::is_name(key) {
        return Err("is no name in camel case, or a word of Kotlin".to_owned());
    }
    if text.trim().is_empty() {
        return Err("is empty".to_owned());
    }
    text::parse(text)
}

/// Keys that only this language has.
fn strangers(tag: &str, reference: &str, known: &Texts, texts: &Texts) -> Vec<Slip> {
    let is_known = |section: &str, key: &str| known.get(section).is_some_and(|keys| keys.contains_key(key));
    let mut slips = Vec::new();
    for (section, keys) in texts {
        for key in keys.keys().filter(|key| !is_known(section, key)) {
            slips.push(Slip::new(tag, section, key, format!("is not in {reference}.json")));
        }
    }
    slips
}

/// The text in all languages, or nothing if the reference's own is a slip already.
fn entry(
    section: &str,
    key: String,
    parsed: &[(&'static Language, Texts)],
    slips: &mut Vec<Slip>,
) -> Option<Entry> {
    let of = |texts: &Texts| texts.get(section).and_then(|keys| keys.get(&key)).cloned();
    let (_, reference) = parsed.first()?;
    let mut parameters = parameters(&of(reference)?);
    let mut all = BTreeMap::new();
    for (language, texts) in parsed {
        let Some(parts) = of(texts) else {
            slips.push(Slip::new(language.tag, section, &key, "is missing, or has a slip of its own"));
            continue;
        };
        let own = self::parameters(&parts);
        if names(&own) != names(&parameters) {
            let (has, needs) = (listed(&own), listed(&parameters));
            slips.push(Slip::new(language.tag, section, &key, format!("has {has}, needs {needs}")));
        }
        for count in own.iter().filter(|parameter| parameter.is_count) {
            let same = parameters.iter_mut().find(|parameter| parameter.name == count.name);
            same.into_iter().for_each(|parameter| parameter.is_count = true);
        }
        all.insert(language.tag, parts);
    }
    Some(Entry { key, parameters, texts: all })
}

fn parameters(parts: &[Part]) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let mut add = |name: &String, is_count: bool| match found.iter_mut().find(|known| known.name == *name) {
        Some(known) => known.is_count |= is_count,
        None => found.push(Parameter { name: name.clone(), is_count }),
    };
    for part in parts {
        match part {
            Part::Words(_) => {}
            Part::Value(name) => add(name, false),
            Part::Plural { name, one, other } => {
                add(name, true);
                for inner in one.iter().chain(other) {
                    if let Part::Value(name) = inner {
                        add(name, false);
                    }
                }
            }
        }
    }
    found
}

fn names(parameters: &[Parameter]) -> BTreeSet<&str> {
    parameters.iter().map(|parameter| parameter.name.as_str()).collect()
}

fn listed(parameters: &[Parameter]) -> String {
    let names: Vec<_> = names(parameters).iter().map(|name| format!("{{{name}}}")).collect();
    if names.is_empty() { "no placeholder".to_owned() } else { names.join(" and ") }
}
