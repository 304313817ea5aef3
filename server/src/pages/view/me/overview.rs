//! The end of a sign-in on the server's own pages: who, when, and the sign-in code (protocol.md 3.4.8).

use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// How "Add a phone" is reached.
#[derive(Clone)]
pub enum AddPhoneLink {
    /// A link to a page that is already there.
    Get(String),
    /// A form that makes the enrolment.
    Post(Post),
}

/// "Signed in to Grants Portal".
#[derive(Template)]
#[template(path = "done.html")]
pub struct DonePage {
    /// The frame, with its "Sign out".
    pub page: Page,
    /// Where one is signed in to.
    pub service: String,
    /// The identifier in clear: this browser is signed in.
    pub account: String,
    /// When they signed in.
    pub at: Moment,
    /// "E8AP-QNR1", where a phone approved it.
    pub code: Option<String>,
    /// "Add a phone"; `None` when it is not offered.
    pub add_phone: Option<AddPhoneLink>,
}

impl DonePage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
