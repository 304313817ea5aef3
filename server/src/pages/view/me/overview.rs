//! "My account" at a glance: who is signed in, by which sign-in (protocol.md 3.4.8), and what can sign in.

use super::SignInLine;
use crate::pages::view::{Moment, Page};
use askama::Template;

/// What can sign in to an account.
#[derive(Clone, Copy)]
pub struct Keys {
    /// How many phones.
    pub phones: u32,
    /// When the password was chosen, if there is one.
    pub password: Option<Moment>,
    /// Whether a recovery code was made and not used.
    pub recovery: bool,
}

/// The first page of "my account".
#[derive(Template)]
#[template(path = "overview.html")]
pub struct OverviewPage {
    /// The frame.
    pub page: Page,
    /// What its owner is called, if they said so.
    pub name: Option<String>,
    /// The identifier in clear: this browser is signed in.
    pub account: String,
    /// When they signed in.
    pub at: Moment,
    /// "E8AP-QNR1", where a phone approved it.
    pub code: Option<String>,
    /// What can sign in.
    pub keys: Keys,
    /// "Add a phone".
    pub add_phone: String,
    /// The latest sign-ins.
    pub latest: Vec<SignInLine>,
    /// All of them.
    pub sign_ins: String,
    /// The operator's pages, for whoever has the role.
    pub operator: Option<String>,
}

impl OverviewPage {
    fn title(&self) -> String {
        match &self.name {
            Some(name) => self.page.fill("me.hello", "name", name),
            None => self.page.t("me.hello_you").to_owned(),
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
