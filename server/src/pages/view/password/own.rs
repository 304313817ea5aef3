//! "Change your password" (W7), for somebody who is signed in.

use super::Wrong;
use super::choose::weak;
use crate::pages::view::{Page, Post};
use crate::store::guess::SHUT;
use askama::Template;

/// The form. Posts `old` where it is asked for, `password` and `again`.
#[derive(Template)]
#[template(path = "own_password.html")]
pub struct OwnPage {
    /// The frame.
    pub page: Page,
    /// Whose.
    pub address: String,
    /// "Save password".
    pub submit: Post,
    /// "Sign in again": posts `identifier`.
    pub sign_in: Post,
    /// Least length.
    pub least: u32,
    /// Whether there is one to replace.
    pub has_password: bool,
    /// Whether a sign-in by phone was just now, so that the old one is not asked for.
    pub is_fresh: bool,
    /// Why the page is shown again.
    pub wrong: Option<Wrong>,
    /// Whether it is done.
    pub done: bool,
}

impl OwnPage {
    fn title(&self) -> &'static str {
        match (self.done, self.has_password) {
            (true, _) => self.page.t("state.password.title"),
            (false, true) => self.page.t("password.change"),
            (false, false) => self.page.t("password.title"),
        }
    }

    /// Whether there is a form: somebody without a password signs in by phone first.
    const fn may_choose(&self) -> bool {
        self.has_password || self.is_fresh
    }

    /// Why the old one is not taken.
    fn old_error(&self) -> Option<String> {
        match self.wrong? {
            Wrong::Old => Some(self.page.t("password.old_wrong").to_owned()),
            Wrong::Wait(secs) if secs >= SHUT => Some(self.page.t("your_password.shut").to_owned()),
            Wrong::Wait(secs) => {
                let minutes = u32::try_from(secs.div_ceil(60)).unwrap_or(u32::MAX);
                Some(self.page.count("password.old_wait", minutes))
            }
            Wrong::Weak(_) | Wrong::Differ => None,
        }
    }

    fn weak(&self) -> Option<String> {
        weak(&self.page, self.wrong)
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
