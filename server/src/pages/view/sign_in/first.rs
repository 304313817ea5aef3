//! Sign in: the identifier, whether to recognise this computer, and the way round by QR (W2).

use crate::pages::view::{Page, Post, Target};
use askama::Template;

/// Why the identifier was not taken. An unknown account is none of these: it looks like a known one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    /// Nothing was typed.
    Missing,
    /// It has not the form of an e-mail address.
    NotAnAddress,
}

/// The first page. Posts `identifier`, and `remember=1` if the box is ticked.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// The frame.
    pub page: Page,
    /// The service to reach; `None` for the server's own pages.
    pub target: Option<Target>,
    /// "Continue".
    pub submit: Post,
    /// "Sign in with a QR code"; `None` where the service does not accept it.
    pub qr: Option<Post>,
    /// What stands in the field: empty, or what was typed before an error.
    pub identifier: String,
    /// Whether the box is ticked.
    pub remember: bool,
    /// Why the page is shown again.
    pub error: Option<IdentifierError>,
}

impl SignInPage {
    fn error_text(&self) -> Option<&'static str> {
        self.error.map(|error| match error {
            IdentifierError::Missing => self.page.t("sign_in.missing"),
            IdentifierError::NotAnAddress => self.page.t("sign_in.not_address"),
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
