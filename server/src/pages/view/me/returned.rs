//! The question after the app came back from pairing (P2).

use crate::pages::view::{Page, Post};
use askama::Template;

/// "Is this the phone in your hand?": the app came back, and nothing is confirmed before the answer.
#[derive(Template)]
#[template(path = "returned.html")]
pub struct ReturnedPage {
    /// The frame.
    pub page: Page,
    /// How the phone names itself, and how it keeps its keys.
    pub phone: String,
    /// "Yes, pair this phone".
    pub confirm: Post,
    /// "That is not my phone".
    pub not_mine: Post,
}

impl ReturnedPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
