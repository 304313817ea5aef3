//! The words as Swift: a protocol that a screen is written against, and a type for each language.

use super::catalogue::{Catalogue, Entry, Parameter, Section};
use super::swift_text::{expression, name, quoted};
use crate::generated::origin;
use std::fmt::Write as _;

/// `Words.swift`.
pub fn protocols(catalogue: &Catalogue) -> String {
    let mut text = opening();
    text.push_str("/// What the app says, in one language; each section is a screen or belongs to one.\n");
    text.push_str("public protocol Words: Sendable {\n");
    text.push_str("    /// The tag of the language, as BCP 47 writes it.\n    var tag: String { get }\n");
    for section in &catalogue.sections {
        let _ = writeln!(text, "    var {}: any {} {{ get }}", name(&section.name), kind(section));
    }
    text.push_str("}\n");
    for section in &catalogue.sections {
        let _ = writeln!(text, "\npublic protocol {}: Sendable {{", kind(section));
        for entry in &section.entries {
            let own = signature(entry);
            let getter = if entry.parameters.is_empty() { " { get }" } else { "" };
            let _ = writeln!(text, "    {own}{getter}");
        }
        text.push_str("}\n");
    }
    let objects: Vec<_> =
        catalogue.languages.iter().map(|language| format!("{}Words()", language.object)).collect();
    let _ = write!(
        text,
        "\npublic enum Languages {{\n    /// Every language that is complete; the first is the reference.\n    \
         public static let all: [any Words] = [{}]\n}}\n",
        objects.join(", ")
    );
    text
}

/// `EnWords.swift` and its like.
pub fn language(catalogue: &Catalogue, tag: &str) -> String {
    let Some(language) = catalogue.languages.iter().find(|language| language.tag == tag) else {
        return String::new();
    };
    let object = language.object;
    let mut text = opening();
    let _ = writeln!(text, "public struct {object}Words: Words {{\n    public init() {{}}\n");
    let _ = writeln!(text, "    public var tag: String {{ \"{}\" }}", quoted(tag));
    for section in &catalogue.sections {
        let (own, kind) = (name(&section.name), kind(section));
        let _ = writeln!(text, "    public var {own}: any {kind} {{ {object}{kind}() }}");
    }
    text.push_str("}\n");
    for section in &catalogue.sections {
        let kind = kind(section);
        let _ = writeln!(text, "\nprivate struct {object}{kind}: {kind} {{");
        for entry in &section.entries {
            let parts = entry.texts.get(language.tag).map(Vec::as_slice).unwrap_or_default();
            let _ = writeln!(text, "    {} {{ {} }}", signature(entry), expression(language, parts));
        }
        text.push_str("}\n");
    }
    text
}

fn opening() -> String {
    format!("// {}\n\n", origin("strings", "design/words"))
}

fn signature(entry: &Entry) -> String {
    let Entry { key, parameters, .. } = entry;
    let key = name(key);
    if parameters.is_empty() {
        return format!("var {key}: String");
    }
    let typed = |parameter: &Parameter| {
        format!("{}: {}", name(&parameter.name), if parameter.is_count { "Int" } else { "String" })
    };
    format!("func {key}({}) -> String", parameters.iter().map(typed).collect::<Vec<_>>().join(", "))
}

/// The protocol of a section: `PinWords` for `pin`.
fn kind(section: &Section) -> String {
    let mut letters = section.name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}Words", letters.as_str())
}
