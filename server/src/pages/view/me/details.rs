//! "My details": names, telephone, language (W6).

use crate::pages::view::parts::TextField;
use crate::pages::view::texts::Texts;
use crate::pages::view::{Page, Post};
use askama::Template;

/// What stands in the fields.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// Telephone number.
    pub telephone: String,
    /// Language tag.
    pub language: String,
}

/// A field that is wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WrongDetail {
    /// Given names.
    GivenName,
    /// Family names.
    FamilyName,
    /// Telephone number.
    Telephone,
    /// Language.
    Language,
}

/// What became of the form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing was sent.
    Nothing,
    /// It is saved.
    Saved,
    /// This field is wrong.
    Wrong(WrongDetail),
}

/// The form. Posts the names of [`Details`].
#[derive(Template)]
#[template(path = "details.html")]
pub struct DetailsPage {
    /// The frame.
    pub page: Page,
    /// "Save".
    pub submit: Post,
    /// What stands in the fields.
    pub details: Details,
    /// What became of it.
    pub said: Said,
}

impl DetailsPage {
    fn names(&self) -> [TextField<'_>; 2] {
        let field = |wrong, id, label, complete, value| TextField {
            id,
            label: self.page.t(label),
            hint: None,
            complete,
            mode: "text",
            most: 40,
            value,
            error: (self.said == Said::Wrong(wrong)).then(|| self.page.t("new.name_wrong")),
        };
        let Details { given_name, family_name, .. } = &self.details;
        [
            field(WrongDetail::GivenName, "given_name", "new.given_name", "given-name", given_name),
            field(WrongDetail::FamilyName, "family_name", "new.family_name", "family-name", family_name),
        ]
    }

    fn telephone(&self) -> TextField<'_> {
        let wrong = self.said == Said::Wrong(WrongDetail::Telephone);
        TextField {
            id: "telephone",
            label: self.page.t("details.telephone"),
            hint: Some(self.page.t("details.telephone_hint")),
            complete: "tel",
            mode: "tel",
            most: 40,
            value: &self.details.telephone,
            error: wrong.then(|| self.page.t("details.telephone_wrong")),
        }
    }

    fn languages(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        Texts::all().iter().map(|texts| {
            let tag = texts.language();
            (tag, texts.get("language.name"), tag == self.details.language)
        })
    }

    fn language_error(&self) -> Option<&'static str> {
        (self.said == Said::Wrong(WrongDetail::Language)).then(|| self.page.t("new.language_missing"))
    }

    fn is_wrong(&self) -> bool {
        matches!(self.said, Said::Wrong(_))
    }

    fn is_saved(&self) -> bool {
        self.said == Said::Saved
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
