//! Pages for what went wrong outside a sign-in's own states: title, sentence, next step, number for support.
//!
//! None of them shows an error's own text: that may hold what must not be seen.

use crate::pages::view::{Go, Moment, Next, Page};
use askama::Template;

/// What went wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// 404: no such page.
    NotFound,
    /// The sign-in or pairing is unknown, over, or another browser's.
    Gone,
    /// 403: the CSRF token did not match (`csrf_refused`).
    FormTooOld,
    /// 400: fields are missing or have no sensible form.
    Malformed,
    /// 429, with the seconds to wait.
    TooMany(u32),
    /// 503: the database or the server is busy or full.
    Unavailable,
    /// 421: the browser came by a name that is not this server's.
    OtherName,
}

/// What helps support to find the case in the log.
#[derive(Clone)]
pub struct Support {
    /// The number that stands in the log too.
    pub number: String,
    /// When it happened.
    pub at: Moment,
}

/// A problem with its next steps.
#[derive(Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// The frame.
    pub page: Page,
    /// What went wrong.
    pub problem: Problem,
    /// The steps, the likeliest first; never empty.
    pub next: Vec<Next>,
    /// A number for support, last on the page.
    pub support: Option<Support>,
}

impl ProblemPage {
    fn title(&self) -> String {
        let key = match self.problem {
            Problem::NotFound => "problem.not_found.title",
            Problem::Gone => "problem.gone.title",
            Problem::FormTooOld => "problem.form.title",
            Problem::Malformed => "problem.malformed.title",
            Problem::TooMany(_) => "problem.limited.title",
            Problem::Unavailable => "problem.unavailable.title",
            Problem::OtherName => "problem.name.title",
        };
        self.page.fill(key, "server", &self.page.server)
    }

    fn text(&self) -> String {
        match self.problem {
            Problem::NotFound => self.page.t("problem.not_found.text").to_owned(),
            Problem::Gone => self.page.t("problem.gone.text").to_owned(),
            Problem::FormTooOld => self.page.t("problem.form.text").to_owned(),
            Problem::Malformed => self.page.t("problem.malformed.text").to_owned(),
            Problem::TooMany(seconds) => self.page.count("problem.limited.text", seconds),
            Problem::Unavailable => self.page.t("problem.unavailable.text").to_owned(),
            Problem::OtherName => self.page.t("problem.name.text").to_owned(),
        }
    }

    fn sign(&self) -> &'static str {
        match self.problem {
            Problem::NotFound | Problem::Malformed => "question",
            Problem::Gone | Problem::FormTooOld | Problem::TooMany(_) => "timer",
            Problem::Unavailable | Problem::OtherName => "warning",
        }
    }

    fn class(&self, index: usize) -> &'static str {
        let leads = index == 0 && self.next.first().is_some_and(|next| next.step.may_lead());
        if leads { "primary" } else { "secondary" }
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
