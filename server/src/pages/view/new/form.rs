//! "Create an account": names, address twice, language, and that one knows what happens with the data (W1).

use crate::pages::view::parts::TextField;
use crate::pages::view::texts::Texts;
use crate::pages::view::{Page, Post};
use askama::Template;

/// A field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Given names.
    GivenName,
    /// Family names.
    FamilyName,
    /// E-mail address.
    Email,
    /// The same once more.
    Again,
    /// Language.
    Language,
    /// "I have read …".
    Read,
}

/// What is wrong with a field. That an address has an account is none of these.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was typed or ticked.
    Missing,
    /// No name is that long, or has such characters.
    Name,
    /// It has not the form of an e-mail address.
    Address,
    /// The two addresses differ.
    Differ,
}

/// What stands in the fields.
#[derive(Clone, Default)]
pub struct Fields {
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// E-mail address.
    pub email: String,
    /// The same once more.
    pub again: String,
    /// Language tag.
    pub language: String,
    /// Whether the box is ticked.
    pub read: bool,
}

/// The form. Posts the names of [`Fields`].
#[derive(Template)]
#[template(path = "new.html")]
pub struct NewPage {
    /// The frame.
    pub page: Page,
    /// "Create account".
    pub submit: Post,
    /// What stands in the fields.
    pub fields: Fields,
    /// Why the page is shown again.
    pub wrong: Option<(Field, Wrong)>,
}

impl NewPage {
    fn names(&self) -> [TextField<'_>; 2] {
        let line = |field, id, label, complete, value| TextField {
            id,
            label: self.page.t(label),
            hint: None,
            complete,
            mode: "text",
            most: 40,
            value,
            error: self.error(field),
        };
        [
            line(Field::GivenName, "given_name", "new.given_name", "given-name", &self.fields.given_name),
            line(
                Field::FamilyName,
                "family_name",
                "new.family_name",
                "family-name",
                &self.fields.family_name,
            ),
        ]
    }

    fn addresses(&self) -> [TextField<'_>; 2] {
        let line = |field, id, label, hint: Option<&'static str>, value| TextField {
            id,
            label: self.page.t(label),
            hint: hint.map(|key| self.page.t(key)),
            complete: "email",
            mode: "email",
            most: 120,
            value,
            error: self.error(field),
        };
        [
            line(Field::Email, "email", "new.email", Some("new.email_hint"), &self.fields.email),
            line(Field::Again, "again", "new.again", None, &self.fields.again),
        ]
    }

    fn languages(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        Texts::all().iter().map(|texts| {
            let tag = texts.language();
            (tag, texts.get("language.name"), tag == self.fields.language)
        })
    }

    fn language_error(&self) -> Option<&'static str> {
        self.error(Field::Language)
    }

    fn read_error(&self) -> Option<&'static str> {
        self.error(Field::Read)
    }

    fn error(&self, field: Field) -> Option<&'static str> {
        let (_, wrong) = self.wrong.filter(|(wrong, _)| *wrong == field)?;
        Some(self.page.t(match (field, wrong) {
            (Field::Read, _) => "new.read_missing",
            (Field::Language, _) => "new.language_missing",
            (_, Wrong::Missing) => "new.name_missing",
            (_, Wrong::Name) => "new.name_wrong",
            (_, Wrong::Address) => "sign_in.not_address",
            (_, Wrong::Differ) => "new.differ",
        }))
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
