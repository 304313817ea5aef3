//! A module opens by saying what it is for.

use super::finding::Finding;
use crate::tree::File;

/// One finding for each Rust file whose first line is no `//!` with words behind it.
pub fn findings(files: &[File]) -> Vec<Finding> {
    let sources = files.iter().filter(|file| file.has_extension("rs") && !opens_with_its_purpose(file));
    sources
        .map(|file| Finding::new(&file.path, 1, "does not open with `//!`", "say what it is for"))
        .collect()
}

fn opens_with_its_purpose(file: &File) -> bool {
    let words = file.text.strip_prefix("//!").and_then(|rest| rest.lines().next());
    words.is_some_and(|words| !words.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_an_opening_is_found() {
        let files =
            ["//! What for.\n", "use x;\n", "//!\n", "", "// plain\n"].map(|text| File::new("a.rs", text));
        assert_eq!(findings(&files).len(), 4);
        assert!(findings(&[File::new("a.toml", "x")]).is_empty());
    }
}
