//! The words as Kotlin: an interface that a screen is written against, and an object for each language.

use super::catalogue::{Catalogue, Entry, Parameter, Section};
use super::kotlin_text::{expression, quoted};
use super::language::Language;
use crate::generated::origin;
use std::fmt::Write as _;

/// `Words.kt`.
pub fn interface(catalogue: &Catalogue) -> String {
    let mut text = opening();
    text.push_str("/** What the app says, in one language; each section is a screen or belongs to one. */\ninterface Words {\n");
    text.push_str("    /** The tag of the language, as BCP 47 writes it. */\n    val tag: String\n");
    for section in &catalogue.sections {
        let _ = writeln!(text, "    val {}: {}", section.name, capital(&section.name));
    }
    for section in &catalogue.sections {
        let _ = writeln!(text, "\n    interface {} {{", capital(&section.name));
        for entry in &section.entries {
            let _ = writeln!(text, "        {}", signature(entry));
        }
        text.push_str("    }\n");
    }
    let objects: Vec<_> = catalogue.languages.iter().map(|language| language.object).collect();
    let all = objects.join(", ");
    text.push_str("\n    companion object {\n        /** Every language that is complete. */\n");
    let _ = write!(text, "        val all: List<Words> get() = listOf({all})\n    }}\n}}\n");
    text
}

/// `En.kt` and its like. Each section is a class of its own, far from the limits of the JVM.
pub fn language(catalogue: &Catalogue, tag: &str) -> String {
    let Some(language) = catalogue.languages.iter().find(|language| language.tag == tag) else {
        return String::new();
    };
    let object = language.object;
    let mut text = opening();
    let _ = writeln!(
        text,
        "object {object} : Words {{\n    override val tag: String get() = \"{}\"",
        quoted(tag)
    );
    for Section { name, .. } in &catalogue.sections {
        let kind = capital(name);
        let _ = writeln!(text, "    override val {name}: Words.{kind} get() = {object}{kind}");
    }
    text.push_str("}\n");
    for section in &catalogue.sections {
        let kind = capital(&section.name);
        let _ = writeln!(text, "\nprivate object {object}{kind} : Words.{kind} {{");
        for entry in &section.entries {
            text.push_str(&implementation(language, entry));
        }
        text.push_str("}\n");
    }
    text
}

fn opening() -> String {
    format!("// {}\npackage eu.countersign.ui.words\n\n", origin("strings", "design/words"))
}

fn implementation(language: &Language, entry: &Entry) -> String {
    let parts = entry.texts.get(language.tag).map(Vec::as_slice).unwrap_or_default();
    let (signature, expression) = (signature(entry), expression(language, parts));
    if entry.parameters.is_empty() {
        format!("    override {signature} get() = {expression}\n")
    } else {
        format!("    override {signature} = {expression}\n")
    }
}

fn signature(entry: &Entry) -> String {
    let Entry { key, parameters, .. } = entry;
    if parameters.is_empty() {
        return format!("val {key}: String");
    }
    let typed = |Parameter { name, is_count }: &Parameter| {
        format!("{name}: {}", if *is_count { "Int" } else { "String" })
    };
    format!("fun {key}({}): String", parameters.iter().map(typed).collect::<Vec<_>>().join(", "))
}

/// With a capital first letter.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
