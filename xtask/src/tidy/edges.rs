//! Who may depend on whom (architecture section 1), read from what cargo would really build.
//!
//! Edges between our own crates are exact and hold for tests too; a test that crosses a border lives in
//! `tests/`. For packages of others the rules name what must stay out of a crate's normal dependencies.

mod graph;
mod rules;

use super::finding::Finding;
use crate::failure::Failure;
use graph::{Graph, Member};
use rules::{RULES, Rule};
use std::path::Path;

/// One finding for each edge that the rules forbid, and for each member that has no rule.
pub fn findings(root: &Path) -> Result<Vec<Finding>, Failure> {
    Ok(judge(&graph::read(root)?, &RULES))
}

fn judge(graph: &Graph, rules: &[Rule]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in &graph.members {
        match rules.iter().find(|rule| rule.package == member.name) {
            Some(rule) => findings.extend(of_member(graph, member, rule)),
            None => {
                let what = format!("{} has no rule", member.name);
                findings.push(Finding::new(
                    &member.manifest,
                    1,
                    what,
                    "say in xtask's tidy/edges/rules.rs what it may use",
                ));
            }
        }
    }
    findings
}

fn of_member(graph: &Graph, member: &Member, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    for edge in &member.edges {
        let ours = graph.members.iter().any(|other| other.name == edge.to);
        let unwanted = if ours {
            !rule.ours.contains(&edge.to.as_str())
        } else {
            edge.normal && rule.not_directly.contains(&edge.to.as_str())
        };
        if unwanted {
            let what = format!("{} must not depend on {}", member.name, edge.to);
            findings.push(Finding::new(&member.manifest, member.line_of(&edge.to), what, rule.why));
        }
    }
    findings.extend(graph.ways(member, rule.not_at_all).into_iter().map(|way| {
        let what = format!("{} must not reach {}", member.name, way.join(" → "));
        let first = way.first().map_or("", String::as_str);
        Finding::new(&member.manifest, member.line_of(first), what, rule.why)
    }));
    findings
}

#[cfg(test)]
mod tests;
