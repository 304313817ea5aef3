//! "Look in your mail" (W1): the same for every address.

use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// Where the letter went, and what to do if it does not come.
#[derive(Template)]
#[template(path = "new_sent.html")]
pub struct SentPage {
    /// The frame.
    pub page: Page,
    /// The address as it was typed.
    pub address: String,
    /// When the link runs out.
    pub until: Moment,
    /// "Send the mail again".
    pub again: Post,
    /// Where another address can be typed.
    pub start_again: String,
    /// Whether it was just sent once more.
    pub sent_again: bool,
}

impl SentPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
