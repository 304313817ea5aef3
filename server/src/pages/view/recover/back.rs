//! "I have no phone any more": a first factor and the recovery code.

use crate::pages::view::{Page, Post};
use crate::store::guess::SHUT;
use askama::Template;

/// Why the page is shown again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Something of it is not right; never which.
    Refused,
    /// Too many tries: seconds to wait.
    Wait(u64),
}

/// The form. Posts `email`, `password` and `code`.
#[derive(Template)]
#[template(path = "recover.html")]
pub struct BackPage {
    /// The frame.
    pub page: Page,
    /// "Continue".
    pub submit: Post,
    /// The address as typed.
    pub address: String,
    /// Why it is shown again.
    pub wrong: Option<Wrong>,
}

impl BackPage {
    fn error(&self) -> Option<String> {
        self.wrong.map(|wrong| match wrong {
            Wrong::Refused => self.page.t("recover.refused").to_owned(),
            Wrong::Wait(secs) if secs >= SHUT => self.page.t("your_password.shut").to_owned(),
            Wrong::Wait(secs) => {
                let minutes = u32::try_from(secs.div_ceil(60)).unwrap_or(u32::MAX);
                self.page.count("recover.wait", minutes)
            }
        })
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// An address to write to, in the place of the password. Posts `email`.
#[derive(Template)]
#[template(path = "recover_link.html")]
pub struct AskPage {
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

impl AskPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// Behind the link of the letter. Posts `code`.
#[derive(Template)]
#[template(path = "recover_code.html")]
pub struct BehindPage {
    /// The frame.
    pub page: Page,
    /// "Continue".
    pub submit: Post,
    /// Whose.
    pub address: String,
    /// Whether the code was not taken.
    pub refused: bool,
}

impl BehindPage {
    fn error(&self) -> Option<&'static str> {
        self.refused.then(|| self.page.t("recover.refused"))
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
