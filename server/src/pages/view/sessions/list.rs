//! Where somebody is signed in, and which browsers are recognised.

use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// A session.
pub struct SessionLine {
    /// Whether it is the one of this page.
    pub is_this: bool,
    /// The browser, in words.
    pub agent: Option<String>,
    /// By which key, as it stands in the database.
    pub key: String,
    /// When it began.
    pub began: Moment,
    /// When it was last in use.
    pub seen: Moment,
    /// The services to which it led.
    pub services: Vec<String>,
    /// Names it in the form.
    pub id: String,
    /// "End this session". Posts `id`.
    pub end: Post,
}

impl SessionLine {
    /// Key of the words for its key.
    fn key_text(&self) -> &'static str {
        match self.key.as_str() {
            "number" => "keys.number",
            "qr" => "keys.qr",
            "here" => "keys.here",
            "offline" => "keys.offline",
            "operator" => "sessions.operator",
            _ => "keys.password",
        }
    }
}

/// A browser that is recognised.
pub struct BrowserLine {
    /// Whether it is this one.
    pub is_this: bool,
    /// What it calls itself, in words.
    pub agent: Option<String>,
    /// Since when.
    pub at: Moment,
    /// Names it in the form.
    pub id: String,
    /// "Forget this browser". Posts `id`.
    pub forget: Post,
}

/// "Where you are signed in".
#[derive(Template)]
#[template(path = "sessions.html")]
pub struct SessionsPage {
    /// The frame.
    pub page: Page,
    /// All that go on, the one in use last first.
    pub sessions: Vec<SessionLine>,
    /// "End all others"; `None` where there are none.
    pub end_others: Option<Post>,
    /// Browsers that are recognised.
    pub browsers: Vec<BrowserLine>,
}

impl SessionsPage {
    /// A browser in words.
    fn name<'a>(&'a self, agent: Option<&'a String>) -> &'a str {
        agent.map_or_else(|| self.page.t("sessions.unknown"), String::as_str)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
