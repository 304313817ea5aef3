//! "Health".

use super::Frame;
use crate::pages::view::{Moment, Page};
use askama::Template;

/// Sign-ins of the last hour.
pub struct Figures {
    /// All.
    pub all: u32,
    /// Approved.
    pub approved: u32,
    /// Reported.
    pub reported: u32,
    /// Seconds to approve, the middle one.
    pub median: Option<u32>,
}

/// Something that is looked after.
pub enum Row {
    /// The version of the key set.
    Keys(u32),
    /// The size of the database in KiB.
    Database(u32),
    /// Letters.
    Mail {
        /// Sent within a day.
        sent: u32,
        /// On their way.
        waiting: u32,
        /// Given up.
        dead: u32,
    },
    /// Whether letters leave at all.
    Letters(bool),
}

/// The page.
#[derive(Template)]
#[template(path = "operator/health.html")]
pub struct HealthPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// When it was drawn.
    pub at: Moment,
    /// The figures.
    pub figures: Figures,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row in words.
struct Line {
    good: bool,
    title: &'static str,
    text: String,
}

impl HealthPage {
    /// Label and value.
    fn tiles(&self) -> [(&'static str, String); 4] {
        let (page, none) = (&self.page, "–".to_owned());
        let share = (u64::from(self.figures.approved) * 100).checked_div(u64::from(self.figures.all));
        [
            (page.t("op.sign_ins"), self.figures.all.to_string()),
            (page.t("op.approved"), share.map_or(none.clone(), |share| page.fill("op.percent", "n", share))),
            (page.t("op.reported"), self.figures.reported.to_string()),
            (page.t("op.median"), self.figures.median.map_or(none, |n| page.fill("op.seconds", "n", n))),
        ]
    }

    fn lines(&self) -> Vec<Line> {
        self.rows.iter().map(|row| self.line(row)).collect()
    }

    fn line(&self, row: &Row) -> Line {
        let page = &self.page;
        match row {
            Row::Keys(ver) => {
                Line { good: *ver > 0, title: page.t("op.keys"), text: page.fill("op.keys_text", "ver", ver) }
            }
            Row::Database(kib) => Line {
                good: *kib > 0,
                title: page.t("op.database"),
                text: page.fill("op.database_text", "kib", kib),
            },
            Row::Mail { sent, waiting, dead } => Line {
                good: *dead == 0,
                title: page.t("op.mail"),
                text: [("op.sent", sent), ("op.waiting", waiting), ("op.dead", dead)]
                    .map(|(key, n)| page.count(key, *n))
                    .join(", "),
            },
            Row::Letters(leave) => Line {
                good: *leave,
                title: page.t("op.letters"),
                text: page.t(if *leave { "op.letters_leave" } else { "op.letters_kept" }).to_owned(),
            },
        }
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
