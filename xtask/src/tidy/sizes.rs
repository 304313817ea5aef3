//! Length of files and functions, number of parameters: what a reader can hold at once.

use super::finding::Finding;
use crate::rust::{Function, functions, tokens};
use crate::tree::File;

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;
const PARAMETERS: usize = 5;

/// Kinds of files that people write and read.
const MEASURED: [&str; 5] = ["rs", "js", "html", "kt", "swift"];

/// One finding for each file, function or parameter list that is too long.
pub fn findings(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| MEASURED.iter().any(|extension| file.has_extension(extension))) {
        findings.extend(file_length(file));
        if file.has_extension("rs") {
            findings.extend(
                functions(&tokens(&file.text)).iter().flat_map(|function| function_sizes(file, function)),
            );
        }
    }
    findings
}

fn file_length(file: &File) -> Option<Finding> {
    let lines = file.lines().count();
    let what = format!("{lines} lines, {FILE_LINES} at most");
    (lines > FILE_LINES)
        .then(|| Finding::new(&file.path, FILE_LINES + 1, what, "split it by what its parts are for"))
}

fn function_sizes(file: &File, function: &Function) -> Vec<Finding> {
    let Function { name, length, parameters, .. } = function;
    let mut findings = Vec::new();
    if *length > FUNCTION_LINES {
        let what = format!("fn {name} has {length} lines, {FUNCTION_LINES} at most");
        findings.push(Finding::new(&file.path, function.line, what, "name its steps"));
    }
    if *parameters > PARAMETERS {
        let what = format!("fn {name} has {parameters} parameters, {PARAMETERS} at most besides self");
        findings.push(Finding::new(&file.path, function.line, what, "what belongs together is a type"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Finding> {
        findings(&[File::new(path, text)])
    }

    #[test]
    fn a_file_may_have_its_last_allowed_line_and_no_more() {
        assert!(found("a.js", &"x\n".repeat(FILE_LINES)).is_empty());
        assert_eq!(found("a.js", &"x\n".repeat(FILE_LINES + 1)).len(), 1);
        assert!(found("a.txt", &"x\n".repeat(FILE_LINES + 1)).is_empty());
    }

    #[test]
    fn a_function_may_have_its_last_allowed_line_and_no_more() {
        let body = |lines: usize| format!("fn f() {{\n{}}}\n", "g();\n".repeat(lines - 2));
        assert!(found("a.rs", &body(FUNCTION_LINES)).is_empty());
        let long = found("a.rs", &format!("\n{}", body(FUNCTION_LINES + 1)));
        assert_eq!((long.len(), long[0].line), (1, 2));
    }

    #[test]
    fn a_sixth_parameter_is_too_many() {
        assert!(found("a.rs", "fn f(&self, a: A, b: B, c: C, d: D, e: E) {}").is_empty());
        assert_eq!(found("a.rs", "fn f(a: A, b: B, c: C, d: D, e: E, f: F) {}").len(), 1);
    }
}
