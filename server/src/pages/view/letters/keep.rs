//! The question behind the link of a letter about an account that is being closed.

use crate::pages::view::{Page, Post};
use askama::Template;
use countersign_protocol::time::Time;

/// "Keep this account?" Nothing is done before the button.
#[derive(Template)]
#[template(path = "keep.html")]
pub struct KeepPage {
    /// The frame.
    pub page: Page,
    /// The account, its address masked.
    pub account: String,
    /// When it ends for good otherwise.
    pub until: Time,
    /// "Keep my account".
    pub submit: Post,
}

impl KeepPage {
    fn end(&self) -> String {
        self.page.day(self.until)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
