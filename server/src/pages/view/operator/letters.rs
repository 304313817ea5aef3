//! "Mail": what has not left.

use super::Frame;
use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// A letter; what it says is not shown.
pub struct Letter {
    /// Its number.
    pub id: i64,
    /// Which letter.
    pub kind: String,
    /// Where it goes.
    pub recipient: String,
    /// Whether it was given up.
    pub dead: bool,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written.
    pub at: Moment,
}

/// The page. Each letter posts `id` and `act`: `send` or `drop`.
#[derive(Template)]
#[template(path = "operator/letters.html")]
pub struct LettersPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// The letters.
    pub letters: Vec<Letter>,
    /// Both buttons.
    pub submit: Post,
}

impl LettersPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
