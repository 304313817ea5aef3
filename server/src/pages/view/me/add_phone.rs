//! Pairing seen from the browser (P1, P3 by link; protocol.md 3.3): the QR code, then the code from the phone.
//!
//! The second page names the phone that claimed, which is where a stranger's phone is noticed.

use crate::pages::view::{Countdown, Page, Post, Wait};
use askama::Template;

/// "Add a phone", while the enrolment is `open`.
#[derive(Template)]
#[template(path = "add_phone.html")]
pub struct AddPhonePage {
    /// The frame.
    pub page: Page,
    /// Same-origin address of the QR code, at least 268 pixels wide with its quiet zone.
    pub image: String,
    /// The pairing link in full, for copying.
    pub link: String,
    /// "The app is on this phone".
    pub here: Option<Post>,
    /// "Show a short code to type".
    pub typed: Post,
    /// The life of the enrolment.
    pub countdown: Countdown,
    /// What to wait for.
    pub wait: Wait,
    /// "Cancel".
    pub cancel: Post,
}

impl AddPhonePage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// "Type this code into the app", while the enrolment is `open` (P3).
#[derive(Template)]
#[template(path = "type_code.html")]
pub struct TypeCodePage {
    /// The frame.
    pub page: Page,
    /// The server's address, as the app wants it.
    pub address: String,
    /// Four groups of four.
    pub code: String,
    /// The life of the enrolment.
    pub countdown: Countdown,
    /// What to wait for.
    pub wait: Wait,
    /// "Show the QR code".
    pub scan: String,
    /// "Cancel".
    pub cancel: Post,
}

impl TypeCodePage {
    fn groups(&self) -> std::str::Split<'_, char> {
        self.code.split('-')
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// What happened to the code typed before. The field is empty again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// `confirm_code_incorrect`; the tries left stand in the page.
    Wrong,
    /// Not six digits: nothing was counted.
    Incomplete,
}

/// "Type the code from your phone", while the enrolment is `claimed`. Posts `code`.
#[derive(Template)]
#[template(path = "confirm_phone.html")]
pub struct ConfirmPhonePage {
    /// The frame.
    pub page: Page,
    /// How the phone names itself: "Pixel 9, Android 17".
    pub phone: String,
    /// "Pair this phone".
    pub submit: Post,
    /// "That is not my phone": cancels the enrolment.
    pub not_mine: Post,
    /// Tries left on this enrolment, 1 to 3.
    pub tries_left: u32,
    /// Why the page is shown again.
    pub error: Option<CodeError>,
    /// Whether a second phone tried to claim; shown as a warning.
    pub contested: bool,
    /// The life of the enrolment.
    pub countdown: Countdown,
    /// What to wait for; name a contested enrolment another state, so that the warning appears at once.
    pub wait: Wait,
}

impl ConfirmPhonePage {
    fn error_text(&self) -> Option<String> {
        self.error.map(|error| match error {
            CodeError::Wrong => self.page.fill("code.wrong", "tries", self.page.tries(self.tries_left)),
            CodeError::Incomplete => self.page.t("code.incomplete").to_owned(),
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
