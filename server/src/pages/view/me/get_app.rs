//! The first step of adding a phone (P1): the app has to be on it.

use crate::pages::view::{Page, Post};
use askama::Template;
use std::cmp::Ordering;

/// "Get the app on your phone".
#[derive(Template)]
#[template(path = "get_app.html")]
pub struct GetAppPage {
    /// The frame.
    pub page: Page,
    /// "The app is installed".
    pub go_on: Post,
    /// "Cancel".
    pub cancel: String,
}

impl Page {
    /// The steps of adding a phone, when it is the turn of this one: a class and words.
    pub(in crate::pages::view) fn steps(&self, now: usize) -> [(&'static str, &'static str); 3] {
        let class = |step: usize| match step.cmp(&now) {
            Ordering::Less => "past",
            Ordering::Equal => "now",
            Ordering::Greater => "",
        };
        let words = ["add.step_app", "add.step_scan", "add.step_code"].map(|key| self.t(key));
        std::array::from_fn(|at| (class(at + 1), words[at]))
    }
}

impl GetAppPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
