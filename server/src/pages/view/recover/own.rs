//! "Recovery code": whether there is one, and the one time that it is shown.

use crate::pages::view::{Page, Post};
use askama::Template;

/// Whether there is a code, and another one.
#[derive(Template)]
#[template(path = "recovery.html")]
pub struct OwnPage {
    /// The frame.
    pub page: Page,
    /// Whose.
    pub address: String,
    /// Whether there is one.
    pub has_code: bool,
    /// "Make a recovery code"; nothing where a sign-in by phone has to come first.
    pub make: Option<Post>,
    /// "Sign in again": posts `identifier`.
    pub sign_in: Post,
}

/// The code, this once.
#[derive(Template)]
#[template(path = "recovery_code.html")]
pub struct CodePage {
    /// The frame.
    pub page: Page,
    /// Five groups of five.
    pub code: String,
    /// "Save as a file": posts `code`.
    pub save: Post,
    /// "Done".
    pub done: Post,
}

impl OwnPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

impl CodePage {
    fn groups(&self) -> impl Iterator<Item = &str> {
        self.code.split('-')
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
