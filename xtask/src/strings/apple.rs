//! The words as a string catalogue of Xcode. Not compiled here: there is no Xcode; the form is that of version 1.0.

use super::catalogue::{Catalogue, Entry, Parameter};
use super::text::Part;
use serde_json::{Map, Value, json};

/// `Localizable.xcstrings`: keys `section.key`, placeholders by their place.
pub fn catalogue(catalogue: &Catalogue) -> String {
    let mut strings = Map::new();
    for section in &catalogue.sections {
        for entry in &section.entries {
            strings.insert(format!("{}.{}", section.name, entry.key), localisations(entry));
        }
    }
    whole(catalogue, &strings)
}

/// What the system itself shows before any of our code runs: keys of `Info.plist`, section and key.
const SHOWN: [(&str, &str, &str); 4] = [
    ("CFBundleDisplayName", "common", "appName"),
    ("CFBundleName", "common", "appName"),
    ("NSCameraUsageDescription", "cameraRefused", "text"),
    ("NSFaceIDUsageDescription", "fingerprint", "faceIdPurpose"),
];

/// `InfoPlist.xcstrings`.
pub fn purposes(catalogue: &Catalogue) -> String {
    let mut strings = Map::new();
    for (name, section, key) in SHOWN {
        let sections = catalogue.sections.iter().filter(|own| own.name == section);
        for entry in sections.flat_map(|own| &own.entries).filter(|entry| entry.key == key) {
            strings.insert(name.to_owned(), localisations(entry));
        }
    }
    whole(catalogue, &strings)
}

fn localisations(entry: &Entry) -> Value {
    let texts = entry.texts.iter().map(|(tag, parts)| ((*tag).to_owned(), localisation(entry, parts)));
    json!({"extractionState": "manual", "localizations": texts.collect::<Map<_, _>>()})
}

fn whole(catalogue: &Catalogue, strings: &Map<String, Value>) -> String {
    let source = catalogue.languages.first().map_or("", |language| language.tag);
    let all = json!({"sourceLanguage": source, "strings": strings, "version": "1.0"});
    format!("{all:#}\n")
}

fn localisation(entry: &Entry, parts: &[Part]) -> Value {
    let mut substitutions = Map::new();
    let text = written(entry, parts, &mut substitutions);
    let mut localisation = unit(&text);
    if let (false, Some(members)) = (substitutions.is_empty(), localisation.as_object_mut()) {
        members.insert("substitutions".to_owned(), Value::Object(substitutions));
    }
    localisation
}

fn unit(text: &str) -> Value {
    json!({"stringUnit": {"state": "translated", "value": text}})
}

/// The text with its placeholders; each plural becomes a substitution with a name of its own.
fn written(entry: &Entry, parts: &[Part], substitutions: &mut Map<String, Value>) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            // Only a text that is a format is read as one.
            Part::Words(words) if entry.parameters.is_empty() => text.push_str(words),
            Part::Words(words) => text.push_str(&words.replace('%', "%%")),
            Part::Value(name) => text.push_str(&specifier(entry, name)),
            Part::Plural { name, one, other } => {
                let own = format!("{name}{}", substitutions.len() + 1);
                text.push_str(&format!("%#@{own}@"));
                let forms =
                    json!({"one": unit(&form(entry, name, one)), "other": unit(&form(entry, name, other))});
                let place = place(entry, name);
                let plural =
                    json!({"argNum": place, "formatSpecifier": "lld", "variations": {"plural": forms}});
                substitutions.insert(own, plural);
            }
        }
    }
    text
}

/// A form of a plural, where the count itself is `%arg`.
fn form(entry: &Entry, count: &str, parts: &[Part]) -> String {
    let written = parts.iter().map(|part| match part {
        Part::Words(words) => words.replace('%', "%%"),
        Part::Value(name) if name == count => "%arg".to_owned(),
        Part::Value(name) | Part::Plural { name, .. } => specifier(entry, name),
    });
    written.collect()
}

fn specifier(entry: &Entry, name: &str) -> String {
    let is_count = entry.parameters.iter().any(|Parameter { name: own, is_count }| own == name && *is_count);
    format!("%{}${}", place(entry, name), if is_count { "lld" } else { "@" })
}

fn place(entry: &Entry, name: &str) -> usize {
    entry.parameters.iter().take_while(|parameter| parameter.name != name).count() + 1
}
