//! `cargo xtask parity`: which screen of which shell shows a state of the core, and what shows that it does.
//!
//! The page is made from the sources alone: states from the bindings' surface, places from the Kotlin shell, screens and
//! their pictures, previews and tests from wherever a state is named. Nobody keeps it by hand, except what a browser
//! shows meanwhile ([`web`]). A state without a screen in a shell is an error, and so is a page that is not current.

mod page;
mod shells;
mod surface;
mod web;

use crate::failure::Failure;
use crate::tree;
use std::path::Path;

/// The page, from the root of the repository.
const PAGE: &str = "docs/parity.md";

/// Writes the page.
pub fn run(root: &Path) -> Result<(), Failure> {
    let (text, missing) = page::made(&tree::read(root)?);
    std::fs::write(root.join(PAGE), text)?;
    println!("{PAGE} is written");
    if missing.is_empty() { Ok(()) } else { Err(Failure::Unfit(missing.join("\n"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_screen_in_each_shell_and_the_page_says_so() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let (text, missing) = page::made(&tree::read(&root).unwrap());
        assert!(missing.is_empty(), "{}", missing.join("\n"));
        let kept = std::fs::read_to_string(root.join(PAGE)).unwrap();
        assert!(kept == text, "{PAGE} is not current: cargo xtask parity");
    }
}
