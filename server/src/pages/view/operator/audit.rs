//! "Audit log".

use super::Frame;
use crate::pages::view::parts::TextField;
use crate::pages::view::{Moment, Page, Post};
use askama::Template;

/// A record.
pub struct Record {
    /// When.
    pub at: Moment,
    /// What, as it stands in the log.
    pub what: String,
    /// Who.
    pub by: String,
    /// On what.
    pub on: String,
    /// Why.
    pub reason: String,
}

/// What a walk along the chain found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// It is whole: so many records.
    Whole(u32),
    /// This record is the first that does not fit.
    Broken(i64),
}

/// What stands in the form of the search.
#[derive(Clone, Default)]
pub struct Filter {
    /// How the name of a record begins.
    pub kind: String,
    /// An account, by address or id.
    pub account: String,
    /// A service.
    pub service: String,
    /// Who did it.
    pub by: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongFilter {
    /// The name.
    Kind,
    /// Nobody has that address.
    Account,
    /// The service.
    Service,
    /// Nobody has that address.
    By,
    /// No day.
    From,
    /// No day.
    To,
}

/// A field for a day, as it is drawn.
struct Day<'a> {
    id: &'static str,
    label: &'static str,
    value: &'a str,
    error: Option<&'static str>,
}

/// The page. Its search asks for itself with what is typed.
#[derive(Template)]
#[template(path = "operator/audit.html")]
pub struct AuditPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// The records, the newest first.
    pub records: Vec<Record>,
    /// What is looked for.
    pub filter: Filter,
    /// What is wrong with it.
    pub wrong: Option<WrongFilter>,
    /// Back to the first page.
    pub newest: Option<String>,
    /// On to those before.
    pub older: Option<String>,
    /// "Download": posts what is looked for.
    pub export: Post,
    /// Whether the operator signed in lately enough for that.
    pub may_export: bool,
    /// "Sign in again".
    pub again: Post,
    /// "Verify the chain".
    pub verify: Post,
    /// What that found.
    pub chain: Option<Chain>,
}

impl AuditPage {
    fn error(&self, field: WrongFilter) -> Option<&'static str> {
        let words = match field {
            WrongFilter::Kind | WrongFilter::Service => "op.wrong_text",
            WrongFilter::Account | WrongFilter::By => "op.wrong_account",
            WrongFilter::From | WrongFilter::To => "op.wrong_day",
        };
        (self.wrong == Some(field)).then(|| self.page.t(words))
    }

    fn fields(&self) -> [TextField<'_>; 4] {
        let Filter { kind, account, service, by, .. } = &self.filter;
        let field = |id, label, hint, value, wrong| TextField {
            id,
            label: self.page.t(label),
            hint: Some(self.page.t(hint)),
            complete: "off",
            mode: if id == "account" || id == "by" { "email" } else { "text" },
            most: 200,
            value,
            error: self.error(wrong),
        };
        [
            field("kind", "op.kind", "op.kind_hint", kind, WrongFilter::Kind),
            field("account", "op.of_account", "op.of_account_hint", account, WrongFilter::Account),
            field("service", "op.of_service", "op.of_service_hint", service, WrongFilter::Service),
            field("by", "op.done_by", "op.done_by_hint", by, WrongFilter::By),
        ]
    }

    fn days(&self) -> [Day<'_>; 2] {
        let day =
            |id, label, value, wrong| Day { id, label: self.page.t(label), value, error: self.error(wrong) };
        [
            day("from", "op.from_day", &self.filter.from, WrongFilter::From),
            day("to", "op.to_day", &self.filter.to, WrongFilter::To),
        ]
    }

    /// What a form carries that means the same records.
    fn hidden(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Filter { kind, account, service, by, from, to } = &self.filter;
        let all = [
            ("kind", kind),
            ("account", account),
            ("service", service),
            ("by", by),
            ("from", from),
            ("to", to),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str()))
    }

    fn is_filtered(&self) -> bool {
        self.hidden().next().is_some()
    }

    fn broken(&self) -> bool {
        matches!(self.chain, Some(Chain::Broken(_)))
    }

    fn said(&self) -> Option<String> {
        self.chain.map(|chain| match chain {
            Chain::Whole(records) => self.page.count("op.whole", records),
            Chain::Broken(at) => self.page.fill("op.broken", "at", at),
        })
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
