//! Words that must not stay: reminders to oneself, tests that do not run, paths of one person's machine.

use super::finding::Finding;
use crate::rust::{Token, tokens};
use crate::tree::File;

// Written in pieces, so that this file passes its own check.
const REMINDERS: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];
const MACHINE_PATHS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];
const UNFINISHED: [&str; 2] = ["todo", "unimplemented"];

/// One finding for each such word.
pub fn findings(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(of_file).collect()
}

fn of_file(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        for word in REMINDERS.iter().filter(|word| has_word(line, word)) {
            findings.push(Finding::new(
                &file.path,
                number,
                format!("{word} in it"),
                "do it, or open an issue",
            ));
        }
        for path in MACHINE_PATHS.iter().filter(|path| has_path(line, path)) {
            findings.push(Finding::new(
                &file.path,
                number,
                format!("names {path}"),
                "no other machine has it",
            ));
        }
    }
    if file.has_extension("rs") {
        findings.extend(of_code(file));
    }
    findings
}

fn of_code(file: &File) -> Vec<Finding> {
    let tokens = tokens(&file.text);
    let at = |index: usize| tokens.get(index);
    let mut findings = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let followed_by_bang = at(index + 1).is_some_and(|next| next.is_mark('!'));
        if followed_by_bang && UNFINISHED.iter().any(|word| token.is_word(word)) {
            let what = format!("{}! in it", token.text);
            findings.push(Finding::new(&file.path, token.line, what, "write it, or leave the way to it out"));
        }
        if token.is_mark('#') && is_ignore(at(index + 1), at(index + 2)) {
            findings.push(Finding::new(&file.path, token.line, "an ignored test", "run it or remove it"));
        }
    }
    findings
}

fn is_ignore(bracket: Option<&Token>, word: Option<&Token>) -> bool {
    bracket.is_some_and(|token| token.is_mark('[')) && word.is_some_and(|token| token.is_word("ignore"))
}

fn has_word(line: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// Whether the path starts there: `docs` or `.` before it would make it a part of a longer, relative one.
fn has_path(line: &str, path: &str) -> bool {
    let continues = |character: char| character.is_alphanumeric() || "._-~})".contains(character);
    line.match_indices(path).any(|(at, _)| !line[..at].ends_with(continues))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Finding> {
        findings(&[File::new(path, text)])
    }

    #[test]
    fn reminders_are_found_in_any_file_as_whole_words() {
        for word in REMINDERS {
            assert_eq!(found("a.md", &format!("fine\nhere: {word}: later")).len(), 1, "{word}");
            assert!(found("a.md", &format!("{word}S and a{word}")).is_empty(), "{word}");
        }
    }

    #[test]
    fn paths_of_a_machine_are_found_where_they_begin() {
        for path in MACHINE_PATHS {
            assert_eq!(found("a.sh", &format!("cd {path}x")).len(), 1, "{path}");
            assert!(found("a.sh", &format!("cd docs{path}x ${{HOME}}{path}")).is_empty(), "{path}");
        }
    }

    #[test]
    fn unfinished_code_and_ignored_tests_are_found_in_code_only() {
        assert_eq!(found("a.rs", "fn f() { todo!() }").len(), 1);
        assert_eq!(found("a.rs", "fn f() { unimplemented!(\"x\") }").len(), 1);
        assert_eq!(found("a.rs", "#[test]\n#[ignore = \"slow\"]\nfn f() {}")[0].line, 2);
        assert!(found("a.rs", "// todo!\nlet todo = \"unimplemented! #[ignore]\";").is_empty());
    }
}
