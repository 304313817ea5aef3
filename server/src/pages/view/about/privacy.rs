//! What happens to people's data.

use crate::pages::view::Page;
use askama::Template;

/// What the server does, then what its operator says.
#[derive(Template)]
#[template(path = "privacy.html")]
pub struct PrivacyPage {
    /// The frame.
    pub page: Page,
    /// The operator's own words, a paragraph each.
    pub added: Vec<String>,
}

impl PrivacyPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
