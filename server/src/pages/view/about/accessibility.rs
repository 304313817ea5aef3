//! How the pages can be used, and whom to tell when they cannot.

use crate::pages::view::Page;
use askama::Template;

/// The statement.
#[derive(Template)]
#[template(path = "accessibility.html")]
pub struct AccessibilityPage {
    /// The frame.
    pub page: Page,
}

impl AccessibilityPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
