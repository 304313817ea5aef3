//! The attributes that stand before an item.

use super::token::{Kind, Token};

/// Words that may stand between an item's attributes and its keyword.
const QUALIFIERS: [&str; 5] = ["pub", "async", "const", "unsafe", "extern"];

/// The attributes before the item whose keyword stands at `item`, the nearest first; each without its brackets.
pub fn attributes_before(tokens: &[Token], item: usize) -> Vec<&[Token]> {
    let mut found = Vec::new();
    let mut end = past_qualifiers(tokens, item);
    while let Some(open) = opening(tokens, end, ']') {
        if open == 0 || !tokens[open - 1].is_mark('#') {
            break;
        }
        found.push(&tokens[open + 1..end - 1]);
        end = open - 1;
    }
    found
}

/// Index behind the last token that is neither visibility nor another qualifier.
fn past_qualifiers(tokens: &[Token], item: usize) -> usize {
    let mut end = item;
    while end > 0 {
        let token = &tokens[end - 1];
        let is_abi = token.kind == Kind::Literal;
        if is_abi || QUALIFIERS.iter().any(|word| token.is_word(word)) {
            end -= 1;
        } else if let Some(open) =
            opening(tokens, end, ')').filter(|&open| open > 0 && tokens[open - 1].is_word("pub"))
        {
            end = open - 1;
        } else {
            break;
        }
    }
    end
}

/// If `close` stands just before `end`: the index of its opening partner.
fn opening(tokens: &[Token], end: usize, close: char) -> Option<usize> {
    tokens.get(end.checked_sub(1)?).filter(|token| token.is_mark(close))?;
    let mut depth = 0_usize;
    for index in (0..end).rev() {
        if [')', ']', '}'].iter().any(|&mark| tokens[index].is_mark(mark)) {
            depth += 1;
        } else if ['(', '[', '{'].iter().any(|&mark| tokens[index].is_mark(mark)) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    #[test]
    fn attributes_are_found_past_visibility_and_comments() {
        let found = tokens("x; #[one(a[0])]\n/// doc\n#[two]\npub(crate) async fn f() {}");
        let item = found.iter().position(|token| token.is_word("fn")).expect("fn");
        let attributes = attributes_before(&found, item);
        assert_eq!(attributes.len(), 2);
        assert!(attributes[0][0].is_word("two"));
        assert!(attributes[1][0].is_word("one"));
    }

    #[test]
    fn another_items_attributes_are_not_ours() {
        let found = tokens("#[test] fn f() { a[0] } fn g() {}");
        let item = found.iter().rposition(|token| token.is_word("fn")).expect("fn");
        assert!(attributes_before(&found, item).is_empty());
    }
}
