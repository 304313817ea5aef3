//! "Really?": what a change will do, before it is done.

use super::Frame;
use crate::pages::view::{Page, Post};
use askama::Template;

/// What is asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// An account that is stopped.
    Lock,
    /// An account that goes on.
    Unlock,
    /// A phone that is removed.
    Remove,
    /// Another secret for a service.
    Rotate,
}

/// The page. Posts what was typed once more, and `sure`.
#[derive(Template)]
#[template(path = "operator/ask.html")]
pub struct AskPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// What is asked about.
    pub asked: Asked,
    /// Whom or what it changes.
    pub on: String,
    /// Why, as it will stand in the log.
    pub reason: String,
    /// "Yes".
    pub submit: Post,
    /// What else the form carries.
    pub hidden: Vec<(&'static str, String)>,
    /// "Back".
    pub back: String,
}

impl AskPage {
    /// Question, what will happen, and the button.
    fn words(&self) -> [&'static str; 3] {
        let keys = match self.asked {
            Asked::Lock => ["op.ask_lock", "op.ask_lock_text", "op.lock"],
            Asked::Unlock => ["op.ask_unlock", "op.ask_unlock_text", "op.unlock"],
            Asked::Remove => ["op.ask_remove", "op.ask_remove_text", "op.ask_remove_yes"],
            Asked::Rotate => ["op.ask_rotate", "op.ask_rotate_text", "op.rotate"],
        };
        keys.map(|key| self.page.t(key))
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
