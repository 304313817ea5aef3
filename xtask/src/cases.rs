//! `cargo xtask cases`: which negative conformance cases (protocol section 4) are shown by a test.
//!
//! The cases stand in `tests/cases.tsv`. A test names what it shows: `fn n57_right_pin_wrong_number`, or several
//! at once: `fn n57_n58_…`. It never runs a test.

mod table;

use crate::failure::Failure;
use crate::rust::{functions, tokens};
use crate::tree::{self, File};
use std::collections::BTreeMap;
use std::path::Path;
use table::{Case, Id};

/// Where the cases stand, from the root of the repository.
const TABLE: &str = "tests/cases.tsv";

/// Prints the table; fails if a test carries an id that the table does not know, or a case id is on no test.
pub fn run(root: &Path) -> Result<(), Failure> {
    let cases = table::parse(&tree::read_needed(root, TABLE)?)
        .map_err(|reason| Failure::Unreadable { path: TABLE.to_owned(), reason })?;
    let named = named_functions(&tree::read(root)?);
    for case in &cases {
        println!("{}", line(case, &shown_by(&named, case.id)));
    }
    let wrong = complaints(&cases, &named);
    for complaint in &wrong {
        println!("{complaint}");
    }
    println!("{}", summary(&cases, &named));
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Findings(wrong.len())) }
}

/// A function whose name begins with the ids of cases.
struct Named {
    ids: Vec<Id>,
    path: String,
    line: usize,
    name: String,
    is_test: bool,
}

fn named_functions(files: &[File]) -> Vec<Named> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.has_extension("rs")) {
        for function in functions(&tokens(&file.text)) {
            let ids: Vec<_> = function.name.split('_').map_while(Id::of_segment).collect();
            if !ids.is_empty() {
                let (line, name, is_test) = (function.line, function.name, function.is_test);
                found.push(Named { ids, path: file.path.clone(), line, name, is_test });
            }
        }
    }
    found
}

fn shown_by(named: &[Named], id: Id) -> Vec<String> {
    let tests = named.iter().filter(|function| function.is_test && function.ids.contains(&id));
    tests.map(|test| format!("{}::{}", test.path, test.name)).collect()
}

fn line(case: &Case, tests: &[String]) -> String {
    let shown = if tests.is_empty() { "not yet".to_owned() } else { tests.join(", ") };
    format!("{}  {}{}: {shown}", case.id, case.title, case.remark())
}

fn summary(cases: &[Case], named: &[Named]) -> String {
    let shown = cases.iter().filter(|case| !shown_by(named, case.id).is_empty()).count();
    format!("{shown} of {} shown, {} not yet", cases.len(), cases.len() - shown)
}

fn complaints(cases: &[Case], named: &[Named]) -> Vec<String> {
    let known: BTreeMap<_, _> = cases.iter().map(|case| (case.id, case)).collect();
    let mut wrong = Vec::new();
    for function in named {
        let place = format!("{}:{}: {}", function.path, function.line, function.name);
        for id in function.ids.iter().filter(|id| !known.contains_key(id)) {
            wrong.push(format!("{place} carries {id} – {TABLE} has no such case"));
        }
        if !function.is_test {
            wrong.push(format!("{place} is no test – only a test may carry a case's id"));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: &str = "id\twhere\tflags\ttitle\nN01\tserver\t-\tlong body\nN57\tserver\tB\twrong number\n";

    fn named(source: &str) -> Vec<Named> {
        named_functions(&[File::new("a/b.rs", source)])
    }

    #[test]
    fn one_test_may_show_several_cases() {
        let named = named("#[test] fn n01_n57_both_of_them_n99() {}");
        let cases = table::parse(CASES).expect("table");
        assert_eq!(summary(&cases, &named), "2 of 2 shown, 0 not yet");
        assert!(complaints(&cases, &named).is_empty());
        let id = cases[1].id;
        assert_eq!(
            line(&cases[1], &shown_by(&named, id)),
            "N57  wrong number [B]: a/b.rs::n01_n57_both_of_them_n99"
        );
    }

    #[test]
    fn a_case_without_a_test_is_not_yet_shown() {
        let cases = table::parse(CASES).expect("table");
        assert_eq!(line(&cases[0], &[]), "N01  long body: not yet");
        assert_eq!(summary(&cases, &named("#[test] fn name() {}")), "0 of 2 shown, 2 not yet");
    }

    #[test]
    fn an_unknown_id_and_an_id_on_a_helper_are_wrong() {
        let cases = table::parse(CASES).expect("table");
        assert!(
            complaints(&cases, &named("#[test] fn n26_gone() {}"))[0]
                .starts_with("a/b.rs:1: n26_gone carries N26")
        );
        assert_eq!(complaints(&cases, &named("fn n57_helper() {}")).len(), 1);
    }
}
