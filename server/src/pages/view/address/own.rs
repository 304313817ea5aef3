//! "E-mail address": which one, another one, and what is still to be proven.

use crate::pages::view::{Page, Post};
use askama::Template;

/// A change that goes on.
#[derive(Clone)]
pub struct Asked {
    /// The address to be.
    pub to: String,
    /// Whether the present one is proven.
    pub old: bool,
    /// Whether the new one is.
    pub new: bool,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// That is no address.
    NoAddress,
    /// It is the one that the account has.
    Same,
    /// The two differ.
    Differ,
}

/// The form. Posts `email` and `again`.
#[derive(Template)]
#[template(path = "address.html")]
pub struct OwnPage {
    /// The frame.
    pub page: Page,
    /// The present one.
    pub address: String,
    /// What goes on.
    pub asked: Option<Asked>,
    /// "Write to both"; nothing where a sign-in by phone has to come first.
    pub submit: Option<Post>,
    /// "Stop it".
    pub stop: Post,
    /// "Sign in again": posts `identifier`.
    pub sign_in: Post,
    /// What stands in the first field.
    pub typed: String,
    /// What stands in the second.
    pub again: String,
    /// Why the page is shown again.
    pub wrong: Option<Wrong>,
}

impl OwnPage {
    fn error(&self) -> Option<&'static str> {
        match self.wrong? {
            Wrong::NoAddress => Some(self.page.t("sign_in.not_address")),
            Wrong::Same => Some(self.page.t("address.same")),
            Wrong::Differ => None,
        }
    }

    fn differs(&self) -> bool {
        self.wrong == Some(Wrong::Differ)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
