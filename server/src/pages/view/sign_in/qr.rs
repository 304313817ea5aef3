//! The rotating QR page of S3 (protocol.md 3.5.1): the picture is an image of the same origin that `qr.js`
//! swaps, and without scripts it is loaded anew by hand.

use crate::pages::view::{Countdown, Page, Post, Target, Wait};
use askama::Template;

/// "Scan this code with your app", while the sign-in is `created`.
#[derive(Template)]
#[template(path = "qr.html")]
pub struct QrPage {
    /// The frame.
    pub page: Page,
    /// Whether the browser runs on a phone: the app may be on the same one.
    pub on_phone: bool,
    /// The service to reach.
    pub target: Option<Target>,
    /// Same-origin address of the present frame, at least 268 pixels wide with its quiet zone.
    pub image: String,
    /// Same-origin path that answers `{"src":"/…","next_in_ms":n,"state":"created"}`.
    pub frames: String,
    /// How long the present frame is shown, in milliseconds.
    pub next_in_ms: u32,
    /// The life of the sign-in.
    pub countdown: Countdown,
    /// What to wait for.
    pub wait: Wait,
    /// "Cancel".
    pub cancel: Post,
    /// "Use a number instead"; `None` where the account is not known or has no phone.
    pub number: Option<Post>,
    /// "My phone has no network"; `None` where it is not accepted.
    pub offline: Option<Post>,
    /// "The app is on this phone"; where that key is taken.
    pub here: Option<Post>,
    /// "Use another key".
    pub other_key: Post,
}

impl QrPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
