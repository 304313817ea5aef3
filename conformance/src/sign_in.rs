//! A sign-in as the service that started it gets it.

use countersign_protocol::time::Iso;
use serde::Deserialize;

/// The answer of `POST /backend/v1/sign-ins`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Its id.
    pub tid: String,
    /// Its first state.
    pub state: String,
    /// When it ends.
    expires_at: Iso,
    /// Six digits for the browser, of a push sign-in.
    number: Option<String>,
    /// Text of the QR, of an offline sign-in.
    qr: Option<String>,
    /// Link for the phone that the browser runs on.
    link: Option<String>,
}

impl SignIn {
    /// When it ends, in seconds since 1970.
    pub fn expires_at(&self) -> u64 {
        self.expires_at.0.secs()
    }

    /// The number that the browser shows.
    #[track_caller]
    pub fn number(&self) -> &str {
        self.number.as_deref().expect("a push sign-in")
    }

    /// Another number than the right one.
    #[track_caller]
    pub fn wrong_number(&self) -> String {
        other_digits(self.number())
    }

    /// The link of a same-device sign-in.
    #[track_caller]
    pub fn link(&self) -> &str {
        self.link.as_deref().expect("a link sign-in")
    }

    /// The text of the offline QR.
    #[track_caller]
    pub fn qr(&self) -> &str {
        self.qr.as_deref().expect("an offline sign-in")
    }
}

/// The same digits but for the last one.
pub fn other_digits(digits: &str) -> String {
    let (head, last) = digits.split_at(digits.len() - 1);
    let last: u32 = last.parse().expect("a digit");
    format!("{head}{}", (last + 1) % 10)
}
