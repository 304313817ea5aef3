//! The app on the phone that this browser runs on (S4, P2): one link to tap.

use crate::pages::view::{Countdown, Page, Post, Target, Wait};
use askama::Template;

/// What the link is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum HerePurpose {
    /// To sign in.
    SignIn,
    /// To pair the phone.
    Pair,
}

/// "Open the app on this phone". The link is a navigation after a tap, never shown as text.
#[derive(Template)]
#[template(path = "here.html")]
pub struct HerePage {
    /// The frame.
    pub page: Page,
    /// The service to reach.
    pub target: Option<Target>,
    /// What it is for.
    pub purpose: HerePurpose,
    /// The link that opens the app.
    pub link: String,
    /// The life of what it opens.
    pub countdown: Countdown,
    /// What to wait for.
    pub wait: Wait,
    /// "Use another key", or "Show the QR code".
    pub other: Post,
    /// "Cancel".
    pub cancel: Post,
}

impl HerePage {
    /// Icon and words of the other way.
    fn other_face(&self) -> (&'static str, &str) {
        match self.purpose {
            HerePurpose::SignIn => ("key", self.page.t("way.other_key")),
            HerePurpose::Pair => ("qr", self.page.t("here.show_qr")),
        }
    }

    fn title(&self) -> &str {
        match self.purpose {
            HerePurpose::SignIn => self.page.t("here.sign_in_title"),
            HerePurpose::Pair => self.page.t("here.pair_title"),
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
