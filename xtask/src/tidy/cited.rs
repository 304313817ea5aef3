//! Tests that `docs/asvs.md` names are there: `file::how_the_name_begins` among those of the pages, and
//! `file.test.js: how the sentence begins` among those in a browser.

use super::finding::Finding;
use crate::tree::File;

/// The page, from the root of the repository.
const PAGE: &str = "docs/asvs.md";
const RUST: &str = "tests/e2e/tests/pages/";
const BROWSER: &str = "tests/web/test/";

/// One finding for each test that is named and not there.
pub fn findings(files: &[File]) -> Vec<Finding> {
    let Some(page) = files.iter().find(|file| file.path == PAGE) else { return Vec::new() };
    let rows = page.text.lines().enumerate().filter(|(_, line)| line.starts_with('|'));
    rows.flat_map(|(at, line)| named(line).map(move |name| (at, name)))
        .filter(|(_, name)| !is_there(files, name))
        .map(|(at, name)| {
            let mend = "name the test that shows it now, or say that nothing does";
            Finding::new(PAGE, at + 1, format!("there is no test {name}"), mend)
        })
        .collect()
}

/// What stands between backticks and has the form of a test.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|word| word.contains("::") || word.contains(".test.js: "))
}

fn is_there(files: &[File], name: &str) -> bool {
    let (path, begin) = match (name.split_once(".test.js: "), name.split_once("::")) {
        (Some((file, words)), _) => {
            (format!("{BROWSER}{file}.test.js"), [format!("(\"{words}"), format!("(`{words}")])
        }
        (None, Some((file, words))) => {
            (format!("{RUST}{file}.rs"), [format!("\nfn {words}"), format!("\nasync fn {words}")])
        }
        (None, None) => return false,
    };
    files.iter().any(|file| file.path == path && begin.iter().any(|begin| file.text.contains(begin)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_named_and_gone_is_found_by_its_line() {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let page = "# Title\n\n| 1 | `a::one_is` `b.test.js: two` `__Host-` |\n| 2 | `a::gone` `b.test.js: went` |\n";
        let files = [
            file(PAGE, page),
            file("tests/e2e/tests/pages/a.rs", "#[test]\nfn one_is_there() {}\n"),
            file("tests/web/test/b.test.js", "test(\"two and more\", () => {});"),
        ];
        let found = findings(&files);
        assert_eq!(found.iter().map(|one| one.line).collect::<Vec<_>>(), [4, 4]);
        assert!(found[0].what.contains("a::gone") && found[1].what.contains("went"));
    }
}
