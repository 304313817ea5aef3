//! Choice of keys: what this account has and this service accepts, each with one sentence (W2).

use crate::pages::view::{Page, Post, Target};
use askama::Template;

/// One key.
#[derive(Clone)]
pub struct Way {
    /// Key of its name.
    pub title: &'static str,
    /// Key of its sentence.
    pub hint: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
    /// Its form; `None` for a key that the service does not take.
    pub post: Option<Post>,
    /// Whether to mark it "Used last time"; at most one.
    pub last_used: bool,
}

/// The page of keys. An empty list is said in words.
#[derive(Template)]
#[template(path = "keys.html")]
pub struct KeysPage {
    /// The frame.
    pub page: Page,
    /// The service to reach.
    pub target: Option<Target>,
    /// The identifier as typed.
    pub identifier: String,
    /// "Not you?": back to the identifier.
    pub not_you: Post,
    /// In the order of showing.
    pub ways: Vec<Way>,
}

impl KeysPage {
    /// Those that can be chosen, or those that cannot.
    fn some(&self, taken: bool) -> impl Iterator<Item = &Way> {
        self.ways.iter().filter(move |way| way.post.is_some() == taken)
    }

    /// Whom the heading above the refused ones names.
    fn refuser(&self) -> &str {
        self.target.as_ref().map_or(self.page.server.as_str(), |target| &target.service)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
