//! What every page carries: the server's name, the session in the header, its language, icons and addresses.

use super::me::Place;
use super::parts::{Moment, Post};
use super::texts::Texts;
use super::{assets, icon};
use countersign_protocol::time::Time;
use std::fmt::Display;

/// The frame of a page. Make one per answer.
#[derive(Clone)]
pub struct Page {
    /// The server's own name as people know it, for instance "Example ID"; shown beside the mark.
    pub server: String,
    /// Who is signed in to this server's pages, if anybody.
    pub session: Option<Session>,
    /// What scripts and style sheets carry; the answer's header names the same.
    pub nonce: String,
    texts: &'static Texts,
    prefix: &'static str,
    here: String,
    place: Option<Place>,
}

/// Who is signed in, for the header.
#[derive(Clone)]
pub struct Session {
    /// Name or identifier of the account.
    pub account: String,
    /// Where "Sign out" posts to.
    pub sign_out: Post,
}

/// A language to choose.
pub(super) struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// What stands on the switch: "FR".
    pub short: String,
    /// Its name in itself.
    pub name: &'static str,
    /// Where it is chosen.
    pub href: String,
    /// Whether the page is in it.
    pub current: bool,
}

impl Page {
    /// A page of `server` in English that nobody is signed in to.
    pub fn new(server: impl Into<String>, nonce: impl Into<String>) -> Page {
        Page {
            server: server.into(),
            session: None,
            nonce: nonce.into(),
            texts: Texts::english(),
            prefix: "",
            here: "/".to_owned(),
            place: None,
        }
    }

    /// The same page with a signed-in account in its header.
    #[must_use]
    pub fn signed_in(mut self, account: impl Into<String>, sign_out: Post) -> Page {
        self.session = Some(Session { account: account.into(), sign_out });
        self
    }

    /// The same page in another language.
    #[must_use]
    pub fn speaking(mut self, texts: &'static Texts) -> Page {
        self.texts = texts;
        self
    }

    /// The same page with links that begin with `prefix`, and a switch of languages that leads back to `here`.
    #[must_use]
    pub fn at(mut self, prefix: &'static str, here: impl Into<String>) -> Page {
        (self.prefix, self.here) = (prefix, here.into());
        self
    }

    /// The same page as one of "my account". Its list of pages is drawn where somebody is signed in.
    #[must_use]
    pub fn within(mut self, place: Place) -> Page {
        self.place = Some(place);
        self
    }

    /// Which of the pages of "my account" it belongs to, where their list is drawn.
    pub(super) fn place(&self) -> Option<Place> {
        self.place.filter(|_| self.session.is_some())
    }

    /// The tag of its language.
    pub fn language(&self) -> &'static str {
        self.texts.language()
    }

    /// The languages to choose from.
    pub(super) fn languages(&self) -> Vec<Language> {
        let to: String = self.here.bytes().map(escaped).collect();
        let language = |texts: &'static Texts| Language {
            tag: texts.language(),
            short: texts.language().to_uppercase(),
            name: texts.get("language.name"),
            href: format!("/language/{}?to={to}", texts.language()),
            current: texts.language() == self.language(),
        };
        Texts::all().iter().map(language).collect()
    }

    /// A sentence without placeholders.
    pub(super) fn t(&self, key: &'static str) -> &'static str {
        self.texts.get(key)
    }

    /// A sentence with one placeholder.
    pub(super) fn fill(&self, key: &str, name: &str, value: impl Display) -> String {
        self.texts.fill(key, &[(name, &value.to_string())])
    }

    /// A sentence with several parts.
    pub(super) fn fill_all(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.texts.fill(key, values)
    }

    /// A sentence about this many.
    pub(super) fn count(&self, key: &str, n: u32) -> String {
        self.texts.count(key, n)
    }

    /// The name of the browser's tab.
    pub(super) fn tab(&self, title: impl Display) -> String {
        let title = title.to_string();
        self.texts.fill("page.title", &[("title", &title), ("server", &self.server)])
    }

    /// "2 tries left", "1 try left" (look.md §5 rule 5).
    pub(super) fn tries(&self, left: impl Into<u32>) -> String {
        self.count("tries", left.into())
    }

    /// "14:32 UTC".
    pub(super) fn clock(&self, at: Time) -> String {
        self.texts.clock(at)
    }

    /// "Today at 14:21 UTC", else "22 Nov 2026, 14:21 UTC" (look.md §5 rule 6).
    pub(super) fn when(&self, moment: &Moment) -> String {
        self.texts.when(moment.at, moment.now)
    }

    /// "22 Nov 2026, 14:21 UTC".
    pub(super) fn day(&self, at: Time) -> String {
        self.texts.day(at)
    }

    /// One of our own drawings as an SVG element; hidden from assistive technology.
    pub(super) fn icon(&self, name: &str) -> String {
        icon::svg(name)
    }

    /// The address of an asset, with its version.
    pub(super) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The address of another page.
    pub(super) fn link(&self, path: &str) -> String {
        address(self.prefix, path)
    }
}

/// The address of a page below the prefix of a language.
pub fn address(prefix: &str, path: &str) -> String {
    if path == "/" && !prefix.is_empty() { prefix.to_owned() } else { format!("{prefix}{path}") }
}

/// A byte of a query value.
pub fn escaped(byte: u8) -> String {
    match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
