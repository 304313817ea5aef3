//! The cases: what is sent, and what has to come back. Ids and meanings are those of section 4 of the protocol.

mod backend;
mod decision;
mod form;
mod jose;
mod outside;
mod pairing;
mod pin;
mod repeats;
mod scan;
mod signature;

use crate::scene::Scene;

/// One case.
pub struct Case {
    /// `Nxx`.
    pub id: &'static str,
    /// What is tried.
    pub title: &'static str,
    /// How.
    pub how: How,
}

/// How a case is tried.
#[derive(Clone, Copy)]
pub enum How {
    /// By these steps; one that does not come out panics.
    Try(fn(&Scene)),
    /// Not by a stranger over HTTP, for this reason.
    NotFromHere(&'static str),
}

impl Case {
    const fn new(id: &'static str, title: &'static str, steps: fn(&Scene)) -> Self {
        Self { id, title, how: How::Try(steps) }
    }

    const fn outside(id: &'static str, why: &'static str) -> Self {
        Self { id, title: "", how: How::NotFromHere(why) }
    }
}

/// All cases, by their numbers.
pub fn all() -> impl Iterator<Item = &'static Case> {
    let tables: [&'static [Case]; 10] = [
        form::CASES,
        jose::CASES,
        signature::CASES,
        repeats::CASES,
        pairing::CASES,
        pin::CASES,
        decision::CASES,
        scan::CASES,
        backend::CASES,
        outside::CASES,
    ];
    let mut all: Vec<&'static Case> = tables.into_iter().flatten().collect();
    all.sort_by_key(|case| case.id.trim_start_matches('N').parse::<u32>().unwrap_or(0));
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn every_case_of_a_server_is_tried_or_says_why_not() {
        let table = include_str!("../../../tests/cases.tsv");
        let rows = table
            .lines()
            .filter(|line| line.starts_with('N') && line.chars().nth(1).is_some_and(char::is_numeric));
        let wanted: Vec<&str> = rows
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|columns| columns[1] != "phone")
            .map(|columns| columns[0])
            .collect();
        let found: Vec<&str> = all().map(|case| case.id).collect();
        assert_eq!(found, wanted);
    }
}
