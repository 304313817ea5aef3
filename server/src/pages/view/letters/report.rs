//! "I did not make this sign-in" without signing in (W8): the form, and the question behind the link in the letter.

use crate::pages::view::{Page, Post};
use askama::Template;

/// Address and code; after sending, the same page says the same whatever was typed.
#[derive(Template)]
#[template(path = "report.html")]
pub struct ReportPage {
    /// The frame.
    pub page: Page,
    /// "Send".
    pub submit: Post,
    /// Whether it was sent.
    pub sent: bool,
}

impl ReportPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// The owner opened the link of the letter: nothing is done before the button.
#[derive(Template)]
#[template(path = "report_mail.html")]
pub struct ReportMailPage {
    /// The frame.
    pub page: Page,
    /// The service that the sign-in was for.
    pub service: String,
    /// Its code.
    pub code: String,
    /// "It was not me".
    pub submit: Post,
}

impl ReportMailPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
