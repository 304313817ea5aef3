//! The phones of an account: the list, and the pages that ask before one is renamed or removed (A4, A7).

use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// How a phone keeps its keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// In software.
    Basic,
    /// In the protected part of its processor.
    Medium,
    /// In a chip of their own.
    High,
}

/// A phone of the list.
#[derive(Clone)]
pub struct PhoneLine {
    /// Its name.
    pub name: String,
    /// Its system.
    pub os: String,
    /// When it was paired.
    pub paired: Moment,
    /// When it approved something last.
    pub used: Option<Moment>,
    /// How it keeps its keys.
    pub protection: Protection,
    /// Whether it can approve nothing at present.
    pub is_locked: bool,
    /// "Rename".
    pub rename: String,
    /// "Remove".
    pub remove: String,
}

impl PhoneLine {
    fn protection_key(&self) -> &'static str {
        match self.protection {
            Protection::Basic => "phones.basic",
            Protection::Medium => "phones.medium",
            Protection::High => "phones.high",
        }
    }
}

/// "Phones".
#[derive(Template)]
#[template(path = "phones.html")]
pub struct PhonesPage {
    /// The frame.
    pub page: Page,
    /// "Add a phone".
    pub add: String,
    /// The phones, the oldest first.
    pub phones: Vec<PhoneLine>,
    /// "Remove all phones".
    pub remove_all: String,
}

impl PhonesPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// "Rename". Posts `name`.
#[derive(Template)]
#[template(path = "rename.html")]
pub struct RenamePage {
    /// The frame.
    pub page: Page,
    /// What stands in the field.
    pub name: String,
    /// "Save".
    pub submit: Post,
    /// "Cancel".
    pub cancel: String,
    /// Whether no phone can be called that.
    pub wrong: bool,
}

impl RenamePage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// What is left when phones are removed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Another phone.
    Phone,
    /// The recovery code.
    Recovery,
    /// Nothing that gets anybody in but a password, if there is one.
    Nothing,
}

/// "Remove this phone?", or all of them.
#[derive(Template)]
#[template(path = "remove.html")]
pub struct RemovePage {
    /// The frame.
    pub page: Page,
    /// Which, by name and system.
    pub phones: Vec<String>,
    /// What is left then.
    pub left: Left,
    /// "Remove".
    pub submit: Post,
    /// "Cancel".
    pub cancel: String,
}

impl RemovePage {
    fn title(&self) -> String {
        self.page.count("phones.remove_title", u32::try_from(self.phones.len()).unwrap_or(u32::MAX))
    }

    fn warning(&self) -> Option<(&'static str, &'static str)> {
        let words = |title, text| Some((self.page.t(title), self.page.t(text)));
        match self.left {
            Left::Phone => None,
            Left::Recovery => words("phones.last", "phones.last_recovery"),
            Left::Nothing => words("phones.last", "phones.last_nothing"),
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
