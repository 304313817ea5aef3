//! Behind the link of a letter: this address is mine, or stop it.

use crate::pages::view::{Page, Post};
use askama::Template;

/// Which of the two letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// That to the present address.
    Old,
    /// That to the new one.
    New,
}

/// The question. Posts `answer`: `yes` or `no`.
#[derive(Template)]
#[template(path = "address_link.html")]
pub struct BehindPage {
    /// The frame.
    pub page: Page,
    /// Which letter led here.
    pub behind: Behind,
    /// The address to be.
    pub to: String,
    /// Both buttons.
    pub submit: Post,
}

impl BehindPage {
    fn text(&self) -> String {
        match self.behind {
            Behind::Old => self.page.fill("address.old_text", "to", &self.to),
            Behind::New => self.page.fill("address.new_text", "to", &self.to),
        }
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
