//! Where a type is defined: written out, or made by a macro of ours that is called with its name.

use super::Source;
use crate::rust::{Kind, Token, attributes_before, matching};

const KEYWORDS: [&str; 3] = ["struct", "enum", "union"];

/// One definition of a type.
pub struct Definition<'a> {
    /// The file it stands in.
    pub path: &'a str,
    /// The line of its name.
    pub line: usize,
    /// The macro that makes it, if one does.
    pub maker: Option<Maker<'a>>,
    attributes: Vec<&'a [Token]>,
}

/// A macro of ours that makes types; it may make implementations for them, too.
pub struct Maker<'a> {
    /// The file it stands in.
    pub path: &'a str,
    /// All of it.
    pub tokens: &'a [Token],
    /// The parameter that stands for the type's name.
    pub parameter: &'a str,
    attributes: Vec<&'a [Token]>,
}

impl Definition<'_> {
    /// Whether an attribute derives the trait, on any condition.
    pub fn derives(&self, wanted: &str) -> bool {
        let derives = |attribute: &&&[Token]| attribute.iter().any(|token| token.is_word("derive"));
        self.attributes
            .iter()
            .filter(derives)
            .any(|attribute| attribute.iter().any(|token| token.is_word(wanted)))
    }
}

/// All definitions of types with that name.
pub fn all<'a>(sources: &[&'a Source<'a>], name: &str) -> Vec<Definition<'a>> {
    let mut found: Vec<_> = sources.iter().flat_map(|source| written_out(source, name)).collect();
    for source in sources {
        found.extend(made_by_macro(source, sources, name));
    }
    found
}

fn written_out<'a>(source: &'a Source, name: &str) -> Vec<Definition<'a>> {
    let tokens = &source.tokens;
    let is_keyword = |index: usize| KEYWORDS.iter().any(|word| tokens[index].is_word(word));
    let starts = (0..tokens.len()).filter(|&index| is_keyword(index));
    let starts = starts.filter(|&index| tokens.get(index + 1).is_some_and(|next| next.is_word(name)));
    starts
        .map(|start| Definition {
            path: source.path,
            line: tokens[start + 1].line,
            maker: None,
            attributes: attributes_before(tokens, start),
        })
        .collect()
}

/// Calls `makes_types! { … Name … }` where some `macro_rules! makes_types` holds `struct $parameter`.
fn made_by_macro<'a>(source: &'a Source<'a>, sources: &[&'a Source<'a>], name: &str) -> Vec<Definition<'a>> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    for call in 0..tokens.len() {
        let Some(place) = name_in_call(tokens, call, name) else { continue };
        for maker in makers(sources, &tokens[call].text) {
            let mut attributes = attributes_before(tokens, place);
            attributes.extend(&maker.attributes);
            found.push(Definition {
                path: source.path,
                line: tokens[place].line,
                maker: Some(maker),
                attributes,
            });
        }
    }
    found
}

/// If a macro call starts at `call`: where `name` stands as the first word of an entry in it.
fn name_in_call(tokens: &[Token], call: usize, name: &str) -> Option<usize> {
    let is_call = tokens[call].kind == Kind::Word && tokens.get(call + 1)?.is_mark('!');
    let close = if is_call { matching(tokens, call + 2)? } else { return None };
    (call + 3..close).find(|&index| {
        let opens_entry = [';', ',', '{', '(', ']'].iter().any(|&mark| tokens[index - 1].is_mark(mark));
        tokens[index].is_word(name) && (opens_entry || tokens[index - 1].is_word("pub"))
    })
}

/// Each `struct $parameter` within `macro_rules! name`.
fn makers<'a>(sources: &[&'a Source<'a>], name: &str) -> Vec<Maker<'a>> {
    let named = |pair: &[Token]| pair[0].is_word("macro_rules") && pair[2].is_word(name);
    let mut found = Vec::new();
    for Source { path, tokens } in sources {
        let Some(start) = tokens.windows(3).position(named) else { continue };
        let whole = &tokens[start..matching(tokens, start + 3).unwrap_or(tokens.len())];
        let keywords = (0..whole.len().saturating_sub(2)).filter(|&index| {
            KEYWORDS.iter().any(|word| whole[index].is_word(word)) && whole[index + 1].is_mark('$')
        });
        found.extend(keywords.map(|keyword| Maker {
            path,
            tokens: whole,
            parameter: &whole[keyword + 2].text,
            attributes: attributes_before(whole, keyword),
        }));
    }
    found
}
