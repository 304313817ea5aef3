//! The number page of S1 and S2 (protocol.md 3.4.1): it says nothing about phones, so that an unknown account
//! with a dummy number looks the same.

use crate::pages::view::{Countdown, Page, Post, Target, Wait};
use askama::Template;

/// "Type this number in your app".
#[derive(Template)]
#[template(path = "number.html")]
pub struct NumberPage {
    /// The frame.
    pub page: Page,
    /// Whether the browser runs on a phone: the app may be on the same one.
    pub on_phone: bool,
    /// The service to reach.
    pub target: Option<Target>,
    /// Six digits without space.
    pub number: String,
    /// The life of the request.
    pub countdown: Countdown,
    /// What to wait for.
    pub wait: Wait,
    /// "Cancel".
    pub cancel: Post,
    /// "Use another key".
    pub other_key: Post,
    /// "Use the app without network"; `None` where it is not accepted.
    pub offline: Option<Post>,
}

impl NumberPage {
    /// "4 8 3, 9 2 0": digits one by one for a screen reader.
    fn spoken(&self) -> String {
        let spell = |half: String| half.chars().map(String::from).collect::<Vec<_>>().join(" ");
        self.halves().map(spell).join(", ")
    }

    /// The three digits on each side of the narrow no-break space.
    fn halves(&self) -> [String; 2] {
        [self.number.chars().take(3).collect(), self.number.chars().skip(3).collect()]
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
