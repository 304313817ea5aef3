//! Source text to tokens: comments fall away, words, marks and literals stay, each with its line.
//!
//! It is total: an unfinished string or comment ends with the file.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identifier or keyword.
    Word,
    /// One character of punctuation.
    Mark,
    /// A string, character or number, as written.
    Literal,
}

/// A piece of source that means something.
#[derive(Clone, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// As written; a raw identifier without its `r#`.
    pub text: String,
    /// Line of its first character, from 1.
    pub line: usize,
    /// Line of its last character.
    pub last_line: usize,
}

impl Token {
    /// Whether this is the word `text`.
    pub fn is_word(&self, text: &str) -> bool {
        self.kind == Kind::Word && self.text == text
    }

    /// Whether this is the mark `mark`.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.text.starts_with(mark)
    }
}

/// All tokens of a source, comments and lifetimes left out.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut scanner = Scanner { characters: source.chars().collect(), at: 0, line: 1, found: Vec::new() };
    while scanner.at < scanner.characters.len() {
        scanner.step();
    }
    scanner.found
}

/// Index of the bracket that closes the one at `open`; `(`, `[` and `{` nest in each other.
pub fn matching(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        if ['(', '[', '{'].iter().any(|&mark| token.is_mark(mark)) {
            depth += 1;
        } else if [')', ']', '}'].iter().any(|&mark| token.is_mark(mark)) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

struct Scanner {
    characters: Vec<char>,
    at: usize,
    line: usize,
    found: Vec<Token>,
}

impl Scanner {
    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.skip_while(|character| character != '\n'),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.literal(Self::string),
            ('\'', _) => self.quote(),
            (space, _) if space.is_whitespace() => self.advance(1),
            (digit, _) if digit.is_ascii_digit() => self.literal(Self::number),
            (letter, _) if is_word_part(letter) => self.word(),
            _ => self.token(Kind::Mark, |scanner| scanner.advance(1)),
        }
    }

    /// The character `ahead` of the current one; NUL past the end, which no branch matches.
    fn peek(&self, ahead: usize) -> char {
        self.characters.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn advance(&mut self, count: usize) {
        for _ in 0..count {
            self.line += usize::from(self.peek(0) == '\n');
            self.at += 1;
        }
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.at < self.characters.len() && wanted(self.peek(0)) {
            self.advance(1);
        }
    }

    /// Keeps as one token what `take` walks over.
    fn token(&mut self, kind: Kind, take: impl FnOnce(&mut Self)) {
        let (start, line) = (self.at, self.line);
        take(self);
        let end = self.at.min(self.characters.len());
        let text = self.characters.get(start..end).unwrap_or_default().iter().collect();
        self.found.push(Token { kind, text, line, last_line: self.line });
    }

    fn literal(&mut self, take: fn(&mut Self)) {
        self.token(Kind::Literal, take);
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.characters.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.advance(1);
                    continue;
                }
            }
            self.advance(2);
            if depth == 0 {
                return;
            }
        }
    }

    /// From the opening quote to the closing one, past escapes.
    fn string(&mut self) {
        let quote = self.peek(0);
        self.advance(1);
        while self.at < self.characters.len() && self.peek(0) != quote {
            self.advance(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.advance(1);
    }

    fn raw_string(&mut self) {
        let start = self.at;
        self.skip_while(|character| character == '#');
        let marks = self.at - start;
        self.advance(1);
        while self.at < self.characters.len() {
            let closes = self.peek(0) == '"' && (1..=marks).all(|ahead| self.peek(ahead) == '#');
            self.advance(if closes { 1 + marks } else { 1 });
            if closes {
                return;
            }
        }
    }

    /// A character literal or a lifetime; lifetimes mean nothing to the checks.
    fn quote(&mut self) {
        if self.peek(1) == '\\' || self.peek(2) == '\'' {
            self.literal(Self::string);
        } else {
            self.advance(1);
            self.skip_while(is_word_part);
        }
    }

    fn number(&mut self) {
        self.skip_while(is_word_part);
        if self.peek(0) == '.' && self.peek(1).is_ascii_digit() {
            self.advance(1);
            self.skip_while(is_word_part);
        }
    }

    /// A word, or the prefix of a string (`r"…"`, `b"…"`, `br#"…"#`) or of a raw identifier (`r#type`).
    fn word(&mut self) {
        let mut length = 0;
        while is_word_part(self.peek(length)) {
            length += 1;
        }
        let prefix: String = self.characters.iter().skip(self.at).take(length.min(3)).collect();
        let opens_raw =
            self.peek(length) == '"' || (self.peek(length) == '#' && self.opens_raw_string(length));
        match prefix.as_str() {
            "r" | "br" | "cr" if opens_raw => self.prefixed(length, Self::raw_string),
            "b" | "c" if self.peek(length) == '"' => self.prefixed(length, Self::string),
            "b" if self.peek(length) == '\'' => self.prefixed(length, Self::string),
            "r" if self.peek(length) == '#' => self.advance(2),
            _ => self.token(Kind::Word, |scanner| scanner.advance(length)),
        }
    }

    fn prefixed(&mut self, prefix: usize, take: fn(&mut Self)) {
        self.token(Kind::Literal, |scanner| {
            scanner.advance(prefix);
            take(scanner);
        });
    }

    /// Whether the `#`s from `ahead` on lead to a quote.
    fn opens_raw_string(&self, ahead: usize) -> bool {
        let mut end = ahead;
        while self.peek(end) == '#' {
            end += 1;
        }
        self.peek(end) == '"'
    }
}

fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        tokens(source).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_and_lifetimes_fall_away() {
        assert_eq!(texts("a /* b /* c */ d */ e // f\ng<'h>"), ["a", "e", "g", "<", ">"]);
    }

    #[test]
    fn what_stands_in_a_literal_is_no_code() {
        let source = r####"f("fn \" }", r#"fn " {"#, b"{", '{', '\'', b'}', r#type, 1.5, 'x: loop)"####;
        let kept: Vec<_> = tokens(source)
            .into_iter()
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.text)
            .collect();
        assert_eq!(kept, ["f", "type", "loop"]);
        assert!(!tokens(source).iter().any(|token| token.is_mark('{') || token.is_mark('}')));
    }

    #[test]
    fn lines_are_counted_through_strings_and_comments() {
        let found = tokens("/* one\ntwo */ a \"three\nfour\" b");
        let lines: Vec<_> = found.iter().map(|token| (token.line, token.last_line)).collect();
        assert_eq!(lines, [(2, 2), (2, 3), (3, 3)]);
    }

    #[test]
    fn unfinished_sources_end_with_the_file() {
        for source in ["\"abc", "r#\"abc", "/* abc", "'\\", "r#", "b'"] {
            tokens(source);
        }
    }

    #[test]
    fn brackets_find_their_partner() {
        let found = tokens("( [ { } ] ) x");
        assert_eq!(matching(&found, 0), Some(5));
        assert_eq!(matching(&found, 1), Some(4));
        assert_eq!(matching(&tokens("( ["), 0), None);
    }
}
