//! "Accounts": found, and one of them.

use super::{Frame, Wrong};
use crate::pages::view::{Moment, Page, Post};
use askama::Template;
use countersign_protocol::time::Time;

/// An account in the list.
pub struct FoundAccount {
    /// Its page.
    pub open: String,
    /// Names; may be empty.
    pub name: String,
    /// Address.
    pub email: String,
    /// `active`, `locked`, `closing`, `closed`.
    pub state: String,
    /// Phones.
    pub phones: u32,
    /// The latest sign-in.
    pub last: Option<Moment>,
}

/// The search. Posts `wanted`.
#[derive(Template)]
#[template(path = "operator/accounts.html")]
pub struct AccountsPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// "Find".
    pub submit: Post,
    /// What was typed.
    pub wanted: String,
    /// Whether that was too little.
    pub too_short: bool,
    /// What was found; nothing before a search.
    pub found: Option<Vec<FoundAccount>>,
    /// How many are shown at the most.
    pub most: u32,
}

/// A phone of the account.
pub struct OnePhone {
    /// Names it in the form.
    pub id: String,
    /// "Pixel 9, Android 17".
    pub name: String,
    /// Whether it is locked.
    pub locked: bool,
    /// When it was last used.
    pub last: Option<Moment>,
}

/// One account. Posts `act` (`lock`, `unlock`, `remove`), `phone` and `reason`.
#[derive(Template)]
#[template(path = "operator/account.html")]
pub struct AccountPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// Names; may be empty.
    pub name: String,
    /// Address.
    pub email: String,
    /// `active`, `locked`, `closing`, `closed`.
    pub state: String,
    /// Whether it can be let go on.
    pub may_go_on: bool,
    /// When it ends for good, if its owner is closing it.
    pub closing: Option<Time>,
    /// Whether it is the operator's own.
    pub own: bool,
    /// Whether the operator signed in lately enough.
    pub may_change: bool,
    /// The form of changes.
    pub submit: Post,
    /// "Sign in again".
    pub again: Post,
    /// Phones.
    pub phones: Vec<OnePhone>,
    /// Why it is shown again.
    pub wrong: Option<Wrong>,
}

/// Chip and words of a state.
fn state(page: &Page, state: &str) -> (&'static str, &'static str) {
    match state {
        "active" => ("good", page.t("op.state_active")),
        "locked" => ("warn", page.t("op.state_locked")),
        "closing" => ("warn", page.t("op.state_closing")),
        _ => ("plain", page.t("op.state_closed")),
    }
}

impl AccountsPage {
    fn state(&self, account: &FoundAccount) -> (&'static str, &'static str) {
        state(&self.page, &account.state)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

impl AccountPage {
    fn state(&self) -> (&'static str, &'static str) {
        state(&self.page, &self.state)
    }

    fn heading(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }

    fn closing(&self) -> Option<String> {
        self.closing.map(|until| self.page.fill("op.closing_until", "time", self.page.day(until)))
    }

    /// Whether there is a form.
    fn is_open(&self) -> bool {
        !self.own && self.may_change && self.state != "closed"
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
