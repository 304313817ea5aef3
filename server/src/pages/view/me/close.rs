//! "Close your account?": what is lost, and what stays (W6).

use crate::pages::view::{Page, Post};
use askama::Template;

/// The question. Posts `email`.
#[derive(Template)]
#[template(path = "close.html")]
pub struct ClosePage {
    /// The frame.
    pub page: Page,
    /// "Close my account".
    pub submit: Post,
    /// Days in which it can be undone.
    pub days: u32,
    /// Services that the account was used for.
    pub services: u32,
    /// Phones.
    pub phones: u32,
    /// "Keep my account".
    pub keep: String,
    /// Whether another address was typed.
    pub wrong: bool,
}

impl ClosePage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
