//! "Services": who may send people here. A list, one of them, and a secret that is shown once.

use super::{Frame, Wrong};
use crate::pages::view::{Page, Post, TargetLevel};
use askama::Template;

/// A service in the list.
pub struct OneService {
    /// Its page.
    pub open: String,
    /// Its name.
    pub name: String,
    /// Its web address.
    pub origin: String,
    /// Its id.
    pub id: String,
}

/// The list.
#[derive(Template)]
#[template(path = "operator/services.html")]
pub struct ServicesPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// All of them.
    pub services: Vec<OneService>,
    /// "Add a service".
    pub add: String,
}

/// What a service is told, and what it may do.
pub struct ServiceFacts {
    /// Where people go back to.
    pub return_urls: Vec<String>,
    /// The least level.
    pub level: TargetLevel,
    /// The keys that it takes, as they stand in the registry; all if none is named.
    pub keys: Vec<String>,
    /// What it is told of people: as it stands in the registry.
    pub releases: Vec<String>,
    /// Its scopes.
    pub scopes: Vec<String>,
}

/// One service. Posts `reason`.
#[derive(Template)]
#[template(path = "operator/service.html")]
pub struct ServicePage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// Itself.
    pub service: OneService,
    /// What it is told, and what it may do.
    pub facts: ServiceFacts,
    /// Whether the operator signed in lately enough.
    pub may_change: bool,
    /// "Give it another secret".
    pub rotate: Post,
    /// "Sign in again".
    pub again: Post,
    /// Why it is shown again.
    pub wrong: Option<Wrong>,
}

/// The secret, in the answer to the form and nowhere else.
#[derive(Template)]
#[template(path = "operator/secret.html")]
pub struct SecretPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// Whether there was another one before.
    pub rotated: bool,
    /// Its page.
    pub open: String,
}

impl ServicesPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

impl ServicePage {
    /// What is told, in words.
    fn told(&self) -> String {
        words(&self.page, &super::new_service::RELEASES, &self.facts.releases)
    }

    /// The keys that it takes, in words.
    fn taken(&self) -> String {
        if self.facts.keys.is_empty() {
            return self.page.t("op.all_keys").to_owned();
        }
        words(&self.page, &super::new_service::KEYS, &self.facts.keys)
    }

    /// What it may do, in words.
    fn may(&self) -> String {
        words(&self.page, &super::new_service::SCOPES, &self.facts.scopes)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

/// Those of `all` that are there, in words.
fn words(page: &Page, all: &[super::new_service::Choice], there: &[String]) -> String {
    let words = all.iter().filter(|choice| there.iter().any(|name| name == choice.stored));
    let words: Vec<&str> = words.map(|choice| page.t(choice.words)).collect();
    if words.is_empty() { page.t("op.nothing").to_owned() } else { words.join(", ") }
}

impl SecretPage {
    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
