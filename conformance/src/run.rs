//! Runs cases against a server, one after the other, each on an account of its own.

use crate::cases::{self, Case, How};
use crate::scene::{Scene, Target};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The server did what it should.
    Pass,
    /// It did not; what was seen instead.
    Fail(String),
    /// A stranger cannot provoke it from outside; why.
    NotFromHere(&'static str),
}

/// A case and what came of it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its id.
    pub id: &'static str,
    /// What is tried.
    pub title: &'static str,
    /// What came of it.
    pub verdict: Verdict,
}

/// The cases of these ids, or all with `all`; the first id that there is none of is the error.
pub fn select(ids: &[String]) -> Result<Vec<&'static Case>, String> {
    if ids.iter().any(|id| id == "all") {
        return Ok(cases::all().collect());
    }
    ids.iter()
        .map(|id| cases::all().find(|case| case.id.eq_ignore_ascii_case(id)).ok_or(id.clone()))
        .collect()
}

/// Runs one case. Panics of its steps are its failure; nothing is printed.
pub fn run(target: &Target, case: &Case) -> Outcome {
    let verdict = match case.how {
        How::NotFromHere(why) => Verdict::NotFromHere(why),
        How::Try(steps) => match catch_unwind(AssertUnwindSafe(|| steps(&Scene::set(target)))) {
            Ok(()) => Verdict::Pass,
            Err(panic) => Verdict::Fail(said(&*panic)),
        },
    };
    Outcome { id: case.id, title: case.title, verdict }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    // One line, as a verdict is.
    text.unwrap_or_else(|| "it ended without a word".to_owned())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
