//! "Choose a password": the rules stand there before one is broken (W1, W7).

use crate::pages::view::{Page, Post};
use crate::password::rules::Weak;
use askama::Template;

/// What a password is chosen for, behind the link of a letter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new account.
    NewAccount,
    /// In the place of a forgotten one.
    Forgotten,
    /// None: a recovery code is asked for instead.
    Recovery,
    /// None: an address is proven.
    Address,
}

/// Why a password was not taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It would be guessed, or has not the right length.
    Weak(Weak),
    /// The two differ.
    Differ,
    /// The old one is not right, or there is none.
    Old,
    /// Too many guesses at the old one: seconds to wait.
    Wait(u64),
}

/// Why the first field is not taken.
pub(super) fn weak(page: &Page, wrong: Option<Wrong>) -> Option<String> {
    let Some(Wrong::Weak(weak)) = wrong else { return None };
    Some(match weak {
        Weak::Short(least) => page.count("password.short", least),
        Weak::Long => page.t("password.long").to_owned(),
        Weak::Own => page.t("password.own").to_owned(),
        Weak::Common => page.t("password.common").to_owned(),
    })
}

/// The form. Posts `password` and `again`.
#[derive(Template)]
#[template(path = "choose_password.html")]
pub struct ChoosePage {
    /// The frame.
    pub page: Page,
    /// What for.
    pub purpose: Purpose,
    /// Whose.
    pub address: String,
    /// "Save password".
    pub submit: Post,
    /// Least length.
    pub least: u32,
    /// Why the page is shown again.
    pub wrong: Option<Wrong>,
}

impl ChoosePage {
    fn lead(&self) -> String {
        match self.purpose {
            Purpose::NewAccount => self.page.fill("password.for_new", "address", &self.address),
            Purpose::Forgotten | Purpose::Recovery | Purpose::Address => {
                self.page.fill("password.for_forgotten", "address", &self.address)
            }
        }
    }

    fn weak(&self) -> Option<String> {
        weak(&self.page, self.wrong)
    }

    fn differs(&self) -> bool {
        self.wrong == Some(Wrong::Differ)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
