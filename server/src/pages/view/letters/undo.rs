//! The question behind the link of a letter about a phone.

use crate::pages::view::{Page, Post};
use askama::Template;

/// "Remove this phone?" Nothing is done before the button.
#[derive(Template)]
#[template(path = "undo.html")]
pub struct UndoPage {
    /// The frame.
    pub page: Page,
    /// "Pixel 9, Android 17".
    pub phone: String,
    /// "Remove the phone".
    pub submit: Post,
}

impl UndoPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
