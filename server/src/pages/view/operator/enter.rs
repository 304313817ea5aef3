//! The way in: a sign-in by phone for these pages alone.

use crate::pages::view::{Page, Post};
use askama::Template;

/// "Sign in as the operator".
#[derive(Template)]
#[template(path = "operator/enter.html")]
pub struct EnterPage {
    /// The frame.
    pub page: Page,
    /// "Sign in with your phone".
    pub submit: Post,
}

impl EnterPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
