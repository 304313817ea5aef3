//! "Add a service".

use super::Frame;
use crate::pages::view::parts::TextField;
use crate::pages::view::{Page, Post};
use askama::Template;

/// A box to tick.
pub struct Choice {
    /// Its name in the form.
    pub field: &'static str,
    /// As it stands in the registry.
    pub stored: &'static str,
    /// Its words.
    pub words: &'static str,
}

const fn choice(field: &'static str, stored: &'static str, words: &'static str) -> Choice {
    Choice { field, stored, words }
}

/// What a service may be told about people.
pub const RELEASES: [Choice; 3] = [
    choice("tell_email", "email", "op.tell_email"),
    choice("tell_given_name", "given_name", "op.tell_given_name"),
    choice("tell_family_name", "family_name", "op.tell_family_name"),
];

/// What a service may do.
pub const SCOPES: [Choice; 3] = [
    choice("may_sign_in", "sign-in", "op.may_sign_in"),
    choice("may_enrol", "enrol", "op.may_enrol"),
    choice("may_accounts", "accounts", "op.may_accounts"),
];

/// Keys that it may take.
pub const KEYS: [Choice; 5] = [
    choice("key_number", "number", "keys.number"),
    choice("key_qr", "qr", "keys.qr"),
    choice("key_here", "here", "keys.here"),
    choice("key_offline", "offline", "keys.offline"),
    choice("key_password", "password", "keys.password"),
];

/// The levels and their words.
const LEVELS: [(&str, &str); 3] =
    [("aal1", "target.basic"), ("aal2-otp", "target.strong"), ("aal2", "target.approved")];

/// What stands in the form.
#[derive(Clone, Default)]
pub struct NewService {
    /// Its name.
    pub name: String,
    /// Its web address.
    pub origin: String,
    /// Where people go back to; may be empty.
    pub back: String,
    /// The least level.
    pub level: String,
    /// Names of the boxes that are ticked.
    pub ticked: Vec<&'static str>,
    /// Why it is added.
    pub reason: String,
    /// Tells this form from others.
    pub once: String,
}

/// What is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WrongService {
    /// The name.
    Name,
    /// The web address.
    Origin,
    /// The return URL.
    Back,
    /// No key that it takes is worth the level.
    Keys,
    /// It may do nothing.
    Scope,
    /// There is no reason.
    Reason,
    /// This form was sent before.
    Before,
}

/// The form. Posts `name`, `origin`, `back`, `level`, the boxes that are ticked, and `reason`.
#[derive(Template)]
#[template(path = "operator/new_service.html")]
pub struct NewServicePage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// What stands in it.
    pub new: NewService,
    /// Whether the operator signed in lately enough.
    pub may_change: bool,
    /// "Add it".
    pub submit: Post,
    /// "Sign in again".
    pub again: Post,
    /// Why it is shown again.
    pub wrong: Option<WrongService>,
}

/// A box as it is drawn.
struct Tick {
    name: &'static str,
    words: &'static str,
    on: bool,
}

impl NewServicePage {
    fn error(&self, field: WrongService, words: &'static str) -> Option<&'static str> {
        (self.wrong == Some(field)).then(|| self.page.t(words))
    }

    fn fields(&self) -> [TextField<'_>; 3] {
        let (page, new) = (&self.page, &self.new);
        let field = |id, label, hint: Option<&'static str>, value, error| TextField {
            id,
            label: page.t(label),
            hint: hint.map(|hint| page.t(hint)),
            complete: "off",
            mode: if id == "name" { "text" } else { "url" },
            most: 200,
            value,
            error,
        };
        let error = |wrong, words| self.error(wrong, words);
        [
            field(
                "name",
                "op.service_name",
                Some("op.service_name_hint"),
                &new.name,
                error(WrongService::Name, "op.wrong_name"),
            ),
            field(
                "origin",
                "op.origin",
                Some("op.origin_hint"),
                &new.origin,
                error(WrongService::Origin, "op.wrong_origin"),
            ),
            field(
                "back",
                "op.back_url",
                Some("op.back_url_hint"),
                &new.back,
                error(WrongService::Back, "op.wrong_back"),
            ),
        ]
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        LEVELS.iter().map(|(name, words)| (*name, self.page.t(words), self.new.level == *name))
    }

    fn ticks(&self, choices: &[Choice]) -> Vec<Tick> {
        let tick = |choice: &Choice| Tick {
            name: choice.field,
            words: self.page.t(choice.words),
            on: self.new.ticked.contains(&choice.field),
        };
        choices.iter().map(tick).collect()
    }

    fn told(&self) -> Vec<Tick> {
        self.ticks(&RELEASES)
    }

    fn taken(&self) -> Vec<Tick> {
        self.ticks(&KEYS)
    }

    fn key_error(&self) -> Option<&'static str> {
        self.error(WrongService::Keys, "op.wrong_keys")
    }

    fn may(&self) -> Vec<Tick> {
        self.ticks(&SCOPES)
    }

    fn scope_error(&self) -> Option<&'static str> {
        self.error(WrongService::Scope, "op.wrong_scope")
    }

    fn reason_error(&self) -> Option<&'static str> {
        self.error(WrongService::Reason, "op.reason_missing")
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
