//! "Options": how many factors are asked for, and which sign-ins a letter is written about (W6).

use crate::pages::view::{Page, Post};
use crate::store::account::Options;
use askama::Template;

/// The form. Posts `two_factors` and `letters` (`unusual` or `every`).
#[derive(Template)]
#[template(path = "options.html")]
pub struct OptionsPage {
    /// The frame.
    pub page: Page,
    /// "Save options".
    pub submit: Post,
    /// What is chosen.
    pub options: Options,
    /// The least length of a password that is enough alone, where the one of this account is shorter, so that a second
    /// factor is asked for whatever is chosen.
    pub longer: Option<u32>,
    /// Whether it was saved just now.
    pub saved: bool,
    /// "Close my account".
    pub close: String,
}

impl OptionsPage {
    /// "Your password is too short to stand alone".
    fn short(&self) -> Option<String> {
        self.longer.map(|least| self.page.count("options.short_text", least))
    }

    /// The same, once it would have to.
    fn too_short(&self) -> Option<String> {
        self.short().filter(|_| !self.options.two_factors)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
