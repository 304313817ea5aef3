//! After signing out.

use crate::pages::view::Page;
use askama::Template;

/// "You are signed out".
#[derive(Template)]
#[template(path = "signed_out.html")]
pub struct SignedOutPage {
    /// The frame.
    pub page: Page,
    /// "Sign in again".
    pub sign_in: String,
}

impl SignedOutPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
