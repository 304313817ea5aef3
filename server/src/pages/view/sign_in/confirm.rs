//! The question after a QR sign-in that was started without account (protocol.md 3.11): no session before it.

use crate::pages::view::{Page, Post, Target};
use askama::Template;

/// "Sign in as a***@example.eu?"
#[derive(Template)]
#[template(path = "confirm.html")]
pub struct ConfirmAccountPage {
    /// The frame.
    pub page: Page,
    /// The service to reach.
    pub target: Option<Target>,
    /// The masked identifier, as in the offer.
    pub account: String,
    /// "Continue".
    pub confirm: Post,
    /// "Not my account": no session, and a new QR code.
    pub refuse: Post,
}

impl ConfirmAccountPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
