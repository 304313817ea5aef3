//! The page that asks for a password: alone, or before a second key.

use crate::pages::view::{Page, Post, Target};
use crate::store::guess::SHUT;
use askama::Template;

/// Why the page is shown again. Both are said of an address that nobody has as of any other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PasswordError {
    /// It was not right.
    Wrong,
    /// There were too many; in how many seconds another one is looked at.
    Wait(u64),
}

/// "Your password". Posts `password`.
#[derive(Template)]
#[template(path = "your_password.html")]
pub struct PasswordPage {
    /// The frame.
    pub page: Page,
    /// The service to reach.
    pub target: Option<Target>,
    /// The identifier as typed.
    pub identifier: String,
    /// "Continue".
    pub submit: Post,
    /// "Not you?": back to the identifier.
    pub not_you: Post,
    /// "Use another key": where the keys are.
    pub other_key: String,
    /// Why the page is shown again.
    pub error: Option<PasswordError>,
}

impl PasswordPage {
    fn error_text(&self) -> Option<String> {
        self.error.map(|error| match error {
            PasswordError::Wrong => self.page.t("your_password.wrong").to_owned(),
            PasswordError::Wait(seconds) if seconds >= SHUT => self.page.t("your_password.shut").to_owned(),
            PasswordError::Wait(seconds) => {
                let minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX);
                self.page.count("your_password.wait", minutes)
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
