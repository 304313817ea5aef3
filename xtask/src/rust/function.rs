//! Named functions with what the checks ask of them.

use super::attribute::attributes_before;
use super::token::{Kind, Token, matching};

/// One `fn` with a name, wherever it stands: free, in an impl, in a trait, in a macro call.
pub struct Function {
    /// As written.
    pub name: String,
    /// Line of the word `fn`.
    pub line: usize,
    /// Lines from `fn` to the closing brace, both included.
    pub length: usize,
    /// How many parameters besides `self`.
    pub parameters: usize,
    /// Whether an attribute makes it a test (`#[test]`, `#[tokio::test]` …).
    pub is_test: bool,
}

/// All functions, in order; one within another is listed too.
pub fn functions(tokens: &[Token]) -> Vec<Function> {
    let starts = (0..tokens.len()).filter(|&index| tokens[index].is_word("fn"));
    starts.filter_map(|start| function(tokens, start)).collect()
}

/// `None` for a function pointer type, and for a name that a macro fills in.
fn function(tokens: &[Token], start: usize) -> Option<Function> {
    let name = tokens.get(start + 1).filter(|token| token.kind == Kind::Word)?;
    let open = opening_parenthesis(tokens, start + 2)?;
    let close = matching(tokens, open)?;
    let line = tokens[start].line;
    Some(Function {
        name: name.text.clone(),
        line,
        length: last_line(tokens, close) + 1 - line,
        parameters: count_parameters(&tokens[open + 1..close]),
        is_test: attributes_before(tokens, start).iter().any(|attribute| makes_a_test(attribute)),
    })
}

/// `#[test]` or `#[path::test(…)]`; not `#[cfg(test)]`.
fn makes_a_test(attribute: &[Token]) -> bool {
    let path = attribute.iter().take_while(|token| token.kind == Kind::Word || token.is_mark(':'));
    path.last().is_some_and(|token| token.is_word("test"))
}

/// The first parenthesis that belongs to no generic parameter.
fn opening_parenthesis(tokens: &[Token], from: usize) -> Option<usize> {
    let mut angles = Angles::default();
    (from..tokens.len()).find(|&index| {
        angles.step(tokens, index);
        angles.depth == 0 && tokens[index].is_mark('(')
    })
}

/// Line on which the body, or the semicolon in its place, ends.
fn last_line(tokens: &[Token], close: usize) -> usize {
    let mut index = close + 1;
    while let Some(token) = tokens.get(index) {
        if token.is_mark(';') {
            return token.line;
        }
        let end = if ['{', '(', '['].iter().any(|&mark| token.is_mark(mark)) {
            matching(tokens, index).unwrap_or(tokens.len() - 1)
        } else {
            index
        };
        if token.is_mark('{') {
            return tokens[end].last_line;
        }
        index = end + 1;
    }
    tokens.last().map_or(0, |token| token.last_line)
}

fn count_parameters(inside: &[Token]) -> usize {
    let mut angles = Angles::default();
    let (mut count, mut start, mut index) = (0, 0, 0);
    while index < inside.len() {
        angles.step(inside, index);
        if ['{', '(', '['].iter().any(|&mark| inside[index].is_mark(mark)) {
            index = matching(inside, index).unwrap_or(inside.len());
        } else if angles.depth == 0 && inside[index].is_mark(',') {
            count += usize::from(counts(&inside[start..index]));
            start = index + 1;
        }
        index += 1;
    }
    count + usize::from(counts(&inside[start..]))
}

/// Whether this is a parameter that a caller has to think of: not `self`, not the nothing behind a last comma.
fn counts(parameter: &[Token]) -> bool {
    let first = parameter.iter().find(|token| token.kind == Kind::Word && !token.is_word("mut"));
    first.is_some_and(|word| !word.is_word("self"))
}

/// Depth of `<…>`; the `>` of an arrow closes nothing.
#[derive(Default)]
struct Angles {
    depth: usize,
}

impl Angles {
    fn step(&mut self, tokens: &[Token], index: usize) {
        let is_arrow = index > 0 && tokens[index - 1].is_mark('-');
        if tokens[index].is_mark('<') {
            self.depth += 1;
        } else if tokens[index].is_mark('>') && !is_arrow {
            self.depth = self.depth.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    fn only(source: &str) -> Function {
        functions(&tokens(source)).into_iter().next().expect("a function")
    }

    #[test]
    fn parameters_are_counted_without_self_and_through_generics() {
        assert_eq!(only("fn f() {}").parameters, 0);
        assert_eq!(only("fn f(&mut self, a: u8) {}").parameters, 1);
        assert_eq!(only("fn f(self: Arc<Self>, a: u8,) {}").parameters, 1);
        assert_eq!(
            only("fn f<F: Fn(u8, u8) -> u8>(a: Map<K, V>, (b, c): (u8, u8), d: impl Fn(u8) -> T) {}")
                .parameters,
            3
        );
    }

    #[test]
    fn length_runs_from_fn_to_the_closing_brace() {
        assert_eq!(only("fn f() -> [u8; 2]\nwhere T: X\n{\n  g();\n}\nfn h() {}").length, 5);
        assert_eq!(only("trait T { fn f(a: u8)\n -> u8; fn g() {} }").length, 2);
    }

    #[test]
    fn functions_in_macro_calls_count_and_function_pointers_do_not() {
        let found = functions(&tokens("proptest! { #[test] fn n24_x(a in 0..3) { f::<fn(u8)>() } }"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, "n24_x");
        assert!(found[0].is_test);
    }

    #[test]
    fn only_a_test_attribute_makes_a_test() {
        assert!(only("#[tokio::test(flavor = \"multi_thread\")] async fn f() {}").is_test);
        assert!(!only("#[cfg(test)] fn f() {}").is_test);
    }
}
