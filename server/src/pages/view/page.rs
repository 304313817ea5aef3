//! What every page carries: the server's name, the session in the header, words, icons and asset addresses.

use super::parts::Post;
use super::texts::Texts;
use super::{assets, icon};
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
}

/// Who is signed in, for the header.
#[derive(Clone)]
pub struct Session {
    /// Name or identifier of the account.
    pub account: String,
    /// Where "Sign out" posts to.
    pub sign_out: Post,
}

impl Page {
    /// A page of `server` that nobody is signed in to.
    pub fn new(server: impl Into<String>, nonce: impl Into<String>) -> Page {
        Page { server: server.into(), session: None, nonce: nonce.into() }
    }

    /// The same page with a signed-in account in its header.
    #[must_use]
    pub fn signed_in(mut self, account: impl Into<String>, sign_out: Post) -> Page {
        self.session = Some(Session { account: account.into(), sign_out });
        self
    }

    pub(super) fn language(&self) -> &'static str {
        Texts::english().language()
    }

    /// A sentence without placeholders.
    pub(super) fn t(&self, key: &'static str) -> &'static str {
        Texts::english().get(key)
    }

    /// A sentence with one placeholder.
    pub(super) fn fill(&self, key: &str, name: &str, value: impl Display) -> String {
        Texts::english().fill(key, &[(name, &value.to_string())])
    }

    /// The name of the browser's tab.
    pub(super) fn tab(&self, title: impl Display) -> String {
        let title = title.to_string();
        Texts::english().fill("page.title", &[("title", &title), ("server", &self.server)])
    }

    /// "2 tries left", "1 try left" (look.md §5 rule 5).
    pub(super) fn tries(&self, left: impl Into<u32>) -> String {
        match left.into() {
            1 => self.t("tries.one").to_owned(),
            n => self.fill("tries.other", "n", n),
        }
    }

    /// One of our own drawings as an SVG element; hidden from assistive technology.
    pub(super) fn icon(&self, name: &str) -> String {
        icon::svg(name)
    }

    /// The address of an asset, with its version.
    pub(super) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}
