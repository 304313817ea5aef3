//! A link in a letter that leads nowhere any more.

use super::Purpose;
use crate::pages::view::Page;
use askama::Template;

/// "This link does not work any more", and how to get another.
#[derive(Template)]
#[template(path = "link_over.html")]
pub struct OverPage {
    /// The frame.
    pub page: Page,
    /// What the link was for.
    pub purpose: Purpose,
    /// Where another one can be asked for.
    pub start_again: String,
}

impl OverPage {
    fn text(&self) -> &'static str {
        match self.purpose {
            Purpose::NewAccount => self.page.t("link_over.new_text"),
            Purpose::Address => self.page.t("link_over.address_text"),
            Purpose::Forgotten | Purpose::Recovery => self.page.t("link_over.forgotten_text"),
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
