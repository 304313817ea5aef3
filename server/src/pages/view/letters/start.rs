//! The page behind a set-up link: whose account it is, and one button, because opening a link must change nothing.

use crate::pages::view::{Page, Post};
use askama::Template;

/// "Pair your first phone?", or "Pair a phone?" where there was one before.
#[derive(Template)]
#[template(path = "start.html")]
pub struct StartPage {
    /// The frame.
    pub page: Page,
    /// Whether the account never had a phone.
    pub first: bool,
    /// The masked identifier, as in the offer.
    pub account: String,
    /// "Pair a phone": uses the link up.
    pub begin: Post,
}

impl StartPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
