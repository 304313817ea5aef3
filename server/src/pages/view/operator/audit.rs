//! "Audit log".

use super::Frame;
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

/// The page.
#[derive(Template)]
#[template(path = "operator/audit.html")]
pub struct AuditPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// The records, the newest first.
    pub records: Vec<Record>,
    /// "Verify the chain".
    pub verify: Post,
    /// What that found.
    pub chain: Option<Chain>,
}

impl AuditPage {
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
