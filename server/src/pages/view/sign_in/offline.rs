//! The offline page of S5 (protocol.md 3.6): a QR code that stays, and the field for its eight digits.

use crate::pages::view::{Countdown, Page, Post, Target, Wait};
use askama::Template;
use countersign_protocol::time::Time;

/// What happened to the code typed before. The field is empty again in each case.
#[derive(Clone)]
pub enum OfflineError {
    /// `code_incorrect`; the tries left stand in the page.
    Wrong,
    /// Not eight digits: nothing was sent, nothing counted.
    Incomplete,
    /// `pin_wait`: until when.
    WaitUntil(Time),
}

/// "Sign in without network on your phone". Posts `code`, with whatever spaces were typed.
#[derive(Template)]
#[template(path = "offline.html")]
pub struct OfflinePage {
    /// The frame.
    pub page: Page,
    /// Whether the browser runs on a phone: the app may be on the same one.
    pub on_phone: bool,
    /// The service to reach.
    pub target: Option<Target>,
    /// Same-origin address of the QR code, at least 404 pixels wide with its quiet zone.
    pub image: String,
    /// "Sign in".
    pub submit: Post,
    /// Tries left on this sign-in, 1 to 3.
    pub tries_left: u32,
    /// Why the page is shown again.
    pub error: Option<OfflineError>,
    /// The life of the sign-in.
    pub countdown: Countdown,
    /// What to wait for.
    pub wait: Wait,
    /// "My phone has network: use a number"; `None` where it is not accepted.
    pub number: Option<Post>,
    /// "Use another key".
    pub other_key: Post,
    /// "Cancel".
    pub cancel: Post,
}

impl OfflinePage {
    fn error_text(&self) -> Option<String> {
        self.error.as_ref().map(|error| match error {
            OfflineError::Wrong => self.page.fill("offline.wrong", "tries", self.page.tries(self.tries_left)),
            OfflineError::Incomplete => self.page.t("offline.incomplete").to_owned(),
            OfflineError::WaitUntil(until) => self.page.fill("offline.wait", "time", self.page.clock(*until)),
        })
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
