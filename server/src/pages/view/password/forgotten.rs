//! "I forgot my password" (W7): after sending, the page says the same whatever was typed.

use crate::pages::view::{Page, Post};
use askama::Template;

/// The form. Posts `email`.
#[derive(Template)]
#[template(path = "forgotten.html")]
pub struct ForgottenPage {
    /// The frame.
    pub page: Page,
    /// "Send".
    pub submit: Post,
    /// What stands in the field.
    pub address: String,
    /// Whether it was sent.
    pub sent: bool,
    /// Whether that is no address.
    pub wrong: bool,
}

impl ForgottenPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
