//! The operator's pages (W12): dense, of the same parts as all others.

mod accounts;
mod ask;
mod audit;
mod enter;
mod health;
mod letters;
mod new_service;
mod services;

pub use accounts::{AccountPage, AccountsPage, FoundAccount, OnePhone};
pub use ask::{AskPage, Asked, Reason};
pub use audit::{AuditPage, Chain, Filter, Record, WrongFilter};
pub use enter::EnterPage;
pub use health::{Figures, HealthPage, Row};
pub use letters::{Letter, LettersPage};
pub use new_service::{Choice, KEYS, NewService, NewServicePage, RELEASES, SCOPES, WrongService};
pub use services::{OneService, SecretPage, ServiceFacts, ServicePage, ServicesPage};

use super::{Page, Post};

/// Which of the pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// How the server is.
    Health,
    /// Letters that have not left.
    Mail,
    /// Accounts.
    Accounts,
    /// Services.
    Services,
    /// The audit log.
    Audit,
}

/// Why nothing was done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// There is no reason.
    Reason,
    /// It is not so any more.
    Gone,
}

/// What stands around each of them.
#[derive(Clone)]
pub struct Frame {
    /// Which one this is.
    pub place: Place,
    /// "Leave".
    pub leave: Post,
}

/// An entry of the list at the side.
pub(super) struct Entry {
    pub href: String,
    pub icon: &'static str,
    pub words: &'static str,
    pub current: bool,
}

impl Frame {
    pub(super) fn entries(&self, page: &Page) -> Vec<Entry> {
        let entry = |place, path, icon, words| Entry {
            href: page.link(path),
            icon,
            words,
            current: self.place == place,
        };
        vec![
            entry(Place::Health, "/operator", "pulse", page.t("op.health")),
            entry(Place::Mail, "/operator/mail", "mail", page.t("op.mail")),
            entry(Place::Accounts, "/operator/accounts", "people", page.t("op.accounts")),
            entry(Place::Services, "/operator/services", "globe", page.t("op.services")),
            entry(Place::Audit, "/operator/audit", "list", page.t("op.audit")),
        ]
    }
}
