//! What somebody can look up about sign-ins, and report (A9, W8).

use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// What a sign-in came to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CameTo {
    /// Somebody was signed in.
    SignedIn,
    /// It was refused on the phone.
    Denied,
    /// It was given up.
    Cancelled,
    /// Three wrong numbers or codes.
    Failed,
    /// The owner says it was somebody else.
    Reported,
    /// Nobody answered.
    Nothing,
}

impl CameTo {
    /// Words, drawing and tone.
    pub(super) fn face(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::SignedIn => ("signs.in", "check", "success"),
            Self::Denied => ("signs.denied", "close", "neutral"),
            Self::Cancelled => ("signs.cancelled", "close", "neutral"),
            Self::Failed => ("signs.failed", "error", "danger"),
            Self::Reported => ("signs.reported", "shield", "danger"),
            Self::Nothing => ("signs.nothing", "timer", "neutral"),
        }
    }
}

/// The key that was used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum UsedKey {
    /// App with a number.
    Number,
    /// App with a QR code.
    Qr,
    /// App on the phone itself.
    Here,
    /// App without network.
    Offline,
    /// A password alone.
    Password,
    /// Another one.
    Other,
}

impl UsedKey {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Number => "keys.number",
            Self::Qr => "keys.qr",
            Self::Here => "keys.here",
            Self::Offline => "keys.offline",
            Self::Password => "keys.password",
            Self::Other => "signs.other",
        }
    }
}

/// A sign-in.
#[derive(Clone)]
pub struct SignInLine {
    /// The service, by name.
    pub service: String,
    /// When.
    pub at: Moment,
    /// The key.
    pub key: UsedKey,
    /// Where the browser was, if that is known.
    pub place: Option<String>,
    /// The browser, in words.
    pub agent: Option<String>,
    /// What it came to.
    pub came_to: CameTo,
    /// "E8AP-QNR1".
    pub code: String,
    /// Its own page.
    pub href: String,
}

/// "Sign-ins".
#[derive(Template)]
#[template(path = "sign_ins.html")]
pub struct SignInsPage {
    /// The frame.
    pub page: Page,
    /// The latest first.
    pub lines: Vec<SignInLine>,
    /// Later ones than these.
    pub later: Option<String>,
    /// Earlier ones than these.
    pub earlier: Option<String>,
}

impl SignInsPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// One sign-in, and "It wasn't me".
#[derive(Template)]
#[template(path = "past.html")]
pub struct PastPage {
    /// The frame.
    pub page: Page,
    /// The sign-in.
    pub line: SignInLine,
    /// "It wasn't me"; nothing if that was said before.
    pub report: Option<Post>,
    /// All sign-ins.
    pub back: String,
}

impl PastPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
