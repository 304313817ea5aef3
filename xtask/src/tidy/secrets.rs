//! No secret can be printed by accident: the types of `xtask/secrets.txt` have no `Debug`, or one that redacts.
//!
//! A listed type must exist in its folder; a list that outlived its types protects nothing. Types may be written out
//! or be made by one of our own macros that takes their names.

mod definition;

use super::finding::Finding;
use crate::rust::{Kind, Token, matching, tokens};
use crate::tree::File;
use definition::Definition;

/// The list, from the root of the repository: a folder and a name on each line, `#` before a remark.
pub const LIST: &str = "xtask/secrets.txt";

/// What an implementation of `Debug` must print instead of the value.
const REDACTED: &str = "<redacted>";

/// One finding for each listed type that can be printed or is not there.
pub fn findings(files: &[File], list: &str) -> Vec<Finding> {
    let sources = files.iter().filter(|file| file.has_extension("rs"));
    let sources: Vec<_> =
        sources.map(|file| Source { path: &file.path, tokens: tokens(&file.text) }).collect();
    let listed = list.lines().enumerate().map(|(index, line)| (index + 1, without_remark(line)));
    let listed = listed.filter(|(_, entry)| !entry.is_empty());
    listed.flat_map(|(line, entry)| of_entry(&sources, line, entry)).collect()
}

fn without_remark(line: &str) -> &str {
    line.split('#').next().unwrap_or_default().trim()
}

/// Two crates may give one name to a secret and to something else: only the entry's folder is looked at.
fn of_entry(sources: &[Source], line: usize, entry: &str) -> Vec<Finding> {
    let Some((folder, name)) = entry.split_once(' ') else {
        return vec![Finding::new(LIST, line, format!("`{entry}` has no folder"), "write `folder Name`")];
    };
    let below = |source: &&Source| source.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let here: Vec<_> = sources.iter().filter(below).collect();
    let definitions = definition::all(&here, name.trim());
    if definitions.is_empty() {
        let what = format!("{name} is defined nowhere in {folder}");
        return vec![Finding::new(LIST, line, what, "list it under its new name, or not at all")];
    }
    of_type(&here, &definitions, name.trim())
}

/// A Rust file as tokens.
struct Source<'a> {
    path: &'a str,
    tokens: Vec<Token>,
}

fn of_type(sources: &[&Source], definitions: &[Definition], name: &str) -> Vec<Finding> {
    let mut findings: Vec<_> =
        definitions.iter().filter_map(|definition| derived(definition, name)).collect();
    findings.extend(sources.iter().flat_map(|source| telling(source.path, &source.tokens, name, name)));
    for maker in definitions.iter().filter_map(|definition| definition.maker.as_ref()) {
        findings.extend(telling(maker.path, maker.tokens, maker.parameter, name));
    }
    findings
}

fn derived(definition: &Definition, name: &str) -> Option<Finding> {
    let what = format!("{name} is a secret and derives Debug");
    let mend = "leave Debug out: whatever holds it would print it";
    definition.derives("Debug").then(|| Finding::new(definition.path, definition.line, what, mend))
}

/// Implementations of `Debug` for what is called `self_name` there that print something else than a placeholder.
fn telling(path: &str, tokens: &[Token], self_name: &str, name: &str) -> Vec<Finding> {
    let starts = (0..tokens.len()).filter(|&index| is_debug_impl(&tokens[index..], self_name));
    let telling = starts.filter(|&start| !redacts(&tokens[start..]));
    let what = format!("{name} is a secret and has a Debug that does not print {REDACTED}");
    telling
        .map(|start| Finding::new(path, tokens[start].line, &what, "remove it, or redact all of it"))
        .collect()
}

/// `Debug for path::Name` or, in a macro, `Debug for $name`.
fn is_debug_impl(tokens: &[Token], self_name: &str) -> bool {
    let [debug, bridge, path @ ..] = tokens else { return false };
    let part =
        |token: &&Token| token.kind == Kind::Word || [':', '&', '$'].iter().any(|&mark| token.is_mark(mark));
    let last = path.iter().take_while(part).take_while(|token| !token.is_word("where")).last();
    debug.is_word("Debug") && bridge.is_word("for") && last.is_some_and(|word| word.is_word(self_name))
}

fn redacts(implementation: &[Token]) -> bool {
    let body = implementation.iter().position(|token| token.is_mark('{'));
    let body = body.and_then(|open| Some(&implementation[open..matching(implementation, open)?]));
    let literals = body.unwrap_or_default().iter().filter(|token| token.kind == Kind::Literal);
    literals.into_iter().any(|token| token.text.contains(REDACTED))
}

#[cfg(test)]
mod tests;
