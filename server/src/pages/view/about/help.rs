//! Help, in one short page; also what a code of Countersign shows when it is opened as a link (protocol.md 5.1).

use crate::pages::view::Page;
use askama::Template;

/// The help page.
#[derive(Template)]
#[template(path = "help.html")]
pub struct HelpPage {
    /// The frame.
    pub page: Page,
    /// Whether it answers one of the addresses `/a/…` of QR codes: says to use the scanner.
    pub opened_code: bool,
}

impl HelpPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
