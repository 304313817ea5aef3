//! "Mail": what has not left.

use super::{Frame, Wrong};
use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// A letter; what it says is not shown.
pub struct Letter {
    /// Its number.
    pub id: i64,
    /// Whether it is about the operator's own account.
    pub own: bool,
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
    /// Whether the operator signed in lately enough.
    pub may_change: bool,
    /// Both buttons.
    pub submit: Post,
    /// "Sign in again".
    pub again: Post,
    /// Why it is shown again.
    pub wrong: Option<Wrong>,
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
