//! Choice of keys: what this account has and this service accepts, each with one sentence (W2).

use crate::pages::view::{Page, Post, Target};
use askama::Template;

/// A kind of key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// S1: a request to the phone, with a number.
    Number,
    /// S3: a rotating QR code.
    Qr,
    /// S4: the app is on the phone that this browser runs on.
    Here,
    /// S5: the phone has no network.
    Offline,
}

impl WayKind {
    /// Key of the name, key of the sentence, name of the icon.
    fn face(self) -> (&'static str, &'static str, &'static str) {
        match self {
            WayKind::Number => ("keys.number", "keys.number_hint", "phone"),
            WayKind::Qr => ("keys.qr", "keys.qr_hint", "qr"),
            WayKind::Here => ("keys.here", "keys.here_hint", "phone"),
            WayKind::Offline => ("keys.offline", "keys.offline_hint", "no-network"),
        }
    }
}

/// One key that can be chosen.
#[derive(Clone)]
pub struct Way {
    /// Which one.
    pub kind: WayKind,
    /// Its form.
    pub post: Post,
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
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
